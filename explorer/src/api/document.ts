/** A document at run time: its text, and those of the fragments that it uses. */
export interface DocumentText {
  readonly text: string;
  readonly fragments: readonly DocumentText[];
}

/** Makes a document of its text; see `graphql`. */
export const documentOf = (text: string, fragments: readonly DocumentText[] = []): DocumentText => ({
  text,
  fragments,
});

/** The whole text of a document, each fragment once, as it is sent. */
export function textOf(document: unknown): string {
  const { text, fragments } = document as DocumentText;
  const all = new Set<string>();
  const add = (fragment: DocumentText): void => {
    all.add(fragment.text);
    for (const inner of fragment.fragments) add(inner);
  };
  for (const fragment of fragments) add(fragment);
  return joined(text, [...all]);
}

/** An operation with its fragments in an order that the texts alone decide, so that the build writes the same text. */
export function joined(operation: string, fragments: readonly string[]): string {
  return [unindented(operation), ...fragments.map(unindented).sort()].join('\n\n');
}

/** A text without the indentation that it has in its file. */
function unindented(text: string): string {
  const lines = text
    .replace(/^\s*\n/, '')
    .trimEnd()
    .split('\n');
  const depths = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const depth = Math.min(...depths);
  return lines.map((line) => line.slice(depth)).join('\n');
}
