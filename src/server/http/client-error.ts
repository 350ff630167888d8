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

const httpOf = ({ extensions }: GraphQLError): GraphQLHTTPExtensions =>
  (extensions?.http ?? {}) as GraphQLHTTPExtensions;

/**
 * An answer of errors alone, as JSON: to a request on another path than that of GraphQL, or for another type of answer. Its
 * status is that of the first error, 400 where this one has none or a good one; its headers are those of all.
 */
export function errorResponse(...errors: readonly GraphQLError[]): Response {
  const [status = 400] = errors.map((error) => httpOf(error).status ?? 400);
  const headers = Object.assign({}, ...errors.map((error) => httpOf(error).headers ?? {})) as Record<string, string>;
  const shown = errors.map(({ message, locations, path, extensions: { http: _http, ...extensions } = {} }) => {
    return { message, locations, path, extensions };
  });
  return Response.json({ errors: shown }, { status: Math.max(400, status), headers });
}
