import { type DocumentNode, type GraphQLError, Source } from 'graphql';

/** The texts of sources that were emptied. */
const texts = new WeakMap<Source, string>();

/**
 * Parses a text, and empties the source that the document's nodes know: graphql-js looks for the line of every node that an
 * error names, from the beginning of the text, and an answer may have thousands of errors. `placeOf` finds the lines of
 * those that are shown.
 */
export function parseWith(parse: (source: Source) => DocumentNode, text: string): DocumentNode {
  const source = new Source(text);
  const document = parse(source);
  texts.set(source, text);
  source.body = '';
  return document;
}

/** Where in its document an error is, with the text that tells the lines, for as many places as are to be shown. */
export function placeOf(
  { source, positions }: GraphQLError,
  most: number,
): { readonly source: Source | null; readonly positions: readonly number[] | null } {
  if (!source || !positions) return { source: null, positions: null };
  const text = texts.get(source);
  return { source: text === undefined ? source : new Source(text), positions: positions.slice(0, most) };
}
