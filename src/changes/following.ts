import { ClientError } from '../domain/client-error.ts';

/** What a listener subscribes to. */
export interface Following {
  /** The sequence seen last. Omitted: only what is committed from now on. */
  readonly after?: number | null | undefined;
  /** Only changes that touch one of these nodes, or the survivor of one that was merged away. */
  readonly touching?: readonly string[] | null | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Changes cannot, or can no longer, be followed from the given sequence. The message is for the client. */
export class FollowError extends ClientError {
  override readonly name = 'FollowError';

  /** `after`: the sequence from which to go on, if there is one. */
  constructor(
    code: 'BAD_USER_INPUT' | 'CHANGES_FORGOTTEN' | 'SUBSCRIBER_TOO_SLOW',
    message: string,
    after: number | null = null,
  ) {
    super(code, message, after === null ? {} : { details: { after } });
  }
}

/** Maximum of nodes in `touching`: that of a list argument. */
export const MAX_TOUCHING = 100;

/** The error of a position before the oldest entry. */
export function forgotten(after: number): FollowError {
  const message = `The change log no longer holds what came after ${after}: read the graph again, then listen without after.`;
  return new FollowError('CHANGES_FORGOTTEN', message);
}
