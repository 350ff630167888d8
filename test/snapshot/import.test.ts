import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGraph, type Graph } from '../../schema/graph.ts';
import { observingStatements } from '../../src/graph/observed.ts';
import { Questions } from '../../src/scheduling/questions.ts';
import { Rests } from '../../src/scheduling/rests.ts';
import { CurrentSnapshot } from '../../src/snapshot/current.ts';
import { importFolder } from '../../src/transfer/import.ts';
import { fullWorld } from '../editing/storm.ts';
import { wholeLog } from '../support/change-log.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { contents } from '../support/snapshot-contents.ts';
import { World } from '../support/world.ts';

let test: TestGraph;
let graph: Graph;
/** Names of the statements that ran. */
const statements: string[] = [];

beforeEach(async () => {
  test = await (await emptyGraph()).fill(fullWorld());
  const engine = observingStatements(test.engine, (name) => {
    statements.push(name);
    return () => {};
  });
  graph = createGraph(engine, { snapshotBytes: 100_000_000 });
  await graph.snapshot!.load();
});
afterEach(() => test?.[Symbol.asyncDispose]());

/** Organisations of which each is a member of a network and supplies the next; some take part in a project. */
function newcomers(prefix: string, count: number, network: string): World {
  const id = (place: number): string => `organisation/${prefix}-${place % count}`;
  const world = new World().project(`project/${prefix}`, { start: '2015', end: '2018' });
  for (let place = 0; place < count; place++) {
    world.organisation(`${prefix} ${place}`, { id: id(place) });
    world.member(id(place), network, { since: '2016' }).partners(id(place), id(place + 1), { kind: 'SUPPLY' });
    if (place < 4) world.takesPart(id(place), `project/${prefix}`);
  }
  return world;
}

async function importBeside(world: World): Promise<void> {
  const onAddition = graph.snapshot!.wrote.bind(graph.snapshot);
  await importFolder(graph.engine, await world.write(), { rejectedFile: null, onAddition });
}

/** The snapshot once it equals the graph, and as one that is loaded now has it. */
async function bothOf(): Promise<readonly [unknown, unknown]> {
  const snapshot = graph.snapshot!;
  let now = snapshot.at(await snapshot.probe());
  for (let tries = 0; tries < 5 && now === null; tries++) {
    await snapshot.settled();
    now = snapshot.at(await snapshot.probe());
  }
  const fresh = new CurrentSnapshot(test.engine);
  await fresh.load();
  const loaded = fresh.at(await test.engine.version());
  return [now && contents(now), loaded && contents(loaded)];
}

/**
 * Neo4j commits the names of types and properties that it has not met by themselves: all is loaded again then, rightly.
 */
async function importFirst(): Promise<void> {
  await importBeside(newcomers('first', 150, 'pole/a'));
  await graph.snapshot!.load();
}

describe('an import into a running server', () => {
  it('brings what it adds into memory, partnerships and counts too: none of it is read again', async () => {
    await importFirst();
    /** Statements by which the snapshot reads, and what it has then beside one that is loaded. */
    const tried = async (prefix: string) => {
      statements.length = 0;
      // Few, and of a network with few members: what changed lists leave behind does not have all loaded again.
      await importBeside(newcomers(prefix, 3, 'cluster/b'));
      const [now, loaded] = await bothOf();
      return { read: statements.filter((name) => /snapshot|touchedAfter/.test(name)), now, loaded };
    };
    let { read, now, loaded } = await tried('second');
    // A look at the graph between a commit and the word of it reads what that has added: rare, and right.
    for (let tries = 1; tries < 4 && read.length > 0; tries++) ({ read, now, loaded } = await tried(`again-${tries}`));
    expect(read).toEqual([]);
    expect(now).not.toBeNull();
    expect(now).toEqual(loaded);
  });

  it('is exact where it changes what was there, which is read again', async () => {
    await importFirst();
    const [now, loaded] = await bothOf();
    expect(now).toEqual(loaded);
    await importBeside(newcomers('first', 150, 'pole/a').organisation('Renamed', { id: 'organisation/first-1' }));
    const [after, again] = await bothOf();
    expect([after, now]).not.toContain(null);
    expect(after).not.toEqual(now);
    expect(after).toEqual(again);
  });

  it('writes rows in smaller transactions while others ask', async () => {
    const world = new World();
    for (let row = 0; row < 450; row++) world.organisation(`Organisation ${row}`, { id: `organisation/row-${row}` });
    const folder = await world.write();
    const before = (await wholeLog(test.engine)).length;
    const questions = new Questions();
    const asking = setInterval(() => questions.begin()(), 20);
    questions.begin()();
    await importFolder(graph.engine, folder, { rejectedFile: null, rests: new Rests(questions) });
    clearInterval(asking);
    const actions = (await wholeLog(test.engine)).slice(before).map(({ action }) => action);
    expect(actions.filter((action) => action.startsWith('import organisations.csv'))).toEqual([
      ...['import organisations.csv, lines 2 to 201', 'import organisations.csv, lines 202 to 401'],
      'import organisations.csv, lines 402 to 451',
    ]);
  });
});
