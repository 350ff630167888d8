import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { GraphiQLOptions, Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import { GRAPHIQL_TABS, type GraphiqlTab } from './graphiql-tabs.ts';
import { answerOf, type RouteHandler } from './routes.ts';

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
async function render(tabs: readonly GraphiqlTab[]): Promise<Uint8Array> {
  const options: GraphiQLOptions = {
    title: 'Grappe',
    defaultTabs: tabs.map(({ query, variables }) => ({
      query,
      variables: variables === undefined ? null : JSON.stringify(variables, null, 2),
    })),
    shouldPersistHeaders: false,
  };
  const worker = new Worker(new URL('./graphiql-worker.ts', import.meta.url), { workerData: options });
  const [page] = await once(worker, 'message');
  return page as Uint8Array;
}

/** Serves GraphiQL, whole and from here alone, to browsers that open the address at which the graph is asked. */
export function useOfflineGraphiql(
  logger: Logger,
  tabs: readonly GraphiqlTab[] = GRAPHIQL_TABS,
  graphqlPath = '/graphql',
): Plugin {
  let page: Promise<Uint8Array> | undefined;
  const answer: RouteHandler = async () => {
    page ??= render(tabs);
    const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': POLICY };
    return new Response((await page) as Uint8Array<ArrayBuffer>, { headers });
  };
  return {
    async onRequest({ request, url, endResponse }) {
      const isBrowser = request.headers.get('accept')?.includes('text/html') ?? false;
      if (request.method !== 'GET' || url.pathname !== graphqlPath || !isBrowser) return;
      endResponse(await answerOf(answer, request, logger));
    },
  };
}
