import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { done, SOURCES } from '../editing/editors.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { amount } from '../support/tier.ts';
import { World } from '../support/world.ts';
import { addRandomGraph, Dice, type RandomGraph, randomGraphs } from '../traversal/random-world.ts';

const GRAPHS = amount({ fast: 12, usual: 40, neo4j: 12, long: 200 });
const PATIENCE_MS = amount({ usual: 240_000, long: 3_600_000 });

const pad = (number: number): string => String(number).padStart(2, '0');

/** A graph that is asked from its snapshot; without a server, nothing is in memory. */
let served: TestGraph;
let graphs: RandomGraph[];

beforeAll(async () => {
  const graph = await emptyGraph();
  const { world, graphs: made } = randomGraphs(GRAPHS, 20_261_126);
  graphs = made;
  await graph.import(world);
  served = await graph.inMemory();
}, PATIENCE_MS);

afterAll(() => served[Symbol.asyncDispose]());

const LISTS = /* GraphQL */ `
  query ($id: ID!, $first: Int!, $network: ID!, $networks: [ID!]!, $other: ID!) {
    actor(by: { id: $id }) {
      names: partners(first: $first) { nodes { id name } }
      backward: partners(last: $first) { nodes { id ... on Organisation { kind } } pageInfo { hasPreviousPage } }
      downward: partners(first: $first, orderBy: { field: NAME, direction: DESC }) { nodes { name acronym } }
      whole: partners(first: $first) { edges { cursor kinds since partnerships { id } node { id } } pageInfo { hasNextPage } }
      some: partners(first: $first, kind: [SUPPLY, OTHER]) { nodes { id } totalCount }
      then: partners(first: $first, asOf: "2005") { nodes { id } edges { kinds } totalCount }
      all: partners { totalCount facets { organisationKinds { value count } actorKinds { value count } } }
      memberships(first: $first) { totalCount nodes { id name since } }
      projects(first: $first) { totalCount nodes { id } }
      suggestedPartners { ...Suggestion }
      then2005: suggestedPartners(asOf: "2005") { ...Suggestion }
    }
    compareNetworks(ids: $networks) { ...Comparison }
    then2006: compareNetworks(ids: $networks, asOf: "2006") { ...Comparison }
    networks(filter: { activeAsOf: "2006" }) { nodes { id isActive(asOf: "2004") } }
    network(id: $network) {
      members(first: $first) { totalCount nodes { id name } facets { organisationKinds { value count } } }
      deep: members(first: $first) { nodes { partners(first: 2) { nodes { id partners(first: 2) { nodes { name } totalCount } } } } }
      memberships { totalCount nodes { id } }
    }
    paths(from: $id, to: $other, count: 3) { nodes { id ... on Actor { name } } relationships { id } }
    shortestPath(from: $id, to: $network, via: { relationships: [MEMBER_OF, PARTNERS_WITH], avoidHubsOver: 4 }) { nodes { id } }
    neighbourhood(of: [$id], depth: 2, limit: 12) { nodes { nodes { id ... on Actor { name } } } truncated }
  }
`;
const FRAGMENTS = /* GraphQL */ `
  fragment Suggestion on PartnerSuggestion {
    actor { id } score commonPartnerCount commonPartners { id } commonProjectNeighbours sameTerritory sharedTopics { id }
  }
  fragment Comparison on NetworkComparison {
    memberOfAllCount
    networks { network { id } memberCount onlyHereCount }
    pairs { jaccard bridgeCount bridges { id } common { id name } sharedTerritories { id } sharedTopics { id } }
  }
`;
const NEXT = /* GraphQL */ `
  query ($id: ID!, $first: Int!, $after: String!) {
    actor(by: { id: $id }) {
      partners(first: $first, after: $after) { edges { cursor kinds node { id } } nodes { id name } }
    }
  }
`;

/** Asks both about every random graph: the snapshot must have caught up. */
async function expectEqual(seed: number): Promise<void> {
  await served.graph.snapshot!.load();
  for (const [place, { organisations, networks }] of graphs.entries()) {
    const dice = new Dice(seed * 1_000 + place);
    const [id, other] = [dice.pick([...organisations, ...networks]), dice.pick(organisations)];
    const variables = {
      id,
      other,
      network: dice.pick(networks),
      networks: networks.slice(0, 2),
      first: dice.whole(1, 4),
    };
    const expected = await served.plain.ask(LISTS + FRAGMENTS, variables);
    expect(await served.ask(LISTS + FRAGMENTS, variables), JSON.stringify(variables)).toEqual(expected);
    for (const { cursor: after } of expected.actor?.whole.edges ?? []) {
      const next = { id, after, first: variables.first };
      expect(await served.ask(NEXT, next), JSON.stringify(next)).toEqual(await served.plain.ask(NEXT, next));
    }
  }
}

describe('lists from the snapshot', () => {
  it('tell kinds of relationships apart, however many dates there are', async () => {
    const world = new World();
    for (let number = 0; number < 300; number++) {
      world.organisation(`Dated ${number}`, {
        since: `2010-${pad(1 + Math.floor(number / 28))}-${pad(1 + (number % 28))}`,
      });
    }
    world.organisation('Zone', { since: '1999' }).organisation('Zoo', { since: '1998' });
    world.partners('organisation/zone', 'organisation/zoo', { kind: 'DISTRIBUTION' });
    await served.fill(world);
    await served.graph.snapshot!.load();
    const question = '{ organisation(id: "organisation/zoo") { partners { edges { kinds node { id } } } } }';
    const { data } = await served.answer(question);
    expect(data.organisation.partners.edges).toEqual([{ kinds: ['DISTRIBUTION'], node: { id: 'organisation/zone' } }]);
  });

  it('are answered without the engine, as suggestions and comparisons are', async () => {
    const { organisations, networks, territories } = graphs[0]!;
    const { data, statements } = await served.answer(
      /* GraphQL */ `
        query ($id: ID!, $network: ID!, $networks: [ID!]!, $place: ID!) {
          organisations(
            first: 3
            filter: { not: { locatedIn: [$place], asOf: "2010" }, or: [{ partnerOf: [$id] }, { kind: [COMPANY] }] }
            orderBy: { field: PARTNER_COUNT, direction: DESC }
          ) {
            totalCount
            nodes { id name }
            facets { organisationKinds { value count } territories(level: REGION) { node { id } count } }
          }
          organisation(by: { id: $id }) { partners { nodes { id name partners(first: 3) { nodes { name } totalCount } } } }
          shortestPath(from: $id, to: $network) { nodes { id } }
          actor(id: $id) { suggestedPartners { actor { id name } score sameTerritory sharedTopics { id } } }
          compareNetworks(ids: $networks) { pairs { jaccard bridgeCount common { id } sharedTerritories { id } } }
        }
      `,
      { networks: networks.slice(0, 2), id: organisations[0], network: networks[0], place: territories[0] },
    );
    expect(data.organisation.partners.nodes.length).toBeGreaterThan(0);
    expect(data.organisations.nodes).toHaveLength(3);
    // The records of the nodes that the question names.
    expect([...new Set(statements)]).toEqual(['nodesById']);
  });

  it('show an actor that more than its lists is asked of without the engine, where its summary has it', async () => {
    const [id] = graphs[0]!.organisations;
    const question = /* GraphQL */ `
      query ($id: ID!) {
        actor(id: $id) { __typename id name acronym partners { totalCount } suggestedPartners { actor { id } } }
        organisation(id: $id) { kind }
        missing: organisation(id: "organisation/missing") { name }
      }
    `;
    const { data, statements } = await served.answer(question, { id });
    expect(statements).toEqual(['nodesById', 'mergedInto']);
    expect(data).toEqual((await served.plain.answer(question, { id })).data);
    const { statements: ofKnown } = await served.answer('query ($id: ID!) { organisation(id: $id) { name kind } }', {
      id,
    });
    expect(ofKnown).toEqual([]);
  });

  it('lead to the page of an actor, of whose facts more is asked', async () => {
    const world = new World().organisation('Hub');
    for (let number = 0; number < 60; number++) {
      world.organisation(`Partner ${number}`).partners('organisation/hub', `organisation/partner-${number}`);
    }
    await served.fill(world);
    await served.graph.snapshot!.load();
    const { statements } = await served.answer(
      '{ organisation(by: { id: "organisation/hub" }) { partners(first: 5) { edges { partnerships { id } cursor node { id } } } } }',
    );
    expect(statements).toEqual([expect.stringMatching(/ among$/)]);
  });

  it('are those of the engine, of random graphs', { timeout: PATIENCE_MS }, () => expectEqual(1));

  it('follow every change', { timeout: PATIENCE_MS }, async () => {
    const of = (place: number): RandomGraph => graphs[place]!;
    const sources = SOURCES;
    // Called otherwise, so that it stands elsewhere in all lists.
    for (const place of [0, 1, 2, 3]) {
      const [id] = of(place).organisations;
      await done(served, 'organisationUpdate', { id: id!, input: { name: place % 2 === 0 ? 'Zénith' : 'Aaa' } });
    }
    for (const place of [4, 5]) {
      const { organisations, networks } = of(place);
      const made = await done(served, 'organisationCreate', {
        input: {
          ...{ name: `New ${place}`, kind: 'COMPANY', sources },
          memberships: [{ network: networks.at(-1), role: 'MEMBER' }],
          partnerships: [
            { to: organisations[0], kind: 'SUPPLY' },
            { from: organisations[1], kind: 'OTHER' },
          ],
        },
      });
      graphs[place] = { ...of(place), organisations: [...organisations, made] };
    }
    for (const place of [6, 7]) {
      const [id, ...others] = of(place).organisations;
      await done(served, 'organisationMerge', { id: id!, others: others.slice(0, 2) });
      graphs[place] = { ...of(place), organisations: [id!, ...others.slice(2)] };
    }
    for (const place of [8, 9]) {
      const [gone, ...organisations] = of(place).organisations;
      await done(served, 'nodeDelete', { id: gone!, cascade: true });
      graphs[place] = { ...of(place), organisations };
    }
    await expectEqual(2);
    const more = new World();
    graphs.push(addRandomGraph(more, 'more', new Dice(7)));
    await served.import(more);
    await expectEqual(3);
  });

  it('are those of the engine until the snapshot has caught up', async () => {
    const [id, to] = graphs[10]!.organisations;
    const question = '{ organisation(by: { id: "ID" }) { partners(first: 50) { nodes { id } } } }'.replace('ID', id!);
    const input = { from: id!, to: to!, kind: 'DISTRIBUTION', sources: SOURCES };
    await done(served, 'partnershipStart', { input });
    const { data, statements } = await served.answer(question);
    expect(data.organisation.partners.nodes).toContainEqual({ id: to });
    expect(statements).toContainEqual(expect.stringMatching(/^partners by name/));
    await served.graph.snapshot!.settled();
    expect(served.graph.snapshot!.version).toBe(await served.engine.version());
    expect(await served.ask(question)).toEqual(data);
  });
});
