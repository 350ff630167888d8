import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { statement } from '../../src/graph/statement.ts';
import { bareGraph, type TestGraph } from '../support/graph.ts';
import { amount } from '../support/tier.ts';

/** Changes of a record while others read it. */
const VERSIONS = amount({ usual: 500, neo4j: 150, long: 5_000 });

const write = statement<never>('write', 'MATCH (n:Fixture {id: $row.id}) SET n = $row');
const record = statement<{ node: Record<string, unknown> }>(
  'record',
  'MATCH (n:Fixture {id: $id}) RETURN properties(n) AS node',
  { readsRecords: true },
);

/** Long enough that a store keeps it in several places. */
const rowOf = (version: number) => ({
  id: 'a',
  version,
  ...Object.fromEntries(Array.from({ length: 12 }, (_, place) => [`field${place}`, `${version} `.repeat(20)])),
  aliases: Array.from({ length: 30 }, () => `alias ${version}`),
});

let graph: TestGraph;
beforeAll(async () => {
  graph = await bareGraph();
  await graph.engine.ensureSchema([{ kind: 'unique-node', label: 'Fixture', property: 'id' }]);
  await graph.engine.write(async (transaction) => {
    await transaction.run(statement<never>('create', "CREATE (n:Fixture {id: 'a'})"));
    await transaction.run(write, { row: rowOf(0) });
  });
});
afterAll(() => graph[Symbol.asyncDispose]());

describe('a record', () => {
  it('is read as it was before a change or after it, never as a mix of both', async () => {
    let isChanging = true;
    const seen = new Set<number>();
    const mixed: unknown[] = [];
    const reading = Array.from({ length: 8 }, async () => {
      while (isChanging) {
        const [row] = await graph.engine.read(record, { id: 'a' });
        const { version } = row!.node;
        seen.add(version as number);
        if (
          JSON.stringify(Object.entries(row!.node).sort()) !==
          JSON.stringify(Object.entries(rowOf(version as number)).sort())
        )
          mixed.push(row!.node);
      }
    });
    for (let version = 1; version <= VERSIONS; version++) {
      await graph.engine.write((transaction) => transaction.run(write, { row: rowOf(version) }));
    }
    isChanging = false;
    await Promise.all(reading);
    expect(mixed).toEqual([]);
    expect(seen.size).toBeGreaterThan(10);
  });
});
