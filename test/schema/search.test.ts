import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { trimChanges } from '../../src/changes/retention.ts';
import type { GraphEngine } from '../../src/graph/engine.ts';
import { openEngine } from '../../src/graph/open.ts';
import { searchableNodesById } from '../../src/store/search.ts';
import { importFolder } from '../../src/transfer/import.ts';
import { emptyGraph, engineUnderTest, TestGraph } from '../support/graph.ts';
import { neo4jUnderTest } from '../support/neo4j-under-test.ts';
import { World } from '../support/world.ts';

const SEARCH = /* GraphQL */ `
  query Search($text: String!, $types: [SearchType!], $first: Int! = 10, $after: String) {
    search(text: $text, types: $types, first: $first, after: $after) {
      totalCount
      pageInfo { hasNextPage hasPreviousPage endCursor }
      edges { cursor score matchedFields node { __typename id } }
    }
  }`;

/** Milliseconds: less than half of what a request may take, and more than a slow machine needs for a second's work. */
const LONG_BEFORE_MS = 4_000;

let graph: TestGraph;

const find = async (text: string, more: Record<string, unknown> = {}) =>
  (await graph.ask(SEARCH, { text, ...more })).search;

const ids = async (text: string, more: Record<string, unknown> = {}): Promise<string[]> =>
  (await find(text, more)).edges.map((edge: { node: { id: string } }) => edge.node.id);

beforeAll(async () => {
  graph = await emptyGraph();
  const world = new World()
    .pole('Aérospatiale des Pyrénées', { id: 'pole/aero', acronym: 'AP', aliases: 'Vallée du ciel' })
    .cluster('Mécanique du Lot', { id: 'cluster/meca' })
    .topic('topic/meca', { name: 'Mécanique' })
    .territory('territory/lot', { name: 'Lot', code: '46' })
    .organisation("Laboratoire d'Informatique", { id: 'organisation/labo', rnsr: '200611689J' })
    .organisation('Atelier du Lot', { id: 'organisation/atelier' })
    .organisation('Atelier du Lot Ancien', { id: 'organisation/ancien' })
    .member('organisation/atelier', 'cluster/meca')
    .project('project/ciel', { name: 'CIEL ouvert', title: 'Coral reefs facing global change' })
    .takesPart('organisation/labo', 'project/ciel');
  for (let place = 0; place < 25; place++)
    world.organisation(`Société ${place}`, { id: `organisation/societe-${place}` });
  await graph.fill(world);
}, 60_000);

afterAll(() => graph[Symbol.asyncDispose]());

describe('search', () => {
  it('finds a name without its accents, in any order, unfinished, and with one typing error', async () => {
    expect(await ids('AEROSPATIALE')).toEqual(['pole/aero']);
    expect(await ids('pyrenees aerospatiale')).toEqual(['pole/aero']);
    expect(await ids('aerosp')).toEqual(['pole/aero']);
    expect(await ids('aerospatiael ')).toEqual(['pole/aero']);
    expect(await ids('informatique')).toEqual(['organisation/labo']);
  });

  it('puts identifiers and acronyms first, and says which field matched', async () => {
    const [edge] = (await find('200611689 j')).edges;
    expect(edge).toMatchObject({
      node: { __typename: 'Organisation', id: 'organisation/labo' },
      matchedFields: ['identifiers'],
    });
    expect((await find('ap')).edges[0]).toMatchObject({
      node: { id: 'pole/aero' },
      matchedFields: ['acronym'],
    });
    expect((await find('vallee du ciel')).edges[0].matchedFields).toContain('aliases');
    // The title of a project is another name of it.
    expect((await find('coral reefs facing')).edges[0]).toMatchObject({
      matchedFields: ['aliases'],
      node: { id: 'project/ciel' },
    });
  });

  it('puts connected actors before lesser ones at equal match', async () => {
    expect((await ids('atelier')).slice(0, 2)).toEqual(['organisation/atelier', 'organisation/ancien']);
  });

  it('finds only the given types', async () => {
    expect(await ids('mecanique', { types: ['TOPIC'] })).toEqual(['topic/meca']);
    expect(await ids('lot', { types: ['TERRITORY'] })).toEqual(['territory/lot']);
    expect(await ids('ciel', { types: ['PROJECT'] })).toEqual(['project/ciel']);
    expect(await ids('lot', { types: [] })).toEqual([]);
  });

  it('pages by cursor to the end of one total order', async () => {
    const whole = await find('societe', { first: 100 });
    expect(whole.totalCount).toBe(25);
    const paged: string[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof find>> = await find('societe', { first: 7, after });
      expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
      paged.push(...page.edges.map((edge: { node: { id: string } }) => edge.node.id));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after);
    expect(paged).toEqual(whole.edges.map((edge: { node: { id: string } }) => edge.node.id));
  });

  it('rejects a cursor of another search, a page too large and a text too long', async () => {
    const { endCursor } = (await find('societe', { first: 2 })).pageInfo;
    expect(await graph.errorMessages(SEARCH, { text: 'atelier', after: endCursor })).toEqual([
      expect.stringContaining('another order or filter'),
    ]);
    expect(await graph.errorMessages(SEARCH, { text: 'x', first: 201 })).toEqual([expect.stringContaining('201')]);
    expect(await graph.errorMessages(SEARCH, { text: 'x'.repeat(201) })).toEqual([
      expect.stringContaining('201 characters'),
    ]);
  });

  it('finds at once what was written since, under its new name only', async () => {
    await ids('atelier');
    await graph.fill(new World().organisation('Forge du Causse', { id: 'organisation/forge' }));
    expect(await ids('forge causse')).toEqual(['organisation/forge']);
    await graph.fill(new World().organisation('Fonderie du Causse', { id: 'organisation/forge' }));
    expect(await ids('forge')).toEqual([]);
    expect(await ids('fonderie')).toEqual(['organisation/forge']);
  });

  it('reads nothing but the version when nothing has changed, to list what was found too', async () => {
    await graph.graph.names.prepare();
    const { data, statements } = await graph.answer(
      `{
        search(text: "lot") {
          nodes {
            ... on Cluster { id name since }
            ... on Organisation { id name acronym kind }
            ... on Territory { id name level }
          }
        }
      }`,
    );
    expect(data.search.nodes).toEqual([
      { id: 'territory/lot', name: 'Lot', level: 'OTHER' },
      { id: 'cluster/meca', name: 'Mécanique du Lot', since: null },
      { id: 'organisation/atelier', name: 'Atelier du Lot', acronym: null, kind: 'COMPANY' },
      { id: 'organisation/ancien', name: 'Atelier du Lot Ancien', acronym: null, kind: 'COMPANY' },
    ]);
    expect(statements).toEqual([]);
  });

  it('reads what lists do not show', async () => {
    const { data, statements } = await graph.answer(
      '{ search(text: "200611689J") { nodes { ... on Organisation { name city } } } }',
    );
    expect(data.search.nodes).toEqual([{ name: "Laboratoire d'Informatique", city: null }]);
    expect(statements).toEqual(['nodesById']);
  });

  it.each(['reads names', 'reads its version'])(
    'says that names are still being read while a slow database %s, long before a request is over, and goes on',
    async (what) => {
      const { promise: released, resolve: release } = Promise.withResolvers<void>();
      const slow: GraphEngine = Object.create(graph.engine, {
        read: {
          value: async (...[statement, ...rest]: Parameters<GraphEngine['read']>) => {
            if (statement === searchableNodesById) await released;
            return graph.engine.read(statement, ...rest);
          },
        },
        version: {
          value: async (...call: Parameters<GraphEngine['version']>) => {
            if (what === 'reads its version') await released;
            return graph.engine.version(...call);
          },
        },
        close: { value: async () => {} },
      });
      await using served = new TestGraph(slow, {});
      const search = '{ search(text: "lot") { totalCount } }';
      // The server reads ahead behind its answers: nobody waits for that.
      const ask = () => served.answerAtOnce(search);
      const inTime = await Promise.race([ask(), pause(LONG_BEFORE_MS, null)]);
      expect(inTime?.errors).toMatchObject([
        {
          message: expect.stringMatching(/still being read.*: search again/),
          extensions: { code: 'SEARCH_NOT_READY', retryAfter: expect.any(Number) },
        },
      ]);
      expect(inTime!.headers.get('retry-after')).toBe(String(inTime!.errors[0]!.extensions.retryAfter));
      release();
      await vi.waitFor(async () => expect(await served.ask(search)).toEqual({ search: { totalCount: 4 } }));
    },
  );

  it('waits longer for names that are read again after many changes than for a first index', async () => {
    let gate: Promise<void> | null = null;
    const reading = Promise.withResolvers<void>();
    const slow: GraphEngine = Object.create(graph.engine, {
      read: {
        value: async (...[statement, ...rest]: Parameters<GraphEngine['read']>) => {
          if (statement === searchableNodesById && gate) {
            reading.resolve();
            await gate;
          }
          return graph.engine.read(statement, ...rest);
        },
      },
      close: { value: async () => {} },
    });
    await using served = new TestGraph(slow, {});
    expect(await served.ask('{ search(text: "lot") { totalCount } }')).toEqual({ search: { totalCount: 4 } });
    const { promise, resolve: release } = Promise.withResolvers<void>();
    gate = promise;
    await graph.fill(new World().organisation('Xylographie', { id: 'organisation/xylographie' }));
    await trimChanges(graph.engine, new Date(Date.now() + 60_000).toISOString());
    const found = served.ask('{ search(text: "xylographie") { totalCount } }');
    await reading.promise;
    // Longer than a first index is waited for.
    await pause(1_000);
    release();
    expect(await found).toEqual({ search: { totalCount: 1 } });
  });

  it('answers searches that come while it catches up with what was there when they came', async () => {
    await graph.fill(new World().organisation('Verrerie du Quercy', { id: 'organisation/verrerie' }));
    const answers = await Promise.all(Array.from({ length: 20 }, () => ids('verrerie')));
    for (const answer of answers) expect(answer).toEqual(['organisation/verrerie']);
  });

  // No second process can open an embedded store.
  if (engineUnderTest === 'neo4j') {
    it('finds at once what another process wrote', async () => {
      await ids('atelier');
      const other = await openEngine({ engine: 'neo4j', ...neo4jUnderTest() });
      try {
        for (let place = 0; place < 20; place++) {
          const folder = await new World()
            .organisation(`Étrangère ${place}`, { id: `organisation/foreign-${place}` })
            .write();
          await importFolder(other, folder);
          expect(await ids(`etrangere ${place}`)).toContain(`organisation/foreign-${place}`);
        }
      } finally {
        await other.close();
      }
    });
  }
});
