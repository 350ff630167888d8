/** Every code that an error of an answer may carry. docs/errors.md explains each, with its remedy. */
export const ERROR_CODES = [
  'ANSWER_TOO_LARGE',
  'BAD_CURSOR',
  'BAD_FILTER',
  'BAD_PAGE',
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'BODY_TOO_LARGE',
  'CANCELLED',
  'CHANGES_FORGOTTEN',
  'CONFLICT',
  'CONTENTION',
  'CROSS_SITE_REQUEST',
  'DATABASE_OCCUPIED',
  'DATABASE_READ_ONLY',
  'DATABASE_UNAVAILABLE',
  'DOCUMENT_NOT_TRUSTED',
  'EXPORT_EXPIRED',
  'FORBIDDEN',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'HOST_NOT_ALLOWED',
  'IDENTITY_UNAVAILABLE',
  'INTERNAL_SERVER_ERROR',
  'INTROSPECTION_DISABLED',
  'MEASURES_BUSY',
  'METHOD_NOT_ALLOWED',
  'NOT_ACCEPTABLE',
  'NOT_FOUND',
  'OPERATION_RESOLUTION_FAILURE',
  'OTHER_SERVER',
  'OUTCOME_UNKNOWN',
  'OVERLOADED',
  'PERSISTED_QUERY_MISMATCH',
  'PERSISTED_QUERY_NOT_FOUND',
  'RATE_LIMITED',
  'RESTORE_UNFINISHED',
  'SEARCH_NOT_READY',
  'SEEDING',
  'SEED_FAILED',
  'SHUTTING_DOWN',
  'SIGN_IN_REFUSED',
  'SNAPSHOT_NOT_READY',
  'SNAPSHOT_OFF',
  'STORAGE_FAILED',
  'STORAGE_FULL',
  'STORE_TOO_NEW',
  'SUBSCRIBER_TOO_SLOW',
  'TIMEOUT',
  'TOKEN_IN_URL',
  'TOO_COSTLY',
  'TOO_DEEP',
  'TOO_MANY_ALIASES',
  'TOO_MANY_DIRECTIVES',
  'TOO_MANY_ITEMS',
  'TOO_MANY_REPEATS',
  'TOO_MANY_ROOT_FIELDS',
  'TOO_MANY_SUBSCRIPTIONS',
  'TOO_MANY_TOKENS',
  'TRAVERSAL_TOO_LARGE',
  'UNAUTHENTICATED',
  'UNSUPPORTED_MEDIA_TYPE',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** What an error tells a program beside its code. */
export interface ClientErrorOptions {
  /** Further extensions of the error. */
  readonly details?: Readonly<Record<string, unknown>>;
  /** The HTTP status where the answer has no data. Default: 400, or 200 under `application/json`. */
  readonly status?: number;
  /** HTTP headers of the answer, with data or without. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * An error that the client can correct: thrown in any module, answered with its code and its message, and not logged. The
 * message names the input and the remedy.
 */
export class ClientError extends Error {
  override readonly name: string = 'ClientError';
  readonly code: ErrorCode;
  readonly options: ClientErrorOptions;
  /** What graphql-js copies into the error of the answer. */
  readonly extensions: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, options: ClientErrorOptions = {}) {
    super(message);
    this.code = code;
    this.options = options;
    this.extensions = { code, ...options.details };
  }
}
