import type { Plugin } from 'graphql-yoga';
import type { GraphEngine } from '../graph/engine.ts';
import { GraphError } from '../graph/errors.ts';
import { clientError } from './client-error.ts';
import type { LoadingReader } from './loading.ts';
import { requestStateIn } from './request-state.ts';
import type { RouteHandler } from './routes.ts';

/** Why a server should not be sent requests; never an address, since anyone may read it. */
export type NotReady =
  | 'DATABASE_OCCUPIED'
  | 'DATABASE_UNAVAILABLE'
  | 'SEEDING'
  | 'SEED_FAILED'
  | 'SHUTTING_DOWN'
  | 'STORAGE_FAILED'
  | 'STORAGE_FULL';

/** Why a server is not ready when its database fails with an error. */
export function notReadyBy(error: unknown): NotReady {
  const isOfStorage = error instanceof GraphError && (error.code === 'STORAGE_FULL' || error.code === 'STORAGE_FAILED');
  return isOfStorage ? (error.code as NotReady) : 'DATABASE_UNAVAILABLE';
}

/** What the server knows of its own state: set by those who bring it up and down, read by /readyz. */
export interface Readiness {
  /** Null when there is no reason why it should not answer. */
  readonly reason: NotReady | null;
  /** Once it is shutting down it stays so. */
  become(reason: NotReady | null): void;
}

/** A server begins without having heard from its database. */
export function createReadiness(): Readiness {
  let reason: NotReady | null = 'DATABASE_UNAVAILABLE';
  return {
    get reason() {
      return reason;
    },
    become(next) {
      if (reason !== 'SHUTTING_DOWN') reason = next;
    },
  };
}

/** Milliseconds for the database to answer: whoever asks for /readyz has an answer within two seconds. */
const PING_MS = 1_500;

/**
 * /readyz: 200 when the graph can be asked and holds the first part of its seed, else 503 and the reason's code. Either
 * way `loading` says what loads, and how far it is: a graph that is being added to is ready.
 */
export function readyz(readiness: Readiness, engine: GraphEngine, loading: LoadingReader): RouteHandler {
  /** Why the database does not do what it should; null where it does, or where it is known already that it does not. */
  const failing = async (): Promise<NotReady | null> => {
    if (readiness.reason === 'DATABASE_UNAVAILABLE' || readiness.reason === 'SHUTTING_DOWN') return null;
    try {
      await engine.ping({ timeoutMs: PING_MS, signal: AbortSignal.timeout(PING_MS) });
      return null;
    } catch (error) {
      return notReadyBy(error);
    }
  };
  return async () => {
    const failure = await failing();
    const reason = failure ?? readiness.reason;
    const found = failure === null ? await loading() : null;
    const more = found === null ? {} : { loading: found };
    return reason === null
      ? Response.json({ status: 'ready', ...more })
      : Response.json({ status: 'not ready', reason, ...more }, { status: 503, headers: { 'Retry-After': '1' } });
  };
}

/** What is answered while the database cannot be used, and seconds after which to ask again. */
const REFUSALS: { readonly [Reason in NotReady]?: readonly [message: string, retryAfter: number] } = {
  DATABASE_UNAVAILABLE: ['The database does not answer yet: try again in a few seconds.', 5],
  DATABASE_OCCUPIED: [
    "The database holds what is not Grappe's: whoever runs the server finds in its log what to do.",
    60,
  ],
};

/** Answers at once while the database was never heard of: each request would else wait for its own connection. */
export function useReadiness(readiness: Readiness): Plugin {
  return {
    onExecute({ args }) {
      const { reason } = readiness;
      const told = reason && REFUSALS[reason];
      if (!told || requestStateIn(args.contextValue).operation?.isIntrospection) return;
      const [message, retryAfter] = told;
      const headers = { 'Retry-After': String(retryAfter) };
      throw clientError(reason, message, { wellFormed: false, status: 503, headers });
    },
  };
}
