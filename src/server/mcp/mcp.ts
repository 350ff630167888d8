import { GraphQLError, type GraphQLSchema } from 'graphql';
import type { FetchAPI, Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import type { Limits } from '../../config/limits.ts';
import type { Authenticate } from '../auth/authentication.ts';
import { checkShape } from '../documents/variable-limits.ts';
import { limitedText } from '../http/body-limit.ts';
import { clientError } from '../http/client-error.ts';
import { rejectForeign } from '../http/http-rules.ts';
import { requestState } from '../http/request-state.ts';
import { answerOf } from '../http/routes.ts';
import { errorMessage, RpcError, readCall, resultMessage } from './json-rpc.ts';
import { answerCall, PROTOCOL_VERSIONS } from './protocol.ts';
import { checkReadsOnly } from './read-only.ts';
import { type Answer, errorResult, type ToolResult, toolResult } from './tool-result.ts';
import { readTools, type Tool } from './tools.ts';

/** Where agents ask. */
export const MCP_PATH = '/mcp';
/** Headers of an agent's request that its questions have too: by them it is identified, limited and logged. */
const PASSED_ON = [
  ...['authorization', 'origin', 'sec-fetch-site', 'host', 'x-forwarded-for'],
  ...['traceparent', 'tracestate'],
];

interface Options {
  readonly schema: GraphQLSchema;
  readonly authenticate: Authenticate;
  readonly corsOrigins: readonly string[];
  readonly limits: Pick<Limits, 'bodyBytes' | 'depth' | 'listItems'>;
  /** The address for clients; null: that of their request. */
  readonly publicUrl: string | null;
  readonly logger: Logger;
}

/** Answers a request to /graphql, with what is known of its connection. */
type Ask = (request: Request, context: object) => Response | Promise<Response>;

/** Throws at requests that are no messages of MCP: wrong methods and media types, unknown versions. */
function checkRequest({ method, headers }: Request): void {
  if (method !== 'POST') {
    // There is no stream and no session: neither GET nor DELETE has a meaning.
    const message = `MCP is sent here by POST, not by ${method}.`;
    throw clientError('METHOD_NOT_ALLOWED', message, { status: 405, headers: { Allow: 'POST' } });
  }
  const [type = ''] = (headers.get('content-type') ?? '').toLowerCase().split(';');
  if (type.trim() !== 'application/json') {
    throw clientError('UNSUPPORTED_MEDIA_TYPE', 'Send JSON, as application/json.', { status: 415 });
  }
  const accept = headers.get('accept');
  if (accept !== null && !/application\/json|application\/\*|\*\/\*/i.test(accept)) {
    throw clientError('NOT_ACCEPTABLE', 'The answers are JSON: accept application/json.', { status: 406 });
  }
  const version = headers.get('mcp-protocol-version');
  if (version !== null && !PROTOCOL_VERSIONS.includes(version)) {
    const message = `This version of MCP is not spoken here: use ${PROTOCOL_VERSIONS.join(' or ')}.`;
    throw clientError('BAD_REQUEST', message);
  }
}

/** What is too deep or too long in the arguments of a tool, before they are written as a question; null for nothing. */
function shapeProblem(
  { variables, ...others }: Readonly<Record<string, unknown>>,
  limits: Pick<Limits, 'depth' | 'listItems'>,
): { readonly code: string; readonly message: string } | null {
  try {
    checkShape(others, limits);
    if (typeof variables === 'object' && variables !== null) checkShape(variables, limits);
    return null;
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return { code: String(error.extensions.code), message: error.message };
  }
}

/**
 * Tools for agents at /mcp: the Model Context Protocol over Streamable HTTP, without sessions and streams. Each tool sends
 * its operation to /graphql as a request of its own, so that rights, limits, caches, admission and log are the same.
 *
 * @example createYoga({ schema, plugins: [useMcp(options, (request, context) => yoga.fetch(request, context))] })
 */
export function useMcp(options: Options, ask: Ask): Plugin {
  const { schema, authenticate, corsOrigins, limits, logger, publicUrl } = options;
  let tools: ReadonlyMap<string, Tool> | undefined;

  async function run(
    tool: Tool,
    given: Readonly<Record<string, unknown>>,
    { request, context, Request }: { request: Request; context: object; Request: FetchAPI['Request'] },
  ): Promise<ToolResult> {
    const headers = new Headers({
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
      'x-request-id': requestState(request).id,
    });
    for (const name of PASSED_ON) {
      const value = request.headers.get(name);
      if (value !== null) headers.set(name, value);
    }
    const question = tool.query === null ? given : { query: tool.query, variables: given };
    const problem = shapeProblem(question, limits);
    if (problem !== null) return errorResult([problem]);
    const asked = new Request(new URL('/graphql', request.url).href, {
      ...{ method: 'POST', headers, body: JSON.stringify(question), signal: request.signal },
    });
    Object.assign(requestState(asked), { readsOnly: true, hasOwnDocument: tool.query !== null });
    const answer = (await (await ask(asked, context)).json()) as Answer;
    return toolResult(tool, answer, {
      arguments: given,
      address: publicUrl ?? new URL(request.url).origin,
      version: requestState(asked).readings?.answeredAt ?? null,
    });
  }

  async function answer(request: Request, context: object, { Request }: FetchAPI): Promise<Response> {
    rejectForeign(request.headers, corsOrigins);
    requestState(request).author = await authenticate(request);
    checkRequest(request);
    const text = await limitedText(request, limits.bodyBytes);
    let id: string | number | null = null;
    try {
      const call = readCall(text);
      if (call === null) return new Response(null, { status: 202 });
      id = call.id;
      tools ??= readTools(schema);
      const result = await answerCall(call, {
        tools,
        run: (tool, given) => run(tool, given, { request, context, Request }),
      });
      return Response.json(resultMessage(id, result));
    } catch (error) {
      if (!(error instanceof RpcError)) throw error;
      return Response.json(errorMessage(id, error), { status: id === null ? 400 : 200 });
    }
  }

  return {
    onRequest({ request, url, endResponse, fetchAPI, serverContext }) {
      if (url.pathname !== MCP_PATH) return;
      return answerOf(() => answer(request, serverContext ?? {}, fetchAPI), request, logger).then(endResponse);
    },
    onExecute({ args }) {
      checkReadsOnly(args);
    },
    onSubscribe({ args }) {
      checkReadsOnly(args);
    },
  };
}
