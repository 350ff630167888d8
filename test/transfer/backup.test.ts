import { createWriteStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GraphEngine } from '../../src/graph/engine.ts';
import { statement } from '../../src/graph/statement.ts';
import { inspectBackup } from '../../src/transfer/backup/read.ts';
import { restoreBackup } from '../../src/transfer/backup/restore.ts';
import { backupStream } from '../../src/transfer/backup/write.ts';
import { prepareStore } from '../../src/transfer/store-format.ts';
import { done } from '../editing/editors.ts';
import { embeddedGraph, emptyGraph, type TestGraph } from '../support/graph.ts';
import { wholeStore } from '../support/whole-store.ts';
import { FIXTURE_SOURCE, scratchFolder, World } from '../support/world.ts';

const SOURCES = [FIXTURE_SOURCE];

/** A world with every kind of record and relationship. */
const everything = (): World =>
  new World()
    .territory('territory/t', { since: '2016' })
    .territory('territory/whole')
    .part('territory/t', 'territory/whole')
    .topic('topic/t', { broader: 'topic/wide' })
    .topic('topic/wide')
    .topic('topic/label', { scheme: 'LABEL' })
    .organisation('Lignes', { id: 'organisation/a', aliases: ['A\u2028B', 'C'], territories: ['territory/t'] })
    .organisation('B', { id: 'organisation/b', topics: ['topic/t'] })
    .organisation('C', { id: 'organisation/c' })
    .organisation('D', { id: 'organisation/d' })
    .pole('Pole', { id: 'pole/p', since: '2005', covers: ['territory/t'] })
    .cluster('Cluster', { id: 'cluster/c' })
    .member('organisation/a', 'pole/p', { since: '2010' })
    .partners('organisation/a', 'organisation/b', { since: '2011-05' })
    .affiliation('organisation/c', 'organisation/a')
    .succession('cluster/c', 'pole/p', { since: '2019' })
    .label('pole/p', 'topic/label', { since: '2005' })
    .project('project/x', { labelledBy: ['pole/p'] })
    .takesPart('organisation/a', 'project/x')
    .takesPart('organisation/b', 'project/x')
    .takesPart('organisation/c', 'project/x')
    .patent('FR1', { applicants: ['organisation/a'], projects: ['project/x'] })
    .production('patent/fr1', 'territory/t')
    .indicator('pole/p', 'members', 210.5)
    .claim('pole/p', 'since', '2004');

/** A graph with everything, and a history: changes, a merger, a deletion, and the key of an idempotent mutation. */
async function filled(): Promise<TestGraph> {
  const graph = await emptyGraph();
  await prepareStore(graph.engine);
  await graph.fill(everything());
  await done(graph, 'organisationUpdate', { id: 'organisation/a', input: { city: 'Pau' } });
  await done(graph, 'organisationMerge', { id: 'organisation/a', others: ['organisation/b'] });
  await done(graph, 'nodeDelete', { id: 'organisation/d' });
  const input = { title: 'Once', idempotencyKey: 'key-1' };
  await done(graph, 'sourceCreate', { input });
  return graph;
}

async function backedUp(engine: GraphEngine): Promise<string> {
  const file = join(await scratchFolder(), 'graph.backup');
  await pipeline(backupStream(engine), createWriteStream(file));
  return file;
}

const restored = async (into: TestGraph, file: string): Promise<string[]> => {
  expect((await restoreBackup(into.engine, file)).problems).toEqual([]);
  return wholeStore(into.engine);
};

describe('a backup', () => {
  it('restores into an empty store of either engine what the graph had: records, history, keys, marks', async () => {
    const original = await filled();
    const before = await wholeStore(original.engine);
    const file = await backedUp(original.engine);
    await using embedded = await embeddedGraph();
    expect(await restored(embedded, file)).toEqual(before);
    await original[Symbol.asyncDispose]();
    // From the embedded engine back to the one under test.
    const again = await backedUp(embedded.engine);
    await using back = await emptyGraph();
    expect(await restored(back, again)).toEqual(before);
    const key = { title: 'Once', idempotencyKey: 'key-1' };
    const count = '{ sources { totalCount } }';
    const { sources } = await back.ask(count);
    await done(back, 'sourceCreate', { input: key });
    expect((await back.ask(count)).sources).toEqual(sources);
    await done(back, 'organisationUpdate', { id: 'organisation/a', input: { city: 'Dax' } });
    const { organisation } = await back.ask(
      '{ organisation(id: "organisation/b") { id history(first: 9) { nodes { sequence action } } } }',
    );
    expect(organisation.id).toBe('organisation/a');
    expect(organisation.history.nodes.map(({ action }: { action: string }) => action)).toEqual([
      ...['organisationUpdate', 'organisationMerge', 'organisationUpdate'],
      ...Array(organisation.history.nodes.length - 3).fill(expect.stringMatching(/^(import|derive)/)),
    ]);
  });

  it('is of one moment, whatever is changed while it is made', async () => {
    await using original = await filled();
    let turn = 0;
    /** Changes something before each page that is read: what was read already, and what will be. */
    const change = async (): Promise<void> => {
      turn++;
      const name = `New ${turn}`;
      const id = await done(original, 'organisationCreate', { input: { name, kind: 'COMPANY', sources: SOURCES } });
      await done(original, 'membershipStart', {
        input: { member: id, network: 'pole/p', role: 'MEMBER', sources: SOURCES },
      });
      await done(original, 'organisationUpdate', { id: 'organisation/c', input: { city: `City ${turn}` } });
      if (turn % 3 === 0) await done(original, 'nodeDelete', { id, cascade: true });
      else if (turn % 4 === 0) await done(original, 'organisationMerge', { id: 'organisation/a', others: [id] });
    };
    const busy: GraphEngine = Object.assign(Object.create(original.engine), {
      read: async (...call: Parameters<GraphEngine['read']>) => {
        if (call[0].name.startsWith('backup_')) await change();
        return original.engine.read(...call);
      },
    });
    const file = await backedUp(busy);
    expect(turn).toBeGreaterThan(25);
    await using embedded = await embeddedGraph();
    expect(await restored(embedded, file)).toEqual(await wholeStore(original.engine));
  });

  it('is made of a graph that never rests, whose changes it holds up for the last of it', async () => {
    await using original = await filled();
    const changes: Promise<unknown>[] = [];
    const restless: GraphEngine = Object.assign(Object.create(original.engine), {
      read: async (...call: Parameters<GraphEngine['read']>) => {
        if (call[0].name === 'storedMarks') {
          const city = `City ${changes.length}`;
          changes.push(done(original, 'organisationUpdate', { id: 'organisation/c', input: { city } }));
          // Where changes have to wait, it is made afterwards.
          await Promise.race([changes.at(-1), pause(500)]);
        }
        return original.engine.read(...call);
      },
    });
    const file = await backedUp(restless);
    await Promise.all(changes);
    const { manifest } = await inspectBackup(file);
    await using embedded = await embeddedGraph();
    await restored(embedded, file);
    const city = `{ organisation(id: "organisation/c") { city } changesSince(sequence: ${manifest.sequence - 1}) { after } }`;
    const { organisation, changesSince } = await embedded.plain.ask(city);
    expect(changesSince).toEqual([{ after: JSON.stringify({ 'organisation/c': organisation }) }]);
    expect((await original.plain.ask(city)).changesSince).toHaveLength(2);
  });
});

describe('a restore', () => {
  let file: string;
  let lines: string[];
  let target: TestGraph;
  beforeAll(async () => {
    await using original = await filled();
    file = await backedUp(original.engine);
    lines = gunzipSync(await readFile(file))
      .toString()
      .trimEnd()
      .split('\n');
    await original[Symbol.asyncDispose]();
    target = await emptyGraph();
  });
  afterAll(() => target[Symbol.asyncDispose]());

  const packed = (texts: readonly string[]): Buffer => gzipSync(`${texts.join('\n')}\n`);
  const header = (change: object): string => JSON.stringify({ ...JSON.parse(lines[0]!), ...change });

  it.each<[string, () => Buffer | Promise<Buffer>, RegExp]>([
    ['cut', async () => (await readFile(file)).subarray(0, -20), /is not complete/],
    ['cut at the end of a line', () => packed(lines.slice(0, -2)), /is not complete/],
    ['without its end', () => packed(lines.slice(0, -1)), /is not complete/],
    ['changed', () => packed(lines.map((line) => line.replace('Lignes', 'Ligues'))), /its checksum is another/],
    ['without a line', () => packed(lines.filter((_, place) => place !== 1)), /its checksum is another/],
    ['of a newer format', () => packed([header({ format: 2 }), ...lines.slice(1)]), /newer version of Grappe/],
    ['of a newer store', () => packed([header({ storeFormat: 999 }), ...lines.slice(1)]), /update Grappe/],
    ['of something else', () => packed(['{"a":1}']), /is no backup of Grappe/],
    ['not packed', () => Buffer.from(lines.join('\n')), /is no backup of Grappe/],
    ['empty', () => Buffer.alloc(0), /is not complete/],
  ])('of a file that is %s is refused, and writes nothing', async (name, bytes, message) => {
    const other = join(await scratchFolder(), `${name}.backup`);
    await writeFile(other, await bytes());
    const before = await target.engine.version();
    await expect(restoreBackup(target.engine, other)).rejects.toThrow(message);
    await expect(inspectBackup(other)).rejects.toThrow(other);
    expect(await target.engine.version()).toBe(before);
  });

  it('that is stopped leaves nothing, and one that is killed is begun again', async () => {
    const stop = new AbortController();
    const onProgress = (): void => stop.abort(new Error('stopped'));
    await expect(restoreBackup(target.engine, file, { signal: stop.signal, onProgress })).rejects.toThrow('stopped');
    expect(await wholeStore(target.engine)).toEqual([]);
    // As a process leaves it that is killed.
    const write = (text: string) => target.engine.write((transaction) => transaction.run(statement('test', text)));
    await write("CREATE (:Counter {id: 'restore', value: 'begun'})");
    await write("CREATE (:Entity:Organisation {id: 'organisation/half', type: 'Organisation'})");
    await expect(prepareStore(target.engine)).rejects.toMatchObject({ code: 'RESTORE_UNFINISHED' });
    await restoreBackup(target.engine, file);
    const { organisation, pole } = await target.plain.ask(
      '{ organisation(id: "organisation/half") { id } pole(id: "pole/p") { name } }',
    );
    expect([organisation, pole]).toEqual([null, { name: 'Pole' }]);
    await prepareStore(target.engine);
  });

  it('into a store that is not empty is refused, and writes nothing', async () => {
    const before = await wholeStore(target.engine);
    await expect(restoreBackup(target.engine, file)).rejects.toThrow(/is not empty, and nothing was changed/);
    expect(await wholeStore(target.engine)).toEqual(before);
  });
});
