import { ClientError } from '../domain/client-error.ts';
import { fingerprintOf } from '../domain/key.ts';

/** Values of the sort keys of the row that a page starts after, in the order of the keys. */
export type Position = readonly (string | number)[];

/** The error of an invalid cursor, or of a cursor of another list. Its message names the remedy. */
export class CursorError extends ClientError {
  override readonly name = 'CursorError';

  constructor(message: string) {
    super('BAD_CURSOR', message);
  }
}

/**
 * A short hash of the order and filter of a list. A cursor contains it, so that it cannot be used with another list.
 */
export function listTag(parts: unknown): string {
  return fingerprintOf(parts).slice(0, 8);
}

/** An opaque cursor: the tag of the list and the sort keys of the row. */
export function encodeCursor(tag: string, position: Position): string {
  return Buffer.from(JSON.stringify([tag, ...position])).toString('base64url');
}

/** What an entry inherits its cursor from. */
class EntryPosition {
  readonly #tag: string;
  readonly #position: Position;

  constructor(tag: string, position: Position) {
    this.#tag = tag;
    this.#position = position;
  }

  get cursor(): string {
    return encodeCursor(this.#tag, this.#position);
  }
}

/** An entry of a page with its cursor, whose text is made when somebody reads it: of most entries nobody does. */
export function withCursor<Entry extends object>(
  entry: Entry,
  tag: string,
  position: Position,
): Entry & { readonly cursor: string } {
  return Object.assign(new EntryPosition(tag, position), entry);
}

/**
 * Decodes a cursor. Throws a CursorError if it is invalid, belongs to another order or filter, or its keys are not of
 * the given types.
 */
export function decodeCursor(cursor: string, tag: string, types: readonly ('string' | 'number')[]): Position {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    parsed = null;
  }
  const shown = cursor.length > 40 ? `${cursor.slice(0, 40)}…` : cursor;
  if (!Array.isArray(parsed) || typeof parsed[0] !== 'string') {
    throw new CursorError(`"${shown}" is not a cursor: give back an endCursor or startCursor as you received it.`);
  }
  const [itsTag, ...position] = parsed as unknown[];
  if (itsTag !== tag) {
    throw new CursorError(
      `The cursor "${shown}" belongs to a list with another order or filter: start that list again, without a cursor.`,
    );
  }
  // JSON parses 1e999 as Infinity, which no engine accepts.
  const isKey = (key: unknown, type: unknown): boolean =>
    typeof key === type && key !== Number.POSITIVE_INFINITY && key !== Number.NEGATIVE_INFINITY;
  const fits = position.length === types.length && position.every((key, index) => isKey(key, types[index]));
  if (!fits) throw new CursorError(`The cursor "${shown}" is damaged: start the list again, without a cursor.`);
  return position as Position;
}
