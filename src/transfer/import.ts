import { newestSequence } from '../changes/log.ts';
import { IDENTIFIER_FIELDS } from '../domain/identifier.ts';
import { type Problem, problem } from '../domain/problem.ts';
import { apply, DryRun } from '../editing/apply.ts';
import { logChange } from '../editing/change.ts';
import { leaveUncounted } from '../editing/counts.ts';
import { derivePending } from '../editing/derive.ts';
import { type Effect, noEffect } from '../editing/effect.ts';
import type { ChangeRequest, Records } from '../editing/records.ts';
import { relationshipId } from '../editing/relationship-decision.ts';
import { type DeletionRow, type MergeRow, restoreDeletions, restoreMerges } from '../editing/restore.ts';
import { confirmSources, missingSources } from '../editing/sources.ts';
import { type ResolvedInput, TO_RECORDS } from '../editing/to-records.ts';
import type { GraphEngine, GraphTransaction } from '../graph/engine.ts';
import { oneAhead } from '../scheduling/one-ahead.ts';
import { markUnderived } from '../store/derivation.ts';
import { LoadingMark } from '../store/loading.ts';
import { mergedInto } from '../store/node.ts';
import { type Batch, batchesOf } from './batches.ts';
import { type FoundFile, inspectFolder } from './folder.ts';
import { ReferenceResolver } from './references.ts';
import { RejectedFile } from './rejected.ts';
import { type ReadRow, resolveRow } from './rows.ts';
import { besideMerged } from './survivors.ts';
import { costOfDeriving, costOfReading, importCostOf, READING_SHARE, Workload } from './workload.ts';

/** A batch may wait behind others on a busy database. */
const BATCH_TIMEOUT_MS = 120_000;

/** The progress of an import. */
export interface ImportProgress {
  /** The file being read, or the step after the last file. */
  readonly file: string;
  readonly rows: number;
  /** Estimated share of the work that is done. It never decreases, and is 1 only at the end. */
  readonly share: number;
  readonly rejected: number;
}

export interface ImportOptions {
  /** Check everything, write nothing. */
  readonly dryRun?: boolean;
  /** Path of the file that lists the rejected rows; null: none. */
  readonly rejectedFile?: string | null;
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** The author, for the change log. */
  readonly by?: string | null;
  /** Whether a row about these records is left out: it is neither imported nor rejected. */
  readonly leaves?: (ids: readonly string[]) => boolean;
  /** The load that it is a part of, which expects its work already; its own when left out. */
  readonly load?: Load;
}

/** A load of one folder or several: how far it is, and the mark that says so in the graph. */
export interface Load {
  readonly workload: Workload;
  readonly mark: LoadingMark;
}

/** The result of an import, in records: nodes and relationships together. */
export interface ImportSummary {
  readonly created: number;
  readonly updated: number;
  readonly deleted: number;
  readonly unchanged: number;
  readonly rows: number;
  readonly rejected: number;
  readonly files: readonly string[];
  /** Remarks about the folder: files and columns that were not read, separators other than commas. */
  readonly notes: readonly string[];
}

/** Marks what a row says about a merged record: it is written only where the survivor has no such fact. */
function tentative({ nodes, relationships, owned }: Records): Records {
  return {
    nodes: nodes.map((node) => ({ ...node, tentative: true })),
    relationships: relationships.map((relationship) => ({ ...relationship, tentative: true })),
    owned,
  };
}

/** The identifiers of the records of a row, made from its content where it gives none. */
const idsOf = ({ nodes, relationships }: Records): string[] => [
  ...nodes.map(({ id }) => id),
  ...relationships.map(({ id, type, from, to, fields }) => id ?? relationshipId(type, from, to, fields)),
];

/** Sorts topics so that a broader one comes before the narrower ones that refer to it. */
function byDepth(rows: readonly ReadRow[]): (a: ReadRow, b: ReadRow) => number {
  const broader = new Map(rows.map(({ values }) => [values.id, values.broader]));
  const depth = (row: ReadRow): number => {
    let steps = 0;
    // A circle would never end; no vocabulary has more levels than rows.
    for (let id = row.values.broader; id && steps <= rows.length; id = broader.get(id)) steps++;
    return steps;
  };
  return (a, b) => depth(a) - depth(b);
}

/** The sources that a row names, also for its links. */
function sourcesOf({ records: { nodes, relationships, owned } }: ChangeRequest): string[] {
  const links = owned.flatMap((each) => each.links);
  return [...nodes, ...relationships, ...links].flatMap(({ fields }) => (fields.sources ?? []) as string[]);
}

/** Rejects rows that name a source deleted since they were read. Returns the others. */
async function withExistingSources(
  transaction: GraphTransaction,
  requests: readonly ChangeRequest[],
): Promise<readonly ChangeRequest[]> {
  const missing = new Set(await missingSources((...call) => transaction.run(...call), requests.flatMap(sourcesOf)));
  if (missing.size === 0) return requests;
  return requests.filter((request) => {
    const gone = sourcesOf(request).find((id) => missing.has(id));
    if (gone === undefined) return true;
    request.reject(problem('NOT_FOUND', ['sources'], `There is no source "${gone}": it was deleted meanwhile.`));
    return false;
  });
}

class Import {
  readonly #engine: GraphEngine;
  readonly #options: ImportOptions;
  readonly #resolver: ReferenceResolver;
  readonly #rejected: RejectedFile;
  readonly #dryRun: DryRun;
  readonly #load: Load;
  readonly total = noEffect();
  #rows = 0;
  /** The newest entry of the change log before the import. */
  #begunAfter = 0;
  /** Bytes of the present file that were read. */
  #bytes = 0;

  constructor(engine: GraphEngine, options: ImportOptions) {
    this.#engine = engine;
    this.#options = options;
    this.#load = options.load ?? { workload: new Workload(), mark: new LoadingMark('IMPORT') };
    this.#resolver = new ReferenceResolver(engine);
    this.#rejected = new RejectedFile(options.rejectedFile ?? null);
    this.#dryRun = new DryRun((statement, parameters) =>
      engine.read(statement, parameters, { timeoutMs: BATCH_TIMEOUT_MS, signal: options.signal }),
    );
  }

  async run(folder: string): Promise<ImportSummary> {
    const { files, notes } = await inspectFolder(folder, this.#options.rejectedFile ?? null);
    await this.#rejected.check();
    this.#begunAfter = await newestSequence((statement, parameters) => this.#engine.read(statement, parameters));
    const { workload, mark } = this.#load;
    const isWhole = this.#options.load === undefined;
    if (isWhole) workload.expect(importCostOf(files, { isDryRun: this.#options.dryRun }));
    try {
      for (const file of files) await this.#file(file);
      if (!this.#options.dryRun) await this.#derive(files);
    } finally {
      if (isWhole) await mark.clear(this.#engine);
      await this.#rejected.close();
    }
    if (isWhole) {
      workload.end();
      this.#progress(files.at(-1)!.format.file);
    }
    const { created, updated, deleted, unchanged } = this.total;
    return {
      ...{ created, updated, deleted, unchanged, notes },
      rows: this.#rows,
      rejected: this.#rejected.count,
      files: files.map(({ format }) => format.file),
    };
  }

  #progress(file: string): void {
    this.#options.onProgress?.({ file, ...this.#load.workload.state });
  }

  /** Derives what follows from the participations, which takes as long as reading them. */
  async #derive(files: readonly FoundFile[]): Promise<void> {
    const { workload, mark } = this.#load;
    const cost = costOfDeriving(files);
    let label = 'partnerships';
    let counted = 0;
    this.#progress(label);
    await derivePending(this.#engine, {
      signal: this.#options.signal,
      onProgress: (done, total) => {
        const share = READING_SHARE + (1 - READING_SHARE) * (done / Math.max(1, total));
        label = `partnerships ${done} of ${total}`;
        // What others import meanwhile is derived in a second round, which was not expected.
        workload.advance(cost * (share - counted));
        counted = Math.max(counted, share);
        this.#progress(label);
      },
      beside: (run) => mark.renew(run, { step: label, ...workload.state }),
    });
    workload.advance(cost * (1 - counted));
  }

  async #file(file: FoundFile): Promise<void> {
    this.#bytes = 0;
    // While one batch is written, the next is read.
    for await (const batch of oneAhead(batchesOf(file))) await this.#batch(file, batch);
  }

  async #reject(file: FoundFile, line: number, column: string, reason: string): Promise<void> {
    await this.#rejected.add({ file: file.format.file, line, column, reason });
    this.#load.workload.rejected++;
  }

  async #batch(file: FoundFile, batch: Batch): Promise<void> {
    this.#options.signal?.throwIfAborted();
    const { rows, invalid } = batch;
    for (const { line, problem } of invalid) await this.#reject(file, line, '', `The row is no CSV: ${problem}.`);
    await this.#resolve(file, rows);
    const { recordType } = file.format;
    if (recordType === 'topic') rows.sort(byDepth(rows));
    const requests: ChangeRequest[] = [];
    const rejections: { line: number; problem: Problem }[] = [];
    if (recordType === 'merge' || recordType === 'deletion') {
      await this.#restore(recordType, file, rows, rejections);
      await this.#conclude(file, batch, rejections);
      return;
    }
    for (const row of rows) {
      for (const { column, reason } of row.problems) await this.#reject(file, row.line, column, reason);
      if (row.problems.length > 0) continue;
      const records = TO_RECORDS[recordType](row.values as ResolvedInput);
      if (this.#options.leaves?.(idsOf(records))) continue;
      requests.push({
        records: row.ofMerged ? tentative(records) : records,
        reject: (problem) => void rejections.push({ line: row.line, problem }),
      });
    }
    if (requests.length > 0) {
      const remaining = await this.#withoutMerged(requests);
      const { firstLine, lastLine } = batch;
      const lines = firstLine === lastLine ? `line ${firstLine}` : `lines ${firstLine} to ${lastLine}`;
      const action = `import ${file.format.file}, ${lines}`;
      const effect = this.#options.dryRun
        ? await this.#check(remaining)
        : await this.#write(remaining, { file: file.format.file, action }, rejections);
      this.total.created += effect.created;
      this.total.updated += effect.updated;
      this.total.deleted += effect.deleted;
      this.total.unchanged += effect.unchanged + requests.length - remaining.length;
    }
    await this.#conclude(file, batch, rejections);
  }

  async #conclude(
    file: FoundFile,
    batch: Batch,
    rejections: readonly { readonly line: number; readonly problem: Problem }[],
  ): Promise<void> {
    for (const { line, problem } of rejections) await this.#reject(file, line, problem.path.join('.'), problem.message);
    const { workload } = this.#load;
    workload.advance(costOfReading(file.format.file, batch.bytes - this.#bytes));
    this.#bytes = batch.bytes;
    workload.rows += batch.size;
    this.#rows += batch.size;
    this.#progress(file.format.file);
  }

  /** Leaves out the rows of organisations that have been merged away: their survivors remain as they are. */
  async #withoutMerged(requests: readonly ChangeRequest[]): Promise<readonly ChangeRequest[]> {
    const ids = requests.flatMap(({ records }) =>
      records.nodes.filter(({ type }) => type === 'Organisation').map(({ id }) => id),
    );
    if (ids.length === 0) return requests;
    const { signal } = this.#options;
    const merged = new Set((await this.#engine.read(mergedInto, { ids }, { signal })).map(({ id }) => id));
    return requests.filter(({ records }) => !records.nodes.some(({ id }) => merged.has(id)));
  }

  /** Applies rows of merges.csv and deletions.csv, about records that no longer exist. */
  async #restore(
    recordType: 'merge' | 'deletion',
    file: FoundFile,
    rows: readonly ReadRow[],
    rejections: { line: number; problem: Problem }[],
  ): Promise<void> {
    for (const row of rows) {
      for (const { column, reason } of row.problems) await this.#reject(file, row.line, column, reason);
    }
    const { by = null, dryRun: isDryRun = false, signal } = this.#options;
    const restoring = { by, action: `import ${file.format.file}`, isDryRun };
    const valid = rows
      .filter(({ problems }) => problems.length === 0)
      .map(({ line, values }) => ({ line, row: values as unknown as MergeRow & DeletionRow }));
    const restore = recordType === 'merge' ? restoreMerges : restoreDeletions;
    const { created, unchanged, problems } = await restore(this.#engine, valid, restoring, signal);
    this.total.created += created;
    this.total.unchanged += unchanged;
    rejections.push(...problems);
  }

  async #resolve(file: FoundFile, rows: readonly ReadRow[]): Promise<void> {
    // A topic may name a broader one of the same file, which is not written yet.
    const own = file.format.recordType === 'topic' ? rows : [];
    for (const { values, problems } of own) {
      if (problems.length === 0) this.#resolver.declare(values.id as string, 'Topic', values.name as string, []);
    }
    const references = rows.flatMap((row) => row.references.flatMap(({ written }) => written.map(({ id }) => id)));
    await this.#resolver.lookUp(references, this.#options.signal);
    for (const row of rows) resolveRow(row, file, this.#resolver);
  }

  /** Checks rows without writing them. Later rows may refer to the records that they would create. */
  async #check(requests: readonly ChangeRequest[]): Promise<Effect> {
    const { effect, accepted } = await this.#dryRun.apply(await besideMerged(this.#dryRun.read, requests));
    for (const { records } of accepted) this.#declare(records);
    return effect;
  }

  #declare({ nodes }: Records): void {
    for (const { id, type, fields } of nodes) {
      const identifiers = Object.values(IDENTIFIER_FIELDS).flatMap((field) =>
        typeof fields[field] === 'string' ? [`${field}:${fields[field]}`] : [],
      );
      this.#resolver.declare(id, type, (fields.name as string | null) ?? null, identifiers);
    }
  }

  /** Writes rows in one transaction: records, marks for the derivation, counts, and the entry in the change log. */
  async #write(
    requests: readonly ChangeRequest[],
    { file, action }: { readonly file: string; readonly action: string },
    rejections: unknown[],
  ): Promise<Effect> {
    return this.#engine.write(
      async (transaction) => {
        // After a conflict the transaction runs again, and would add the same rejections again.
        rejections.length = 0;
        const now = new Date().toISOString();
        const accepted = await withExistingSources(transaction, requests);
        const run: GraphTransaction['run'] = (...call) => transaction.run(...call);
        const effect = await apply(transaction, await besideMerged(run, accepted), now);
        if (effect.projects.size > 0) await transaction.run(markUnderived, { ids: [...effect.projects].sort() });
        if (effect.touched.size > 0) {
          await this.#load.mark.renew(run, { step: file, ...this.#load.workload.state });
          if (effect.counted.size > 0) await leaveUncounted(run, this.#begunAfter);
          await logChange(transaction, { by: this.#options.by ?? null, action }, effect.touched, now);
          await confirmSources(transaction, requests.flatMap(sourcesOf));
        }
        return effect;
      },
      { timeoutMs: BATCH_TIMEOUT_MS, signal: this.#options.signal },
    );
  }
}

/**
 * Imports the CSV files of a folder, in their order, streaming. Rejected rows are listed, and the others are imported.
 * What exists already is not written again, so that an import can be repeated, or resumed after a stop. Throws a
 * CsvFileError, with nothing written, if the folder does not exist or a file cannot be read.
 */
export async function importFolder(
  engine: GraphEngine,
  folder: string,
  options: ImportOptions = {},
): Promise<ImportSummary> {
  return new Import(engine, options).run(folder);
}
