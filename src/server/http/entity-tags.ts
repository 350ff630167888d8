import { randomUUID } from 'node:crypto';
import type { Plugin } from 'graphql-yoga';
import { fingerprintOf } from '../../domain/key.ts';
import type { GraphEngine } from '../../graph/engine.ts';
import { requestState } from './request-state.ts';

/**
 * The ETag of an answer to a GET: a hash of the query, the author, the media type, the version of the graph, and the
 * start of the server, since the next start may run other code. Weak, since an answer may be compressed or not (RFC
 * 9110, 8.8.1).
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
 * Adds an ETag to answers to GET that show one version of the graph, and answers 304 without executing anything if the
 * client has the answer already (If-None-Match). The version of the graph is read each time: no answer is stale.
 *
 * @example createYoga({ schema, plugins: [useEntityTags(engine)] })
 */
export function useEntityTags(engine: Pick<GraphEngine, 'version'>): Plugin {
  const start = randomUUID();
  const unchanged = new WeakMap<Request, string>();
  /** A cached answer shows the current version. If the graph does not answer, the execution reports it. */
  const currentVersion = async (request: Request): Promise<string | null> =>
    requestState(request).readings?.answeredAt ?? engine.version({ signal: request.signal }).catch(() => null);
  return {
    onParams({ request, setResult }) {
      const known = request.headers.get('if-none-match');
      if (request.method !== 'GET' || known === null) return;
      return currentVersion(request).then((version) => {
        if (version === null) return;
        const tag = entityTag(request, version, start);
        if (!names(known, tag)) return;
        unchanged.set(request, tag);
        setResult({});
      });
    },
    onResponse({ request, response, setResponse, fetchAPI }) {
      const tag = unchanged.get(request);
      const { isGraphQL, readings, errorCodes } = requestState(request);
      if (tag === undefined) {
        if (request.method !== 'GET' || !isGraphQL || response.status !== 200 || errorCodes.length > 0) return;
        const version = readings?.answeredAt ?? null;
        if (version === null) return;
        response.headers.set('ETag', entityTag(request, version, start));
      }
      const { headers } = response;
      if (tag !== undefined) {
        headers.delete('Content-Type');
        headers.delete('Content-Length');
        headers.set('ETag', tag);
        setResponse(new fetchAPI.Response(null, { status: 304, headers }));
      }
      // The client may store it, and must revalidate it each time.
      headers.set('Cache-Control', 'private, no-cache');
    },
  };
}
