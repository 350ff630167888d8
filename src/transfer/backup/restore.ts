import { indexEntries } from '../../changes/index-log.ts';
import { countEntries, restoreEntries, restoreState } from '../../changes/restore-log.ts';
import { verifyGraph } from '../../editing/verify.ts';
import type { GraphEngine, RunOptions, WriteTransaction } from '../../graph/engine.ts';
import type { GraphValue } from '../../graph/statement.ts';
import { deleteStored, nodeCounts, relationshipCounts, restoreRemembered, STORED_LABELS } from '../../store/backup.ts';
import { markUnderived } from '../../store/derivation.ts';
import { writeMark } from '../../store/marks.ts';
import { SCHEMA_RULES } from '../../store/rules.ts';
import { createNodes, createRelationships } from '../../store/write.ts';
import { isEmptyStore, isRestoring, markRestoring, prepareStore } from '../store-format.ts';
import { BackupError, type ChangedLine, type ContentLine, type ManifestLine } from './lines.ts';
import { contentIn, type Inspected, inspectBackup } from './read.ts';

/** Milliseconds that one transaction may take. */
const TIMEOUT_MS = 120_000;
/** Nodes that are deleted in one transaction. */
const DELETED_AT_ONCE = 2_000;

export interface RestoreOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called with the number of records restored so far, and of all. */
  readonly onProgress?: (done: number, total: number) => void;
  /** What `inspectBackup` says of the file. Omitted: it is read for that first. */
  readonly inspected?: Inspected;
}

/** The result of a restore. */
export interface Restored {
  /** What the check of the restored graph found. */
  readonly problems: readonly string[];
  readonly manifest: ManifestLine;
}

type Row = Readonly<Record<string, GraphValue>>;

/** The rows of a line that still count: not those of nodes that a later line has as they are now. */
function currentRows(line: ContentLine, number: number, { changedAt, manifest }: Inspected): readonly Row[] {
  if (!('rows' in line)) return [];
  const isOld = (id: unknown): boolean => (changedAt.get(id as string) ?? 0) > number;
  if ('relationships' in line) {
    return line.rows.filter(({ from, to }) => !isOld(from) && !isOld(to)) as unknown as readonly Row[];
  }
  const rows = line.rows as readonly Row[];
  if (line.nodes === 'Change') return rows.filter(({ sequence }) => (sequence as number) > manifest.trimmed);
  if (line.nodes === 'Once') return rows;
  return rows.filter(({ id, into }) => !isOld(id) && !isOld(into));
}

/** Writes the rows of a line. */
async function writeRows(
  transaction: WriteTransaction,
  line: Exclude<ContentLine, ChangedLine>,
  rows: readonly Row[],
): Promise<void> {
  if ('relationships' in line) await transaction.run(createRelationships[line.relationships], { rows });
  else if (line.nodes === 'Change') await restoreEntries(transaction, rows);
  else if (line.nodes === 'Merged' || line.nodes === 'Deleted' || line.nodes === 'Once') {
    await transaction.run(restoreRemembered[line.nodes], { rows });
  } else await transaction.run(createNodes[line.nodes], { rows });
}

async function wipe(engine: GraphEngine): Promise<void> {
  for (const label of STORED_LABELS) {
    for (let deleted = 1; deleted > 0; ) {
      const work = (transaction: WriteTransaction) => transaction.run(deleteStored[label], { limit: DELETED_AT_ONCE });
      deleted = (await engine.write(work, { timeoutMs: TIMEOUT_MS }))[0]?.deleted ?? 0;
    }
  }
}

/** What differs between the manifest and what the store now holds; null where nothing does. */
async function differenceIn(engine: GraphEngine, manifest: ManifestLine, options: RunOptions): Promise<string | null> {
  const { counts, sequence, trimmed } = manifest;
  for (const [name, statement] of Object.entries({ ...nodeCounts, ...relationshipCounts })) {
    const found = (await engine.read(statement, {}, options))[0]?.total ?? 0;
    const stated = counts[name] ?? 0;
    if (found !== stated) return `${found} of ${stated} ${name}`;
  }
  const entries = await countEntries((statement, parameters) => engine.read(statement, parameters, options));
  if (entries !== sequence - trimmed) return `${entries} of ${sequence - trimmed} entries of the change log`;
  return null;
}

async function write(engine: GraphEngine, path: string, inspected: Inspected, options: RestoreOptions): Promise<void> {
  const { signal, onProgress } = options;
  const { manifest } = inspected;
  const run: RunOptions = { signal, timeoutMs: TIMEOUT_MS };
  const total = Object.values(manifest.counts).reduce(
    (sum, count) => sum + count,
    manifest.sequence - manifest.trimmed,
  );
  let records = 0;
  for await (const { line, number } of contentIn(path)) {
    signal?.throwIfAborted();
    const rows = currentRows(line, number, inspected);
    if (rows.length === 0 || !('rows' in line)) continue;
    await engine.write((transaction) => writeRows(transaction, line, rows), run);
    records += rows.length;
    onProgress?.(Math.min(records, total), total);
  }
  const difference = await differenceIn(engine, manifest, run);
  if (difference !== null) {
    throw new BackupError(`The restored graph differs from what the manifest says: it has ${difference}.`);
  }
  await engine.write(async (transaction) => {
    const { sequence: newest, trimmed, underived, marks } = manifest;
    await restoreState(transaction, { newest, trimmed });
    if (underived.length > 0) await transaction.run(markUnderived, { ids: underived });
    for (const [id, value] of Object.entries(marks)) await transaction.run(writeMark, { id, value });
  }, run);
}

/**
 * Restores a backup into an empty store, on either engine, and checks it. The file is read to its end before anything is
 * written. A restore that fails leaves the store empty; one that is killed leaves a mark, so that no server starts on it
 * and the next restore begins again. Throws a BackupError for a store that is not empty, and for a file that is not whole.
 */
export async function restoreBackup(
  engine: GraphEngine,
  path: string,
  options: RestoreOptions = {},
): Promise<Restored> {
  const { signal } = options;
  const inspected = options.inspected ?? (await inspectBackup(path));
  const isAgain = await isRestoring(engine, signal);
  if (!isAgain && !(await isEmptyStore(engine, signal))) {
    throw new BackupError(
      `${engine.description} is not empty, and nothing was changed: restore into an empty store, as with another GRAPPE_DATA or NEO4J_DATABASE.`,
    );
  }
  await engine.ensureSchema(SCHEMA_RULES, { signal });
  if (isAgain) await wipe(engine);
  await markRestoring(engine, true, signal);
  try {
    await write(engine, path, inspected, options);
  } catch (error) {
    // The mark goes last, with the other marks.
    await wipe(engine);
    throw error;
  }
  await markRestoring(engine, false);
  await prepareStore(engine, { signal });
  await indexEntries(engine, signal);
  return { problems: await verifyGraph(engine, signal), manifest: inspected.manifest };
}
