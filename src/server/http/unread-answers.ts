import type { ServerResponse } from 'node:http';
import type { Plugin } from 'graphql-yoga';
import type { Limits } from '../../config/limits.ts';
import { shareOf } from '../../scheduling/request-places.ts';
import type { Metrics } from '../observe/metrics.ts';
import { overloaded } from './admission.ts';
import { errorResponse } from './client-error.ts';
import { requestState } from './request-state.ts';

/** The largest answers that may be in memory at one time, until their clients have read them. */
const LARGEST_ANSWERS = 10;
/** Bytes of an answer that the buffers of a connection take at once, whether its client reads or not. */
const IN_BUFFERS = 65_536;

/** The connection of a request; absent if a test calls `fetch`. */
interface ServerContext {
  readonly res?: ServerResponse;
}

/**
 * Bounds the bytes of answers that clients have asked for and not read yet, of all clients and of each: an answer from memory
 * needs no place and costs little, and each copy of it stays until its client takes it. Answers that a connection's buffers take
 * are not counted. Beyond the bound the answer is OVERLOADED. Must come before the plugins that complete answers and compress
 * them, which takes as much memory.
 */
export function useUnreadAnswers({ answerBytes, clientShare }: Limits, metrics: Metrics): Plugin {
  const most = LARGEST_ANSWERS * answerBytes;
  const mostOfOne = shareOf(most, clientShare);
  const unread = new Map<string, number>();
  let total = 0;

  function add(client: string, bytes: number): void {
    total += bytes;
    const sum = (unread.get(client) ?? 0) + bytes;
    if (sum > 0) unread.set(client, sum);
    else unread.delete(client);
  }

  return {
    onResponse({ request, response, serverContext, setResponse }) {
      const { res } = (serverContext ?? {}) as ServerContext;
      const bytes = Number(response.headers.get('content-length') ?? 0);
      if (res === undefined || bytes <= IN_BUFFERS || request.method === 'HEAD') return;
      const { client } = requestState(request);
      const reason = (unread.get(client) ?? 0) + bytes > mostOfOne ? 'SHARE' : total + bytes > most ? 'FULL' : null;
      if (reason !== null) {
        requestState(request).errorCodes = ['OVERLOADED'];
        metrics.turnedAway(reason);
        setResponse(errorResponse(overloaded(reason)));
        return;
      }
      add(client, bytes);
      res.once('close', () => add(client, -bytes));
    },
  };
}
