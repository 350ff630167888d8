import type { ExecutionResult } from 'graphql';
import { isAsyncIterable, type Plugin, type YogaInitialContext } from 'graphql-yoga';
import { DEFAULT_LIMITS } from '../config.ts';
import { shareOf } from '../scheduling/request-places.ts';
import type { Authenticate } from './authentication.ts';
import { clientError } from './client-error.ts';
import { requestStateIn } from './request-state.ts';

interface Options {
  /** Open at one time, of all clients together. */
  readonly subscriptions?: number;
  /** How many of them one client may have, in percent. */
  readonly clientShare?: number;
  /** Aborted when the server is to end: streams are then completed. */
  readonly closing?: AbortSignal | undefined;
  /** Asked again before each event: a token may have been revoked since. */
  readonly authenticate?: Authenticate;
}

const EVENTS = /(?:text\/event-stream|text\/\*|\*\/\*)/;

type Events = AsyncIterableIterator<ExecutionResult>;

/** Ends a stream of events when one of the signals says so, also while nobody takes from it. */
function lasting(
  source: AsyncIterable<ExecutionResult>,
  signals: readonly AbortSignal[],
  allow: () => Promise<unknown>,
  onEnd: () => void,
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
        if (!event.done && !isEnded) return event;
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

/** Counts the subscriptions that are open, of everybody and of each client. */
class Open {
  readonly #most: number;
  readonly #mostOfOne: number;
  readonly #byClient = new Map<string, number>();
  #total = 0;

  constructor(most: number, clientShare: number) {
    this.#most = most;
    this.#mostOfOne = shareOf(most, clientShare);
  }

  /** What speaks against one more of a client; null where nothing does. */
  clientError(client: string): Error | null {
    if (this.#total >= this.#most) return tooMany('This server has', this.#most);
    return this.#of(client) >= this.#mostOfOne ? tooMany('You have', this.#mostOfOne) : null;
  }

  #of(client: string): number {
    return this.#byClient.get(client) ?? 0;
  }

  begin(client: string): void {
    this.#total++;
    this.#byClient.set(client, this.#of(client) + 1);
  }

  end(client: string): void {
    this.#total--;
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
 * Keeps subscriptions to a number, lets each last as long as its client and its right to listen do, and completes them
 * when the server ends.
 */
export function useSubscriptions({
  subscriptions = DEFAULT_LIMITS.subscriptions,
  clientShare = DEFAULT_LIMITS.clientShare,
  closing = new AbortController().signal,
  authenticate = async () => null,
}: Options = {}): Plugin {
  const open = new Open(subscriptions, clientShare);
  return {
    onSubscribe({ args }) {
      const { request } = args.contextValue as YogaInitialContext;
      if (!EVENTS.test(request.headers.get('accept') ?? '*/*')) {
        const message = 'A subscription is answered by a stream of events: send Accept: text/event-stream.';
        throw clientError('NOT_ACCEPTABLE', message, { wellFormed: false, status: 406 });
      }
      const { cancelling, client } = requestStateIn(args.contextValue);
      const refused = open.clientError(client);
      if (refused) throw refused;
      return {
        onSubscribeResult({ result, setResult }) {
          if (!isAsyncIterable(result)) return;
          // Others may have come in while this one was being prepared.
          const refusedNow = open.clientError(client);
          open.begin(client);
          const stream = lasting(
            result as AsyncIterable<ExecutionResult>,
            [closing, cancelling.signal],
            () => authenticate(request),
            () => open.end(client),
          );
          if (refusedNow === null) setResult(stream as never);
          else {
            void stream.return?.();
            throw refusedNow;
          }
        },
      };
    },
  };
}
