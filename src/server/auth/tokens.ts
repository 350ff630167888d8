import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Stats } from 'node:fs';
import { type FileHandle, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { type Author, ROLES, type Role } from '../../domain/role.ts';
import { MAX_LINE, textProblem, withoutByteOrderMark } from '../../domain/text.ts';

/** A token as stored in its file, a line of JSON each. */
export interface TokenRecord {
  /** The author of the changes made with it. */
  readonly name: string;
  readonly role: Role;
  /**
   * `sha256:` and the digest in hexadecimals. A slow hash protects passwords, which can be guessed; a token is 256
   * random bits, which cannot, and is hashed at every request.
   */
  readonly hash: string;
  readonly createdAt: string;
  /** When it expires; null if it lasts until it is revoked. */
  readonly expiresAt: string | null;
}

/** Finds the author of a token; null for an unknown or expired one. */
export interface Tokens {
  authorOf(token: string): Promise<Author | null>;
}

/** The tokens file cannot be used. The message names the remedy. */
export class TokenFileError extends Error {
  override readonly name = 'TokenFileError';
}

const PREFIX = 'grappe_';
/** The pattern of a token anywhere in a text. Its prefix lets secret scanners find it. */
export const TOKEN_PATTERN = /grappe_[\w-]{43}/;
const HASH_PATTERN = /^sha256:[0-9a-f]{64}$/;

/** A new token: 256 random bits, in characters that need no quoting. */
export function newToken(): string {
  return PREFIX + randomBytes(32).toString('base64url');
}

const digestOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/** The hash of a token, as stored in its file. */
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

/** Compares with every record in constant time. */
function authorAmong(records: readonly Known[], token: string): Author | null {
  const digest = digestOf(token);
  let found: Known | null = null;
  for (const record of records) if (timingSafeEqual(record.digest, digest)) found = record;
  return found !== null && found.until > Date.now() ? found.author : null;
}

/** The shape of a JSON Web Token. */
export const JWT_PATTERN = /^eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+$/;

/** No tokens: reading only. */
export const NO_TOKENS: Tokens = { authorOf: async () => null };

/** One token, which is stored nowhere. */
export function singleToken(token: string, author: Author): Tokens {
  const records = [{ digest: digestOf(token), author, until: Number.POSITIVE_INFINITY }];
  return { authorOf: async (given) => authorAmong(records, given) };
}

/** The problem of the name of a token; null if it has none. */
export function nameProblem(name: string): string | null {
  if (name.trim() === '' || name !== name.trim()) return 'A name of letters is needed, without spaces around it.';
  const problem = textProblem(name, MAX_LINE);
  return problem === null ? null : `The name ${problem}`;
}

const isInstant = (value: unknown): value is string => typeof value === 'string' && !Number.isNaN(Date.parse(value));

/** The problem of a line, without quoting it, since it may contain a token. */
function recordProblem(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return 'is no JSON object';
  const { name, role, hash, createdAt, expiresAt = null } = value as Record<string, unknown>;
  if (typeof name !== 'string' || nameProblem(name) !== null) return 'has no usable name';
  if (!ROLES.some((known) => known === role)) return `has no role of ${ROLES.join(', ')}`;
  if (typeof hash !== 'string' || !HASH_PATTERN.test(hash)) return 'has no hash of the form sha256:…';
  if (!isInstant(createdAt)) return 'has no createdAt';
  return expiresAt === null || isInstant(expiresAt) ? null : 'has an expiresAt that is no instant';
}

interface Parsed {
  readonly records: readonly TokenRecord[];
  /** A sentence for each line that cannot be used. */
  readonly problems: readonly string[];
}

function parseTokens(text: string): Parsed {
  const records = new Map<string, TokenRecord>();
  const problems: string[] = [];
  for (const [index, line] of withoutByteOrderMark(text).split('\n').entries()) {
    if (line.trim() === '') continue;
    let value: unknown = null;
    try {
      value = JSON.parse(line);
    } catch {
      // Reported below.
    }
    const problem = recordProblem(value);
    const record = value as TokenRecord;
    if (problem !== null) problems.push(`Line ${index + 1} ${problem}.`);
    else if (records.has(record.name)) problems.push(`Line ${index + 1} has the name of an earlier one.`);
    else records.set(record.name, { ...record, expiresAt: record.expiresAt ?? null });
  }
  return { records: [...records.values()], problems };
}

const hint = (file: string): string => `grappe token add NAME --role EDITOR makes ${file}.`;

/** Reads a tokens file. Throws a TokenFileError if it does not exist or has an invalid line. */
export async function readTokens(file: string): Promise<readonly TokenRecord[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const remedy = code === 'ENOENT' ? ` ${hint(file)}` : '';
    throw new TokenFileError(`The tokens file ${file} cannot be read (${code}).${remedy}`);
  }
  const { records, problems } = parseTokens(text);
  if (problems.length > 0) throw new TokenFileError(`The tokens file ${file} cannot be used. ${problems.join(' ')}`);
  return records;
}

/** A sentence about the other users that may access the file; null if only its owner may. */
export async function modeProblem(file: string): Promise<string | null> {
  if (process.platform === 'win32') return null;
  const { mode } = await stat(file);
  const others = mode & 0o077;
  if (others === 0) return null;
  const may = (others & 0o022) === 0 ? 'read' : 'change';
  return `Others than its owner may ${may} ${file}: chmod 600 ${file}`;
}

/** Gives a file the owner and the mode of the one that it replaces, so that a server which runs as that owner still reads it. */
async function takeOver(next: FileHandle, file: string, { uid, gid, mode }: Stats): Promise<void> {
  if (process.platform === 'win32') return;
  const own = await next.stat();
  await next.chmod(mode & 0o777);
  if (own.uid === uid && own.gid === gid) return;
  await next.chown(uid, gid).catch(({ code }: NodeJS.ErrnoException) => {
    throw new TokenFileError(`${file} is another user's (${code}): run the command as that user, or as root.`);
  });
}

/**
 * Changes a tokens file atomically; its owner and mode stay. Throws a TokenFileError if another change is in progress: one of
 * the two would be lost.
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
    throw new TokenFileError(`${next} cannot be created (${error.code}). ${remedy}`);
  });
  try {
    const before = await stat(file).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw new TokenFileError(`The tokens file ${file} cannot be read (${error.code}).`);
    });
    const records = change(before === null ? [] : await readTokens(file));
    if (before !== null) await takeOver(handle, file, before);
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

/** The tokens of a file. Each call checks whether the file has changed, so that revoking takes effect at once. */
class TokenFile implements Tokens {
  readonly #file: string;
  readonly #complain: (problem: string) => void;
  #records: readonly Known[] = [];
  /** The state of the file when it was last read. */
  #stamp = '';

  constructor(file: string, complain: (problem: string) => void) {
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
      // If the file cannot be read, no token is valid: one may have been revoked.
      this.#records = [];
      this.#complain(error instanceof Error ? error.message : String(error));
    }
    this.#stamp = stamp;
  }
}

/** Opens a tokens file, which is read again whenever it changes. Later problems are reported to `complain`. */
export async function openTokenFile(file: string, complain: (problem: string) => void): Promise<Tokens> {
  await readTokens(file);
  return new TokenFile(file, complain);
}

/** Tokens of several kinds: the first that knows one names its author. */
export function anyOf(...kinds: readonly Tokens[]): Tokens {
  return {
    async authorOf(token) {
      for (const tokens of kinds) {
        const author = await tokens.authorOf(token);
        if (author !== null) return author;
      }
      return null;
    },
  };
}
