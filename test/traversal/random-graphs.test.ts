import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstDay, lastDay } from '../../src/domain/partial-date.ts';
import { statement } from '../../src/graph/statement.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { amount } from '../support/tier.ts';
import { duplicates } from './duplicate-reference.ts';
import { asOfFrom, bothWays, endsFrom, viaFrom } from './random-questions.ts';
import { Dice, type RandomGraph, randomGraphs } from './random-world.ts';
import { Reference } from './reference.ts';

const GRAPHS = amount({ usual: 220, long: 500 });
/** How many of them are asked about one by one, in many texts that Neo4j plans; and in a few, about what is rare in them. */
const ASKED = amount({ usual: 220, neo4j: 30, long: 500 });
const ASKED_OF_THE_RARE = amount({ usual: 220, neo4j: 70, long: 500 });
/** Hundreds of questions each, of a database that plans as it goes. */
const PATIENCE_MS = amount({ usual: 240_000, long: 3_600_000 });

let graph: TestGraph;
let graphs: readonly RandomGraph[];
let whole: Reference;
const parts = new Map<RandomGraph, Reference>();

/** Makes a hub of an actor by its count: no random graph has a thousand of anything. */
const declareHub = statement<never>('declareHub', 'MATCH (n:Entity {id: $id}) SET n.partnerCount = 1001');

beforeAll(async () => {
  graph = await emptyGraph();
  const { world, graphs: made } = randomGraphs(GRAPHS, 20_261_123);
  graphs = made;
  const { rejected, created } = await graph.import(world);
  // A few memberships lie outside of the lifespans of their networks, and are rejected; those are none of the tests'.
  expect(rejected).toBeLessThan(created / 20);
  for (const { organisations } of graphs.slice(0, 40)) {
    await graph.engine.write((transaction) => transaction.run(declareHub, { id: organisations[0]! }));
  }
  whole = await Reference.read(graph);
  for (const [place, each] of graphs.entries()) parts.set(each, whole.part(`g${place}`));
}, PATIENCE_MS);

afterAll(() => graph[Symbol.asyncDispose]());

/** Asks once about each random graph, with dice of its own. */
async function ofEachGraph(
  seed: number,
  question: (random: RandomGraph, reference: Reference, dice: Dice, place: number) => Promise<void>,
  asked = ASKED,
): Promise<void> {
  for (const [place, random] of graphs.slice(0, asked).entries()) {
    await question(random, parts.get(random)!, new Dice(seed * 10_000 + place), place);
  }
}

const idsOf = (nodes: readonly { id: string }[]): string[] => nodes.map(({ id }) => id);

const PATHS = /* GraphQL */ `
  query ($from: ID!, $to: ID!, $count: Int!, $via: TraversalInput) {
    shortestPath(from: $from, to: $to, via: $via) {
      length
      nodes { id }
    }
    paths(from: $from, to: $to, count: $count, via: $via) {
      length
      nodes { id }
      relationships { id from { id } to { id } sources { id } }
    }
  }`;

describe('walks', { timeout: PATIENCE_MS }, () => {
  it.each([1, 2, 3])('finds the same paths as the reference, round %i', async (round) => {
    let found = 0;
    await ofEachGraph(round, async (random, reference, dice) => {
      const [from, to] = endsFrom(dice, random);
      const count = dice.whole(1, 12);
      const via = viaFrom(dice, random, [from, to]);
      const expected = reference.paths(from, to, count, via);
      const { shortestPath, paths } = await graph.ask(PATHS, { from, to, count, via });
      const shown = { from, to, count, via };
      expect({ ...shown, paths: paths.map(({ nodes }: never) => idsOf(nodes)) }).toEqual({
        ...shown,
        paths: expected.map(({ nodes }) => nodes),
      });
      expect(paths.map(({ relationships }: never) => idsOf(relationships))).toEqual(
        expected.map(({ relationships }) => relationships),
      );
      expect(paths.map(({ length }: { length: number }) => length)).toEqual(
        expected.map(({ relationships }) => relationships.length),
      );
      expect(shortestPath && idsOf(shortestPath.nodes)).toEqual(expected[0]?.nodes ?? null);
      found += expected.length;
    });
    // Or the questions would have been too hard to show anything.
    expect(found).toBeGreaterThan(0.8 * ASKED);
  });

  it('justifies every step of a path by a relationship that holds between its two nodes', async () => {
    await ofEachGraph(4, async (random, reference, dice) => {
      const [from, to] = [dice.pick(random.all), dice.pick(random.all)];
      const { paths } = await graph.ask(PATHS, { from, to, count: 3 });
      for (const { nodes, relationships } of paths) {
        for (const [place, relationship] of relationships.entries()) {
          const ends = [relationship.from.id, relationship.to.id].sort();
          expect(ends).toEqual([nodes[place].id, nodes[place + 1].id].sort());
          const edge = reference.edges.find(({ id }) => id === relationship.id)!;
          expect([...idsOf(relationship.sources)].sort()).toEqual([...(edge.properties.sources as string[])].sort());
        }
      }
    });
  });

  const NEIGHBOURHOOD = /* GraphQL */ `
    query ($of: [ID!]!, $depth: Int!, $limit: Int!, $via: TraversalInput) {
      neighbourhood(of: $of, depth: $depth, limit: $limit, via: $via) {
        nodeCount relationshipCount truncated density
        nodes(first: 200) { totalCount nodes { id } }
        relationships(first: 200) { totalCount nodes { id from { id } to { id } } }
      }
    }`;

  it.each([5, 6])('finds the same neighbourhoods as the reference, round %i', async (round) => {
    let truncated = 0;
    await ofEachGraph(round, async (random, reference, dice) => {
      const of = [...new Set([dice.pick(random.all), ...dice.some(random.all, 0.05)])];
      const [depth, limit] = [dice.whole(0, 4), dice.pick([2, 5, 9, 200])];
      const { maxLength: _, ...via } = viaFrom(dice, random, of);
      const expected = reference.neighbourhood(of, depth, limit, via);
      const { neighbourhood } = await graph.ask(NEIGHBOURHOOD, { of, depth, limit, via });
      const shown = { of, depth, limit, via };
      expect({
        ...shown,
        nodes: idsOf(neighbourhood.nodes.nodes),
        truncated: neighbourhood.truncated,
        relationships: idsOf(neighbourhood.relationships.nodes),
      }).toEqual({
        ...shown,
        nodes: expected.nodes,
        truncated: expected.truncated,
        relationships: expected.relationships.slice(0, 200),
      });
      expect(neighbourhood.density).toBeCloseTo(expected.density, 12);
      expect(neighbourhood.nodeCount).toBe(expected.nodes.length);
      expect(neighbourhood.nodes.totalCount).toBe(expected.nodes.length);
      expect(neighbourhood.relationshipCount).toBe(expected.relationships.length);
      expect(neighbourhood.relationships.totalCount).toBe(expected.relationships.length);
      if (expected.truncated) truncated++;
    });
    expect(truncated).toBeGreaterThan(ASKED / 10);
  });

  it('reads a neighbourhood page by page, in either direction, as it reads it whole', async () => {
    const PAGE = /* GraphQL */ `
      query ($of: [ID!]!, $first: Int, $after: String, $last: Int, $before: String) {
        neighbourhood(of: $of, depth: 2) {
          nodes(first: $first, after: $after, last: $last, before: $before) {
            edges { cursor node { id } }
            pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
          }
          relationships(first: $first, last: $last) { nodes { id } pageInfo { hasNextPage hasPreviousPage } }
        }
      }`;
    await ofEachGraph(7, async (random, reference, dice, place) => {
      if (place % 10 > 0) return;
      const of = [dice.pick(random.networks)];
      const { nodes } = reference.neighbourhood(of, 2, 200);
      const read = await bothWays(3, async (page) => {
        const { edges, pageInfo } = (await graph.ask(PAGE, { of, ...page })).neighbourhood.nodes;
        return { items: idsOf(edges.map(({ node }: never) => node)), pageInfo };
      });
      expect(read).toEqual([nodes, nodes]);
    });
  });
});

describe('networks', { timeout: PATIENCE_MS }, () => {
  const COMPARE = /* GraphQL */ `
    query ($ids: [ID!]!, $asOf: PartialDate) {
      compareNetworks(ids: $ids, asOf: $asOf) {
        networks { network { id } memberCount onlyHereCount }
        memberOfAll { id }
        memberOfAllCount
        pairs {
          a { id } b { id } commonCount jaccard common(first: 200) { id }
          bridges(first: 200) { id } bridgeCount sharedTopics { id } sharedTerritories { id }
        }
      }
    }`;

  it('compares networks as the reference does', async () => {
    let bridges = 0;
    await ofEachGraph(8, async (random, reference, dice) => {
      const [one, other, ...more] = random.networks;
      const ids = [one!, other!, ...dice.some(more, 0.5)];
      const asOf = asOfFrom(dice);
      const expected = reference.compare(ids, asOf);
      const { compareNetworks } = await graph.ask(COMPARE, { ids, asOf });
      expect({ ids, asOf, networks: compareNetworks.networks }).toEqual({
        ids,
        asOf,
        networks: expected.networks.map(({ id, ...counts }) => ({ network: { id }, ...counts })),
      });
      expect(idsOf(compareNetworks.memberOfAll)).toEqual(expected.memberOfAll);
      expect(compareNetworks.memberOfAllCount).toBe(expected.memberOfAll.length);
      expect(compareNetworks.pairs).toEqual(
        expected.pairs.map(({ a, b, jaccard, ...lists }) => ({
          a: { id: a },
          b: { id: b },
          jaccard,
          commonCount: lists.common.length,
          bridgeCount: lists.bridges.length,
          ...Object.fromEntries(Object.entries(lists).map(([name, all]) => [name, all.map((id) => ({ id }))])),
        })),
      );
      bridges += expected.pairs.reduce((sum, pair) => sum + pair.bridges.length, 0);
    });
    expect(bridges).toBeGreaterThan(ASKED / 2);
  });

  it('shows where patents are produced as the reference does', async () => {
    const met = { local: 0, elsewhere: 0, abroad: 0, unknown: 0 };
    await ofEachGraph(
      9,
      async (random, reference, dice) => {
        const asOf = asOfFrom(dice);
        const { nodes } = await graph.ask(
          /* GraphQL */ `
          query ($ids: [ID!]!, $asOf: PartialDate) {
            nodes(ids: $ids) {
              id
              ... on Network { productionLocality(asOf: $asOf) { patents known local elsewhere abroad localShare } }
            }
          }`,
          { ids: random.networks, asOf },
        );
        for (const { id, productionLocality } of nodes) {
          const expected = reference.productionLocality(id, asOf);
          expect({ id, asOf, ...productionLocality }).toEqual({ id, asOf, ...expected });
          met.local += expected.local;
          met.elsewhere += expected.elsewhere;
          met.abroad += expected.abroad;
          met.unknown += expected.patents - expected.known;
        }
      },
      ASKED_OF_THE_RARE,
    );
    for (const count of Object.values(met)) expect(count).toBeGreaterThan(4);
  });
});

describe('time', { timeout: PATIENCE_MS }, () => {
  const CHANGES = /* GraphQL */ `
    query ($from: PartialDate!, $to: PartialDate!, $networks: [ID!], $types: [RelationshipType!], $first: Int, $after: String, $last: Int, $before: String) {
      changes(from: $from, to: $to, networks: $networks, types: $types, first: $first, after: $after, last: $last, before: $before) {
        totalCount
        nodes { kind on subject { id } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
    }`;

  const flat = (nodes: readonly { kind: string; on: string; subject: { id: string } }[]) =>
    nodes.map(({ kind, on, subject }) => ({ kind, on, id: subject.id }));

  it('shows what changed at some networks as the reference does', async () => {
    let changes = 0;
    await ofEachGraph(10, async (random, reference, dice) => {
      const [one, other] = [dice.whole(1999, 2012), dice.whole(2000, 2013)];
      const [from, to] = [
        dice.pick([`${Math.min(one, other)}`, `${Math.min(one, other)}-03`]),
        dice.pick([`${Math.max(one, other)}`, `${Math.max(one, other)}-06`, `${Math.max(one, other)}-06-15`]),
      ];
      const networks = [random.networks[0]!, ...dice.some(random.networks.slice(1), 0.5)];
      const types = dice.chance(0.3) ? ['MEMBER_OF', 'PART_OF', 'PRODUCED_AT', 'PARTNERS_WITH'] : undefined;
      const expected = reference.changes(from, to, networks, types);
      const { changes: answer } = await graph.ask(CHANGES, { from, to, networks, types, first: 200 });
      const shown = { from, to, networks, types };
      expect({ ...shown, changes: flat(answer.nodes) }).toEqual({ ...shown, changes: expected });
      expect(answer.totalCount).toBe(expected.length);
      changes += expected.length;
    });
    expect(changes).toBeGreaterThan(ASKED);
  });

  it.each([
    ['2003', '2004-02', undefined],
    ['2005-02-10', '2005-02-28', undefined],
    ['2000', '2012', ['SUCCEEDED_BY']],
    ['2009-12', '2010-01', ['LOCATED_IN', 'PART_OF', 'PRODUCED_AT', 'MEMBER_OF']],
  ] as const)('reads all that changed from %s to %s page by page, in either direction', async (from, to, types) => {
    const expected = whole.changes(from, to, undefined, types);
    expect(expected.length).toBeGreaterThan(5);
    const read = await bothWays(40, async (page) => {
      const { changes } = await graph.ask(CHANGES, { from, to, types, ...page });
      expect(changes.totalCount).toBe(expected.length);
      return { items: flat(changes.nodes), pageInfo: changes.pageInfo };
    });
    expect(read).toEqual([expected, expected]);
  });
});

describe('partners', { timeout: PATIENCE_MS }, () => {
  const SUGGESTIONS = /* GraphQL */ `
    query ($ids: [ID!]!, $asOf: PartialDate) {
      nodes(ids: $ids) {
        id
        ... on Actor {
          suggestedPartners(asOf: $asOf, first: 50) {
            actor { id }
            score
            commonPartners(first: 50) { id }
            commonPartnerCount
            commonProjectNeighbours
            sharedTopics { id }
            sameTerritory
          }
        }
      }
    }`;

  it('suggests the same partners as the reference, with the same reasons', async () => {
    let suggestions = 0;
    await ofEachGraph(11, async (random, reference, dice) => {
      const asOf = asOfFrom(dice);
      const ids = [...random.organisations.slice(0, 3), random.networks[0]!];
      const { nodes } = await graph.ask(SUGGESTIONS, { ids, asOf });
      for (const { id, suggestedPartners } of nodes) {
        const expected = reference.suggestedPartners(id, asOf);
        expect({ id, asOf, suggestedPartners }).toEqual({
          id,
          asOf,
          suggestedPartners: expected.map(({ id: actor, commonPartners, sharedTopics, ...rest }) => ({
            actor: { id: actor },
            commonPartners: commonPartners.map((partner) => ({ id: partner })),
            commonPartnerCount: commonPartners.length,
            sharedTopics: sharedTopics.map((topic) => ({ id: topic })),
            ...rest,
          })),
        });
        suggestions += expected.length;
      }
    });
    expect(suggestions).toBeGreaterThan(ASKED);
  });

  it('suggests nobody who is a partner as of the date, and never the actor itself', async () => {
    await ofEachGraph(12, async (random, _, dice) => {
      const asOf = asOfFrom(dice) ?? null;
      const { actor } = await graph.ask(
        /* GraphQL */ `
          query ($id: ID!, $asOf: PartialDate) {
            actor(by: { id: $id }) {
              partners(asOf: $asOf, first: 200) { nodes { id } }
              suggestedPartners(asOf: $asOf, first: 50) { actor { id } }
            }
          }`,
        { id: dice.pick(random.organisations), asOf },
      );
      const suggested = actor.suggestedPartners.map((suggestion: { actor: { id: string } }) => suggestion.actor.id);
      expect(suggested.filter((id: string) => idsOf(actor.partners.nodes).includes(id) || id === actor.id)).toEqual([]);
    });
  });
});

describe('the whole', { timeout: PATIENCE_MS }, () => {
  it('counts what the graph holds as the reference does', async () => {
    const { statistics } = await graph.ask(/* GraphQL */ `
      {
        statistics {
          version
          nodes { value label count }
          relationships { value count }
          sources { value node { id } count }
          from
          to
          lastChange
          loading
        }
      }`);
    const expected = whole.counts();
    const plain = (facets: readonly { value: string; count: number }[]) =>
      facets.map(({ value, count }) => ({ value, count })).filter(({ count }) => count > 0);
    expect(plain(statistics.nodes)).toEqual(expected.nodes);
    expect(plain(statistics.relationships)).toEqual(expected.relationships);
    expect(plain(statistics.sources)).toEqual(expected.sources);
    expect([firstDay(statistics.from), lastDay(statistics.to)]).toEqual([expected.from, expected.to]);
    expect(statistics).toMatchObject({ loading: null, version: expect.any(String), lastChange: expect.any(String) });
  });

  it('finds the same duplicates as a comparison of every two records', async () => {
    const { duplicateCandidates } = await graph.ask(
      '{ duplicateCandidates(first: 100) { a { id } b { id } score reasons } }',
    );
    const expected = duplicates(whole, 100);
    expect(expected).toHaveLength(100);
    expect(new Set(expected.flatMap(({ reasons }) => reasons)).size).toBe(5);
    expect(duplicateCandidates).toEqual(expected.map(({ a, b, ...rest }) => ({ a: { id: a }, b: { id: b }, ...rest })));
  });
});
