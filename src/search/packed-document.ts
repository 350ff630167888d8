import type { SearchDocument } from './document.ts';

/** The fields of a document in the index, except its id and popularity, which are read for every hit. */
export type PackedFields = Omit<SearchDocument, 'id' | 'popularity'>;

/**
 * A document's fields as one text. A search reads few of them, and all stay in memory: one text takes a third of the
 * memory of an object with its lists and texts, and gives the garbage collector nothing to follow.
 */
export function packDocument({ type, name, acronym, aliases, identifiers, kind, since, until }: PackedFields): string {
  return JSON.stringify([type, name, acronym, kind, since, until, aliases, identifiers]);
}

/** The fields from a text of `packDocument`. */
export function unpackDocument(packed: string): PackedFields {
  const [type, name, acronym, kind, since, until, aliases, identifiers] = JSON.parse(packed);
  return { type, name, acronym, kind, since, until, aliases, identifiers };
}
