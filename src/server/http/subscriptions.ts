import type { ExecutionResult } from 'graphql';
import { isAsyncIterable, type Plugin, type YogaInitialContext } from 'graphql-yoga';
import { DEFAULT_LIMITS } from '../../config/limits.ts';
import { shareOf } from '../../scheduling/request-places.ts';
import type { Authenticate } from '../auth/authentication.ts';
import { clientError } from './client-error.ts';
import { requestStateIn } from './request-state.ts';

interface Options {
  /** Maximum of open subscriptions of all clients. */
  readonly subscriptions?: number;
  /** The share of one client, in percent. */
  readonly clientShare?: number;
  /** Aborted when the server stops: streams are then completed. */
  readonly closing?: AbortSignal | undefined;
  /** Called before each event, since a token may have been revoked. */
  readonly authenticate?: Authenticate;
  /** Called with the number of open subscriptions when it changes. */
  readonly onOpen?: (open: number) => void;
  /** Called for each event that is sent. */
  readonly onEvent?: () => void;
}

const EVENTS = /(?:text\/event-stream|text\/\*|\*\/\*)/;

type Events = AsyncIterableIterator<ExecutionResult>;

/** What is called for a stream: before each event, with each event that is sent, at its end. */
interface Of {
  readonly allow: () => Promise<unknown>;
  readonly onEvent: () => void;
  readonly onEnd: () => void;
}

/** Wraps a stream of events, so that one of the signals ends it, even if nobody reads from it. */
function abortable(
  source: AsyncIterable<ExecutionResult>,
  signals: readonly AbortSignal[],
  { allow, onEvent, onEnd }: Of,
): Events {
  const events = source[Symbol.asyncIterator]();
  let isEnded = false;
  const end = (): void => {
    if (isEnded) return;
    isEnded = true;
    for (const signal of signals) signal.removeEventListener('abort', leave);
    onEnd();
  };
  const leave = (): void => {
    end();
    void events.return?.();
  };
  for (const signal of signals) {
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
  }
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      try {
        const event = await events.next();
        if (!event.done) await allow();
        if (!event.done && !isEnded) {
          onEvent();
          return event;
        }
      } catch (error) {
        leave();
        throw error;
      }
      end();
      return { done: true, value: undefined };
    },
    async return() {
      end();
      await events.return?.();
      return { done: true, value: undefined };
    },
  };
}

/** Counts the open subscriptions of all clients and of each. */
class Open {
  readonly #max: number;
  readonly #maxOfOne: number;
  readonly #byClient = new Map<string, number>();
  readonly #onOpen: (open: number) => void;
  #total = 0;

  constructor(most: number, clientShare: number, onOpen: (open: number) => void) {
    this.#onOpen = onOpen;
    this.#max = most;
    this.#maxOfOne = shareOf(most, clientShare);
  }

  /** The error of one subscription too many for a client, or null. */
  limitError(client: string): Error | null {
    if (this.#total >= this.#max) return tooMany('This server has', this.#max);
    return this.#of(client) >= this.#maxOfOne ? tooMany('You have', this.#maxOfOne) : null;
  }

  #of(client: string): number {
    return this.#byClient.get(client) ?? 0;
  }

  begin(client: string): void {
    this.#onOpen(++this.#total);
    this.#byClient.set(client, this.#of(client) + 1);
  }

  end(client: string): void {
    this.#onOpen(--this.#total);
    if (this.#of(client) > 1) this.#byClient.set(client, this.#of(client) - 1);
    else this.#byClient.delete(client);
  }
}

function tooMany(who: string, subscriptions: number): Error {
  const message = `${who} ${subscriptions.toLocaleString('en')} subscriptions open, the maximum: try again later, or listen to more nodes by one.`;
  return clientError('TOO_MANY_SUBSCRIPTIONS', message, {
    wellFormed: false,
    status: 503,
    details: { maximum: subscriptions },
    headers: { 'Retry-After': '5' },
  });
}

/**
 * Limits the number of subscriptions, ends each when its client leaves or loses its right, and completes them when the
 * server stops.
 */
export function useSubscriptions({
  subscriptions = DEFAULT_LIMITS.subscriptions,
  clientShare = DEFAULT_LIMITS.clientShare,
  closing = new AbortController().signal,
  authenticate = async () => null,
  onOpen = () => {},
  onEvent = () => {},
}: Options = {}): Plugin {
  const open = new Open(subscriptions, clientShare, onOpen);
  return {
    onSubscribe({ args }) {
      const { request } = args.contextValue as YogaInitialContext;
      if (!EVENTS.test(request.headers.get('accept') ?? '*/*')) {
        const message = 'A subscription is answered by a stream of events: send Accept: text/event-stream.';
        throw clientError('NOT_ACCEPTABLE', message, { wellFormed: false, status: 406 });
      }
      const { cancelling, client } = requestStateIn(args.contextValue);
      const rejection = open.limitError(client);
      if (rejection) throw rejection;
      return {
        onSubscribeResult({ result, setResult }) {
          if (!isAsyncIterable(result)) return;
          // Others may have been opened while this one was prepared.
          const laterRejection = open.limitError(client);
          open.begin(client);
          const stream = abortable(result as AsyncIterable<ExecutionResult>, [closing, cancelling.signal], {
            allow: () => authenticate(request),
            onEvent,
            onEnd: () => open.end(client),
          });
          if (laterRejection === null) setResult(stream as never);
          else {
            void stream.return?.();
            throw laterRejection;
          }
        },
      };
    },
  };
}
