import { GraphQLError } from 'graphql';
import type { GraphQLHTTPExtensions } from 'graphql-yoga';
import type { ClientErrorOptions, ErrorCode } from '../../domain/client-error.ts';

/** Maximum of errors in one answer. */
export const MAX_ERRORS = 5;

/** The HTTP answer of a rejected request, and further extensions of the error. */
interface RejectionOptions extends ClientErrorOptions {
  /** Under application/json a well-formed request gets status 200, even if its document is invalid. */
  readonly wellFormed?: boolean;
}

/** The error of a rejected request: a code for programs, a message for people. */
export function clientError(
  code: ErrorCode,
  message: string,
  { wellFormed = true, status = 400, details = {}, headers = {} }: RejectionOptions = {},
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
