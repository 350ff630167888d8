import { type ExecutionResult, GraphQLError, type GraphQLSchema, Kind } from 'graphql';
import { type GraphQLHTTPExtensions, isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import { ClientError, type ErrorCode } from '../../domain/client-error.ts';
import { shortened } from '../../domain/text.ts';
import { GraphError } from '../../graph/errors.ts';
import { type SentRequest, withoutUnsentNames } from '../documents/reading/sent-names.ts';
import { placeOf } from '../documents/reading/source-text.ts';
import { MAX_ERRORS } from './client-error.ts';
import { GRAPH_FAILURES } from './failure.ts';
import { mappedEvents } from './mapped-events.ts';
import { type RequestState, requestState } from './request-state.ts';

interface Options {
  readonly logger: Logger;
  readonly schema: GraphQLSchema;
  /** Whether messages may contain names of the schema that the client has not sent. */
  readonly showsNames?: boolean;
}

function rootOf(error: GraphQLError): unknown {
  let root: unknown = error;
  while (root instanceof GraphQLError && root.originalError !== undefined) root = root.originalError;
  return root;
}

function answered(
  error: GraphQLError,
  code: ErrorCode,
  message: string,
  more: Record<string, unknown> = {},
): GraphQLError {
  const { path = null } = error;
  return new GraphQLError(shortened(message), { ...placeOf(error, MAX_ERRORS), path, extensions: { code, ...more } });
}

/** Whether an error is a bug: one without a code at a field means that its value does not match its type. */
function isBug(error: GraphQLError): boolean {
  return error.extensions.code === undefined && error.path !== undefined && error.nodes?.[0]?.kind === Kind.FIELD;
}

/** Whether an error must be logged: it is new, and not one that the client can correct. */
function isForTheLog(error: GraphQLError, { logged }: Answering): boolean {
  const root = rootOf(error);
  if (logged.has(root) || root instanceof ClientError) return false;
  return !(root instanceof GraphQLError) || isBug(error);
}

/** One answer: its request, whether it has data beside its errors, and the failures that are logged already. */
interface Answering {
  readonly state: RequestState;
  readonly hasData: boolean;
  /** Whether it has no data: the errors then decide on the status. */
  readonly isEmpty: boolean;
  /** What the client has sent, if the request could be parsed. */
  readonly sent: SentRequest;
  /** The logged failures: a statement that fails for a thousand nodes is one. */
  readonly logged: Set<unknown>;
}

function answerTo(
  error: GraphQLError,
  { state, hasData, isEmpty, logged, sent }: Answering,
  options: Options,
): GraphQLError {
  const { logger, schema, showsNames = true } = options;
  const root = rootOf(error);
  const isNews = !logged.has(root);
  logged.add(root);
  // One that a value of a variable causes has no path: it is answered as one of the document.
  if (root instanceof ClientError && error.path !== undefined) {
    const { details, status, headers } = root.options;
    const http = { ...(isEmpty && status !== undefined && { status }), ...(headers && { headers }) };
    return answered(error, root.code, root.message, { ...details, ...(Object.keys(http).length > 0 && { http }) });
  }
  if (root instanceof GraphError) {
    const failure = GRAPH_FAILURES[root.code];
    if (failure !== undefined) {
      // An unavailable database is logged once, not for each request.
      const level = failure[0] === 'DATABASE_UNAVAILABLE' ? 'debug' : 'warn';
      const { code, statement, message: cause } = root;
      if (isNews) logger[level]({ requestId: state.id, code, statement, cause }, 'graph failure');
      return answered(error, ...failure, hasData ? {} : { http: { status: 503, headers: { 'Retry-After': '5' } } });
    }
  }
  const isOfClient = root instanceof ClientError || root instanceof GraphQLError;
  if (!isOfClient || isBug(error)) {
    if (isNews) logger.error({ requestId: state.id, err: root, path: error.path }, 'unexpected error');
    const message = 'Unexpected error.';
    return answered(error, 'INTERNAL_SERVER_ERROR', message, {
      requestId: state.id,
      ...(hasData ? {} : { http: { status: 500 } }),
    });
  }
  // At a field, the message is that of its resolver.
  const isOfDocument = error.path === undefined;
  const message = showsNames || !isOfDocument ? error.message : withoutUnsentNames(error.message, schema, sent);
  const { code = 'BAD_USER_INPUT', http, originalError: _hidden, ...details } = error.extensions;
  const isMethod = (http as GraphQLHTTPExtensions | undefined)?.status === 405;
  const { headers } = (http ?? {}) as GraphQLHTTPExtensions;
  // Beside data the status is 200; when to come again is said all the same.
  const besideData = headers === undefined ? {} : { http: { headers } };
  const status =
    isEmpty && http !== undefined ? { http } : hasData ? besideData : { http: { status: 400, spec: true } };
  return answered(error, (isMethod ? 'METHOD_NOT_ALLOWED' : code) as ErrorCode, message, { ...details, ...status });
}

/**
 * Gives every error of an answer a code, and hides internal errors: the log has them in full, with the request id of
 * the answer. All errors pass through it, also those of requests that were not executed.
 */
export function useAnsweredErrors(options: Options): Plugin {
  const sentRequests = new WeakMap<Request, SentRequest>();
  const answer = (result: ExecutionResult, state: RequestState, sent: SentRequest): ExecutionResult => {
    if (result.errors === undefined) return result;
    const abortReason: unknown = state.cancelling.signal.reason;
    const isAborted = result.data === undefined && abortReason instanceof GraphQLError;
    // It was being executed: an empty answer, not a rejected request.
    const complete = isAborted ? { ...result, errors: [abortReason], data: null } : result;
    const answering = { state, hasData: 'data' in complete, isEmpty: complete.data == null, sent, logged: new Set() };
    const all = complete.errors ?? [];
    const errors = all.slice(0, MAX_ERRORS).map((error) => answerTo(error, answering, options));
    // The others are only logged, and only new ones: there may be thousands.
    for (const error of all.slice(MAX_ERRORS)) if (isForTheLog(error, answering)) answerTo(error, answering, options);
    state.errorCodes = [...new Set([...state.errorCodes, ...errors.map(({ extensions }) => String(extensions.code))])];
    return { ...complete, errors };
  };
  return {
    onParams({ request, params }) {
      sentRequests.set(request, params);
    },
    onResultProcess({ request, result, setResult }) {
      const state = requestState(request);
      const sent = sentRequests.get(request) ?? {};
      if (isAsyncIterable(result)) setResult(mappedEvents(result, (event) => answer(event, state, sent)));
      else if (!Array.isArray(result)) setResult(answer(result, state, sent));
    },
  };
}
