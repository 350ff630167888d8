import { expect, it } from 'vitest';
import { keyOf } from '../../src/domain/key.ts';
import { SharedResults } from '../../src/measures/cache.ts';
import { WorkerPool } from '../../src/measures/pool.ts';
import { Computations } from '../../src/subgraphs/computations.ts';
import { ExactTooLargeError, GraphMeasures } from '../../src/subgraphs/measures.ts';
import { SelectedGraph } from '../../src/subgraphs/selected-graph.ts';

/** Triples of nodes, of which the second joins the first and the third. */
function triples(count: number): SelectedGraph {
  const pairs = Array.from({ length: 2 * count }, (_, at) => 3 * (at >> 1) + (at % 2));
  const key = keyOf('subgraph', { triples: count });
  return new SelectedGraph({
    ...{ key, selection: key, version: '1', types: ['PARTNERS_WITH'], days: null, sources: [] },
    nodes: Array.from({ length: 3 * count }, (_, at) => ({
      ...{ id: `organisation/${at}`, type: 'Organisation' as const, name: String(at), kind: null },
    })),
    pairs: {
      from: Int32Array.from(pairs),
      to: Int32Array.from(pairs, (from) => from + 1),
      strength: new Float64Array(pairs.length).fill(1),
      projects: new Int32Array(pairs.length),
      start: Int32Array.from({ length: pairs.length + 1 }, (_, at) => at),
    },
    relationships: {
      ...{ type: new Uint8Array(), first: new Int32Array(), last: new Int32Array(), isForward: new Uint8Array() },
      ...{ kind: [], since: [], until: [], strength: new Float64Array(), projects: new Int32Array() },
    },
  });
}

it('exact values are those of every node, where they would be estimated; not of graphs beyond a stated size', async () => {
  const tools = { pool: new WorkerPool(), results: new SharedResults(1e8), computations: new Computations() };
  const forever = new AbortController().signal;
  const measures = new GraphMeasures(triples(9_000), tools, forever);
  const estimated = await measures.ranking('BETWEENNESS', 'NONE');
  expect(estimated.sources).toBe(22_222);
  expect(estimated.errors).not.toBeNull();
  const exact = await measures.ranking('BETWEENNESS', 'NONE', true);
  expect(exact).toMatchObject({ sources: 27_000, errors: null });
  const pairs = [...exact.values.subarray(0, 6)].map((value) => Math.round(value * 26_999 * 26_998));
  expect(pairs).toEqual([0, 2, 0, 0, 2, 0]);
  await expect(new GraphMeasures(triples(100_000), tools, forever).ranking('HARMONIC', 'NONE', true)).rejects.toThrow(
    ExactTooLargeError,
  );
  await tools.pool.close();
});
