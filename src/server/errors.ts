import { type ExecutionResult, GraphQLError, type GraphQLSchema, Kind } from 'graphql';
import { type GraphQLHTTPExtensions, isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import { shortened } from '../domain/text.ts';
import { FollowError } from '../editing/follow.ts';
import { GraphError, type GraphErrorCode } from '../graph/errors.ts';
import { CursorError } from '../graph/page.ts';
import { PageArgumentsError } from '../loaders/window.ts';
import { FilterError } from '../store/named.ts';
import { type ErrorCode, MAX_ERRORS } from './client-error.ts';
import { type Said, withoutUnsaid } from './documents/said.ts';
import { placeOf } from './documents/source-text.ts';
import { mappedEvents } from './mapped-events.ts';
import { type RequestState, requestState } from './request-state.ts';

/** What people read of a failure of the database: the engine's own message may name addresses and files. */
const GRAPH_FAILURES: { readonly [Code in GraphErrorCode]?: readonly [code: ErrorCode, message: string] } = {
  UNAVAILABLE: ['DATABASE_UNAVAILABLE', 'The database does not answer at the moment: try again in a few seconds.'],
  CREDENTIALS: ['DATABASE_UNAVAILABLE', 'The database cannot be asked at the moment: try again later.'],
  READ_ONLY: ['DATABASE_READ_ONLY', 'The database takes no changes at the moment; it can be read.'],
  OUTCOME_UNKNOWN: [
    'OUTCOME_UNKNOWN',
    'The database did not confirm the change: it may have been made, or not. Read the record before you send it again; with an idempotencyKey, send it again as it is.',
  ],
  TIMEOUT: ['TIMEOUT', 'The graph took too long for this question: ask for less at once.'],
  CONTENTION: ['CONTENTION', 'Others were changing the same records all the time: try again.'],
  STORAGE_FULL: [
    'STORAGE_FULL',
    'The disk of the database is full, so that nothing can be written: try again when there is space.',
  ],
  STORAGE_FAILED: [
    'STORAGE_FAILED',
    'The disk of the database takes no writes: read again before you repeat this; who runs the server finds the cause in its log.',
  ],
  NOT_UNIQUE: ['CONFLICT', 'Somebody else has just written the same: read again, then decide.'],
};

/** Errors of other rooms whose message is for the asker, who can put them right. */
const MISTAKES: readonly (readonly [new (message: string) => Error, ErrorCode])[] = [
  [CursorError, 'BAD_CURSOR'],
  [PageArgumentsError, 'BAD_PAGE'],
  [FilterError, 'BAD_FILTER'],
];

interface Options {
  readonly logger: Logger;
  readonly schema: GraphQLSchema;
  /** Whether messages may tell names of the schema that the asker has not said. */
  readonly tellsNames?: boolean;
}

const mistakeOf = (root: unknown): (typeof MISTAKES)[number] | undefined =>
  MISTAKES.find(([kind]) => root instanceof kind);

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

/** An error without a code that stands at a field is nobody's input: the field's value does not fit its type. */
function isOfOurMaking(error: GraphQLError): boolean {
  return error.extensions.code === undefined && error.path !== undefined && error.nodes?.[0]?.kind === Kind.FIELD;
}

/** Whether the log has something to learn of an error: what the asker can put right is none of its business. */
function isForTheLog(error: GraphQLError, { logged }: Answering): boolean {
  const root = rootOf(error);
  if (logged.has(root) || mistakeOf(root) !== undefined) return false;
  return !(root instanceof GraphQLError) || isOfOurMaking(error);
}

/** One answer: whose it is, whether it has data beside its errors, and which failures the log has of it already. */
interface Answering {
  readonly state: RequestState;
  readonly hasData: boolean;
  /** Whether nothing is in the data: the status is then for the errors to tell. */
  readonly isEmpty: boolean;
  /** What the client has sent, for requests that were understood. */
  readonly said: Said;
  /** A statement that fails for a thousand nodes is one failure. */
  readonly logged: Set<unknown>;
}

function answerTo(
  error: GraphQLError,
  { state, hasData, isEmpty, logged, said }: Answering,
  options: Options,
): GraphQLError {
  const { logger, schema, tellsNames = true } = options;
  const root = rootOf(error);
  const isNews = !logged.has(root);
  logged.add(root);
  const mistake = mistakeOf(root);
  if (mistake !== undefined) return answered(error, mistake[1], (root as Error).message);
  if (root instanceof FollowError) {
    return answered(error, root.code, root.message, root.after === null ? {} : { after: root.after });
  }
  if (root instanceof GraphError) {
    const failure = GRAPH_FAILURES[root.code];
    if (failure !== undefined) {
      // That the database is away is logged once, not for each question.
      const level = failure[0] === 'DATABASE_UNAVAILABLE' ? 'debug' : 'warn';
      const { code, statement, message: cause } = root;
      if (isNews) logger[level]({ requestId: state.id, code, statement, cause }, 'graph failure');
      return answered(error, ...failure, hasData ? {} : { http: { status: 503, headers: { 'Retry-After': '5' } } });
    }
  }
  if (!(root instanceof GraphQLError) || isOfOurMaking(error)) {
    if (isNews) logger.error({ requestId: state.id, err: root, path: error.path }, 'unexpected error');
    const message = 'Unexpected error.';
    return answered(error, 'INTERNAL_SERVER_ERROR', message, {
      requestId: state.id,
      ...(hasData ? {} : { http: { status: 500 } }),
    });
  }
  // Where it stands at a field, the field's own resolver says it.
  const isOfDocument = error.path === undefined;
  const message = tellsNames || !isOfDocument ? error.message : withoutUnsaid(error.message, schema, said);
  const { code = 'BAD_USER_INPUT', http, originalError: _hidden, ...details } = error.extensions;
  const isMethod = (http as GraphQLHTTPExtensions | undefined)?.status === 405;
  const status = isEmpty && http !== undefined ? { http } : hasData ? {} : { http: { status: 400, spec: true } };
  return answered(error, (isMethod ? 'METHOD_NOT_ALLOWED' : code) as ErrorCode, message, { ...details, ...status });
}

/**
 * Gives every error of an answer a code, and hides what was not meant for the reader: the log has it in full, under the
 * request id that the answer carries. Errors of every origin pass through it, also those of requests that never ran.
 */
export function useAnsweredErrors(options: Options): Plugin {
  const asked = new WeakMap<Request, Said>();
  const answer = (result: ExecutionResult, state: RequestState, said: Said): ExecutionResult => {
    if (result.errors === undefined) return result;
    const calledOff: unknown = state.cancelling.signal.reason;
    const isCalledOff = result.data === undefined && calledOff instanceof GraphQLError;
    // It was under way, so that the answer is an empty one rather than a refused request.
    const whole = isCalledOff ? { ...result, errors: [calledOff], data: null } : result;
    const answering = { state, hasData: 'data' in whole, isEmpty: whole.data == null, said, logged: new Set() };
    const all = whole.errors ?? [];
    const errors = all.slice(0, MAX_ERRORS).map((error) => answerTo(error, answering, options));
    // Of the others only the log is told, and only what is new to it: there may be thousands.
    for (const error of all.slice(MAX_ERRORS)) if (isForTheLog(error, answering)) answerTo(error, answering, options);
    state.errorCodes = [...new Set([...state.errorCodes, ...errors.map(({ extensions }) => String(extensions.code))])];
    return { ...whole, errors };
  };
  return {
    onParams({ request, params }) {
      asked.set(request, params);
    },
    onResultProcess({ request, result, setResult }) {
      const state = requestState(request);
      const said = asked.get(request) ?? {};
      if (isAsyncIterable(result)) setResult(mappedEvents(result, (event) => answer(event, state, said)));
      else if (!Array.isArray(result)) setResult(answer(result, state, said));
    },
  };
}
