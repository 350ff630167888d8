import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { World } from '../support/world.ts';
import { Dice, type RandomGraph, randomGraphs } from '../traversal/random-world.ts';
import { Reference } from '../traversal/reference.ts';
import { randomSelection, type Selection, selected } from './random-selections.ts';

/** Random selections; Neo4j plans the statements of each again. */
const CASES = 40;

const WHOLE = /* GraphQL */ `
  query ($select: GraphSelection!, $nodes: String, $edges: String, $relationships: String) {
    subgraph(select: $select) {
      nodeCount
      edgeCount
      relationshipCount
      isolatedCount
      density
      truncated
      degreeDistribution { degree count }
      components { count largestSize sizes }
      nodes(first: 7, after: $nodes) { nodes { id } pageInfo { hasNextPage endCursor } totalCount }
      edges(first: 7, after: $edges) {
        nodes { from { id } to { id } strength projectCount relationshipCount }
        pageInfo { hasNextPage endCursor }
        totalCount
      }
      relationships(first: 7, after: $relationships) { nodes { id } pageInfo { hasNextPage endCursor } totalCount }
    }
  }`;

interface AnsweredPair {
  readonly from: { readonly id: string };
  readonly to: { readonly id: string };
  readonly strength: number;
  readonly projectCount: number;
}

/** A selection's answer, its lists read to the end in pages. */
async function read(graph: TestGraph, select: Selection) {
  const lists = { nodes: [] as never[], edges: [] as never[], relationships: [] as never[] };
  const cursors: Record<string, string> = {};
  for (;;) {
    const { subgraph } = await graph.ask(WHOLE, { select, ...cursors });
    let isDone = true;
    for (const name of ['nodes', 'edges', 'relationships'] as const) {
      const { nodes, pageInfo } = subgraph[name];
      if (cursors[name] !== pageInfo.endCursor && pageInfo.endCursor !== null) lists[name].push(...(nodes as never[]));
      if (!pageInfo.hasNextPage) continue;
      isDone = false;
      cursors[name] = pageInfo.endCursor;
    }
    if (isDone) return { ...subgraph, ...lists };
    // A list that is at its end stays there.
    for (const name of ['nodes', 'edges', 'relationships'] as const) {
      if (!subgraph[name].pageInfo.hasNextPage && subgraph[name].pageInfo.endCursor)
        cursors[name] = subgraph[name].pageInfo.endCursor;
    }
  }
}

describe('a selected subgraph', () => {
  let graph: TestGraph;
  let graphs: readonly RandomGraph[];
  let reference: Reference;
  beforeAll(async () => {
    graph = await emptyGraph();
    const random = randomGraphs(40, 20_261_129);
    graphs = random.graphs;
    await graph.import(random.world);
    reference = await Reference.read(graph);
  });
  afterAll(() => graph[Symbol.asyncDispose]());

  it('has the nodes, pairs and relationships that the conditions select, on every page', async () => {
    let pairs = 0;
    for (const [place, random] of graphs.slice(0, CASES).entries()) {
      const select = randomSelection(new Dice(place), random);
      const expected = selected(reference, select);
      const answer = await read(graph, select);
      const found = (answer.edges as readonly AnsweredPair[]).map(({ from, to, strength, projectCount }) => ({
        pair: [from.id, to.id].sort().join(' '),
        strength: Math.round(strength * 1e9),
        projectCount,
      }));
      expect({ select, nodes: answer.nodes.map(({ id }: { id: string }) => id).sort() }).toEqual({
        select,
        nodes: expected.nodes,
      });
      expect({
        select,
        pairs: found.sort((a: { pair: string }, b: { pair: string }) => (a.pair < b.pair ? -1 : 1)),
      }).toEqual({
        select,
        pairs: expected.pairs.map(({ ids: _, ...pair }) => pair),
      });
      expect({ select, ids: answer.relationships.map(({ id }: { id: string }) => id).sort() }).toEqual({
        select,
        ids: expected.pairs.flatMap(({ ids }) => ids).sort(),
      });
      expect(answer.nodeCount).toBe(expected.nodes.length);
      expect(answer.edgeCount).toBe(expected.pairs.length);
      expect(answer.relationshipCount).toBe(expected.pairs.flatMap(({ ids }) => ids).length);
      pairs += expected.pairs.length;
    }
    expect(pairs).toBeGreaterThan(CASES);
  });

  it('is the same where a filter names the actors', async () => {
    const filter = { organisations: { kind: ['COMPANY'] }, networks: { kind: ['POLE'] } };
    const { subgraph, organisations, poles } = await graph.ask(
      `query ($select: GraphSelection!) {
        subgraph(select: $select) { nodeCount }
        organisations(filter: { kind: [COMPANY] }) { totalCount }
        poles { totalCount }
      }`,
      { select: filter },
    );
    expect(subgraph.nodeCount).toBe(organisations.totalCount + poles.totalCount);
  });

  it('is exact after each write', async () => {
    const { organisations } = graphs[0]!;
    const [from, to] = [organisations[0]!, organisations.at(-1)!];
    const select = { around: { of: [from, to], depth: 0 }, partnershipKinds: ['LOGISTICS'] };
    const count = async (): Promise<number> =>
      (await graph.ask('query ($select: GraphSelection!) { subgraph(select: $select) { edgeCount } }', { select }))
        .subgraph.edgeCount;
    expect(await count()).toBe(0);
    await graph.fill(new World().partners(from, to, { kind: 'LOGISTICS' }));
    expect(await count()).toBe(1);
  });

  it('reads no page backward otherwise than forward', async () => {
    const list = 'edges { node { id } cursor }';
    const { subgraph } = await graph.ask(`{ subgraph(select: {}) { nodes(first: 9) { ${list} } } }`);
    const forward = subgraph.nodes.edges.map(({ node }: { node: { id: string } }) => node.id);
    const last = await graph.ask('{ subgraph(select: {}) { nodes(first: 10) { edges { cursor } } } }');
    const before = last.subgraph.nodes.edges[9].cursor;
    const backward = await graph.ask(
      `query ($before: String) { subgraph(select: {}) { nodes(last: 9, before: $before) { ${list} } } }`,
      { before },
    );
    expect(backward.subgraph.nodes.edges.map(({ node }: { node: { id: string } }) => node.id)).toEqual(forward);
  });
});
