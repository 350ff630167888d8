import { type DocumentNode, type GraphQLError, Source } from 'graphql';

/** The texts of the emptied sources. */
const texts = new WeakMap<Source, string>();

/**
 * Parses a text, and empties the source of its nodes: graphql-js searches the line of every node in an error from the
 * beginning of the text, and an answer may have thousands of errors. `placeOf` finds the lines of those that are shown.
 */
export function parseWith(parse: (source: Source) => DocumentNode, text: string): DocumentNode {
  const source = new Source(text);
  const document = parse(source);
  texts.set(source, text);
  source.body = '';
  return document;
}

/** The positions of an error in its document, up to a maximum, with the text for the line numbers. */
export function placeOf(
  { source, positions }: GraphQLError,
  most: number,
): { readonly source: Source | null; readonly positions: readonly number[] | null } {
  if (!source || !positions) return { source: null, positions: null };
  const text = texts.get(source);
  return { source: text === undefined ? source : new Source(text), positions: positions.slice(0, most) };
}
