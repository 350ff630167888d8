import type { TadaDocumentNode } from 'gql.tada';
import { textOf } from './document.ts';
import { authorization } from './token.ts';

/** An event of a subscription, or the error with which it ended. */
export type StreamEvent<Data> =
  | { readonly data: Data; readonly code?: never }
  | { readonly data?: never; readonly code: string };

interface Event {
  readonly data?: unknown;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

/** The events in a stream of server-sent events: lines `data: …`, an empty line after each. */
async function* eventsIn(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<Event> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    text += value;
    const events = text.split('\n\n');
    text = events.pop()!;
    for (const event of events) {
      const data = event.split('\n').flatMap((line) => (line.startsWith('data:') ? [line.slice(5).trim()] : []));
      if (data.length > 0 && data[0] !== '') yield JSON.parse(data.join('\n')) as Event;
    }
  }
}

const codeOf = ({ errors }: Event): string => errors?.[0]?.extensions?.code ?? 'UNKNOWN';

/**
 * Subscribes, until the signal is aborted or the server ends the stream; `onOpen` is called when it answers. An error of the
 * server is the last event; rejects where the server does not answer, or the connection breaks.
 */
export async function* subscribe<Data, Variables extends object>(
  document: TadaDocumentNode<Data, Variables>,
  variables: Variables,
  { signal, onOpen }: { readonly signal: AbortSignal; readonly onOpen?: () => void },
): AsyncGenerator<StreamEvent<Data>> {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream', ...authorization() },
    body: JSON.stringify({ query: textOf(document), variables }),
    signal,
  });
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) {
    yield { code: codeOf((await response.json()) as Event) };
    return;
  }
  onOpen?.();
  for await (const event of eventsIn(response.body!)) {
    if (event.errors) {
      yield { code: codeOf(event) };
      return;
    }
    if (event.data) yield { data: event.data as Data };
  }
}
