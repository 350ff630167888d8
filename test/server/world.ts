import { setTimeout as pause } from 'node:timers/promises';
import { buildSchema, GraphQLError, type GraphQLSchema } from 'graphql';
import { type Logger, pino } from 'pino';
import { DEFAULT_LIMITS, type Limits } from '../../src/config/limits.ts';
import type { Author } from '../../src/domain/role.ts';
import type { GraphEngine } from '../../src/graph/engine.ts';
import { GraphError } from '../../src/graph/errors.ts';
import { PageArgumentsError } from '../../src/paging/arguments.ts';
import { CursorError } from '../../src/paging/cursor.ts';
import type { SignIn } from '../../src/server/auth/sign-in.ts';
import type { Tokens } from '../../src/server/auth/tokens.ts';
import type { PersistedStore } from '../../src/server/documents/persisted-store.ts';
import type { Application } from '../../src/server/http/application.ts';
import { createApplication } from '../../src/server/http/application.ts';
import type { ApplicationConfig, ApplicationParts } from '../../src/server/http/application-parts.ts';
import { createReadiness, type Readiness } from '../../src/server/observe/readiness.ts';
import { FilterError } from '../../src/store/named.ts';
import { NEWEST_FORMAT } from '../../src/transfer/store-format.ts';

/** A schema of the same shapes as ours, with questions that fail in every way a resolver can. */
const SDL = /* GraphQL */ `
  type Query {
    poles(first: Int, after: String, filter: Filter): Poles!
    clusters(first: Int): Poles!
    organisations(first: Int): Poles!
    projects(first: Int, kind: String! = "any"): Poles!
    nodes(ids: [ID!]!): [Pole]!
    slow(ms: Int!): String
    fail(how: How!): String
    broken: String!
    kind: Kind
    word: String
    forbidden: String!
    viewer: Viewer!
  }
  type Mutation { touch: String }
  type Viewer { name: String role: String! }
  type Subscription { ticks: Int fails: Int }
  type Pole { id: ID! name: String! members(first: Int): Poles! aliases: [String!]! }
  type Poles { nodes: [Pole!]! edges: [Edge!]! totalCount: Int! }
  type Edge { cursor: String! node: Pole! }
  input Filter { and: [Filter!] nameContains: String ids: [ID!] }
  enum Kind { ONE }
  enum How {
    FILTER SAME PAGE CURSOR BUG TEXT SIGNAL
    UNAVAILABLE CREDENTIALS READ_ONLY OUTCOME_UNKNOWN TIMEOUT CONTENTION NOT_UNIQUE FAILED LOCKED STORAGE_FULL STORAGE_FAILED
  }
`;

/** What leaves of a thing when it fails: an address that no answer may show. */
export const SECRET = 'bolt://10.1.2.3:7687';

const SAME = new GraphError('UNAVAILABLE', `no answer from ${SECRET}`);

function fail(how: string): never {
  if (how === 'CURSOR') throw new CursorError('"x" is not a cursor.');
  if (how === 'PAGE') throw new PageArgumentsError('first: 201 is more than 200.');
  if (how === 'FILTER') throw new FilterError('filter: 31 conditions in all; 30 is the most.');
  if (how === 'SAME') throw SAME;
  if (how === 'BUG') throw new TypeError(`cannot read ${SECRET}`);
  if (how === 'TEXT') throw `not even an error at ${SECRET}`;
  throw new GraphError(how as 'FAILED', `no answer from ${SECRET}`, { statement: 'membersOf' });
}

const connection = (first: number): object => {
  const nodes = Array.from({ length: first }, (_, place) => pole(`pole/${place}`));
  return { nodes, edges: nodes.map((node) => ({ cursor: 'c', node })), totalCount: 95 };
};
const pole = (id: string): object => ({
  id,
  name: `Pole <${id}>`,
  aliases: [],
  members: ({ first = 20 }: { first?: number }) => connection(first),
});

const page = ({ first = 20 }: { first?: number }): object => connection(first);
interface Context {
  readonly signal: AbortSignal;
  readonly author: Author | null;
}
const RESOLVERS: Readonly<Record<string, (args: never, context: Context) => unknown>> = {
  poles: page,
  clusters: page,
  organisations: page,
  projects: page,
  nodes: ({ ids }: { ids: string[] }) => ids.map(pole),
  slow: async ({ ms }: { ms: number }, { signal }) => {
    await pause(ms, undefined, { signal }).catch(() => {
      throw signal.reason;
    });
    return 'done';
  },
  fail: ({ how }: { how: string }) => fail(how),
  broken: () => null,
  kind: () => 'TWO',
  word: () => 'word',
  viewer: (_: never, { author }) => author ?? { name: null, role: 'READER' },
  forbidden: () => {
    throw new GraphQLError('You may not.', { extensions: { code: 'FORBIDDEN', http: { status: 403 } } });
  },
};

export function standInSchema(): GraphQLSchema {
  const schema = buildSchema(SDL);
  for (const [name, resolve] of Object.entries(RESOLVERS)) {
    schema.getQueryType()!.getFields()[name]!.resolve = (_, args, context) => resolve(args as never, context);
  }
  const events = schema.getSubscriptionType()!.getFields();
  events.ticks!.subscribe = async function* () {
    yield { ticks: 1 };
    yield { ticks: 2 };
  };
  events.fails!.subscribe = async function* () {
    yield { fails: 1 };
  };
  events.fails!.resolve = () => fail('BUG');
  return schema;
}

/** An engine that only answers pings, and says that its store is of this version. */
export function standInEngine(ping: () => Promise<void> = async () => {}): GraphEngine {
  const never = (): never => {
    throw new Error('The stand-in engine runs no statements.');
  };
  return {
    description: 'a stand-in',
    seeksRelationships: true,
    isShared: true,
    read: async (statement, parameters) => {
      if (statement.name !== 'readMark') never();
      return (parameters?.id === 'format' ? [{ value: String(NEWEST_FORMAT) }] : []) as never;
    },
    write: never,
    version: never,
    ensureSchema: async () => {},
    ping,
    close: async () => {},
  };
}

/** What a test can look at of a server: its answers, and the lines that it logged. */
export interface World extends ApplicationParts {
  readonly application: Application;
  readonly log: Record<string, unknown>[];
  readonly signals: AbortSignal[];
  ask(query: string, more?: Ask): Promise<Answer>;
}
export interface Ask {
  readonly variables?: unknown;
  readonly operationName?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    readonly data?: Record<string, unknown> | null;
    readonly errors?: readonly { message: string; path?: unknown[]; extensions: Record<string, unknown> }[];
    readonly extensions?: Record<string, unknown>;
  };
  readonly code: unknown;
}

function recorded(log: Record<string, unknown>[]): Logger {
  return pino({ level: 'trace' }, { write: (line: string) => void log.push(JSON.parse(line)) });
}

/** Application parts with stand-ins, ready to answer by default. */
export function standInParts(
  change: Partial<Omit<ApplicationConfig, 'limits'>> & {
    readonly limits?: Partial<Limits>;
    readonly engine?: GraphEngine;
    readonly schema?: GraphQLSchema;
    readonly readiness?: Readiness;
    readonly signIn?: SignIn;
    readonly tokens?: Tokens;
    readonly documents?: PersistedStore;
    readonly explorer?: URL | null;
    readonly say?: (line: string) => void;
    readonly serverCount?: () => number;
  } = {},
): ApplicationParts & Pick<World, 'log' | 'signals'> {
  const {
    limits = {},
    engine = standInEngine(),
    schema = standInSchema(),
    readiness = createReadiness(),
    signIn,
    tokens,
    documents,
    explorer,
    say,
    serverCount,
    ...config
  } = change;
  if (change.readiness === undefined) readiness.become(null);
  const log: Record<string, unknown>[] = [];
  const signals: AbortSignal[] = [];
  return {
    config: {
      graphiql: true,
      introspection: true,
      corsOrigins: [],
      publicRead: true,
      limits: { ...DEFAULT_LIMITS, ...limits },
      ...config,
    },
    ...{ engine, schema, signIn, tokens, documents, say, explorer, serverCount },
    createContext: (signal, author) => {
      signals.push(signal);
      return { signal, author, loaders: { batches: { roundTrips: 3, statements: 4 } } };
    },
    logger: recorded(log),
    readiness,
    log,
    signals,
  };
}

/** A complete application over stand-ins, called without a network. */
export function world(change: Parameters<typeof standInParts>[0] = {}): World {
  const parts = standInParts(change);
  const application = createApplication(parts);
  return {
    ...parts,
    application,
    async ask(query, { variables, operationName, headers = {}, signal }: Ask = {}) {
      const response = await application.fetch('http://grappe.test/graphql', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: JSON.stringify({ query, variables, operationName }),
        ...(signal ? { signal } : {}),
      });
      const body = (await response.json()) as Answer['body'];
      return { status: response.status, headers: response.headers, body, code: body.errors?.[0]?.extensions.code };
    },
  };
}
