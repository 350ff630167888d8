import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { World } from '../support/world.ts';

const id = (name: string): string => `organisation/${name}`;
const [ONE, OTHER] = ['pole/one', 'cluster/other'];

/** B - A - M - Z - Y in a line, and apart from it the first network - R - S. A and B are in the first network, Y, Z and S in the other. */
function world(): World {
  const made = new World().pole('One', { id: ONE }).cluster('Other', { id: OTHER });
  for (const name of ['a', 'b', 'm', 'r', 's', 'y', 'z']) made.organisation(name.toUpperCase(), { id: id(name) });
  for (const [from, to] of ['ba', 'am', 'mz', 'zy', 'rs']) made.partners(id(from!), id(to!));
  made.partners(ONE, id('r'));
  for (const name of ['a', 'b']) made.member(id(name), ONE);
  for (const name of ['s', 'y', 'z']) made.member(id(name), OTHER);
  return made.member(id('z'), ONE, { since: '2000', until: '2010' });
}

let graph: TestGraph;
beforeAll(async () => {
  graph = await (await emptyGraph()).fill(world());
});
afterAll(() => graph[Symbol.asyncDispose]());

const BROKERS = /* GraphQL */ `
  query ($asOf: PartialDate) {
    subgraph(select: { connectedOnly: true, asOf: $asOf }) {
      brokers(between: NETWORKS) {
        totalCount
        isExact
        sampleSize
        edges { rank value error communityCount networkCount node { name } }
      }
    }
  }`;

interface Edge {
  readonly rank: number;
  readonly value: number;
  readonly networkCount: number;
  readonly node: { readonly name: string };
}

async function brokers(variables: { readonly asOf: string }) {
  const { edges, ...rest } = (await graph.ask(BROKERS, variables)).subgraph.brokers;
  // Of the 21 pairs of the seven other nodes.
  const shown = edges.map(({ rank, value, networkCount, node }: Edge) => [
    ...[node.name, rank, Math.round(value * 21 * 1e9) / 1e9, networkCount],
  ]);
  return { ...rest, shown };
}

describe('brokers between networks', () => {
  it('are on the shortest paths between members of different ones, of which a network itself is one', async () => {
    expect(await brokers({ asOf: '2020' })).toEqual({
      totalCount: 4,
      isExact: true,
      // M and R are in none.
      sampleSize: 6,
      shown: [
        ['M', 1, 4, 2],
        ['A', 2, 2, 1],
        ['Z', 2, 2, 1],
        ['R', 4, 1, 2],
      ],
    });
  });

  it('count no paths between nodes that have a network in common, at the date of the selection', async () => {
    const { shown } = await brokers({ asOf: '2005' });
    expect(shown).toEqual([
      ['M', 1, 2, 2],
      ['Z', 1, 2, 1],
      ['A', 3, 1, 1],
      ['R', 3, 1, 2],
    ]);
  });

  it('are not those between communities, in pages of their own', async () => {
    const page = 'edges { cursor } pageInfo { endCursor }';
    const { subgraph } = await graph.ask(
      `{ subgraph(select: { connectedOnly: true }) { brokers(between: NETWORKS, first: 1) { ${page} } } }`,
    );
    const after = JSON.stringify(subgraph.brokers.pageInfo.endCursor);
    const { errors } = await graph.answer(
      `{ subgraph(select: { connectedOnly: true }) { brokers(after: ${after}) { ${page} } } }`,
    );
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_CURSOR']);
  });
});
