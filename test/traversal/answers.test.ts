import { graphql } from 'graphql';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createContext } from '../../schema/context.ts';
import { createGraph } from '../../schema/graph.ts';
import { schema } from '../../schema/schema.ts';
import type { GraphEngine } from '../../src/graph/engine.ts';
import { statement } from '../../src/graph/statement.ts';
import { createLoaders } from '../../src/loaders/loaders.ts';
import { recount } from '../../src/store/counts.ts';
import { TraversalTooLargeError } from '../../src/traversal/bounds.ts';
import { shortestPaths } from '../../src/traversal/paths.ts';
import { emptyGraph, engineUnderTest, type TestGraph } from '../support/graph.ts';
import { hearNotifications } from '../support/notifications.ts';
import { World } from '../support/world.ts';
import { Reference } from './reference.ts';

const { noted, heard } = hearNotifications();

let graph: TestGraph;

const named = (letter: string): string => `organisation/${letter}`;
const mergeAway = statement<never>('mergeAway', 'CREATE (m:Merged {id: $id, into: $into})');

/** Many partners, so that a bound is met. */
const PARTNERS = 520;

/** Between the ends of a lattice there are 13 * 13 * 13 shortest paths: more than an engine compares. */
const LATTICE = Array.from({ length: 13 }, (_, place) => String.fromCharCode(97 + place));

/**
 * A small chain a - b - c - d with a short cut a - h - d through a hub, an island, a project and two poles; and somebody
 * with more partners than suggestions look behind, each of them with as many more as its number.
 */
function world(): World {
  const made = new World()
    .territory('territory/fr', { level: 'COUNTRY' })
    .territory('territory/south', { level: 'REGION' })
    .territory('territory/town', { level: 'COMMUNE' })
    .part('territory/south', 'territory/fr')
    .part('territory/town', 'territory/south')
    .topic('topic/steel')
    .pole('North', { id: 'pole/north', since: '2005', topics: ['topic/steel'], covers: 'territory/south' })
    .pole('South', { id: 'pole/south', since: '2005', topics: ['topic/steel'], covers: 'territory/town' });
  for (const letter of ['a', 'b', 'c', 'd', 'h', 'island', 'x', 'y', 'z'])
    made.organisation(letter, { id: named(letter) });
  made
    .partners(named('a'), named('b'), { kind: 'SUPPLY', since: '2001', until: '2003' })
    .partners(named('b'), named('c'), { kind: 'TRAINING' })
    .partners(named('c'), named('d'), { kind: 'SUPPLY' })
    .partners(named('c'), named('d'), { kind: 'ALLIANCE' })
    .partners(named('a'), named('h'), { kind: 'SUPPLY' })
    .partners(named('h'), named('d'), { kind: 'SUPPLY' });
  for (const letter of ['x', 'y', 'z']) made.partners(named('h'), named(letter), { kind: 'OTHER' });
  made
    .member(named('a'), 'pole/north', { since: '2006' })
    .member(named('b'), 'pole/north', { since: '2006', until: '2008-02' })
    .member(named('b'), 'pole/south')
    .member(named('c'), 'pole/south')
    .project('project/forge', { start: '2007', end: '2009', labelledBy: 'pole/north' })
    .takesPart(named('x'), 'project/forge')
    .takesPart(named('y'), 'project/forge');
  made.organisation('popular', { id: named('popular') });
  for (let place = 0; place < PARTNERS; place++) {
    made.organisation(`p${place}`, { id: named(`p${place}`) }).partners(named('popular'), named(`p${place}`));
    for (let more = 0; more < place % 4; more++) {
      made.partners(named(`p${place}`), named(`p${(place + more + 7) % PARTNERS}`), {
        kind: 'OTHER',
        label: `${place}`,
      });
    }
    if (place % 5 === 0) made.partners(named(`p${place}`), named('z'), { kind: 'TRAINING' });
  }
  const layers = [
    ['top'],
    ...['one', 'two', 'three'].map((layer) => LATTICE.map((each) => `${layer}-${each}`)),
    ['foot'],
  ];
  for (const [place, layer] of layers.entries()) {
    for (const each of layer) {
      made.organisation(each, { id: named(each) });
      for (const above of layers[place - 1] ?? []) made.partners(named(above), named(each));
    }
  }
  return made;
}

beforeAll(async () => {
  graph = await emptyGraph();
  await graph.fill(world());
  await graph.engine.write((transaction) => transaction.run(mergeAway, { id: named('a-old'), into: named('a') }));
}, 120_000);

afterAll(async () => {
  await graph?.[Symbol.asyncDispose]();
  vi.restoreAllMocks();
});

const SHORTEST = /* GraphQL */ `
  query ($from: ID!, $to: ID!, $via: TraversalInput) {
    shortestPath(from: $from, to: $to, via: $via) {
      length
      nodes { id }
      relationships { id }
    }
  }`;
const PATHS = /* GraphQL */ `
  query ($from: ID!, $to: ID!, $count: Int, $via: TraversalInput) {
    paths(from: $from, to: $to, count: $count, via: $via) { length nodes { id } relationships { id type } }
  }`;
const AROUND = /* GraphQL */ `
  query ($of: [ID!]!, $depth: Int, $limit: Int, $via: TraversalInput) {
    neighbourhood(of: $of, depth: $depth, limit: $limit, via: $via) {
      nodeCount relationshipCount truncated density nodes(first: 200) { nodes { id } }
    }
  }`;

const letters = (nodes: readonly { id: string }[]): string => nodes.map(({ id }) => id.split('/')[1]).join(' ');

async function shortest(from: string, to: string, via?: object): Promise<string | null> {
  const { shortestPath } = await graph.ask(SHORTEST, { from: named(from), to: named(to), via });
  return shortestPath && letters(shortestPath.nodes);
}

describe('a path', () => {
  it('has no step from a node to itself', async () => {
    const ends = { from: named('a'), to: named('a') };
    const nothing = { length: 0, nodes: [{ id: named('a') }], relationships: [] };
    expect((await graph.ask(SHORTEST, ends)).shortestPath).toEqual(nothing);
    expect((await graph.ask(PATHS, ends)).paths).toEqual([nothing]);
  });

  it('is null where there is none, or none short enough; a list of paths is empty then', async () => {
    expect(await shortest('a', 'island')).toBeNull();
    expect(await shortest('a', 'd', { maxLength: 1 })).toBeNull();
    expect((await graph.ask(PATHS, { from: named('a'), to: named('island') })).paths).toEqual([]);
  });

  it('goes the shorter way unless a hub lies on it, which may still be an end', async () => {
    expect(await shortest('a', 'd')).toBe('a h d');
    expect(await shortest('a', 'd', { avoidHubsOver: 4 })).toBe('a b c d');
    expect(await shortest('a', 'h', { avoidHubsOver: 4 })).toBe('a h');
    expect(await shortest('h', 'd', { avoidHubsOver: 1 })).toBe('h d');
    expect(await shortest('a', 'd', { avoid: [named('h')] })).toBe('a b c d');
  });

  it('follows only valid relationships of the given kinds and types', async () => {
    expect(await shortest('a', 'c', { asOf: '2002', avoid: [named('h')] })).toBe('a b c');
    expect(await shortest('a', 'c', { asOf: '2004', avoid: [named('h')] })).toBeNull();
    expect(await shortest('a', 'c', { asOf: '2007', avoid: [named('h')] })).toBe('a north b c');
    expect(
      await shortest('b', 'd', { partnershipKinds: ['SUPPLY', 'TRAINING'], relationships: ['PARTNERS_WITH'] }),
    ).toBe('b c d');
    expect(await shortest('b', 'd', { partnershipKinds: ['ALLIANCE'], relationships: ['PARTNERS_WITH'] })).toBeNull();
    expect(await shortest('x', 'y', { relationships: ['PARTICIPATES_IN'] })).toBe('x forge y');
  });

  it('counts once however many relationships join two nodes, and shows the one with the smallest identifier', async () => {
    const { paths } = await graph.ask(PATHS, { from: named('c'), to: named('d'), count: 50 });
    const reference = await Reference.read(graph);
    expect(paths.map(({ nodes }: never) => letters(nodes))).toEqual(
      reference.paths(named('c'), named('d'), 50).map(({ nodes }) => letters(nodes.map((id) => ({ id })))),
    );
    expect(paths.filter(({ length }: { length: number }) => length === 1)).toHaveLength(1);
    const between = reference.edges.filter(({ from, to }) => from === named('c') && to === named('d'));
    expect(between).toHaveLength(2);
    expect(paths[0].relationships[0].id).toBe(between.map(({ id }) => id).sort()[0]);
  });

  it('finds a record that was merged away as its survivor', async () => {
    expect(await shortest('a-old', 'h')).toBe('a h');
    expect(await shortest('a-old', 'a')).toBe('a');
    expect(
      await shortest('b', 'h', { avoid: [named('a-old'), named('c')], relationships: ['PARTNERS_WITH'] }),
    ).toBeNull();
  });

  it.each([
    [{ from: 'organisation/nobody', to: named('a') }, /no node "organisation\/nobody"/],
    [{ from: 'organisation/nobody', to: 'pole/nowhere' }, /"organisation\/nobody", "pole\/nowhere"/],
    [{ from: named('a'), to: 'membership/x' }, /no node "membership\/x"/],
    [{ from: named('a'), to: named('b'), via: { avoid: ['project/none'] } }, /no node "project\/none"/],
    [{ from: named('a'), to: named('b'), via: { avoid: [named('b')] } }, /"organisation\/b" is the start or the end/],
    [{ from: named('a'), to: named('b'), via: { maxLength: 9 } }, /maxLength: 9 is not between 1 and 8/],
    [{ from: named('a'), to: named('b'), via: { maxLength: 0 } }, /maxLength: 0 is not between 1 and 8/],
    [{ from: named('a'), to: named('b'), via: { avoidHubsOver: 0 } }, /avoidHubsOver: 0 is less than 1/],
    [{ from: named('a'), to: named('b'), via: { relationships: [] } }, /relationships: the list is empty/],
    [{ from: named('a'), to: named('b'), via: { partnershipKinds: [] } }, /partnershipKinds: the list is empty/],
    [
      { from: named('a'), to: named('b'), via: { avoid: Array(101).fill(named('c')) } },
      /avoid: 101 .* the maximum is 100/,
    ],
  ])('is rejected for %j', async (variables, message) => {
    const { errors, data } = await graph.plain.answer(SHORTEST, variables);
    expect(data).toEqual({ shortestPath: null });
    expect(errors.map((error) => error.message)).toEqual([expect.stringMatching(message)]);
    expect(errors[0]!.extensions.code).toBe('BAD_USER_INPUT');
  });

  it.each([0, 51])('is rejected in a list of %i', async (count) => {
    expect(await graph.errorMessages(PATHS, { from: named('a'), to: named('b'), count })).toEqual([
      `count: ${count} is not between 1 and 50.`,
    ]);
  });

  it('says so when the search for it would read more nodes than it may', async () => {
    const controller = new AbortController();
    const { walker } = createLoaders(graph.graph, controller.signal);
    const walk = {
      types: ['PARTNERS_WITH'],
      partnershipKinds: null,
      asOf: null,
      avoid: new Set<string>(),
      avoidHubsOver: null,
    } as const;
    const request = { from: named('p1'), to: named('popular'), count: 9, maxLength: 6 };
    const search = shortestPaths(walker, walk, request, 3);
    await expect(search).rejects.toThrow(TraversalTooLargeError);
    await expect(search).rejects.toThrow(/relationships of 3 nodes.*ask with that maxLength/);
    await expect(search).rejects.toMatchObject({ code: 'TRAVERSAL_TOO_LARGE', options: { details: { maximum: 3 } } });
    // Within the length that it names there is an answer.
    await expect(shortestPaths(walker, walk, { ...request, maxLength: 1 }, 3)).resolves.toHaveLength(1);
  });

  it('is found without a statement by the snapshot, and alike', async () => {
    const served = await graph.inMemory();
    const asked = [
      'query ($from: ID!, $to: ID!, $via: TraversalInput) { shortestPath(from: $from, to: $to, via: $via) { nodes { id ... on Actor { name } } } }',
      { from: named('p0'), to: named('x'), via: { relationships: ['PARTNERS_WITH'] } },
    ] as const;
    const { statements, data } = await served.answer(...asked);
    expect(data.shortestPath.nodes.map(({ name }: { name: string }) => name)).toEqual(['p0', 'z', 'h', 'x']);
    expect(statements).toEqual([]);
    expect((await graph.answer(...asked)).data).toEqual(data);
  });

  it('takes one statement per step, and at most one count for it and for the ends, however many nodes lie on the way', async () => {
    const { statements, data } = await graph.plain.answer(SHORTEST, {
      from: named('p0'),
      to: named('x'),
      via: { relationships: ['PARTNERS_WITH'], avoidHubsOver: 1_000 },
    });
    expect(letters(data.shortestPath.nodes)).toBe('p0 z h x');
    const of = (what: string): number => statements.filter((name) => name.startsWith(what)).length;
    expect(of('neighbours')).toBe(3);
    expect(of('degrees')).toBeLessThanOrEqual(4);
    expect(of('between')).toBe(1);
  });

  it('is the first in order however many are as short', async () => {
    const { paths } = await graph.ask(PATHS, { from: named('foot'), to: named('top'), count: 15 });
    const expected = ['a', 'b'].flatMap((two) => LATTICE.map((one) => `foot three-a two-${two} one-${one} top`));
    expect(paths.map(({ nodes }: never) => letters(nodes))).toEqual(expected.slice(0, 15));
    expect(await shortest('foot', 'top', { avoid: ['one-a', 'three-a', 'three-b'].map(named) })).toBe(
      'foot three-c two-a one-b top',
    );
  });

  it('is given up when the reader leaves', async () => {
    const controller = new AbortController();
    let asked = 0;
    const engine: GraphEngine = {
      ...graph.engine,
      read: (text, parameters, options) => {
        if (text.name.startsWith('neighbours') && ++asked === 2) controller.abort(new Error('The reader left.'));
        return graph.engine.read(text, parameters, options);
      },
    };
    const contextValue = createContext(createGraph(engine), controller.signal);
    const variableValues = { from: named('p1'), to: named('p2'), via: { maxLength: 8, avoidHubsOver: 1_000 } };
    const { errors } = await graphql({ schema, source: SHORTEST, variableValues, contextValue });
    expect(errors?.map(({ message }) => message)).toEqual(['The reader left.']);
    expect(asked).toBe(2);
  });
});

describe('a neighbourhood', () => {
  it('is the starting nodes alone at depth 0, with what joins them', async () => {
    const { neighbourhood } = await graph.ask(AROUND, { of: [named('d'), named('c')], depth: 0 });
    expect(letters(neighbourhood.nodes.nodes)).toBe('d c');
    expect(neighbourhood).toMatchObject({ nodeCount: 2, relationshipCount: 2, truncated: false, density: 1 });
  });

  it('says that it is cut exactly when there are more nodes', async () => {
    const ask = async (limit: number) => {
      const { neighbourhood } = await graph.ask(AROUND, { of: [named('a')], depth: 1, limit });
      return [letters(neighbourhood.nodes.nodes), neighbourhood.truncated];
    };
    expect(await ask(4)).toEqual(['a b h north', false]);
    expect(await ask(3)).toEqual(['a b h', true]);
    expect(await ask(1)).toEqual(['a', true]);
  });

  it('ends at a hub that is avoided, but not at one that it starts from', async () => {
    const via = { avoidHubsOver: 4, relationships: ['PARTNERS_WITH'] };
    const ask = async (of: string) =>
      letters((await graph.ask(AROUND, { of: [named(of)], depth: 2, via })).neighbourhood.nodes.nodes);
    expect(await ask('a')).toBe('a b h c');
    expect(await ask('h')).toBe('h a d x y z b c');
  });

  it('counts more nodes than a page shows', async () => {
    const reference = await Reference.read(graph);
    const PAGE = /* GraphQL */ `
      query ($of: [ID!]!, $depth: Int, $limit: Int, $via: TraversalInput, $after: String) {
        neighbourhood(of: $of, depth: $depth, limit: $limit, via: $via) {
          truncated
          nodes(first: 200, after: $after) { nodes { id ... on Actor { name } } pageInfo { endCursor } }
        }
      }`;
    for (const [from, depth, limit] of [
      ['popular', 1, 2_000],
      ['popular', 2, 300],
      ['z', 3, 260],
      ['h', 2, 201],
    ] as const) {
      const via = { relationships: ['PARTNERS_WITH', 'MEMBER_OF'] };
      const asked = { of: [named(from)], depth, limit, via };
      const { neighbourhood: first } = await graph.ask(PAGE, asked);
      const after = first.nodes.pageInfo.endCursor;
      const { neighbourhood: second } = await graph.ask(PAGE, { ...asked, after });
      const expected = reference.neighbourhood(asked.of, depth, limit, via);
      const nodes = [...first.nodes.nodes, ...second.nodes.nodes];
      expect(nodes.map(({ id }: { id: string }) => id)).toEqual(expected.nodes.slice(0, 400));
      expect(first.truncated).toBe(expected.truncated);
      expect(nodes.map(({ name }: { name: string }) => name.toLowerCase()).join(' ')).toBe(letters(nodes));
    }
  });

  it('is found without a statement by the snapshot', async () => {
    const served = await graph.inMemory();
    const { statements } = await served.answer(
      'query ($of: [ID!]!) { neighbourhood(of: $of, depth: 3) { nodes(first: 200) { nodes { id ... on Actor { name } } } } }',
      { of: [named('a')] },
    );
    expect(statements).toEqual([]);
  });

  it('takes a node named twice, or by a former identifier, as one', async () => {
    const { neighbourhood } = await graph.ask(AROUND, { of: [named('a-old'), named('a'), named('a')], depth: 0 });
    expect(letters(neighbourhood.nodes.nodes)).toBe('a');
    expect(neighbourhood.density).toBe(0);
  });

  it.each([
    [{ of: [] }, 'of: 0 identifiers were given; from 1 to 100 can be.'],
    [{ of: Array(101).fill(named('a')) }, 'of: 101 identifiers were given; from 1 to 100 can be.'],
    [{ of: [named('a')], depth: 9 }, 'depth: 9 is not between 0 and 8.'],
    [{ of: [named('a')], depth: -1 }, 'depth: -1 is not between 0 and 8.'],
    [{ of: [named('a')], limit: 0 }, 'limit: 0 is not between 1 and 2000.'],
    [{ of: [named('a')], limit: 2001 }, 'limit: 2001 is not between 1 and 2000.'],
    [
      { of: [named('a'), 'pole/nowhere'] },
      'There is no node "pole/nowhere": use identifiers as the id fields return them.',
    ],
  ])('is rejected for %j', async (variables, message) => {
    expect(await graph.plain.errorMessages(AROUND, variables)).toEqual([message]);
  });

  it('rejects a cursor of another neighbourhood', async () => {
    const { neighbourhood } = await graph.ask(
      `{ neighbourhood(of: ["${named('a')}"]) { nodes(first: 1) { pageInfo { endCursor } } } }`,
    );
    const after = neighbourhood.nodes.pageInfo.endCursor;
    expect(
      await graph.errorMessages(
        `{ neighbourhood(of: ["${named('b')}"]) { nodes(after: "${after}") { nodes { id } } } }`,
      ),
    ).toEqual([expect.stringContaining('belongs to a list with another order or filter')]);
  });
});

describe('walks', () => {
  it.runIf(engineUnderTest === 'neo4j')('give the database no cause for a note', async () => {
    const via = { asOf: '2007', partnershipKinds: ['SUPPLY'], avoid: [named('island')] };
    await graph.ask(PATHS, { from: named('a'), to: named('d'), count: 3, via });
    await graph.ask(AROUND, { of: [named('a')], depth: 3, via: { ...via, avoidHubsOver: 3 } });
    expect(await heard()).toBeGreaterThan(100);
    expect(noted).toEqual([]);
  });
});

describe('a comparison of networks', () => {
  const COMPARE = /* GraphQL */ `
    query ($ids: [ID!]!, $asOf: PartialDate) {
      compareNetworks(ids: $ids, asOf: $asOf) {
        networks { memberCount onlyHereCount }
        memberOfAll { id }
        pairs { commonCount jaccard bridgeCount bridges { from { id } to { id } } sharedTopics { id } sharedTerritories { id } }
      }
    }`;

  it('shows members, overlap, bridges, topics and territories', async () => {
    const ids = ['pole/north', 'pole/south'];
    const { compareNetworks } = await graph.ask(COMPARE, { ids });
    expect(compareNetworks).toEqual({
      networks: [
        { memberCount: 2, onlyHereCount: 1 },
        { memberCount: 2, onlyHereCount: 1 },
      ],
      memberOfAll: [{ id: named('b') }],
      pairs: [
        {
          commonCount: 1,
          jaccard: 1 / 3,
          // a and c are no partners: a and b are, but b is a member of both.
          bridgeCount: 0,
          bridges: [],
          sharedTopics: [{ id: 'topic/steel' }],
          sharedTerritories: [{ id: 'territory/town' }],
        },
      ],
    });
    const then = await graph.ask(COMPARE, { ids, asOf: '2010' });
    expect(then.compareNetworks.pairs[0]).toMatchObject({ commonCount: 0, jaccard: 0, bridgeCount: 0 });
  });

  it.each([
    [['pole/north'], 'ids: 1 networks were named; two to 10 can be compared.'],
    [Array(11).fill('pole/north'), 'ids: 11 networks were named; two to 10 can be compared.'],
    [['pole/north', 'pole/north'], 'ids: "pole/north" is named twice.'],
    [['pole/north', 'pole/nowhere'], 'ids: there is no network "pole/nowhere".'],
    [
      ['pole/north', named('a')],
      '"organisation/a" is an Organisation, not a Pole or a Cluster: ask for it with node(id:).',
    ],
  ])('is rejected for %j', async (ids, message) => {
    expect(await graph.errorMessages(COMPARE, { ids })).toEqual([message]);
  });
});

describe('changes', () => {
  const CHANGES = /* GraphQL */ `
    query ($from: PartialDate!, $to: PartialDate!, $networks: [ID!], $types: [RelationshipType!]) {
      changes(from: $from, to: $to, networks: $networks, types: $types) {
        totalCount
        nodes { kind on subject { __typename id } }
      }
    }`;

  it('shows what began and ended, typed, in order', async () => {
    const { changes } = await graph.ask(CHANGES, { from: '2005', to: '2008-02', networks: ['pole/north'] });
    expect(
      changes.nodes.map(({ kind, on, subject }: never) => [kind, on, (subject as { __typename: string }).__typename]),
    ).toEqual([
      ['BEGAN', '2005', 'Pole'],
      ['BEGAN', '2006', 'Membership'],
      ['BEGAN', '2006', 'Membership'],
      ['BEGAN', '2007', 'Project'],
      ['ENDED', '2008-02', 'Membership'],
    ]);
    expect(changes.totalCount).toBe(5);
  });

  it('takes an end for the last day that it may mean', async () => {
    const ends = async (from: string, to: string): Promise<number> =>
      (await graph.ask(CHANGES, { from, to, types: ['MEMBER_OF'] })).changes.totalCount;
    expect(await ends('2008-02', '2008-02')).toBe(1);
    expect(await ends('2008-02-29', '2008-03')).toBe(1);
    expect(await ends('2008-02-01', '2008-02-28')).toBe(0);
    expect(await ends('2008-03', '2009')).toBe(0);
  });

  it.each([
    [{ from: '2010', to: '2009' }, 'to: 2009 comes before 2010: give the earlier date first.'],
    [{ from: '2009', to: '2010', types: [] }, 'types: the list is empty; name at least one, or leave it out.'],
    [{ from: '2009', to: '2010', networks: [] }, 'networks: 0 identifiers were given; from 1 to 50 can be.'],
    [{ from: '2009', to: '2010', networks: ['pole/nowhere'] }, 'networks: there is no network "pole/nowhere".'],
  ])('are rejected for %j', async (variables, message) => {
    expect(await graph.errorMessages(CHANGES, variables)).toEqual([message]);
  });
});

describe('suggestions', () => {
  it('look behind the partners with the fewest partners only, when there are very many', async () => {
    const { actor } = await graph.ask(
      `{ actor(by: { id: "${named('popular')}" }) {
        suggestedPartners(first: 50) { actor { id } score commonPartnerCount commonPartners(first: 3) { id } }
      } }`,
    );
    const expected = (await Reference.read(graph)).suggestedPartners(named('popular'));
    expect(actor.suggestedPartners).toEqual(
      expected.map(({ id, score, commonPartners }) => ({
        actor: { id },
        score,
        commonPartnerCount: commonPartners.length,
        commonPartners: commonPartners.slice(0, 3).map((partner) => ({ id: partner })),
      })),
    );
    // z is a partner of every fifth of them: of fewer than those would be without the bound.
    expect(actor.suggestedPartners[0].commonPartnerCount).toBeLessThan(PARTNERS / 5);
  });

  it('count the partners that an actor has as of the date, to find hubs and those with the fewest', async () => {
    const actor = named('popular');
    const actors = (from: number, to: number): string[] =>
      Array.from({ length: to - from }, (_, place) => named(`p${from + place}`));
    const setCount = statement<never>(
      'setCount',
      'UNWIND $ids AS id MATCH (n:Entity {id: id}) SET n.partnerCount = $count',
    );
    const suggested = async (asOf: string | null): Promise<{ actor: { id: string }; score: number }[]> => {
      const question = `query ($id: ID!, $asOf: PartialDate) { actor(by: { id: $id }) {
        suggestedPartners(first: 50, asOf: $asOf) { actor { id } score } } }`;
      return (await graph.ask(question, { id: actor, asOf })).actor.suggestedPartners;
    };
    const write = (ids: string[], count: number): Promise<unknown> =>
      graph.engine.write((transaction) => transaction.run(setCount, { ids, count }));
    try {
      // Over all dates fifty are hubs, and fifty have hardly any partners: as of 2015 all of them are like the others.
      await write(actors(0, 50), 1_001);
      await write(actors(50, 100), 1);
      const reference = await Reference.read(graph);
      for (const asOf of [null, '2015']) {
        const expected = reference.suggestedPartners(actor, asOf ?? undefined);
        expect(await suggested(asOf), String(asOf)).toEqual(
          expected.map(({ id, score }) => ({ actor: { id }, score })),
        );
      }
      expect(await suggested('2015')).not.toEqual(await suggested(null));
    } finally {
      await graph.engine.write((transaction) => transaction.run(recount, { ids: actors(0, 100) }));
    }
  });

  it('take four statements for up to twenty actors of a list together', async () => {
    const ids = ['a', 'b', 'c', 'popular'].map(named);
    const { statements } = await graph.plain.answer(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Actor { suggestedPartners { score } } } }',
      { ids },
    );
    // Two more would read the topics and seats of their partners' partners, if they had any themselves.
    expect(statements).toEqual([
      'nodesById',
      'partnersWithBreadth',
      'topicsOfActors',
      'seatsOfActors',
      'partnersByKind',
    ]);
  });

  it.each([-1, 51])('are rejected in a list of %i', async (first) => {
    const question = `{ actor(by: { id: "${named('a')}" }) { suggestedPartners(first: ${first}) { score } } }`;
    expect(await graph.errorMessages(question)).toEqual([`first: ${first} is not between 0 and 50.`]);
  });
});

describe('the whole', () => {
  it.each([-1, 101])('rejects a list of %i duplicates', async (first) => {
    expect(await graph.errorMessages(`{ duplicateCandidates(first: ${first}) { score } }`)).toEqual([
      `first: ${first} is not between 0 and 100.`,
    ]);
  });

  it('compares networks too, with one another and with organisations', async () => {
    await graph.fill(
      new World()
        .organisation('Twice mécaloire', { city: 'Tours' })
        .cluster('Mecaloire twice', { city: 'Tours' })
        .pole('Twice mecaloire', { city: 'Tours' }),
    );
    const { duplicateCandidates } = await graph.ask('{ duplicateCandidates(first: 3) { score a { id } b { id } } }');
    const pair = (a: string, b: string, score: number) => ({ score, a: { id: a }, b: { id: b } });
    expect(duplicateCandidates).toEqual([
      pair('organisation/twice-mecaloire', 'pole/twice-mecaloire', 0.9),
      pair('cluster/mecaloire-twice', 'organisation/twice-mecaloire', 0.8),
      pair('cluster/mecaloire-twice', 'pole/twice-mecaloire', 0.8),
    ]);
  });

  it('shows what the seed is still loading', async () => {
    const mark = statement<never>('mark', "MERGE (m:Counter {id: 'seed'}) SET m.value = $value");
    const loading = async (value: string): Promise<string | null> => {
      await graph.engine.write((transaction) => transaction.run(mark, { value }));
      return (await graph.ask('{ statistics { loading } }')).statistics.loading;
    };
    expect(await loading('begun +curated +anr')).toBe('loading curated');
    expect(await loading('begun curated +anr')).toBe('loading anr');
    expect(await loading('begun curated anr')).toBeNull();
    expect(await loading('begun curated')).toBeNull();
  });

  it('names another version after a change, and shows when that was', async () => {
    const ask = async () => (await graph.ask('{ statistics { version lastChange } }')).statistics;
    const before = await ask();
    expect(await ask()).toEqual(before);
    await graph.fill(new World().topic('topic/new'));
    const after = await ask();
    expect(after.version).not.toBe(before.version);
    expect(after.lastChange > before.lastChange).toBe(true);
  });
});
