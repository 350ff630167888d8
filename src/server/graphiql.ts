import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { GraphiQLOptions, Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import { GRAPHIQL_EDITING_TABS } from './graphiql-editing-tabs.ts';
import { GRAPHIQL_TABS, type GraphiqlTab } from './graphiql-tabs.ts';
import { isOpenedHere } from './loopback.ts';
import { answerOf } from './routes.ts';

/**
 * The page is one inline script that starts its workers from blobs and compiles JSON schemas with eval; everything that
 * would come from another origin is refused by the browser itself.
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

/** Reading and rendering it takes half a second, for which nobody else should wait. */
async function render(tabs: readonly GraphiqlTab[], token: string | null): Promise<Uint8Array<ArrayBuffer>> {
  const headers = token === null ? null : JSON.stringify({ Authorization: `Bearer ${token}` }, null, 2);
  const options: GraphiQLOptions = {
    title: 'Grappe',
    // Those of a tab that is opened anew, and of those that an earlier visit left.
    ...(headers === null ? {} : { headers }),
    defaultTabs: tabs.map(({ query, variables }) => ({
      query,
      variables: variables === undefined ? null : JSON.stringify(variables, null, 2),
      headers,
    })),
    shouldPersistHeaders: false,
  };
  const worker = new Worker(new URL('./graphiql-worker.ts', import.meta.url), { workerData: options });
  const [page] = await once(worker, 'message');
  return page as Uint8Array<ArrayBuffer>;
}

interface Options {
  readonly tabs?: readonly GraphiqlTab[];
  readonly graphqlPath?: string;
  /** Put into the header pane of whoever opens the page at this machine. */
  readonly localToken?: string | null;
}

/** Serves GraphiQL, whole and from here alone, to browsers that open the address at which the graph is asked. */
export function useOfflineGraphiql(
  logger: Logger,
  { tabs = GRAPHIQL_TABS, graphqlPath = '/graphql', localToken = null }: Options = {},
): Plugin {
  const pages = new Map<string | null, Promise<Uint8Array<ArrayBuffer>>>();
  const pageWith = (token: string | null): Promise<Uint8Array<ArrayBuffer>> => {
    // Examples of writing are for whoever is handed the right to.
    const page = pages.get(token) ?? render(token === null ? tabs : [...tabs, ...GRAPHIQL_EDITING_TABS], token);
    pages.set(token, page);
    return page;
  };
  const answer = async (request: Request): Promise<Response> => {
    const token = localToken !== null && isOpenedHere(request) ? localToken : null;
    return new Response(await pageWith(token), {
      headers: {
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Security-Policy': POLICY,
        // Nothing on the way may keep a token, nor a page with another one.
        ...(localToken === null ? {} : { 'Cache-Control': 'no-store' }),
      },
    });
  };
  return {
    async onRequest({ request, url, endResponse }) {
      const isBrowser = request.headers.get('accept')?.includes('text/html') ?? false;
      if (request.method !== 'GET' || url.pathname !== graphqlPath || !isBrowser) return;
      endResponse(await answerOf(answer, request, logger));
    },
  };
}
