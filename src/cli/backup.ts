import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Config } from '../config.ts';
import type { GraphEngine } from '../graph/engine.ts';
import { openExisting } from '../graph/open.ts';
import type { ManifestLine } from '../transfer/backup/lines.ts';
import { inspectBackup } from '../transfer/backup/read.ts';
import { restoreBackup } from '../transfer/backup/restore.ts';
import { backupStream } from '../transfer/backup/write.ts';
import { completeFile, writtenFile } from '../transfer/written-file.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { closedForNextStart } from './for-next-start.ts';
import type { Progress } from './progress.ts';
import { type Remote, RemoteError, send } from './remote.ts';
import { throwBesideServer, withEngine } from './with-engine.ts';

type Say = (line: string) => void;

interface Given {
  readonly file: string;
  readonly signal: AbortSignal;
}

const count = (number: number): string => number.toLocaleString('en');

/** What a backup holds, as the one who makes it and the one who restores it read it. */
function contentsOf({ counts, sequence, trimmed }: ManifestLine): string {
  const records = Object.values(counts).reduce((sum, some) => sum + some, 0);
  return `${count(records)} records and ${count(sequence - trimmed)} changes, as of change ${sequence}`;
}

/** Writes a stream into a file that appears when it is whole: it is read again before it gets its name. */
async function written(bytes: Readable, { file, signal }: Given, say: Say): Promise<ExitCode> {
  const { manifest } = await completeFile(file, async (part) => {
    // It has all that the store has, whose files only the user reads.
    await pipeline(bytes, writtenFile(part, 0o600), { signal });
    return inspectBackup(part);
  });
  const { size } = await stat(file);
  say(`${contentsOf(manifest)}: ${count(size)} bytes.`);
  return EXIT.fine;
}

/** `grappe backup`: writes the whole graph into one file, as of one moment. */
export async function runBackup(
  config: Config,
  given: Given,
  { say, progress }: { readonly say: Say; readonly progress: Progress },
): Promise<ExitCode> {
  const backup = async (engine: GraphEngine): Promise<ExitCode> => {
    say(`Backing up ${engine.description} to ${given.file}`);
    const report = (rows: number, total: number): void =>
      progress.step({ label: 'records', done: Math.min(rows, total), total, rows });
    try {
      return await written(backupStream(engine, given.signal, report), given, say);
    } finally {
      progress.end();
    }
  };
  return withEngine(config, backup, { open: openExisting }).catch((error: unknown) =>
    throwBesideServer(error, 'grappe backup FILE --from URL'),
  );
}

/** `grappe backup --from`: a running server sends a backup of its graph, and goes on serving. */
export async function runBackupFrom(remote: Remote, given: Given, say: Say): Promise<ExitCode> {
  const { body } = await send(remote, '/backup', { method: 'POST', signal: given.signal });
  say(`Backing up ${remote.url} to ${given.file}`);
  const bytes = Readable.fromWeb(body as never);
  return written(bytes, given, say).catch((error: unknown) => {
    if (!(error instanceof TypeError) || given.signal.aborted) throw error;
    throw new RemoteError(`${remote.url} stopped sending, and nothing was written: its log says why.`);
  });
}

/** `grappe restore`: restores a backup into an empty store, and checks it. */
export async function runRestore(
  config: Config,
  { file, signal }: Given,
  { say, progress }: { readonly say: Say; readonly progress: Progress },
): Promise<ExitCode> {
  // Before a store is opened, which would be made.
  const inspected = await inspectBackup(file);
  const restore = async (engine: GraphEngine): Promise<ExitCode> => {
    say(`Restoring ${file} into ${engine.description}`);
    const onProgress = (done: number, total: number): void => progress.step({ label: 'records', done, total });
    const { problems, manifest } = await restoreBackup(engine, file, { signal, onProgress, inspected }).finally(() =>
      progress.end(),
    );
    say(`${contentsOf(manifest)}: restored, and counted again.`);
    for (const problem of problems) say(`  ${problem}`);
    say(problems.length === 0 ? 'The graph is consistent.' : 'The graph is inconsistent, as it was in the backup.');
    return problems.length === 0 ? EXIT.fine : EXIT.failed;
  };
  // It writes into a store that is not ready for anything else.
  const close = closedForNextStart(config, { say, signal });
  return withEngine(config, restore, { prepare: async () => {}, close });
}
