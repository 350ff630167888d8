import { describe, expect, it } from 'vitest';
import { statement } from '../../src/graph/statement.ts';
import { MIGRATIONS, NEWEST_FORMAT, prepareStore, readFormat } from '../../src/transfer/store-format.ts';
import { done } from '../editing/editors.ts';
import { bareGraph, emptyGraph, type TestGraph } from '../support/graph.ts';
import { wholeStore } from '../support/whole-store.ts';
import { World } from '../support/world.ts';

const write = ({ engine }: TestGraph, text: string) =>
  engine.write((transaction) => transaction.run(statement('test', text)));

/** Prepares a store, and returns the numbers of the migrations that it has had. */
async function migrated(graph: TestGraph): Promise<number[]> {
  const numbers: number[] = [];
  await prepareStore(graph.engine, { onMigrated: ({ number }) => numbers.push(number) });
  return numbers;
}

async function withHistory(): Promise<TestGraph> {
  const graph = await emptyGraph();
  await prepareStore(graph.engine);
  await graph.fill(new World().organisation('A', { id: 'organisation/a' }));
  for (const city of ['Dax', 'Pau']) await done(graph, 'organisationUpdate', { id: 'organisation/a', input: { city } });
  return graph;
}

const history = async (graph: TestGraph): Promise<unknown> =>
  (await graph.plain.ask('{ organisation(id: "organisation/a") { history { totalCount nodes { sequence action } } } }'))
    .organisation.history;

describe('the format of a store', () => {
  it('is recorded in a new one, which needs no migration', async () => {
    await using graph = await bareGraph();
    expect(await readFormat(graph.engine)).toBe(null);
    expect(await migrated(graph)).toEqual([]);
    expect(await readFormat(graph.engine)).toBe(NEWEST_FORMAT);
    const before = await graph.engine.version();
    expect(await migrated(graph)).toEqual([]);
    expect(await graph.engine.version()).toBe(before);
  });

  it('has numbers that only increase', () => {
    const numbers = MIGRATIONS.map(({ number }) => number);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  });

  it('is brought from that of the version before to this one, and the store is the same', async () => {
    await using graph = await withHistory();
    const [before, entries] = [await wholeStore(graph.engine), await history(graph)];
    // The version before had no format and no index of its change log.
    await write(graph, "MATCH (mark:Counter {id: 'format'}) DELETE mark");
    await write(graph, 'MATCH (touched:Touched) DELETE touched');
    await write(graph, "MATCH (counter:Counter {id: 'change'}) REMOVE counter.indexedAfter, counter.indexedUntil");
    expect(await readFormat(graph.engine)).toBe(0);
    expect(await migrated(graph)).toEqual([1]);
    expect(await wholeStore(graph.engine)).toEqual(before);
    expect(await history(graph)).toEqual(entries);
    expect(await migrated(graph)).toEqual([]);
  });

  it('of a newer version is refused, and nothing is changed', async () => {
    await using graph = await withHistory();
    await write(graph, `MATCH (mark:Counter {id: 'format'}) SET mark.value = '${NEWEST_FORMAT + 1}'`);
    const before = await graph.engine.version();
    await expect(prepareStore(graph.engine)).rejects.toMatchObject({
      code: 'STORE_TOO_NEW',
      message: expect.stringMatching(/written by a newer version of Grappe \(format 2; this one knows 1\)/),
    });
    expect(await graph.engine.version()).toBe(before);
  });
});
