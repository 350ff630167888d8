import type { TadaDocumentNode } from 'gql.tada';
import { Store } from '../app/store.ts';
import { textOf } from './document.ts';
import { authorization } from './token.ts';

/** Why there is no answer. */
export interface Failure {
  /** A code of docs/errors.md; OFFLINE when the server does not answer at all. */
  readonly code: string;
  /** The server's sentence, in English; empty when it does not answer. */
  readonly message: string;
  readonly requestId?: string | undefined;
}

/** The data, or why there are none. */
export type Answer<Data> = { readonly data: Data; readonly failure?: never } | { readonly failure: Failure };

/** What the server says that it is loading. */
export interface Loading {
  readonly what: 'SEED' | 'IMPORT';
  readonly step: string;
  readonly rows: number;
  readonly share: number;
}

/** What is being loaded into the graph, as of the last answer. */
export const loading = new Store<Loading | null>(null);

interface Body {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions?: Record<string, unknown> }[];
  readonly extensions?: { readonly loading?: Loading };
}

/** Errors that end by themselves: the server says when to ask again. */
const PASSING = new Set(['SEARCH_NOT_READY', 'SNAPSHOT_NOT_READY', 'MEASURES_BUSY', 'OVERLOADED']);
/** How often an answer is asked for again. */
const TRIES = 20;

const pause = (seconds: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, seconds * 1_000);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });

let inProgress = 0;
let answeredAt = performance.now();

/** Waits until nothing was asked for so many milliseconds: what can wait comes after the page. */
export async function quietSince(milliseconds: number, signal: AbortSignal): Promise<void> {
  while (inProgress > 0 || performance.now() - answeredAt < milliseconds) await pause(0.25, signal);
}

async function send(query: string, variables: object, signal: AbortSignal | undefined): Promise<Body> {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Accept: 'application/graphql-response+json, application/json',
      ...authorization(),
    },
    body: JSON.stringify({ query, variables }),
    signal: signal ?? null,
  });
  return (await response.json()) as Body;
}

function failureOf({ errors = [] }: Body): Failure {
  const [{ message, extensions = {} } = { message: '' }] = errors;
  return { code: String(extensions.code ?? 'UNKNOWN'), message, requestId: extensions.requestId as string | undefined };
}

/**
 * Asks the graph. Rejects only when the signal is aborted; every other error is a `failure`. An error that ends by itself
 * (the server still reads the graph) is asked again when the server says so.
 *
 * @example const { data, failure } = await ask(POLE, { id: 'pole/aerospace-valley' });
 */
export async function ask<Data, Variables extends object>(
  document: TadaDocumentNode<Data, Variables>,
  variables: Variables,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<Answer<Data>> {
  const query = textOf(document);
  for (let tries = 1; ; tries++) {
    let body: Body;
    inProgress++;
    try {
      body = await send(query, variables, signal);
    } catch (error) {
      if (signal?.aborted) throw error;
      return { failure: { code: 'OFFLINE', message: '' } };
    } finally {
      inProgress--;
      answeredAt = performance.now();
    }
    loading.set(body.extensions?.loading ?? null);
    if (!body.errors) return { data: body.data as Data };
    const [first] = body.errors;
    const isPassing = PASSING.has(String(first?.extensions?.code));
    if (!isPassing || tries === TRIES) return { failure: failureOf(body) };
    await pause(Number(first?.extensions?.retryAfter ?? 1), signal);
  }
}
