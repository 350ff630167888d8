import { GraphQLError } from 'graphql';
import type { GraphQLHTTPExtensions } from 'graphql-yoga';

/** Maximum of errors in one answer. */
export const MAX_ERRORS = 5;

/** Every code of the server itself; resolvers have others. docs/errors.md explains each. */
export type ErrorCode =
  | 'ANSWER_TOO_LARGE'
  | 'BAD_CURSOR'
  | 'BAD_FILTER'
  | 'BAD_PAGE'
  | 'BAD_REQUEST'
  | 'BAD_USER_INPUT'
  | 'BODY_TOO_LARGE'
  | 'CANCELLED'
  | 'CHANGES_FORGOTTEN'
  | 'CONFLICT'
  | 'CONTENTION'
  | 'CROSS_SITE_REQUEST'
  | 'DATABASE_OCCUPIED'
  | 'DATABASE_READ_ONLY'
  | 'DATABASE_UNAVAILABLE'
  | 'GRAPHQL_PARSE_FAILED'
  | 'GRAPHQL_VALIDATION_FAILED'
  | 'HOST_NOT_ALLOWED'
  | 'INTERNAL_SERVER_ERROR'
  | 'INTROSPECTION_DISABLED'
  | 'METHOD_NOT_ALLOWED'
  | 'NOT_ACCEPTABLE'
  | 'NOT_FOUND'
  | 'OPERATION_RESOLUTION_FAILURE'
  | 'OUTCOME_UNKNOWN'
  | 'OVERLOADED'
  | 'SEEDING'
  | 'SEED_FAILED'
  | 'SHUTTING_DOWN'
  | 'SIGN_IN_REFUSED'
  | 'STORAGE_FAILED'
  | 'STORAGE_FULL'
  | 'SUBSCRIBER_TOO_SLOW'
  | 'TIMEOUT'
  | 'TOKEN_IN_URL'
  | 'TOO_COSTLY'
  | 'TOO_DEEP'
  | 'TOO_MANY_ALIASES'
  | 'TOO_MANY_DIRECTIVES'
  | 'TOO_MANY_ITEMS'
  | 'TOO_MANY_REPEATS'
  | 'TOO_MANY_ROOT_FIELDS'
  | 'TOO_MANY_SUBSCRIPTIONS'
  | 'TOO_MANY_TOKENS'
  | 'UNAUTHENTICATED'
  | 'UNSUPPORTED_MEDIA_TYPE';

/** The HTTP answer of a rejected request, and further extensions of the error. */
export interface ClientErrorOptions {
  /** Under application/json a well-formed request gets status 200, even if its document is invalid. */
  readonly wellFormed?: boolean;
  readonly status?: number;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The error of a rejected request: a code for programs, a message for people. */
export function clientError(
  code: ErrorCode,
  message: string,
  { wellFormed = true, status = 400, details = {}, headers = {} }: ClientErrorOptions = {},
): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...details, http: { status, spec: wellFormed, headers } } });
}

/** The error of a number beyond its limit. The message has both numbers, and ends with the remedy. */
export function beyondLimit(code: ErrorCode, message: string, requested: number, maximum: number): GraphQLError {
  return clientError(code, message, { details: { requested, maximum } });
}

/** The answer to a rejected request on a path other than that of GraphQL. */
export function errorResponse({ message, extensions: { http, ...extensions } }: GraphQLError): Response {
  const { status = 400, headers = {} } = (http ?? {}) as GraphQLHTTPExtensions;
  return Response.json({ errors: [{ message, extensions }] }, { status, headers });
}
