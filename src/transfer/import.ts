import { IDENTIFIER_FIELDS } from '../domain/identifier.ts';
import { type Problem, problem } from '../domain/problem.ts';
import { apply, Rehearsal } from '../editing/apply.ts';
import { logChange } from '../editing/change.ts';
import { derivePending } from '../editing/derive.ts';
import { type Effect, noEffect } from '../editing/effect.ts';
import { type Draft, NOUNS } from '../editing/nouns.ts';
import type { Records, Submission } from '../editing/records.ts';
import { type DeletionRow, type MergeRow, restoreDeletions, restoreMerges } from '../editing/restore.ts';
import { confirmSources, missingSources } from '../editing/sources.ts';
import type { GraphEngine, GraphTransaction } from '../graph/engine.ts';
import { mergedInto } from '../store/node.ts';
import { markUnderived, recount } from '../store/write.ts';
import { type CsvRow, readCsv } from './csv.ts';
import { type FoundFile, inspectFolder } from './folder.ts';
import { ReferenceResolver } from './references.ts';
import { RejectedFile } from './rejected.ts';
import { type ReadRow, readRow, resolveRow } from './rows.ts';
import { besideMerged } from './survivors.ts';

/** Rows written in one transaction: enough to hide the trips, few enough that a stop loses little. */
const ROWS_AT_ONCE = 2_000;
/** A batch may wait behind others on a busy database. */
const BATCH_TIMEOUT_MS = 120_000;

/** How far an import has come. */
export interface ImportProgress {
  /** The file being read, or what is done after the last one. */
  readonly file: string;
  readonly rows: number;
  readonly bytes: number;
  readonly totalBytes: number;
  readonly rejected: number;
}

export interface ImportOptions {
  /** Check everything, write nothing. */
  readonly dryRun?: boolean;
  /** Where rows that cannot be imported are listed; null: nowhere. */
  readonly rejectedFile?: string | null;
  readonly onProgress?: (progress: ImportProgress) => void;
  readonly signal?: AbortSignal;
  /** Who imports, for the change log. */
  readonly by?: string | null;
}

/** What an import did, in records: nodes and relationships together. */
export interface ImportSummary {
  readonly created: number;
  readonly updated: number;
  readonly deleted: number;
  readonly unchanged: number;
  readonly rows: number;
  readonly rejected: number;
  readonly files: readonly string[];
  /** What should be known of the folder: files and columns that were not read, separators that are no commas. */
  readonly notes: readonly string[];
}

/** What is told of a record that has been merged away counts only where nothing of the kind is known of the survivor. */
function tentative({ nodes, relationships, owned }: Records): Records {
  return {
    nodes: nodes.map((node) => ({ ...node, tentative: true })),
    relationships: relationships.map((relationship) => ({ ...relationship, tentative: true })),
    owned,
  };
}

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

/** The sources that a row names, its links' among them. */
function sourcesOf({ records: { nodes, relationships, owned } }: Submission): string[] {
  const links = owned.flatMap((each) => each.links);
  return [...nodes, ...relationships, ...links].flatMap(({ fields }) => (fields.sources ?? []) as string[]);
}

/** Leaves out rows that name a source which was deleted since they were read. */
async function sourced(
  transaction: GraphTransaction,
  submissions: readonly Submission[],
): Promise<readonly Submission[]> {
  const missing = new Set(await missingSources((...call) => transaction.run(...call), submissions.flatMap(sourcesOf)));
  if (missing.size === 0) return submissions;
  return submissions.filter((submission) => {
    const gone = sourcesOf(submission).find((id) => missing.has(id));
    if (gone === undefined) return true;
    submission.refuse(problem('NOT_FOUND', ['sources'], `There is no source "${gone}": it was deleted meanwhile.`));
    return false;
  });
}

class Import {
  readonly #engine: GraphEngine;
  readonly #options: ImportOptions;
  readonly #resolver: ReferenceResolver;
  readonly #rejected: RejectedFile;
  readonly #rehearsal: Rehearsal;
  readonly total = noEffect();
  #rows = 0;
  #bytesBefore = 0;
  #totalBytes = 0;

  constructor(engine: GraphEngine, options: ImportOptions) {
    this.#engine = engine;
    this.#options = options;
    this.#resolver = new ReferenceResolver(engine);
    this.#rejected = new RejectedFile(options.rejectedFile ?? null);
    this.#rehearsal = new Rehearsal((statement, parameters) =>
      engine.read(statement, parameters, { timeoutMs: BATCH_TIMEOUT_MS, signal: options.signal }),
    );
  }

  async run(folder: string): Promise<ImportSummary> {
    const { files, notes } = await inspectFolder(folder, this.#options.rejectedFile ?? null);
    await this.#rejected.check();
    this.#totalBytes = files.reduce((sum, { bytes }) => sum + bytes, 0);
    try {
      for (const file of files) {
        await this.#file(file);
        this.#bytesBefore += file.bytes;
      }
      if (!this.#options.dryRun) {
        await derivePending(this.#engine, (done, total) =>
          this.#progress(`partnerships ${done} of ${total}`, this.#totalBytes),
        );
      }
    } finally {
      await this.#rejected.close();
    }
    const { created, updated, deleted, unchanged } = this.total;
    return {
      ...{ created, updated, deleted, unchanged, notes },
      rows: this.#rows,
      rejected: this.#rejected.count,
      files: files.map(({ format }) => format.file),
    };
  }

  #progress(file: string, bytes: number): void {
    this.#options.onProgress?.({
      file,
      rows: this.#rows,
      bytes,
      totalBytes: this.#totalBytes,
      rejected: this.#rejected.count,
    });
  }

  async #file(file: FoundFile): Promise<void> {
    let batch: CsvRow[] = [];
    let isHeader = true;
    for await (const row of readCsv(file.path, file.delimiter)) {
      if (isHeader) {
        isHeader = false;
        continue;
      }
      batch.push(row);
      if (batch.length === ROWS_AT_ONCE) {
        await this.#batch(file, batch);
        batch = [];
      }
    }
    if (batch.length > 0) await this.#batch(file, batch);
  }

  async #reject(file: FoundFile, line: number, column: string, reason: string): Promise<void> {
    await this.#rejected.add({ file: file.format.file, line, column, reason });
  }

  async #batch(file: FoundFile, batch: readonly CsvRow[]): Promise<void> {
    this.#options.signal?.throwIfAborted();
    const rows: ReadRow[] = [];
    for (const row of batch) {
      if ('problem' in row) await this.#reject(file, row.line, '', `The row is no CSV: ${row.problem}.`);
      else rows.push(readRow(row.line, row.cells, file));
    }
    await this.#resolve(file, rows);
    const { noun } = file.format;
    if (noun === 'topic') rows.sort(byDepth(rows));
    const submissions: Submission[] = [];
    const refused: { line: number; problem: Problem }[] = [];
    if (noun === 'merge' || noun === 'deletion') {
      await this.#restore(noun, file, rows, refused);
      await this.#conclude(file, batch, refused);
      return;
    }
    for (const row of rows) {
      for (const { column, reason } of row.problems) await this.#reject(file, row.line, column, reason);
      if (row.problems.length > 0) continue;
      const records = NOUNS[noun](row.values as Draft);
      submissions.push({
        records: row.ofMerged ? tentative(records) : records,
        refuse: (problem) => void refused.push({ line: row.line, problem }),
      });
    }
    if (submissions.length > 0) {
      const standing = await this.#withoutMerged(submissions);
      const action = `import ${file.format.file} lines ${batch[0]!.line} to ${batch.at(-1)!.line}`;
      const effect = this.#options.dryRun
        ? await this.#rehearse(standing)
        : await this.#write(standing, action, refused);
      this.total.created += effect.created;
      this.total.updated += effect.updated;
      this.total.deleted += effect.deleted;
      this.total.unchanged += effect.unchanged + submissions.length - standing.length;
    }
    await this.#conclude(file, batch, refused);
  }

  async #conclude(
    file: FoundFile,
    batch: readonly CsvRow[],
    refused: readonly { readonly line: number; readonly problem: Problem }[],
  ): Promise<void> {
    for (const { line, problem } of refused) await this.#reject(file, line, problem.path.join('.'), problem.message);
    this.#rows += batch.length;
    this.#progress(file.format.file, this.#bytesBefore + batch.at(-1)!.bytes);
  }

  /** Leaves out the rows of organisations that have been merged away: the survivor says what holds of them. */
  async #withoutMerged(submissions: readonly Submission[]): Promise<readonly Submission[]> {
    const ids = submissions.flatMap(({ records }) =>
      records.nodes.filter(({ type }) => type === 'Organisation').map(({ id }) => id),
    );
    if (ids.length === 0) return submissions;
    const { signal } = this.#options;
    const merged = new Set((await this.#engine.read(mergedInto, { ids }, { signal })).map(({ id }) => id));
    return submissions.filter(({ records }) => !records.nodes.some(({ id }) => merged.has(id)));
  }

  /** Rows of merges.csv and deletions.csv, which say what became of records that are no longer there. */
  async #restore(
    noun: 'merge' | 'deletion',
    file: FoundFile,
    rows: readonly ReadRow[],
    refused: { line: number; problem: Problem }[],
  ): Promise<void> {
    for (const row of rows) {
      for (const { column, reason } of row.problems) await this.#reject(file, row.line, column, reason);
    }
    const { by = null, dryRun: isRehearsal = false, signal } = this.#options;
    const restoring = { by, action: `import ${file.format.file}`, isRehearsal };
    const fine = rows
      .filter(({ problems }) => problems.length === 0)
      .map(({ line, values }) => ({ line, row: values as unknown as MergeRow & DeletionRow }));
    const restore = noun === 'merge' ? restoreMerges : restoreDeletions;
    const { created, unchanged, problems } = await restore(this.#engine, fine, restoring, signal);
    this.total.created += created;
    this.total.unchanged += unchanged;
    refused.push(...problems);
  }

  async #resolve(file: FoundFile, rows: readonly ReadRow[]): Promise<void> {
    // A topic may be broader than one of its own file that is not written yet.
    const own = file.format.noun === 'topic' ? rows : [];
    for (const { values, problems } of own) {
      if (problems.length === 0) this.#resolver.declare(values.id as string, 'Topic', values.name as string, []);
    }
    const references = rows.flatMap((row) => row.references.flatMap(({ written }) => written.map(({ id }) => id)));
    await this.#resolver.lookUp(references, this.#options.signal);
    for (const row of rows) resolveRow(row, file, this.#resolver);
  }

  /** Judges rows without writing them, and lets later ones refer to those that would be there. */
  async #rehearse(submissions: readonly Submission[]): Promise<Effect> {
    const { effect, accepted } = await this.#rehearsal.apply(await besideMerged(this.#rehearsal.read, submissions));
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

  /** One transaction: the records, the marks of what is to be derived, the counts, the entry in the change log. */
  async #write(submissions: readonly Submission[], action: string, refused: unknown[]): Promise<Effect> {
    return this.#engine.write(
      async (transaction) => {
        // The transaction may run anew after a conflict: what the first try refused it would refuse twice.
        refused.length = 0;
        const now = new Date().toISOString();
        const standing = await sourced(transaction, submissions);
        const run: GraphTransaction['run'] = (...call) => transaction.run(...call);
        const effect = await apply(transaction, await besideMerged(run, standing), now);
        if (effect.projects.size > 0) await transaction.run(markUnderived, { ids: [...effect.projects].sort() });
        if (effect.counted.size > 0) await transaction.run(recount, { ids: [...effect.counted].sort() });
        if (effect.touched.size > 0) {
          await logChange(transaction, { by: this.#options.by ?? null, action }, effect.touched, now);
          await confirmSources(transaction, submissions.flatMap(sourcesOf));
        }
        return effect;
      },
      { timeoutMs: BATCH_TIMEOUT_MS, signal: this.#options.signal },
    );
  }
}

/**
 * Imports the CSV files of a folder, in their order, streaming. Rows that cannot be imported are listed and never stop or
 * spoil the others; what is there already is not written again, so that an import may be repeated, or resumed after a
 * stop. Throws a CsvFileError, with nothing written, for a folder that is not there or a file that is unreadable as a whole.
 */
export async function importFolder(
  engine: GraphEngine,
  folder: string,
  options: ImportOptions = {},
): Promise<ImportSummary> {
  return new Import(engine, options).run(folder);
}
