import { GraphQLError } from 'graphql';
import type { GraphQLHTTPExtensions } from 'graphql-yoga';

/** Errors in one answer at the most: who has put right these asks again. */
export const MAX_ERRORS = 5;

/** Every code that the server itself gives; those of resolvers come beside them. docs/errors.md explains each. */
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

/** How a refusal is answered over HTTP, and what a program may read in its extensions beside the code. */
export interface ClientErrorOptions {
  /** Under application/json a well-formed request is answered 200, whatever its document says. */
  readonly wellFormed?: boolean;
  readonly status?: number;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The error that turns a request away before it reaches the graph: a code for programs, a message for people. */
export function clientError(
  code: ErrorCode,
  message: string,
  { wellFormed = true, status = 400, details = {}, headers = {} }: ClientErrorOptions = {},
): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...details, http: { status, spec: wellFormed, headers } } });
}

/** A refusal because a number is beyond its limit: both numbers are in the message, which ends with the remedy. */
export function beyondLimit(code: ErrorCode, message: string, requested: number, maximum: number): GraphQLError {
  return clientError(code, message, { details: { requested, maximum } });
}

/** How a refusal is answered where no question was asked in GraphQL: on the paths beside it. */
export function errorResponse({ message, extensions: { http, ...extensions } }: GraphQLError): Response {
  const { status = 400, headers = {} } = (http ?? {}) as GraphQLHTTPExtensions;
  return Response.json({ errors: [{ message, extensions }] }, { status, headers });
}
