import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { type Author, ROLES, type Role } from '../domain/role.ts';
import { MAX_LINE, textProblem } from '../domain/text.ts';

/** A token as its file keeps it: a line of JSON each. */
export interface TokenRecord {
  /** Whose it is: the author of what is changed with it. */
  readonly name: string;
  readonly role: Role;
  /**
   * `sha256:` and the digest in hexadecimals. A slow hash protects words that people choose, which can be guessed; a token
   * is 256 random bits, which cannot, and is hashed at every request.
   */
  readonly hash: string;
  readonly createdAt: string;
  /** From then on it is worth nothing; null for one that lasts until it is revoked. */
  readonly expiresAt: string | null;
}

/** Tells whose a token is; null for an unknown and for an expired one, and no more than that. */
export interface Tokens {
  authorOf(token: string): Promise<Author | null>;
}

/** The tokens file cannot be used; the message says what to do. */
export class TokenFileError extends Error {
  override readonly name = 'TokenFileError';
}

const PREFIX = 'grappe_';
/** What a token looks like, wherever it stands: it is made to be found by mistake-finders too. */
export const TOKEN_PATTERN = /grappe_[\w-]{43}/;
const HASH_PATTERN = /^sha256:[0-9a-f]{64}$/;

/** A new token: 256 random bits, in letters that need no quoting anywhere. */
export function newToken(): string {
  return PREFIX + randomBytes(32).toString('base64url');
}

const digestOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/** What a file keeps of a token. */
export function hashOf(token: string): string {
  return `sha256:${digestOf(token).toString('hex')}`;
}

interface Known {
  readonly digest: Buffer;
  readonly author: Author;
  readonly until: number;
}

function known({ name, role, hash, expiresAt }: TokenRecord): Known {
  const until = expiresAt === null ? Number.POSITIVE_INFINITY : Date.parse(expiresAt);
  return { digest: Buffer.from(hash.slice('sha256:'.length), 'hex'), author: { name, role }, until };
}

/** Looks at every record, whichever fits, in the same time for each. */
function authorAmong(records: readonly Known[], token: string): Author | null {
  const digest = digestOf(token);
  let found: Known | null = null;
  for (const record of records) if (timingSafeEqual(record.digest, digest)) found = record;
  return found !== null && found.until > Date.now() ? found.author : null;
}

/** Knows no token: nobody may do more than read. */
export const NO_TOKENS: Tokens = { authorOf: async () => null };

/** Knows one token, which is written nowhere. */
export function singleToken(token: string, author: Author): Tokens {
  const records = [{ digest: digestOf(token), author, until: Number.POSITIVE_INFINITY }];
  return { authorOf: async (given) => authorAmong(records, given) };
}

/** What is wrong with the name of a token; null when nothing is. */
export function nameFault(name: string): string | null {
  if (name.trim() === '' || name !== name.trim()) return 'A name of letters is needed, without spaces around it.';
  const fault = textProblem(name, MAX_LINE);
  return fault === null ? null : `The name ${fault}`;
}

const isInstant = (value: unknown): value is string => typeof value === 'string' && !Number.isNaN(Date.parse(value));

/** What is wrong with a line, in words that do not repeat it: it may hold a token by mistake. */
function recordFault(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return 'is no JSON object';
  const { name, role, hash, createdAt, expiresAt = null } = value as Record<string, unknown>;
  if (typeof name !== 'string' || nameFault(name) !== null) return 'has no usable name';
  if (!ROLES.some((known) => known === role)) return `has no role of ${ROLES.join(', ')}`;
  if (typeof hash !== 'string' || !HASH_PATTERN.test(hash)) return 'has no hash of the form sha256:…';
  if (!isInstant(createdAt)) return 'has no createdAt';
  return expiresAt === null || isInstant(expiresAt) ? null : 'has an expiresAt that is no instant';
}

interface Parsed {
  readonly records: readonly TokenRecord[];
  /** A sentence for each line that cannot be used. */
  readonly faults: readonly string[];
}

function parseTokens(text: string): Parsed {
  const records = new Map<string, TokenRecord>();
  const faults: string[] = [];
  for (const [place, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    let value: unknown = null;
    try {
      value = JSON.parse(line);
    } catch {
      // Told below, as what it is not.
    }
    const fault = recordFault(value);
    const record = value as TokenRecord;
    if (fault !== null) faults.push(`Line ${place + 1} ${fault}.`);
    else if (records.has(record.name)) faults.push(`Line ${place + 1} has the name of an earlier one.`);
    else records.set(record.name, { ...record, expiresAt: record.expiresAt ?? null });
  }
  return { records: [...records.values()], faults };
}

const hint = (file: string): string => `grappe token add NAME --role EDITOR makes ${file}.`;

/** Reads a tokens file. Throws a TokenFileError when it is not there, or not every line of it can be used. */
export async function readTokens(file: string): Promise<readonly TokenRecord[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const remedy = code === 'ENOENT' ? ` ${hint(file)}` : '';
    throw new TokenFileError(`The tokens file ${file} cannot be read (${code}).${remedy}`);
  }
  const { records, faults } = parseTokens(text);
  if (faults.length > 0) throw new TokenFileError(`The tokens file ${file} cannot be used. ${faults.join(' ')}`);
  return records;
}

/** Whom else the file's mode lets in, in a sentence; null when it is its owner's alone. */
export async function modeFault(file: string): Promise<string | null> {
  if (process.platform === 'win32') return null;
  const { mode } = await stat(file);
  const others = mode & 0o077;
  if (others === 0) return null;
  const may = (others & 0o022) === 0 ? 'read' : 'change';
  return `Others than its owner may ${may} ${file}: chmod 600 ${file}`;
}

/**
 * Changes a tokens file as a whole or not at all. Throws a TokenFileError when another change is under way: two would
 * else lose one of them.
 */
export async function changeTokens(
  file: string,
  change: (records: readonly TokenRecord[]) => readonly TokenRecord[],
): Promise<void> {
  const next = `${file}.next`;
  const handle = await open(next, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    const remedy =
      error.code === 'EEXIST'
        ? 'Another grappe token is at work; if there is none, delete it.'
        : 'Choose another folder.';
    throw new TokenFileError(`${next} cannot be made (${error.code}). ${remedy}`);
  });
  try {
    const isNew = await stat(file).then(
      () => false,
      (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
    );
    const records = change(isNew ? [] : await readTokens(file));
    await handle.writeFile(records.map((record) => `${JSON.stringify(record)}\n`).join(''));
    await handle.sync();
    await handle.close();
    await rename(next, file);
  } catch (error) {
    await handle.close().catch(() => {});
    await rm(next, { force: true });
    throw error;
  }
}

/** The tokens of a file that may change at any time: each question first looks whether it has, so that revoking works at once. */
class TokenFile implements Tokens {
  readonly #file: string;
  readonly #complain: (fault: string) => void;
  #records: readonly Known[] = [];
  /** What the file's state was when it was read. */
  #stamp = '';

  constructor(file: string, complain: (fault: string) => void) {
    this.#file = file;
    this.#complain = complain;
  }

  async authorOf(token: string): Promise<Author | null> {
    await this.#refresh();
    return authorAmong(this.#records, token);
  }

  async #refresh(): Promise<void> {
    const stamp = await stat(this.#file).then(
      ({ ino, size, mtimeMs, ctimeMs }) => [ino, size, mtimeMs, ctimeMs].join(' '),
      (error: NodeJS.ErrnoException) => String(error.code),
    );
    if (stamp === this.#stamp) return;
    try {
      this.#records = (await readTokens(this.#file)).map(known);
    } catch (error) {
      // Who was struck out of a file that cannot be read must not go on for that reason.
      this.#records = [];
      this.#complain(error instanceof Error ? error.message : String(error));
    }
    this.#stamp = stamp;
  }
}

/** The tokens of a file, read again whenever it changes; what is wrong with it later is told to `complain`. */
export async function openTokenFile(file: string, complain: (fault: string) => void): Promise<Tokens> {
  await readTokens(file);
  return new TokenFile(file, complain);
}
