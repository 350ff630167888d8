import type { Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import { shortened } from '../../domain/text.ts';
import { clientError, errorResponse } from './client-error.ts';
import { failureOf } from './failure.ts';
import { requestState } from './request-state.ts';

/** Answers a GET or HEAD of one path. */
export type RouteHandler = (request: Request) => Response | Promise<Response>;

/** The answer of a route, or of its error: Yoga itself would show a stack trace. */
export async function answerOf(route: RouteHandler, request: Request, logger: Logger): Promise<Response> {
  try {
    return await route(request);
  } catch (error) {
    const state = requestState(request);
    const failure = failureOf(error, { state, logger });
    state.errorCodes = [String(failure.extensions.code)];
    return errorResponse(failure);
  }
}

interface RoutesOptions {
  readonly graphqlPath?: string;
  /** The page that browsers see at unknown paths; null for other clients. */
  readonly missing?: ((request: Request) => Promise<Response | null>) | undefined;
}

/** Answers the paths other than /graphql; unknown ones with 404, to programs as JSON. */
export function useRoutes(
  routes: ReadonlyMap<string, RouteHandler>,
  logger: Logger,
  { graphqlPath = '/graphql', missing }: RoutesOptions = {},
): Plugin {
  const answer = async (path: string, request: Request): Promise<Response> => {
    const route = routes.get(path);
    if (route === undefined) {
      const page = (await missing?.(request)) ?? null;
      if (page !== null) return page;
      const message = `There is nothing at ${shortened(path)}: the graph is at ${graphqlPath}.`;
      return errorResponse(clientError('NOT_FOUND', message, { status: 404 }));
    }
    if (request.method === 'GET' || request.method === 'HEAD') return answerOf(route, request, logger);
    const message = `${path} is read by GET, not by ${request.method}.`;
    const headers = { Allow: 'GET, HEAD' };
    return errorResponse(clientError('METHOD_NOT_ALLOWED', message, { status: 405, headers }));
  };
  return {
    onRequest({ request, url, endResponse }) {
      return url.pathname === graphqlPath ? undefined : answer(url.pathname, request).then(endResponse);
    },
  };
}
