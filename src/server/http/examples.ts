import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A worked example: GraphiQL shows it as a tab named after its operation. */
export interface Example {
  readonly title: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** Examples that read, and those that write. */
export type ExampleKind = 'reading' | 'editing';

const FOLDER = fileURLToPath(new URL('../../../examples/', import.meta.url));
const TITLED = /^# (?<title>.+)\n\n(?<query>[\s\S]+)$/;

const known = new Map<ExampleKind, readonly Example[]>();

/**
 * The worked examples of a folder under examples/, in the order of their file names: a document whose first line is its
 * title, and its variables in a JSON file of the same name. Throws an Error that names a file without a title.
 */
export function examples(kind: ExampleKind): readonly Example[] {
  const read = known.get(kind) ?? readExamples(`${FOLDER}${kind}/`);
  known.set(kind, read);
  return read;
}

function readExamples(folder: string): readonly Example[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.graphql'));
  return files.sort().map((file) => {
    const found = TITLED.exec(readFileSync(folder + file, 'utf8'))?.groups;
    if (!found)
      throw new Error(`${folder}${file} has no title: its first line must be "# <title>", the next one empty.`);
    const { title, query } = found as { title: string; query: string };
    const variables = folder + file.replace(/graphql$/, 'json');
    return {
      title,
      query,
      ...(existsSync(variables) ? { variables: JSON.parse(readFileSync(variables, 'utf8')) } : {}),
    };
  });
}
