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
  const all = new Set<string>();
  const add = ({ text, fragments }: DocumentText): void => {
    all.add(unindented(text));
    for (const fragment of fragments) add(fragment);
  };
  add(document as DocumentText);
  return [...all].join('\n\n');
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
