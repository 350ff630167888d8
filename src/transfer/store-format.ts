import { indexEntries } from '../changes/index-log.ts';
import { stateOfLog } from '../changes/log.ts';
import type { ErrorCode } from '../domain/client-error.ts';
import type { GraphEngine } from '../graph/engine.ts';
import { GraphError } from '../graph/errors.ts';
import { removeMark } from '../store/backup.ts';
import { writeBookkeeping } from '../store/bookkeeping.ts';
import { anyEntity, readMark, writeMark } from '../store/marks.ts';
import { SCHEMA_RULES } from '../store/rules.ts';

/** The mark with the number of the last migration that a store has had. */
const FORMAT_MARK = 'format';
/** The mark of a store into which a backup is being restored. */
const RESTORE_MARK = 'restore';

/** A step that brings a store of the version before to the next. */
export interface Migration {
  readonly number: number;
  /** What it does, for the log. */
  readonly name: string;
  /** Runs it. It may be interrupted anywhere, and run again: also by another server, at the same time. */
  readonly run: (engine: GraphEngine, signal: AbortSignal | undefined) => Promise<unknown>;
}

/** The migrations, in order. A number is never used again. */
export const MIGRATIONS: readonly Migration[] = [
  {
    number: 1,
    name: 'the entries of the change log are indexed by what they touched',
    run: indexEntries,
  },
];

/** The format of the stores that this version writes: the number of the last migration. */
export const NEWEST_FORMAT = MIGRATIONS.at(-1)!.number;

/** A store that this version must not work with. The message has the remedy. */
export class StoreFormatError extends Error {
  override readonly name = 'StoreFormatError';
  readonly code: Extract<ErrorCode, 'STORE_TOO_NEW' | 'RESTORE_UNFINISHED'>;

  constructor(code: StoreFormatError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

async function markOf(engine: GraphEngine, id: string, signal: AbortSignal | undefined): Promise<string | null> {
  return (await engine.read(readMark, { id }, { signal }))[0]?.value ?? null;
}

const setMark = (engine: GraphEngine, id: string, value: string, signal?: AbortSignal): Promise<unknown> =>
  writeBookkeeping(engine, (transaction) => transaction.run(writeMark, { id, value }), { signal });

/** Whether a store holds no record, and never had one. */
export async function isEmptyStore(engine: GraphEngine, signal?: AbortSignal): Promise<boolean> {
  if ((await engine.read(anyEntity, {}, { signal })).length > 0) return false;
  const { newest } = await stateOfLog((statement, parameters) => engine.read(statement, parameters, { signal }));
  return newest === 0;
}

/** The format of a store: 0 of one from before formats were recorded, null of an empty one. */
export async function readFormat(engine: GraphEngine, signal?: AbortSignal): Promise<number | null> {
  const mark = await markOf(engine, FORMAT_MARK, signal);
  if (mark !== null) return Number(mark);
  return (await isEmptyStore(engine, signal)) ? null : 0;
}

/** Marks a store as one into which a backup is being restored, or takes the mark away. */
export async function markRestoring(engine: GraphEngine, isRestoring: boolean, signal?: AbortSignal): Promise<void> {
  if (isRestoring) await setMark(engine, RESTORE_MARK, 'begun', signal);
  else await writeBookkeeping(engine, (transaction) => transaction.run(removeMark, { id: RESTORE_MARK }), { signal });
}

/** Whether a restore into the store was begun and has not ended. */
export const isRestoring = async (engine: GraphEngine, signal?: AbortSignal): Promise<boolean> =>
  (await markOf(engine, RESTORE_MARK, signal)) !== null;

/** Throws a StoreFormatError for a store that a newer version has written, or whose restore has not ended. */
export async function checkFormat(engine: GraphEngine, signal?: AbortSignal): Promise<void> {
  const format = Number((await markOf(engine, FORMAT_MARK, signal)) ?? 0);
  if (format > NEWEST_FORMAT) {
    const message = `The store was written by a newer version of Grappe (format ${format}; this one knows ${NEWEST_FORMAT}): start that version, or a newer one. Nothing was changed.`;
    throw new StoreFormatError('STORE_TOO_NEW', message);
  }
  if (!(await isRestoring(engine, signal))) return;
  const message = 'A restore into this store was interrupted: run grappe restore again, which begins from the start.';
  throw new StoreFormatError('RESTORE_UNFINISHED', message);
}

interface Preparing {
  readonly signal?: AbortSignal | undefined;
  /** Called after each migration. */
  readonly onMigrated?: (migration: Migration) => void;
}

async function migrate(engine: GraphEngine, { signal, onMigrated }: Preparing): Promise<void> {
  const format = await readFormat(engine, signal);
  if (format === NEWEST_FORMAT) return;
  for (const migration of MIGRATIONS) {
    if (format === null || migration.number <= format) continue;
    await migration.run(engine, signal);
    await setMark(engine, FORMAT_MARK, String(migration.number), signal);
    onMigrated?.(migration);
  }
  if (format === null) await setMark(engine, FORMAT_MARK, String(NEWEST_FORMAT), signal);
}

/**
 * Makes a store ready for this version: creates its constraints and indexes, and runs the migrations that it lacks. A store
 * that takes no writes stays as it is: all of this can be read without. Throws a StoreFormatError for a store that this
 * version must not work with, before anything is written.
 */
export async function prepareStore(engine: GraphEngine, preparing: Preparing = {}): Promise<void> {
  const { signal } = preparing;
  await checkFormat(engine, signal);
  await engine.ensureSchema(SCHEMA_RULES, { signal });
  try {
    await migrate(engine, preparing);
  } catch (error) {
    if (!(error instanceof GraphError && error.code === 'READ_ONLY')) throw error;
  }
}
