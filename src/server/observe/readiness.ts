import type { Plugin } from 'graphql-yoga';
import type { ErrorCode } from '../../domain/client-error.ts';
import type { GraphEngine } from '../../graph/engine.ts';
import { GraphError } from '../../graph/errors.ts';
import { clientError } from '../http/client-error.ts';
import { requestStateIn } from '../http/request-state.ts';
import type { RouteHandler } from '../http/routes.ts';
import type { LoadingReader } from './loading.ts';

/** Why a server should not get requests. Never an address, since anyone may read it. */
export type NotReady = Extract<
  ErrorCode,
  | 'DATABASE_OCCUPIED'
  | 'DATABASE_UNAVAILABLE'
  | 'RESTORE_UNFINISHED'
  | 'SEEDING'
  | 'SEED_FAILED'
  | 'SHUTTING_DOWN'
  | 'STORAGE_FAILED'
  | 'STORAGE_FULL'
  | 'STORE_TOO_NEW'
>;

/** The reason why a server is not ready, from an error of its database. */
export function notReadyBy(error: unknown): NotReady {
  const isOfStorage = error instanceof GraphError && (error.code === 'STORAGE_FULL' || error.code === 'STORAGE_FAILED');
  return isOfStorage ? (error.code as NotReady) : 'DATABASE_UNAVAILABLE';
}

/** The state of the server: set at start and stop, read by /readyz. */
export interface Readiness {
  /** Null if the server is ready. */
  readonly reason: NotReady | null;
  /** Sets the reason. SHUTTING_DOWN is final. */
  become(reason: NotReady | null): void;
}

/** The state at start: the database has not answered yet. */
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

/** Milliseconds for the database to answer: /readyz answers within two seconds. */
const PING_MS = 1_500;

/** What /readyz looks at. */
interface ReadyzParts {
  readonly readiness: Readiness;
  readonly engine: GraphEngine;
  readonly loading: LoadingReader;
  /** The graph in memory. */
  readonly snapshot?: { readonly state: string } | null | undefined;
}

/**
 * /readyz: 200 if the graph answers and has the first part of its seed, else 503 with the code of the reason. In both
 * cases `loading` shows what is being loaded, and the progress: a graph that is being added to is ready. `snapshot` is there where
 * the graph is too large for the memory that it may take: the database answers alone then, and more slowly.
 */
export function readyz({ readiness, engine, loading, snapshot }: ReadyzParts): RouteHandler {
  /** The reason why the database fails; null if it does not, or if that is known already. */
  const failing = async (): Promise<NotReady | null> => {
    if (readiness.reason === 'DATABASE_UNAVAILABLE' || readiness.reason === 'SHUTTING_DOWN') return null;
    try {
      await engine.ping({ timeoutMs: PING_MS, signal: AbortSignal.timeout(PING_MS) });
      return null;
    } catch (error) {
      return notReadyBy(error);
    }
  };
  /** All who ask at one time share one question: a flood of them must not take the connections of the database. */
  let asking: Promise<NotReady | null> | null = null;
  return async () => {
    asking ??= failing().finally(() => {
      asking = null;
    });
    const failure = await asking;
    const reason = failure ?? readiness.reason;
    const found = failure === null ? await loading() : null;
    const more = {
      ...(found === null ? {} : { loading: found }),
      ...(snapshot?.state === 'too large' ? { snapshot: snapshot.state } : {}),
    };
    return reason === null
      ? Response.json({ status: 'ready', ...more })
      : Response.json({ status: 'not ready', reason, ...more }, { status: 503, headers: { 'Retry-After': '1' } });
  };
}

/** Answers while the database cannot be used, with the seconds after which to retry. */
const UNAVAILABLE_ANSWERS: { readonly [Reason in NotReady]?: readonly [message: string, retryAfter: number] } = {
  DATABASE_UNAVAILABLE: ['The database does not answer yet: try again in a few seconds.', 5],
  DATABASE_OCCUPIED: [
    "The database contains data that is not Grappe's: the operator finds the remedy in the log of the server.",
    60,
  ],
  STORE_TOO_NEW: ['The graph was written by a newer version of Grappe: the operator starts that version.', 60],
  RESTORE_UNFINISHED: ['A backup is being restored, or its restore was interrupted: the operator runs it again.', 60],
};

/** Answers at once while the database has never answered: otherwise each request would wait for its own connection. */
export function useReadiness(readiness: Readiness): Plugin {
  return {
    onExecute({ args }) {
      const { reason } = readiness;
      const unavailable = reason && UNAVAILABLE_ANSWERS[reason];
      if (!unavailable || requestStateIn(args.contextValue).operation?.isIntrospection) return;
      const [message, retryAfter] = unavailable;
      const headers = { 'Retry-After': String(retryAfter) };
      throw clientError(reason, message, { wellFormed: false, status: 503, headers });
    },
  };
}
