import type { ExecutionResult } from 'graphql';
import { isAsyncIterable, type Plugin, type YogaInitialContext } from 'graphql-yoga';
import { DEFAULT_LIMITS } from '../config.ts';
import type { Authenticate } from './authentication.ts';
import { exchangeIn } from './exchange.ts';
import { refusal } from './refusal.ts';

interface Options {
  /** Open at one time, of all clients together. */
  readonly subscriptions?: number;
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

function tooMany(subscriptions: number): Error {
  const message = `This server has ${subscriptions.toLocaleString('en')} subscriptions open, the most that it may: try again later, or listen to more nodes by one.`;
  return refusal('TOO_MANY_SUBSCRIPTIONS', message, {
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
  closing = new AbortController().signal,
  authenticate = async () => null,
}: Options = {}): Plugin {
  let open = 0;
  return {
    onSubscribe({ args }) {
      const { request } = args.contextValue as YogaInitialContext;
      if (!EVENTS.test(request.headers.get('accept') ?? '*/*')) {
        const message = 'A subscription is answered by a stream of events: send Accept: text/event-stream.';
        throw refusal('NOT_ACCEPTABLE', message, { wellFormed: false, status: 406 });
      }
      if (open >= subscriptions) throw tooMany(subscriptions);
      return {
        onSubscribeResult({ result, setResult }) {
          if (!isAsyncIterable(result)) return;
          const { cancelling } = exchangeIn(args.contextValue);
          open++;
          const stream = lasting(
            result as AsyncIterable<ExecutionResult>,
            [closing, cancelling.signal],
            () => authenticate(request),
            () => open--,
          );
          // Others may have come in while this one was being prepared.
          if (open <= subscriptions) setResult(stream as never);
          else {
            void stream.return?.();
            throw tooMany(subscriptions);
          }
        },
      };
    },
  };
}
