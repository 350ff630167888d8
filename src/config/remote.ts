import { ConfigError, type Environment, Reader } from './reader.ts';

/**
 * The token with which a command works with a running server, of GRAPPE_TOKEN or the file of GRAPPE_TOKEN_FILE; null if there is
 * none. Throws a ConfigError for a file that cannot be read.
 */
export function remoteToken(environment: Environment = process.env): string | null {
  const reader = new Reader(environment);
  const token = reader.secret('GRAPPE_TOKEN');
  if (reader.problems.length > 0) throw new ConfigError(reader.problems);
  return token;
}
