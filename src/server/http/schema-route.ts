import { createHash } from 'node:crypto';
import type { Authenticate } from '../auth/authentication.ts';
import type { RouteHandler } from './routes.ts';

/**
 * /schema.graphql: the schema in the schema definition language with the directives that introspection does not show, for
 * code generators; to those who may read the graph.
 */
export function schemaRoute(print: () => string, authenticate: Authenticate): RouteHandler {
  let printed: { readonly text: string; readonly tag: string } | undefined;
  return async (request) => {
    await authenticate(request);
    if (printed === undefined) {
      const text = print();
      printed = { text, tag: `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"` };
    }
    const { text, tag } = printed;
    const headers = { ETag: tag, 'Cache-Control': 'private, no-cache' };
    const known = (request.headers.get('if-none-match') ?? '').split(',').map((each) => each.trim());
    if (known.includes(tag)) return new Response(null, { status: 304, headers });
    return new Response(text, { headers: { ...headers, 'Content-Type': 'text/plain; charset=utf-8' } });
  };
}
