import { setTimeout as pause } from 'node:timers/promises';
import { remoteToken } from '../config/remote.ts';

/** An error of a command that works with a running server: its message has the problem and the remedy. */
export class RemoteError extends Error {
  override readonly name = 'RemoteError';
}

/** A running Grappe, and the token of an administrator. */
export interface Remote {
  readonly url: string;
  readonly token: string;
}

/** The server that a command names, with the token of its settings. Throws a RemoteError that says what is missing. */
export function remoteOf(address: string): Remote {
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new RemoteError(`"${address}" is no address of a server: give one such as https://graph.example.org.`);
  }
  const token = remoteToken();
  if (token === null) {
    const message =
      'GRAPPE_TOKEN is missing: set it to a token with the role ADMIN that the server knows, or GRAPPE_TOKEN_FILE to a file with it.';
    throw new RemoteError(message);
  }
  const path = url.pathname.replace(/\/(?:graphql)?$/, '');
  return { url: url.origin + path, token };
}

/** What an answer with an error says; the status where it says nothing. */
async function problemOf(answer: Response): Promise<string> {
  const text = await answer.text().catch(() => '');
  try {
    const { errors } = JSON.parse(text) as { errors: readonly { readonly message: string }[] };
    return errors.map(({ message }) => message).join(' ');
  } catch {
    return `It answered with status ${answer.status}: is there a Grappe at this address?`;
  }
}

/** The status of an answer by another server than the one that a request is for (OTHER_SERVER). */
const OTHER_SERVER = 421;
/** Times that a request is sent to reach the server that it is for: many servers may stand behind one proxy. */
const MOST_TRIES = 40;
/** Milliseconds before the next try, times the number of those before, at most ten. */
const PAUSE_MS = 20;

/**
 * Sends one request to a running server; again while a proxy passes it on to other servers than the one that it is for. Throws a
 * RemoteError if nobody answers, or the server refuses.
 */
export async function send(
  { url, token }: Remote,
  path: string,
  init: { readonly method: string; readonly body?: Uint8Array; readonly signal?: AbortSignal },
): Promise<Response> {
  const headers = { Authorization: `Bearer ${token}` };
  const { method, body = null, signal = null } = init;
  const once = (): Promise<Response> =>
    fetch(url + path, { method, headers, body: body as BodyInit | null, signal }).catch((error) => {
      if (signal?.aborted) throw error;
      throw new RemoteError(`${url} does not answer: look at the address, and whether the server runs.`);
    });
  let answer = await once();
  for (let tries = 1; answer.status === OTHER_SERVER && tries < MOST_TRIES; tries++) {
    await answer.body?.cancel();
    await pause(PAUSE_MS * Math.min(tries, 10), undefined, signal ? { signal } : {});
    answer = await once();
  }
  if (!answer.ok) throw new RemoteError(`${url} refuses: ${await problemOf(answer)}`);
  return answer;
}
