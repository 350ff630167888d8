import { setImmediate } from 'node:timers/promises';
import { pino } from 'pino';
import { createContext } from '../../schema/context.ts';
import type { Graph } from '../../schema/graph.ts';
import { openExport } from '../../schema/graph-exports.ts';
import { schema } from '../../schema/schema.ts';
import { readAhead } from '../../src/cli/read-ahead.ts';
import { DEFAULT_LIMITS } from '../../src/config/limits.ts';
import { VIEWER_ORIGINS } from '../../src/config/network.ts';
import type { Author } from '../../src/domain/role.ts';
import type { PlanStep } from '../../src/loaders/reading.ts';
import { newToken } from '../../src/server/auth/tokens.ts';
import { type Application, createApplication } from '../../src/server/http/application.ts';
import { createReadiness } from '../../src/server/observe/readiness.ts';
import { type Agent, connectAgent } from './agent.ts';

/** An error as it comes over HTTP. */
export interface AnsweredError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** An answer as it comes over HTTP, and its line in the log. */
export interface ServedAnswer {
  // biome-ignore lint/suspicious/noExplicitAny: a test names the fields that it selected
  readonly data: any;
  readonly errors: readonly AnsweredError[];
  readonly roundTrips: number;
  /** What it says that loads. */
  readonly loading: unknown;
  /** How its lists were read: `page of members by snapshot`. */
  readonly plan: readonly string[];
  readonly headers: Headers;
}

/** A step of a plan in words. */
export const planned = ({ list, part, by }: PlanStep): string => `${part} of ${list} by ${by}`;

interface LogLine {
  readonly msg: string;
  readonly requestId?: string;
  readonly roundTrips?: number;
  readonly err?: { readonly stack?: string };
}

/** A database that plans each statement for the first time, on a machine that runs other tests, takes its time. */
const LIMITS = {
  ...DEFAULT_LIMITS,
  timeMs: 120_000,
  waitMs: 120_000,
  executions: 1_000,
  waiting: 1_000,
  clientShare: 100,
};

/**
 * A graph as it is served: queried over HTTP, without a socket, under the limits and with the caches, the compiled queries
 * and what the process holds of the graph.
 */
export class ServedGraph {
  readonly #graph: Graph;
  readonly #application: Application;
  readonly #authors = new Map<string, Author>();
  readonly #log = new Map<string, LogLine[]>();
  readonly #logger = pino({ level: 'info' }, { write: (line: string) => this.#write(JSON.parse(line)) });
  #requests = 0;
  #readAhead: Promise<void> | null = null;

  constructor(graph: Graph) {
    this.#graph = graph;
    const readiness = createReadiness();
    readiness.become(null);
    this.#application = createApplication({
      config: {
        ...{ graphiql: false, plan: true, introspection: true, publicRead: true, limits: LIMITS },
        ...{ corsOrigins: [], exportOrigins: VIEWER_ORIGINS },
      },
      ...{ engine: graph.engine, schema, readiness, cache: graph.results, versions: graph.versions },
      loading: () => graph.loading.current(),
      openExport: (token, signal) => openExport(graph, token, signal),
      tokens: { authorOf: async (token) => this.#authors.get(token) ?? null },
      createContext: (signal, author, requester) => createContext(graph, signal, author, requester),
      logger: this.#logger,
    });
  }

  #write(line: LogLine): void {
    this.#log.get(line.requestId ?? '')?.push(line);
  }

  #tokenOf(author: Author): string {
    const known = [...this.#authors].find(([, { name, role }]) => name === author.name && role === author.role);
    if (known) return known[0];
    const token = newToken();
    this.#authors.set(token, author);
    return token;
  }

  /** Reads what a server reads of a filled store before its first question. */
  ready(): Promise<void> {
    this.#readAhead ??= readAhead(this.#graph, { logger: this.#logger, signal: new AbortController().signal });
    return this.#readAhead;
  }

  /** Asks as one request, anonymously or in the name of an author. Throws what the server would only log. */
  async ask(query: string, variables: Record<string, unknown>, author: Author | null = null): Promise<ServedAnswer> {
    await this.ready();
    return this.askAtOnce(query, variables, author);
  }

  /** The same, also while the server still reads. */
  async askAtOnce(
    query: string,
    variables: Record<string, unknown> = {},
    author: Author | null = null,
  ): Promise<ServedAnswer> {
    // A request comes by a socket: a client that asks without pause does not delay everything else.
    await setImmediate();
    const requestId = `test-${++this.#requests}`;
    const lines: LogLine[] = [];
    this.#log.set(requestId, lines);
    const response = await this.#application.fetch('http://grappe.test/graphql', {
      method: 'POST',
      headers: {
        ...{ accept: 'application/graphql-response+json', 'content-type': 'application/json' },
        ...(author ? { authorization: `Bearer ${this.#tokenOf(author)}` } : {}),
        'x-request-id': requestId,
      },
      body: JSON.stringify({ query, variables }),
    });
    const body = (await response.json()) as Partial<ServedAnswer> & {
      extensions?: { loading?: unknown; plan?: PlanStep[] };
    };
    const { data = null, errors = [] } = body;
    this.#log.delete(requestId);
    const unexpected = lines.find(({ msg }) => msg === 'unexpected error');
    if (unexpected) throw new Error(`The server logged: ${unexpected.err?.stack}`);
    const roundTrips = lines.find(({ msg }) => msg === 'graphql')?.roundTrips ?? 0;
    const plan = (body.extensions?.plan ?? []).map(planned);
    return { data, errors, roundTrips, loading: body.extensions?.loading ?? null, plan, headers: response.headers };
  }

  /** Asks for a page beside /graphql. */
  async get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.#application.fetch(`http://grappe.test${path}`, { headers });
  }

  /** An agent that is connected with the server. */
  async agent(): Promise<Agent> {
    await this.ready();
    return connectAgent(this.#application);
  }

  async close(): Promise<void> {
    await this.#application.dispose();
  }
}
