import type { Plugin } from 'graphql-yoga';
import { GRAPHIQL_TABS, type GraphiqlTab } from './graphiql-tabs.ts';

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

let page: Promise<string> | undefined;

/** Nine megabytes with its editor inside: read when the first reader comes, kept for the next. */
async function render(tabs: readonly GraphiqlTab[]): Promise<string> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const html = await renderGraphiQL({
    title: 'Grappe: the graph of innovation networks',
    defaultTabs: tabs.map(({ query, variables }) => ({
      query,
      variables: variables === undefined ? null : JSON.stringify(variables, null, 2),
    })),
    defaultQuery: tabs[0]?.query ?? '',
    shouldPersistHeaders: false,
  });
  return String(html);
}

/** Serves GraphiQL, whole and from here alone, to browsers that open the address at which the graph is asked. */
export function useOfflineGraphiql(tabs: readonly GraphiqlTab[] = GRAPHIQL_TABS, graphqlPath = '/graphql'): Plugin {
  return {
    async onRequest({ request, url, endResponse }) {
      const isBrowser = request.headers.get('accept')?.includes('text/html') ?? false;
      if (request.method !== 'GET' || url.pathname !== graphqlPath || !isBrowser) return;
      page ??= render(tabs);
      endResponse(
        new Response(await page, {
          headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': POLICY },
        }),
      );
    },
  };
}
