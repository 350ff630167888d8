import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { holdTies, tiesAt } from '../../src/mirror/ties.ts';
import { done, SOURCES } from '../editing/editors.ts';
import { emptyGraph, engineUnderTest, TestGraph } from '../support/graph.ts';
import { amount } from '../support/tier.ts';
import { World } from '../support/world.ts';
import { addRandomGraph, Dice, type RandomGraph, randomGraphs } from '../traversal/random-world.ts';

const GRAPHS = amount({ fast: 12, usual: 40, long: 200 });
const PATIENCE_MS = amount({ usual: 240_000, long: 3_600_000 });

/** A graph of whose ties the process holds some; asked without a server, it holds none. */
let held: TestGraph;
let graphs: RandomGraph[];

beforeAll(async () => {
  const graph = await emptyGraph();
  const { world, graphs: made } = randomGraphs(GRAPHS, 20_261_126);
  graphs = made;
  await graph.import(world);
  held = await graph.inMemory();
  await holdTies(held.engine);
}, PATIENCE_MS);

afterAll(() => held[Symbol.asyncDispose]());

const LISTS = /* GraphQL */ `
  query ($id: ID!, $first: Int!, $network: ID!, $other: ID!) {
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
    }
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
const NEXT = /* GraphQL */ `
  query ($id: ID!, $first: Int!, $after: String!) {
    actor(by: { id: $id }) {
      partners(first: $first, after: $after) { edges { cursor kinds node { id } } nodes { id name } }
    }
  }
`;

/** Asks both about every random graph, twice: what is held must have caught up. */
async function holdsEqual(seed: number): Promise<void> {
  await holdTies(held.engine);
  await held.graph.snapshot!.load();
  for (const [place, { organisations, networks }] of graphs.entries()) {
    const dice = new Dice(seed * 1_000 + place);
    const [id, other] = [dice.pick([...organisations, ...networks]), dice.pick(organisations)];
    const variables = { id, other, network: dice.pick(networks), first: dice.whole(1, 4) };
    const expected = await held.plain.ask(LISTS, variables);
    expect(await held.ask(LISTS, variables), JSON.stringify(variables)).toEqual(expected);
    for (const { cursor: after } of expected.actor?.whole.edges ?? []) {
      const next = { id, after, first: variables.first };
      expect(await held.ask(NEXT, next), JSON.stringify(next)).toEqual(await held.plain.ask(NEXT, next));
    }
  }
}

describe('what the process holds of ties', () => {
  it.runIf(engineUnderTest === 'grafeo')('answers without the engine', async () => {
    const { organisations, networks } = graphs[0]!;
    const { data, statements } = await held.answer(
      /* GraphQL */ `
        query ($id: ID!, $network: ID!) {
          organisation(by: { id: $id }) { partners { nodes { id name partners(first: 3) { nodes { name } totalCount } } } }
          shortestPath(from: $id, to: $network) { nodes { id } }
        }
      `,
      { id: organisations[0], network: networks[0] },
    );
    expect(data.organisation.partners.nodes.length).toBeGreaterThan(0);
    expect(statements).toEqual([]);
  });

  it.runIf(engineUnderTest === 'grafeo')('leads to the page of a single actor, of whom more is asked', async () => {
    const world = new World().organisation('Hub');
    for (let number = 0; number < 60; number++) {
      world.organisation(`Partner ${number}`).partners('organisation/hub', `organisation/partner-${number}`);
    }
    await held.fill(world);
    await holdTies(held.engine);
    const { statements } = await held.answer(
      '{ organisation(by: { id: "organisation/hub" }) { partners(first: 5) { edges { kinds cursor node { id } } } } }',
    );
    expect(statements).toEqual([expect.stringMatching(/ among$/)]);
  });

  it('asks for no version to walk where nothing is held', async () => {
    let probes = 0;
    const version = (): Promise<string> => {
      probes++;
      return held.engine.version();
    };
    const unheld = new TestGraph({ ...held.engine, version });
    const [from, to] = graphs[1]!.organisations;
    await unheld.plain.ask(
      `{ paths(from: "${from}", to: "${to}", via: { avoidHubsOver: 5 }) { nodes { id } }
        neighbourhood(of: ["${from}"], via: { avoidHubsOver: 5 }) { truncated } }`,
    );
    expect(probes).toBe(0);
  });

  it('answers as the engine does, of random graphs', { timeout: PATIENCE_MS }, () => holdsEqual(1));

  it('follows whatever changes', { timeout: PATIENCE_MS }, async () => {
    const of = (place: number): RandomGraph => graphs[place]!;
    const sources = SOURCES;
    // Called otherwise, so that it stands elsewhere in all lists.
    for (const place of [0, 1, 2, 3]) {
      const [id] = of(place).organisations;
      await done(held, 'organisationUpdate', { id: id!, input: { name: place % 2 === 0 ? 'Zénith' : 'Aaa' } });
    }
    for (const place of [4, 5]) {
      const { organisations, networks } = of(place);
      const made = await done(held, 'organisationCreate', {
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
      await done(held, 'organisationMerge', { id: id!, others: others.slice(0, 2) });
      graphs[place] = { ...of(place), organisations: [id!, ...others.slice(2)] };
    }
    for (const place of [8, 9]) {
      const [gone, ...organisations] = of(place).organisations;
      await done(held, 'nodeDelete', { id: gone!, cascade: true });
      graphs[place] = { ...of(place), organisations };
    }
    await holdsEqual(2);
    const more = new World();
    graphs.push(addRandomGraph(more, 'more', new Dice(7)));
    await held.import(more);
    await holdsEqual(3);
  });

  it('keeps nobody waiting: until it has caught up, the engine is asked', async () => {
    const [id, to] = graphs[10]!.organisations;
    const question = '{ organisation(by: { id: "ID" }) { partners(first: 50) { nodes { id } } } }'.replace('ID', id!);
    const input = { from: id!, to: to!, kind: 'DISTRIBUTION', sources: SOURCES };
    await done(held, 'partnershipStart', { input });
    const { data, statements } = await held.answer(question);
    expect(data.organisation.partners.nodes).toContainEqual({ id: to });
    expect(statements).toContainEqual(expect.stringMatching(/^partners by name/));
    await expect
      .poll(async () => tiesAt(held.engine, await held.engine.version()) !== null)
      .toBe(engineUnderTest === 'grafeo');
    expect(await held.ask(question)).toEqual(data);
  });
});
