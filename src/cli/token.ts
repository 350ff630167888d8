import { ConfigError } from '../config/reader.ts';
import type { Config } from '../config.ts';
import type { Role } from '../domain/role.ts';
import {
  changeTokens,
  hashOf,
  modeProblem,
  nameProblem,
  newToken,
  readTokens,
  TokenFileError,
  type TokenRecord,
} from '../server/auth/tokens.ts';
import { EXIT, type ExitCode } from './exit.ts';

type Say = (line: string) => void;

/** A token to create: its author, role and expiry. */
export interface AddedToken {
  readonly name: string;
  readonly role: Role;
  /** An instant; null for one that lasts until it is revoked. */
  readonly expires: string | null;
}

function fileOf({ tokensFile }: Config): string {
  if (tokensFile !== null) return tokensFile;
  const expected = 'the path of a file is needed, which grappe token add creates.';
  throw new ConfigError([{ variable: 'GRAPPE_TOKENS_FILE', value: null, expected }]);
}

const until = (expiresAt: string | null): string => (expiresAt === null ? 'until it is revoked' : `until ${expiresAt}`);

/** `grappe token add`: creates a token and shows it once. */
export async function addToken(config: Config, { name, role, expires }: AddedToken, say: Say): Promise<ExitCode> {
  const file = fileOf(config);
  const problem = nameProblem(name);
  if (problem !== null) throw new TokenFileError(problem);
  const now = new Date();
  if (expires !== null && Date.parse(expires) <= now.getTime()) {
    throw new TokenFileError(`${expires} is over: give a day to come.`);
  }
  const token = newToken();
  const record = { name, role, hash: hashOf(token), createdAt: now.toISOString(), expiresAt: expires };
  await changeTokens(file, (records) => {
    if (records.some((known) => known.name === name)) {
      throw new TokenFileError(`${name} has a token already: revoke it first, or choose another name.`);
    }
    return [...records, record];
  });
  say(token);
  say(`is the token of ${name}: ${role}, ${until(expires)}. It is not shown again: ${file} has its hash only.`);
  return EXIT.fine;
}

function state({ expiresAt }: TokenRecord): string {
  return expiresAt !== null && Date.parse(expiresAt) <= Date.now() ? `expired ${expiresAt}` : until(expiresAt);
}

/** `grappe token list`: lists the tokens. */
export async function listTokens(config: Config, say: Say): Promise<ExitCode> {
  const file = fileOf(config);
  const records = await readTokens(file);
  if (records.length === 0) say(`${file} holds no token.`);
  const width = Math.max(0, ...records.map(({ name }) => name.length));
  for (const record of records) {
    say(`${record.name.padEnd(width)}  ${record.role.padEnd(6)}  made ${record.createdAt}  ${state(record)}`);
  }
  const problem = await modeProblem(file);
  if (problem !== null) say(`note: ${problem}`);
  return EXIT.fine;
}

/**
 * `grappe token revoke`: removes a token from the file. Servers that read it reject the token from the next request on.
 */
export async function revokeToken(config: Config, name: string, say: Say): Promise<ExitCode> {
  const file = fileOf(config);
  // A missing file is an error, and is not created.
  await readTokens(file);
  await changeTokens(file, (records) => {
    const others = records.filter((record) => record.name !== name);
    if (others.length === records.length) throw new TokenFileError(`${file} holds no token of ${name}.`);
    return others;
  });
  say(`The token of ${name} is worth nothing any more.`);
  return EXIT.fine;
}
