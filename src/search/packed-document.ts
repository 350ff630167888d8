import type { SearchDocument } from './document.ts';

/** Everything that the index keeps of a document beside what it looks at for every hit: its id and its popularity. */
export type PackedFields = Omit<SearchDocument, 'id' | 'popularity'>;

/**
 * A document's fields as one text. Few are read for a search and all stay in memory, where one text takes a third of what
 * an object with its lists and texts takes, and is nothing for the garbage collector to follow.
 */
export function packDocument({ type, name, acronym, aliases, identifiers, kind, since, until }: PackedFields): string {
  return JSON.stringify([type, name, acronym, kind, since, until, aliases, identifiers]);
}

/** The fields from the text that `packDocument` made of them. */
export function unpackDocument(packed: string): PackedFields {
  const [type, name, acronym, kind, since, until, aliases, identifiers] = JSON.parse(packed);
  return { type, name, acronym, kind, since, until, aliases, identifiers };
}
