import { pino } from 'pino';
import { createContext } from '../../schema/context.ts';
import { createGraph } from '../../schema/graph.ts';
import { schema } from '../../schema/schema.ts';
import { DEFAULT_LIMITS, type Limits } from '../../src/config/limits.ts';
import type { GraphEngine } from '../../src/graph/engine.ts';
import type { ApplicationParts } from '../../src/server/http/application-parts.ts';
import { type RunningServer, startServer } from '../../src/server/http/server.ts';
import { createReadiness } from '../../src/server/observe/readiness.ts';

type Change = Partial<Pick<ApplicationParts, 'tokens' | 'signIn'>> & {
  readonly limits?: Partial<Limits>;
  readonly publicRead?: boolean;
  /** Cost that one client may ask for in a minute; any when left out. */
  readonly costPerMinute?: number;
  /** Bytes for a snapshot, which is loaded before the server is there; none when left out. */
  readonly snapshotBytes?: number;
  /** Milliseconds between two reads of the change log while somebody listens; half a second when left out. */
  readonly changesEveryMs?: number;
};

/** A server that listens, over the real schema and a graph, and what it logged. */
export interface LiveServer extends RunningServer {
  readonly log: string[];
  /** Asks as one HTTP request. */
  ask(query: string, options?: Asking): Promise<Answered>;
  /** Listens to a subscription, until it is left or ends. */
  listen(query: string, options?: Asking): Promise<Listening>;
}

export interface Asking {
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, unknown>>;
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test names the fields that it selected
  readonly data: any;
  readonly code: unknown;
}

/** One event of a stream, as graphql-sse names them. */
export interface ServerEvent {
  readonly event: string;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly data: any;
}

export interface Listening {
  readonly status: number;
  readonly headers: Headers;
  /** The events that follow; ends with the stream. */
  readonly events: AsyncGenerator<ServerEvent, void>;
  /** Cuts the connection. */
  leave(): void;
}

/** No client of a test is about to send something on a connection that it left open. */
const GRACE = { answersMs: 10_000, idleMs: 0 };

/** Starts a server on a port of the system's choice. */
export async function liveServer(
  engine: GraphEngine,
  { limits = {}, publicRead = true, costPerMinute = 0, snapshotBytes = 0, changesEveryMs, ...parts }: Change = {},
): Promise<LiveServer> {
  const log: string[] = [];
  const readiness = createReadiness();
  const graph = createGraph(engine, {
    cache: { bytes: 1_000_000, stalenessMs: 0 },
    snapshotBytes,
    ...(changesEveryMs === undefined ? {} : { changesEveryMs }),
  });
  await graph.snapshot?.load();
  readiness.become(null);
  const server = await startServer(
    {
      config: {
        ...{
          host: '127.0.0.1',
          port: 0,
          graphiql: true,
          introspection: true,
          corsOrigins: [],
          publicRead,
          costPerMinute,
        },
        limits: { ...DEFAULT_LIMITS, ...limits },
      },
      ...{ engine, schema, readiness, cache: graph.results, versions: graph.versions },
      createContext: (signal, author, requester) => createContext(graph, signal, author, requester),
      ...parts,
      logger: pino({ level: 'trace' }, { write: (line: string) => void log.push(line) }),
    },
    { grace: GRACE },
  );
  const post = (query: string, accept: string, { token, headers, variables }: Asking, signal?: AbortSignal) =>
    fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: {
        ...{ accept, 'content-type': 'application/json' },
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      body: JSON.stringify({ query, variables }),
      ...(signal ? { signal } : {}),
    });
  return {
    ...server,
    async close() {
      await server.close();
      await graph.subgraphs.close();
    },
    log,
    async ask(query, options = {}) {
      const response = await post(query, 'application/json', options);
      const text = await response.text();
      const { data, errors } = JSON.parse(text);
      return { status: response.status, headers: response.headers, text, data, code: errors?.[0]?.extensions.code };
    },
    async listen(query, options = {}) {
      const leaving = new AbortController();
      const response = await post(query, 'text/event-stream', options, leaving.signal);
      return {
        status: response.status,
        headers: response.headers,
        events: eventsOf(response),
        leave: () => leaving.abort(),
      };
    },
  };
}

/** The events of a stream of server-sent events, in the order in which they come; comments are left out. */
export async function* eventsOf(response: Response): AsyncGenerator<ServerEvent, void> {
  let rest = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + chunk).split('\n\n');
    rest = blocks.pop()!;
    for (const block of blocks) {
      const event = /^event: (.*)$/m.exec(block)?.[1];
      const data = /^data: ?(.*)$/m.exec(block)?.[1] ?? '';
      if (event !== undefined) yield { event, data: data === '' ? null : JSON.parse(data) };
    }
  }
}
