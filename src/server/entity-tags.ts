import { randomUUID } from 'node:crypto';
import type { Plugin } from 'graphql-yoga';
import { fingerprintOf } from '../domain/key.ts';
import type { GraphEngine } from '../graph/engine.ts';
import { requestState } from './request-state.ts';

/**
 * Names an answer to a GET: what was asked, by whom, as which media type, of which state of the graph, and by which start
 * of the server, since the next one may run other code. Weak, since an answer may be compressed or not (RFC 9110, 8.8.1).
 */
function entityTag(request: Request, version: string, start: string): string {
  const { author } = requestState(request);
  const { search } = new URL(request.url);
  const { name, role } = author ?? { name: null, role: null };
  const accept = request.headers.get('accept');
  return `W/"${fingerprintOf({ version, search, accept, author: { name, role }, start }).slice(0, 27)}"`;
}

function names(header: string, tag: string): boolean {
  return header.split(',').some((given) => given.trim() === tag);
}

/**
 * Puts an ETag on answers to GET that are of one state of the graph, and answers 304 without executing anything to
 * whoever has the answer already (If-None-Match). The graph is asked for its version each time: no answer is stale.
 *
 * @example createYoga({ schema, plugins: [useEntityTags(engine)] })
 */
export function useEntityTags(engine: Pick<GraphEngine, 'version'>): Plugin {
  const start = randomUUID();
  const unchanged = new WeakMap<Request, string>();
  return {
    async onParams({ request, setResult }) {
      const held = request.headers.get('if-none-match');
      if (request.method !== 'GET' || held === null) return;
      // An answer that is kept has been found to be of the present state. A graph that is silent is told of by the execution.
      const kept = requestState(request).readings?.answeredAt;
      const version = kept ?? (await engine.version({ signal: request.signal }).catch(() => null));
      if (version === null) return;
      const tag = entityTag(request, version, start);
      if (!names(held, tag)) return;
      unchanged.set(request, tag);
      setResult({});
    },
    onResponse({ request, response, setResponse, fetchAPI }) {
      const held = unchanged.get(request);
      const { isGraphQL, readings, errorCodes } = requestState(request);
      if (held === undefined) {
        if (request.method !== 'GET' || !isGraphQL || response.status !== 200 || errorCodes.length > 0) return;
        const version = readings?.answeredAt ?? null;
        if (version === null) return;
        response.headers.set('ETag', entityTag(request, version, start));
      }
      const { headers } = response;
      if (held !== undefined) {
        headers.delete('Content-Type');
        headers.delete('Content-Length');
        headers.set('ETag', held);
        setResponse(new fetchAPI.Response(null, { status: 304, headers }));
      }
      // Kept by whoever asked, and compared with the graph each time.
      headers.set('Cache-Control', 'private, no-cache');
    },
  };
}
