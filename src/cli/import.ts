import { writeFile } from 'node:fs/promises';
import type { Config } from '../config.ts';
import type { GraphEngine } from '../graph/engine.ts';
import { type ConnectorName, type Found, importPublished } from '../transfer/connectors/run.ts';
import { checkFolder } from '../transfer/folder.ts';
import { importFolder } from '../transfer/import.ts';
import type { ImportSummary } from '../transfer/import-options.ts';
import { writeTemplate } from '../transfer/template.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { closedForNextStart } from './for-next-start.ts';
import { type Progress, stepOf } from './progress.ts';
import { throwBesideServer, withEngine } from './with-engine.ts';

/** The options of an import. */
export interface ImportCommand {
  readonly folder: string;
  readonly dryRun: boolean;
  readonly rejectedFile: string;
  readonly signal: AbortSignal;
}

const count = (number: number, what: string): string => `${number.toLocaleString('en')} ${what}`;

/** The lines that tell a person what an import did. */
export function reportOf(
  { created, updated, deleted, unchanged, rows, rejected, notes }: ImportSummary,
  command: ImportCommand,
): string[] {
  const rejections = rejected === 0 ? '' : `, ${count(rejected, 'rejected')}: see ${command.rejectedFile}`;
  const read = [...notes.map((note) => `Note: ${note}`), `${count(rows, 'rows')} read${rejections}.`];
  const changes = [
    count(created, command.dryRun ? 'to create' : 'created'),
    count(updated, command.dryRun ? 'to update' : 'updated'),
    count(deleted, command.dryRun ? 'to delete' : 'deleted'),
    count(unchanged, 'unchanged'),
  ];
  const records = `Records: ${changes.join(', ')}.`;
  if (command.dryRun) return [...read, records, 'Nothing was written: this was a dry run.'];
  if (created + updated + deleted === 0) {
    const isThere = unchanged > 0 && rejected === 0;
    return [...read, `Nothing was changed${isThere ? ': all of it was there already' : ''}.`];
  }
  return [...read, records];
}

/** Likenesses that are named one by one; the others are counted. */
const MOST_DOUBTS = 20;

/** What an import of a published file takes besides. */
export interface ConnectorCommand extends ImportCommand {
  readonly from: ConnectorName;
  readonly identifiers?: string | undefined;
  /** Where to write all likenesses that were left, one a line. */
  readonly doubtfulFile?: string | undefined;
}

/** The lines that say what a connector found in a published file. All doubts are in a file where one is named. */
export async function foundLines(
  { read, matched, added, doubtful, left, unreadable }: Found,
  { doubtfulFile }: ConnectorCommand,
): Promise<string[]> {
  if (doubtfulFile !== undefined) await writeFile(doubtfulFile, doubtful.map((doubt) => `${doubt}\n`).join(''));
  const allDoubts = doubtfulFile === undefined ? '--doubtful FILE lists all' : `all are in ${doubtfulFile}`;
  const beyond = (all: readonly string[], what: string): string[] =>
    all.length > MOST_DOUBTS ? [`  and ${count(all.length - MOST_DOUBTS, what)}.`] : [];
  return [
    `${count(read, 'records')} read: ${count(matched, 'organisations matched')}, ${count(added, 'new')}, ${count(doubtful.length, 'doubtful')}; ${count(left, 'of no use here')}.`,
    ...doubtful.slice(0, MOST_DOUBTS).map((doubt) => `  doubtful: ${doubt}`),
    ...beyond(doubtful, `others: ${allDoubts}`),
    ...unreadable.slice(0, MOST_DOUBTS).map((row) => `  not read: ${row}`),
    ...beyond(unreadable, 'other rows'),
  ];
}

/** `grappe import --from`: imports a file as a registry or an agency publishes it, and says what it found. */
export async function runConnector(
  config: Config,
  command: ConnectorCommand,
  { say, progress }: { readonly say: (line: string) => void; readonly progress: Progress },
): Promise<ExitCode> {
  const { from, identifiers, folder: file, dryRun, rejectedFile, signal } = command;
  const work = async (engine: GraphEngine): Promise<ExitCode> => {
    say(`Importing ${file} (${from}) into ${engine.description}`);
    try {
      const { summary, ...found } = await importPublished(engine, from, file, {
        ...{ dryRun, rejectedFile, signal, identifiers },
        onProgress: (step) => progress.step(stepOf(step)),
      });
      progress.end();
      for (const line of await foundLines(found, command)) say(line);
      for (const line of reportOf(summary, command)) say(line);
      return summary.rejected + found.unreadable.length === 0 ? EXIT.fine : EXIT.rejectedRows;
    } catch (error) {
      progress.end();
      if (!signal.aborted) throw error;
      say('Stopped. Every written batch is complete: the same import, run again, goes on from there.');
      return EXIT.failed;
    }
  };
  return withEngine(config, work, { close: closedForNextStart(config, { say, signal, dryRun }) }).catch(
    (error: unknown) => throwBesideServer(error, `grappe import --from ${from} FILE --to URL`),
  );
}

/** `grappe import --template`: writes the files of the format, with a small example to begin with. */
export async function runTemplate(folder: string, say: (line: string) => void): Promise<ExitCode> {
  const files = await writeTemplate(folder);
  say(`${files.length} files with their columns and a small example are in ${folder}; docs/import.md explains them.`);
  return EXIT.fine;
}

/** `grappe import`: imports a folder of CSV files and reports the result. A stopped import can be repeated. */
export async function runImport(
  config: Config,
  command: ImportCommand,
  { say, progress }: { readonly say: (line: string) => void; readonly progress: Progress },
): Promise<ExitCode> {
  const { folder, dryRun, rejectedFile, signal } = command;
  // Before a store is opened or created for nothing.
  await checkFolder(folder);
  const work = async (engine: GraphEngine): Promise<ExitCode> => {
    say(`Importing ${folder} into ${engine.description}`);
    try {
      const summary = await importFolder(engine, folder, {
        dryRun,
        rejectedFile,
        signal,
        by: 'import',
        onProgress: (step) => progress.step(stepOf(step)),
      });
      progress.end();
      for (const line of reportOf(summary, command)) say(line);
      return summary.rejected === 0 ? EXIT.fine : EXIT.rejectedRows;
    } catch (error) {
      progress.end();
      if (!signal.aborted) throw error;
      say('Stopped. Every written batch is complete: the same import, run again, goes on from there.');
      return EXIT.failed;
    }
  };
  return withEngine(config, work, { close: closedForNextStart(config, { say, signal, dryRun }) }).catch(
    (error: unknown) => throwBesideServer(error, 'grappe import DIR --to URL'),
  );
}
