import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGraph } from '../../schema/graph.ts';
import type { GraphEngine } from '../../src/graph/engine.ts';
import { openEngine } from '../../src/graph/open.ts';
import { readMark, writeMark } from '../../src/store/marks.ts';
import { importFolder } from '../../src/transfer/import.ts';
import { emptyGraph, engineUnderTest, neo4jSettings, SERVED, TestGraph } from '../support/graph.ts';
import { World } from '../support/world.ts';

/** A busy machine may take longer to say what loads than an answer waits by default; it then says what was so before. */
const PATIENT = { ...SERVED, loadingLookMs: 60_000 };

let graph: TestGraph;
/** Where an import writes: on Neo4j as another process does. */
let importing: TestGraph;
let importer: GraphEngine;
beforeEach(async () => {
  graph = new TestGraph((await emptyGraph()).engine, PATIENT);
  importing = engineUnderTest === 'neo4j' ? new TestGraph(await openEngine(neo4jSettings())) : graph;
  importer = importing.engine;
});
afterEach(async () => {
  if (importing !== graph) await importing[Symbol.asyncDispose]();
  await graph[Symbol.asyncDispose]();
});

const POLES = '{ poles(first: 1) { totalCount } }';
const readyz = async (): Promise<unknown> => (await graph.get('/readyz')).json();

const world = (): World => {
  const world = new World().pole('Viaméca', { id: 'pole/viameca' });
  for (let place = 0; place < 4; place++)
    world.organisation(`Atelier ${place}`, { id: `organisation/atelier-${place}` });
  return world;
};

/** An engine that commits once, and the next time waits until it is let go on. */
function stoppingAfterOne(engine: GraphEngine): { engine: GraphEngine; stopped: Promise<void>; goOn: () => void } {
  const stopped = Promise.withResolvers<void>();
  const goingOn = Promise.withResolvers<void>();
  let writes = 0;
  const write: GraphEngine['write'] = async (work, options) => {
    if (writes++ === 1) {
      stopped.resolve();
      await goingOn.promise;
    }
    return engine.write(work, options);
  };
  return {
    engine: Object.create(engine, { write: { value: write } }),
    stopped: stopped.promise,
    goOn: goingOn.resolve,
  };
}

/** Writes the mark that an import left some seconds ago. */
async function mark(secondsAgo: number): Promise<void> {
  const at = Date.now() - secondsAgo * 1_000;
  const value = JSON.stringify({ what: 'IMPORT', step: 'projects.csv', rows: 10, share: 0.25, at });
  await importer.write((transaction) => transaction.run(writeMark, { id: 'loading', value }));
}

describe('while an import loads', () => {
  it('every answer, /readyz and the page at / say so, and no longer when it is over', async () => {
    expect((await graph.answer(POLES)).loading).toBeNull();
    const { engine, stopped, goOn } = stoppingAfterOne(importer);
    const folder = await world().write();
    const imported = importFolder(engine, folder);
    await stopped;
    const loading = {
      what: 'IMPORT',
      step: expect.stringMatching(/\.csv$/),
      rows: expect.any(Number),
      share: expect.any(Number),
    };
    for (const question of [POLES, POLES, '{ nonsense }', '{ __typename }', '{ poles(first: 999) { totalCount } }']) {
      expect((await graph.answer(question)).loading, question).toEqual(loading);
    }
    expect(await readyz()).toEqual({ status: 'ready', loading });
    expect((await graph.get('/readyz')).status).toBe(200);
    expect(await (await graph.get('/')).text()).toContain('Data are being loaded');
    goOn();
    await imported;
    for (const question of [POLES, '{ nonsense }']) expect((await graph.answer(question)).loading).toBeNull();
    expect(await readyz()).toEqual({ status: 'ready' });
  });

  it('they say how far it is, and no longer so when it was stopped', async () => {
    const shares: unknown[] = [];
    const stopping = new AbortController();
    const { engine, stopped, goOn } = stoppingAfterOne(importer);
    const imported = importFolder(engine, await world().write(), { signal: stopping.signal });
    await stopped;
    shares.push((await graph.answer(POLES)).loading);
    stopping.abort(new Error('stopped by the fixture'));
    goOn();
    await expect(imported).rejects.toThrow('stopped by the fixture');
    expect(shares).toMatchObject([{ share: expect.any(Number) }]);
    expect((await graph.answer(POLES)).loading).toBeNull();
  });
});

describe('nothing loads', () => {
  it('in an import that changes nothing', async () => {
    const folder = await world().write();
    await importFolder(importer, folder);
    const { engine, stopped, goOn } = stoppingAfterOne(importer);
    const imported = importFolder(engine, folder);
    await stopped;
    expect((await graph.answer(POLES)).loading).toBeNull();
    goOn();
    await imported;
  });

  it('where an import ended without a word some minutes ago: what it left is taken away', async () => {
    await mark(0);
    expect((await graph.answer(POLES)).loading).toEqual({
      what: 'IMPORT',
      step: 'projects.csv',
      rows: 10,
      share: 0.25,
    });
    // Nobody else loads into a store that only this process may open; into another one, perhaps.
    await mark(20);
    const loading = await createGraph(graph.engine, PATIENT).loading.current();
    expect(loading?.step).toBe(engineUnderTest === 'neo4j' ? 'projects.csv' : undefined);
    await mark(600);
    expect((await graph.answer(POLES)).loading).toBeNull();
    // The answer does not wait until it is gone.
    await expect.poll(() => importer.read(readMark, { id: 'loading' }), { timeout: 60_000 }).toEqual([]);
    const settled = await graph.engine.version();
    expect((await graph.answer('{ __typename }')).loading).toBeNull();
    expect(await graph.engine.version()).toBe(settled);
  });
});
