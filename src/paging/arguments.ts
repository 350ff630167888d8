import { ClientError } from '../domain/client-error.ts';

/** Entries of a page when a reader names no number. */
export const DEFAULT_PAGE_SIZE = 20;
/** Entries of a page at the most: several screens, and one statement's fair share. */
export const MAX_PAGE_SIZE = 200;

/** A page as the reader asks for it, after the Relay specification. */
export interface PageArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

/** Arguments that no page can answer; the message says which, and what to give instead. */
export class PageArgumentsError extends ClientError {
  override readonly name = 'PageArgumentsError';

  constructor(message: string) {
    super('BAD_PAGE', message);
  }
}

/** The number of entries that an argument asks for. Throws a PageArgumentsError for one that no page has. */
export function pageSize(name: 'first' | 'last', size: number): number {
  if (size < 0) throw new PageArgumentsError(`${name}: ${size} is negative: ask for 0 to ${MAX_PAGE_SIZE} entries.`);
  if (size > MAX_PAGE_SIZE) {
    throw new PageArgumentsError(
      `${name}: ${size} is more than ${MAX_PAGE_SIZE}: ask for fewer, and go on with ${name === 'first' ? 'after' : 'before'}.`,
    );
  }
  return size;
}

/** Which part of a list a page is: read forward from its start or a cursor, or backward from its end or a cursor. */
export interface PagePart {
  readonly backward: boolean;
  readonly size: number;
  readonly cursor: string | null;
}

/** Reads the four arguments of a page. Throws a PageArgumentsError that names the argument. */
export function readPageArguments({ first, after, last, before }: PageArguments): PagePart {
  if (typeof first === 'number' && typeof last === 'number') {
    throw new PageArgumentsError(
      'first and last cannot go together: ask forward with first and after, or backward with last and before.',
    );
  }
  const backward = typeof last === 'number' || (typeof before === 'string' && typeof first !== 'number');
  const [cursor, stray] = backward ? [before, after] : [after, before];
  if (typeof stray === 'string') {
    throw new PageArgumentsError(
      'after goes with first, and before goes with last: one page cannot be bounded at both ends.',
    );
  }
  const size = backward ? pageSize('last', last ?? DEFAULT_PAGE_SIZE) : pageSize('first', first ?? DEFAULT_PAGE_SIZE);
  return { backward, size, cursor: cursor ?? null };
}
