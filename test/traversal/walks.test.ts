import { graphql } from 'graphql';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createContext } from '../../schema/context.ts';
import { createGraph } from '../../schema/graph.ts';
import { schema } from '../../schema/schema.ts';
import type { GraphEngine } from '../../src/graph/engine.ts';
import { statement } from '../../src/graph/statement.ts';
import { createLoaders } from '../../src/loaders/loaders.ts';
import { TraversalTooLargeError } from '../../src/traversal/bounds.ts';
import { shortestPaths } from '../../src/traversal/paths.ts';
import { emptyGraph, engineUnderTest, type TestGraph } from '../support/graph.ts';
import { hearNotifications } from '../support/notifications.ts';
import { ground, LATTICE, named, withLattice } from './ground.ts';
import { Reference } from './reference.ts';

const { noted, heard } = hearNotifications();
const mergeAway = statement<never>('mergeAway', 'CREATE (m:Merged {id: $id, into: $into})');

let graph: TestGraph;
beforeAll(async () => {
  graph = await emptyGraph();
  await graph.fill(withLattice(ground()));
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

describe('a walk', () => {
  it.runIf(engineUnderTest === 'neo4j')('gives the database no cause for a note', async () => {
    const via = { asOf: '2007', partnershipKinds: ['SUPPLY'], avoid: [named('island')] };
    await graph.ask(PATHS, { from: named('a'), to: named('d'), count: 3, via });
    await graph.ask(AROUND, { of: [named('a')], depth: 3, via: { ...via, avoidHubsOver: 3 } });
    expect(await heard()).toBeGreaterThan(100);
    expect(noted).toEqual([]);
  });
});
