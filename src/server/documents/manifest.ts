import { readFile, stat } from 'node:fs/promises';
import { withoutByteOrderMark } from '../../domain/text.ts';

/** A file of documents cannot be used. The message names the file and the remedy. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError';
}

/** Documents by their identifiers. */
export type Documents = ReadonlyMap<string, string>;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const FORMATS =
  'It takes {"identifier": "document"}, as the client preset of GraphQL Code Generator and the Relay compiler write it, or the manifest of Apollo: {"format": "apollo-persisted-query-manifest", "version": 1, "operations": [{"id", "body"}]}.';

/** The pairs of identifier and document in a manifest of any format. */
function entriesOf(value: unknown): readonly (readonly [id: unknown, text: unknown])[] {
  if (!isObject(value)) return [[null, null]];
  const { format, version, operations } = value;
  if (format === undefined) return Object.entries(value);
  if (format !== 'apollo-persisted-query-manifest' || version !== 1 || !Array.isArray(operations))
    return [[null, null]];
  return operations.map((operation: unknown) => (isObject(operation) ? [operation.id, operation.body] : [null, null]));
}

function documentsOf(file: string, text: string): Documents {
  let value: unknown;
  try {
    value = JSON.parse(withoutByteOrderMark(text));
  } catch {
    throw new ManifestError(`${file} is not JSON. ${FORMATS}`);
  }
  const documents = new Map<string, string>();
  for (const [id, document] of entriesOf(value)) {
    if (typeof id !== 'string' || id === '' || typeof document !== 'string') {
      throw new ManifestError(`${file} is no manifest of persisted documents. ${FORMATS}`);
    }
    documents.set(id, document);
  }
  return documents;
}

/** A manifest, read again when it is looked at and has changed. */
export class Manifest {
  readonly #file: string;
  #documents: Documents;
  #stamp: string;

  private constructor(file: string, documents: Documents, stamp: string) {
    this.#file = file;
    this.#documents = documents;
    this.#stamp = stamp;
  }

  /** Reads a file. Throws a ManifestError if it cannot be read or is no manifest. */
  static async open(file: string): Promise<Manifest> {
    const stamp = await stampOf(file);
    return new Manifest(file, await read(file), stamp);
  }

  /** Its documents as last read. */
  get documents(): Documents {
    return this.#documents;
  }

  /** Reads it again if it has changed, and says whether it had. Throws a ManifestError, and keeps what it had. */
  async refresh(): Promise<boolean> {
    const stamp = await stampOf(this.#file);
    if (stamp === this.#stamp) return false;
    this.#stamp = stamp;
    this.#documents = await read(this.#file);
    return true;
  }
}

const stampOf = (file: string): Promise<string> =>
  stat(file).then(
    ({ ino, size, mtimeMs }) => [ino, size, mtimeMs].join(' '),
    ({ code }: NodeJS.ErrnoException) => String(code),
  );

async function read(file: string): Promise<Documents> {
  const text = await readFile(file, 'utf8').catch(({ code }: NodeJS.ErrnoException) => {
    throw new ManifestError(`${file} cannot be read (${code}): GRAPPE_PERSISTED_DOCUMENTS names it.`);
  });
  return documentsOf(file, text);
}
