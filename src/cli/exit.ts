import { ConfigError } from '../config/reader.ts';
import { fileProblem, isFileFailure } from '../domain/file-problem.ts';
import { GraphError } from '../graph/errors.ts';

/** Exit codes of commands. */
export const EXIT = {
  fine: 0,
  failed: 1,
  /** The command line or the environment is wrong: nothing was begun. */
  usage: 2,
  /** An import ended, and some rows were rejected. */
  rejectedRows: 3,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The message of a failed command, and its exit code. */
export interface Explanation {
  readonly text: string;
  readonly code: ExitCode;
}

interface AddressError extends Error {
  readonly code: string;
  readonly address?: string;
  readonly port?: number;
}

function ofAddress(error: AddressError): string | null {
  const { code, address = 'this machine', port = 0 } = error;
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} of ${address} is taken, perhaps by another Grappe: stop it, or choose another, as in PORT=${port + 1}.`;
    case 'EACCES':
      return `Port ${port} of ${address} may not be opened by this user: choose one above 1023 with PORT.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${address} is no address of this machine: set HOST to one, such as 127.0.0.1 or 0.0.0.0.`;
    default:
      return null;
  }
}

/** Errors whose message already names the problem and the remedy. */
const SELF_EXPLANATORY: ReadonlySet<string> = new Set([
  ...['CsvFileError', 'LocalNeo4jError', 'ManifestError', 'NotSeededError', 'RemoteError', 'TokenFileError'],
  'BackupError',
  'StoreFormatError',
  'UnknownEditsError',
]);

/** What a command says that was asked to stop and has undone what it had begun; imports and seeds have words of their own. */
const STOPPED = 'Stopped before the end: nothing of it is left. The same command, run again, begins from the start.';

/** The message of an error: the problem and the remedy; the stack only for a bug. */
export function explain(error: unknown): Explanation {
  if (error instanceof ConfigError) {
    return { text: `The settings cannot be used:\n${error.message.replace(/^/gm, '  ')}`, code: EXIT.usage };
  }
  if (error instanceof GraphError && error.code !== 'FAILED') return { text: error.message, code: EXIT.failed };
  if (!(error instanceof Error)) return { text: String(error), code: EXIT.failed };
  if (error.name === 'AbortError') return { text: STOPPED, code: EXIT.failed };
  if (isFileFailure(error)) return { text: fileProblem(error, 'choose another place'), code: EXIT.failed };
  const known = 'syscall' in error ? ofAddress(error as unknown as AddressError) : null;
  if (known !== null) return { text: known, code: EXIT.failed };
  if (SELF_EXPLANATORY.has(error.name)) return { text: error.message, code: EXIT.failed };
  return { text: error.stack ?? error.message, code: EXIT.failed };
}
