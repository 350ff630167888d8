import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createContext } from '../../schema/context.ts';
import { createGraph } from '../../schema/graph.ts';
import { schema } from '../../schema/schema.ts';
import { DEFAULT_LIMITS } from '../../src/config/limits.ts';
import { type Application, createApplication } from '../../src/server/http/application.ts';
import { createReadiness } from '../../src/server/observe/readiness.ts';
import { done, SOURCES } from '../editing/editors.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { World } from '../support/world.ts';

const PARTNERS = 'query ($id: ID!) { organisation(by: { id: $id }) { id partners(first: 5) { nodes { name } } } }';
const CITY = 'query ($id: ID!) { organisation(by: { id: $id }) { city } }';

let graph: TestGraph;
let application: Application;
/** What happened, in order: the graph was asked for its version, a context was made. */
const steps: string[] = [];

beforeAll(async () => {
  const world = new World();
  for (let number = 0; number < 9; number++) world.organisation(`${number}`);
  for (let number = 0; number < 8; number++) world.partners(`organisation/${number}`, `organisation/${number + 1}`);
  graph = await (await emptyGraph()).fill(world);
  // An engine that others may write to, whichever is tested.
  const engine: typeof graph.engine = {
    ...graph.engine,
    isShared: true,
    version: (options) => {
      steps.push('version');
      return graph.engine.version(options);
    },
  };
  const served = createGraph(engine, { cache: { bytes: 1_000_000, stalenessMs: 0 }, snapshotBytes: 10_000_000 });
  await served.snapshot!.load();
  const readiness = createReadiness();
  readiness.become(null);
  application = createApplication({
    config: { graphiql: false, introspection: true, publicRead: true, corsOrigins: [], limits: DEFAULT_LIMITS },
    ...{ engine, schema, readiness, cache: served.results, versions: served.versions },
    createContext: (signal, author, requester) => {
      steps.push('context');
      return createContext(served, signal, author, requester);
    },
    logger: pino({ level: 'silent' }),
  });
});
afterAll(() => graph[Symbol.asyncDispose]());

async function ask(query: string, id: string): Promise<unknown> {
  const response = await application.fetch('http://grappe.test/graphql', {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { id } }),
  });
  const { data, errors } = (await response.json()) as { data: { organisation: unknown }; errors?: unknown };
  expect(errors).toBeUndefined();
  return data.organisation;
}

describe('a question that memory answers', () => {
  beforeEach(async () => {
    // The first readings learn which state of the graph is the newest, and by what the document is answered.
    for (const id of ['organisation/0', 'organisation/1']) await ask(PARTNERS, id);
    steps.length = 0;
  });

  it('has the graph asked for its version once, before it is executed', async () => {
    expect(await ask(PARTNERS, 'organisation/3')).toMatchObject({
      partners: { nodes: [{ name: '2' }, { name: '4' }] },
    });
    expect(steps).toEqual(['version', 'context']);
  });

  it('is answered with what was written before it came', async () => {
    await done(graph, 'partnershipStart', {
      input: { from: 'organisation/5', to: 'organisation/8', kind: 'SUPPLY', sources: SOURCES },
    });
    expect(await ask(PARTNERS, 'organisation/5')).toMatchObject({
      partners: { nodes: [{ name: '4' }, { name: '6' }, { name: '8' }] },
    });
  });
});

describe('a question that a statement answers', () => {
  it('has the graph asked for nothing more', async () => {
    for (const id of ['organisation/0', 'organisation/1']) await ask(CITY, id);
    steps.length = 0;
    expect(await ask(CITY, 'organisation/2')).toEqual({ city: null });
    expect(steps).toEqual(['context']);
  });
});
