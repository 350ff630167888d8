import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { GraphiQLOptions, Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import { signedIn } from '../auth/session-cookie.ts';
import type { SignIn } from '../auth/sign-in.ts';
import { compress, type Encoding, encodingFor } from './compression.ts';
import { type Example, examples } from './examples.ts';
import { requestState } from './request-state.ts';
import { answerOf } from './routes.ts';

/**
 * The page is one inline script that starts its workers from blobs and compiles JSON schemas with eval. The browser
 * blocks everything from other origins.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'unsafe-inline' 'unsafe-eval' blob:",
  "style-src 'unsafe-inline'",
  'worker-src blob:',
  'img-src data: blob:',
  'font-src data:',
  "connect-src 'self' data: blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Characters of a line of GraphiQL's editor in a window of 1,280 pixels. */
const LINE = 50;

/** A document whose comments end where the editor does: it does not wrap lines. */
export function withWrappedComments(query: string): string {
  return query.replaceAll(/^( *# )(.+)$/gm, (_, start: string, text: string) => {
    const lines: string[] = [];
    for (const word of text.split(' ')) {
      const last = lines.at(-1);
      if (last === undefined || start.length + last.length + 1 + word.length > LINE) lines.push(word);
      else lines[lines.length - 1] = `${last} ${word}`;
    }
    return lines.map((line) => start + line).join('\n');
  });
}

/** How a person gets the right to change the graph in GraphiQL. */
const BY_LINK = 'to change the graph, open the sign-in link that the terminal shows';
const BY_TOKEN = 'with a token, send Authorization: Bearer in the Headers pane';

/** Rendering takes half a second: a worker does it, so that no request waits. */
async function render(tabs: readonly Example[], remedy: string): Promise<Uint8Array<ArrayBuffer>> {
  const options: GraphiQLOptions = {
    title: 'Grappe',
    // For new tabs, and for those of an earlier visit.
    defaultTabs: tabs.map(({ query, variables }) => ({
      query: withWrappedComments(query),
      variables: variables === undefined ? null : JSON.stringify(variables, null, 2),
      headers: null,
    })),
    shouldPersistHeaders: false,
  };
  const worker = new Worker(new URL('./graphiql-worker.ts', import.meta.url), { workerData: { options, remedy } });
  const [page] = await once(worker, 'message');
  return page as Uint8Array<ArrayBuffer>;
}

/** Creates a value on first use. */
function lazy<Value>(make: () => Value): () => Value {
  let value: Value | undefined;
  return () => {
    value ??= make();
    return value;
  };
}

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * A page in the form that its reader accepts. It has nine megabytes, which take a second to compress: that is done once, and
 * meanwhile it is sent as it is.
 */
class PackedPage {
  readonly #render: () => Promise<Bytes>;
  readonly #packed = new Map<Encoding, Bytes | null>();

  constructor(render: () => Promise<Bytes>) {
    this.#render = lazy(render);
  }

  async inForm(encoding: Encoding | null): Promise<{ readonly bytes: Bytes; readonly encoding: Encoding | null }> {
    const page = await this.#render();
    if (encoding === null) return { bytes: page, encoding };
    const packed = this.#packed.get(encoding) ?? null;
    if (packed !== null) return { bytes: packed, encoding };
    if (!this.#packed.has(encoding)) {
      this.#packed.set(encoding, null);
      void compress(page, encoding).then((bytes) => this.#packed.set(encoding, bytes));
    }
    return { bytes: page, encoding: null };
  }
}

interface Options {
  /** Whether the page is compressed for readers that accept it. */
  readonly compression?: boolean;
  readonly tabs?: readonly Example[];
  readonly graphqlPath?: string;
  /** The signed-in browsers; null without sign-in. */
  readonly signIn?: SignIn | null;
}

/** Serves GraphiQL, without other origins, to browsers that open the address of the graph. */
export function useOfflineGraphiql(
  logger: Logger,
  { compression = true, tabs, graphqlPath = '/graphql', signIn = null }: Options = {},
): Plugin {
  const reading = () => tabs ?? examples('reading');
  const remedy = signIn === null ? BY_TOKEN : BY_LINK;
  const readerPage = new PackedPage(() => render(reading(), remedy));
  const editorPage = new PackedPage(() => render([...reading(), ...examples('editing')], remedy));
  const answer = async (request: Request): Promise<Response> => {
    // Only editors get the examples of mutations. Nothing else in the page depends on the reader.
    const isEditor = signIn !== null && signedIn(request, signIn) !== null;
    const accepted = compression ? encodingFor(request.headers.get('accept-encoding')) : null;
    requestState(request).sentAsIs = true;
    const { bytes, encoding } = await (isEditor ? editorPage : readerPage).inForm(accepted);
    return new Response(bytes, {
      headers: {
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Security-Policy': POLICY,
        ...(encoding === null ? {} : { 'Content-Encoding': encoding }),
      },
    });
  };
  return {
    onRequest({ request, url, endResponse }) {
      const isBrowser = request.headers.get('accept')?.includes('text/html') ?? false;
      if (request.method !== 'GET' || url.pathname !== graphqlPath || !isBrowser) return;
      return answerOf(answer, request, logger).then(endResponse);
    },
  };
}
