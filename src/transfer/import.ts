import { join } from 'node:path';
import type { DatedReference } from '../domain/field.ts';
import { missingProblem } from '../domain/field-value.ts';
import { IDENTIFIER_FIELDS } from '../domain/identifier.ts';
import { type Problem, problem } from '../domain/problem.ts';
import { tidyText } from '../domain/text.ts';
import { apply, rehearse, Stage } from '../editing/apply.ts';
import { logChange } from '../editing/change.ts';
import { derivePending } from '../editing/derive.ts';
import { type Effect, noEffect } from '../editing/effect.ts';
import { type Draft, NOUNS } from '../editing/nouns.ts';
import type { Records, Submission } from '../editing/records.ts';
import { type MergeRow, restoreMerges } from '../editing/restore.ts';
import { confirmSources, missingSources } from '../editing/sources.ts';
import type { GraphEngine, GraphTransaction } from '../graph/engine.ts';
import { mergedInto } from '../store/node.ts';
import { markUnderived, recount } from '../store/write.ts';
import { readCell } from './columns.ts';
import { type BrokenRow, CsvFileError, type CsvRow, checkEncoding, readCsv, readHeader, sizeOf } from './csv.ts';
import { FILES, type FileFormat } from './files.ts';
import { ReferenceResolver } from './references.ts';
import { RejectedFile } from './rejected.ts';
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
}

interface Found {
  readonly format: FileFormat;
  readonly path: string;
  readonly bytes: number;
  readonly header: readonly string[];
}

/** Finds the files of a folder and checks what would spoil all of it: names, headers, encodings. Throws a CsvFileError. */
async function inspect(folder: string): Promise<Found[]> {
  const found: Found[] = [];
  for (const format of FILES) {
    const path = join(folder, format.file);
    const bytes = await sizeOf(path);
    if (bytes === null) continue;
    await checkEncoding(path, format.file);
    const header = await readHeader(path);
    if (header === null) throw new CsvFileError(`${format.file} has no header: its first line must name the columns.`);
    const known = Object.keys(format.columns);
    const unknown = header.filter((name) => !known.includes(name));
    if (unknown.length > 0) {
      throw new CsvFileError(
        `${format.file} has unknown columns: ${unknown.map((name) => `"${name}"`).join(', ')}. Known are ${known.join(', ')}.`,
      );
    }
    const repeated = header.filter((name, place) => header.indexOf(name) !== place);
    if (repeated.length > 0) throw new CsvFileError(`${format.file} names the column ${repeated[0]} twice.`);
    const missing = format.required.filter((name) => !header.includes(name));
    if (missing.length > 0) throw new CsvFileError(`${format.file} lacks the columns ${missing.join(', ')}.`);
    found.push({ format, path, bytes, header });
  }
  if (found.length === 0) {
    throw new CsvFileError(`${folder} holds none of the files ${FILES.map(({ file }) => file).join(', ')}.`);
  }
  return found;
}

interface ReadRow {
  readonly line: number;
  readonly values: Record<string, Draft[string]>;
  readonly references: { readonly column: string; readonly written: readonly DatedReference[] }[];
  readonly faults: { readonly column: string; readonly reason: string }[];
  /** It tells of a record that has been merged away. */
  ofMerged: boolean;
}

/** A row's cells by column; references are still as written. An empty cell empties the field. */
function readRow({ line, cells }: CsvRow, { format, header }: Found): ReadRow {
  const row: ReadRow = { line, values: {}, references: [], faults: [], ofMerged: false };
  if (cells.length !== header.length) {
    row.faults.push({
      column: '',
      reason: `The row has ${cells.length} cells; the header names ${header.length} columns.`,
    });
    return row;
  }
  header.forEach((name, place) => {
    const cell = tidyText(cells[place]!);
    if (cell === '') {
      if (format.required.includes(name)) {
        row.faults.push({ column: name, reason: missingProblem(format.noun, name) });
      }
      row.values[name] = null;
      return;
    }
    const field = format.columns[name]!;
    const read = readCell(name, field, cell);
    if ('problem' in read) {
      row.faults.push({ column: name, reason: read.problem });
    } else if (field.kind === 'dated references') {
      row.references.push({ column: name, written: read.value as readonly DatedReference[] });
    } else if (field.kind === 'reference' || field.kind === 'references') {
      const written = [read.value ?? []].flat() as readonly string[];
      row.references.push({ column: name, written: written.map((id) => ({ id, since: null, until: null })) });
    } else row.values[name] = read.value as Draft[string];
  });
  return row;
}

/** Puts what references stand for in the place of what was written. */
function resolveRow(row: ReadRow, { format }: Found, resolver: ReferenceResolver): void {
  for (const { column: name, written } of row.references) {
    const column = format.columns[name]!;
    if (!('types' in column) || column.kind === 'id') continue;
    const resolved: DatedReference[] = [];
    for (const reference of written) {
      const resolution = resolver.resolve(reference.id, column.types);
      if ('fault' in resolution) row.faults.push({ column: name, reason: resolution.fault });
      else {
        resolved.push({ ...reference, id: resolution.id });
        if (resolution.isMerged && column.kind === 'reference') row.ofMerged = true;
      }
    }
    if (column.kind === 'reference') row.values[name] = resolved[0]?.id ?? null;
    else if (column.kind === 'references') row.values[name] = [...new Set(resolved.map(({ id }) => id))];
    else row.values[name] = resolved;
  }
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
  readonly #stage = new Stage();
  readonly total = noEffect();
  #rows = 0;
  #bytesBefore = 0;
  #totalBytes = 0;

  constructor(engine: GraphEngine, options: ImportOptions) {
    this.#engine = engine;
    this.#options = options;
    this.#resolver = new ReferenceResolver(engine);
    this.#rejected = new RejectedFile(options.rejectedFile ?? null);
  }

  async run(folder: string): Promise<ImportSummary> {
    const found = await inspect(folder);
    await this.#rejected.check();
    this.#totalBytes = found.reduce((sum, { bytes }) => sum + bytes, 0);
    try {
      for (const file of found) {
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
    const files = found.map(({ format }) => format.file);
    return { created, updated, deleted, unchanged, rows: this.#rows, rejected: this.#rejected.count, files };
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

  async #file(file: Found): Promise<void> {
    let batch: (CsvRow | BrokenRow)[] = [];
    let isHeader = true;
    for await (const row of readCsv(file.path)) {
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

  async #reject(file: Found, line: number, column: string, reason: string): Promise<void> {
    await this.#rejected.add({ file: file.format.file, line, column, reason });
  }

  async #batch(file: Found, batch: readonly (CsvRow | BrokenRow)[]): Promise<void> {
    this.#options.signal?.throwIfAborted();
    const rows: ReadRow[] = [];
    for (const row of batch) {
      if ('fault' in row) await this.#reject(file, row.line, '', `The row is no CSV: ${row.fault}.`);
      else rows.push(readRow(row, file));
    }
    await this.#resolve(file, rows);
    const { noun } = file.format;
    if (noun === 'topic') rows.sort(byDepth(rows));
    const submissions: Submission[] = [];
    const refused: { line: number; problem: Problem }[] = [];
    if (noun === 'merge') {
      await this.#merge(file, rows, refused);
      await this.#conclude(file, batch, refused);
      return;
    }
    for (const row of rows) {
      const made = row.faults.length === 0 ? NOUNS[noun](row.values as Draft) : null;
      for (const { column, reason } of row.faults) await this.#reject(file, row.line, column, reason);
      for (const { path, message } of made?.problems ?? []) await this.#reject(file, row.line, path.join('.'), message);
      if (!made || made.problems.length > 0) continue;
      submissions.push({
        records: row.ofMerged ? tentative(made.records) : made.records,
        refuse: (problem) => void refused.push({ line: row.line, problem }),
      });
    }
    if (submissions.length > 0) {
      const standing = await this.#withoutMerged(submissions);
      if (this.#options.dryRun) await this.#rehearse(standing);
      else {
        const lines = `lines ${batch[0]!.line} to ${batch.at(-1)!.line}`;
        const effect = await this.#write(standing, `import ${file.format.file} ${lines}`, refused);
        this.total.created += effect.created;
        this.total.updated += effect.updated;
        this.total.deleted += effect.deleted;
        this.total.unchanged += effect.unchanged + submissions.length - standing.length;
      }
    }
    await this.#conclude(file, batch, refused);
  }

  async #conclude(
    file: Found,
    batch: readonly (CsvRow | BrokenRow)[],
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

  /** Rows of merges.csv: what is there as a record is merged now, of what is not the merge is remembered. */
  async #merge(file: Found, rows: readonly ReadRow[], refused: { line: number; problem: Problem }[]): Promise<void> {
    for (const row of rows) {
      for (const { column, reason } of row.faults) await this.#reject(file, row.line, column, reason);
    }
    if (this.#options.dryRun) return;
    const { by = null, signal } = this.#options;
    const action = `import ${file.format.file}`;
    const fine = rows.filter(({ faults }) => faults.length === 0);
    const told = fine.map(({ line, values }) => ({ line, row: values as unknown as MergeRow }));
    const { created, unchanged, problems } = await restoreMerges(this.#engine, told, { by, action }, signal);
    this.total.created += created;
    this.total.unchanged += unchanged;
    refused.push(...problems);
  }

  async #resolve(file: Found, rows: readonly ReadRow[]): Promise<void> {
    // A topic may be broader than one of its own file that is not written yet.
    const own = file.format.noun === 'topic' ? rows : [];
    for (const { values, faults } of own) {
      if (faults.length === 0) this.#resolver.declare(values.id as string, 'Topic', values.name as string, []);
    }
    const references = rows.flatMap((row) => row.references.flatMap(({ written }) => written.map(({ id }) => id)));
    await this.#resolver.lookUp(references, this.#options.signal);
    for (const row of rows) resolveRow(row, file, this.#resolver);
  }

  /** Judges rows without writing them, and lets later ones refer to those that would be there. */
  async #rehearse(submissions: readonly Submission[]): Promise<void> {
    const { signal } = this.#options;
    const read: GraphTransaction['run'] = (statement, parameters) =>
      this.#engine.read(statement, parameters, { timeoutMs: BATCH_TIMEOUT_MS, signal });
    for (const { records } of await rehearse(read, submissions, this.#stage)) this.#declare(records);
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
        const effect = await apply(transaction, await besideMerged(transaction, standing), now);
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
 * stop. Throws a CsvFileError, with nothing written, for a file that is unreadable as a whole.
 */
export async function importFolder(
  engine: GraphEngine,
  folder: string,
  options: ImportOptions = {},
): Promise<ImportSummary> {
  return new Import(engine, options).run(folder);
}
