import { IDENTIFIER_FIELDS } from '../domain/identifier.ts';
import { DryRun, decideAhead } from '../editing/apply.ts';
import { derivePending } from '../editing/derive.ts';
import { type Effect, noEffect } from '../editing/effect.ts';
import { KnownStore, knownAfter } from '../editing/known-store.ts';
import type { ChangeRequest, Records } from '../editing/records.ts';
import { type DeletionRow, type MergeRow, restoreDeletions, restoreMerges } from '../editing/restore.ts';
import { type EntityType, type ResolvedInput, TO_RECORDS } from '../editing/to-records.ts';
import type { GraphEngine, GraphTransaction } from '../graph/engine.ts';
import { oneAhead } from '../scheduling/one-ahead.ts';
import { NO_RESTS, type Rests } from '../scheduling/rests.ts';
import { Slices } from '../scheduling/slices.ts';
import { LoadingMark } from '../store/loading.ts';
import { mergedInto, nodesById } from '../store/node.ts';
import { BATCH_TIMEOUT_MS, BatchWriter } from './batch-writer.ts';
import { type Batch, batchesOf } from './batches.ts';
import { type FoundFile, inspectFolder } from './folder.ts';
import type { ImportOptions, ImportSummary } from './import-options.ts';
import type { Load } from './load.ts';
import { byDepth, type DecidedAhead, type GraphRejection, idsOf, noted, type Prepared, tentative } from './prepared.ts';
import { ReferenceResolver } from './references.ts';
import { RejectedFile } from './rejected.ts';
import { type ReadRow, resolveRow } from './rows.ts';
import { besideMerged } from './survivors.ts';
import { costOfDeriving, costOfReading, importCostOf, READING_SHARE, Workload } from './workload.ts';

class Import {
  readonly #engine: GraphEngine;
  readonly #options: ImportOptions;
  readonly #resolver: ReferenceResolver;
  readonly #rejected: RejectedFile;
  readonly #dryRun: DryRun;
  readonly #load: Load;
  readonly #rests: Rests;
  readonly #slices = Slices.inBackground();
  readonly total = noEffect();
  #rows = 0;
  #writer: BatchWriter | null = null;
  /** Bytes of the present file that were read. */
  #bytes = 0;

  constructor(engine: GraphEngine, options: ImportOptions) {
    this.#engine = engine;
    this.#options = options;
    this.#rests = options.rests ?? NO_RESTS;
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
    this.#load.store ??= await KnownStore.of(this.#engine);
    const { by = null, signal, onAddition } = this.#options;
    const again = (file: FoundFile, prepared: Prepared) => this.#again(file, prepared);
    this.#writer = new BatchWriter(
      this.#engine,
      { ...this.#load, store: this.#load.store },
      { by, signal, again, onAddition },
    );
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
    const { workload, mark, store } = this.#load;
    const cost = costOfDeriving(files);
    let label = 'partnerships';
    let counted = 0;
    this.#progress(label);
    await derivePending(this.#engine, {
      signal: this.#options.signal,
      pairsAtOnce: this.#options.pairsAtOnce,
      onProgress: (done, total) => {
        const share = READING_SHARE + (1 - READING_SHARE) * (done / Math.max(1, total));
        label = `partnerships ${done} of ${total}`;
        // What others import meanwhile is derived in a second round, which was not expected.
        workload.advance(cost * (share - counted));
        counted = Math.max(counted, share);
        this.#progress(label);
      },
      beside: (run) => mark.renew(run, { step: label, ...workload.state }),
      onEntry: (sequence) => store!.derived(sequence),
      onAddition: this.#options.onAddition,
      rests: this.#rests,
    });
    workload.advance(cost * (1 - counted));
  }

  async #file(file: FoundFile): Promise<void> {
    this.#bytes = 0;
    const prepared = this.#prepared(file);
    // While one batch is written, the next is prepared.
    for await (const batch of this.#isAhead ? oneAhead(prepared) : prepared) {
      await this.#write(file, batch);
      await this.#rests.take();
    }
  }

  /**
   * Whether a batch is decided on while the one before is written: in an import into an empty store. In another nearly each
   * batch reads what may be about to change, and on a shared database its locks must be taken first.
   */
  get #isAhead(): boolean {
    return this.#options.dryRun !== true && this.#load.store!.hasNoFormer;
  }

  async *#prepared(file: FoundFile): AsyncGenerator<Prepared> {
    let before: Prepared | null = null;
    for await (const batch of oneAhead(batchesOf(file, this.#rests))) {
      before = await this.#prepare(file, batch, before);
      yield before;
    }
  }

  async #reject(file: FoundFile, line: number, column: string, reason: string): Promise<void> {
    await this.#rejected.add({ file: file.format.file, line, column, reason });
    this.#load.workload.rejected++;
  }

  /** Reads what a batch refers to and, where that may be, decides on it. */
  async #prepare(file: FoundFile, batch: Batch, before: Prepared | null): Promise<Prepared> {
    this.#options.signal?.throwIfAborted();
    const { recordType } = file.format;
    const problems = new Map(batch.rows.map((row) => [row, row.problems.length]));
    const prepared: Prepared = { batch, problems, requests: [], rejections: [], decided: null, ...noted() };
    await this.#resolve(file, batch.rows, this.#resolver);
    if (recordType === 'topic') batch.rows.sort(byDepth(batch.rows));
    if (recordType === 'merge' || recordType === 'deletion') return prepared;
    prepared.requests = await this.#requests(recordType, batch.rows, prepared.rejections);
    if (this.#isAhead && prepared.requests.length > 0) prepared.decided = await this.#decide(prepared, before);
    return prepared;
  }

  /** The change requests of the rows without problems. */
  async #requests(
    recordType: EntityType,
    rows: readonly ReadRow[],
    rejections: GraphRejection[],
  ): Promise<ChangeRequest[]> {
    const requests: ChangeRequest[] = [];
    await this.#slices.each(rows, (row) => {
      if (row.problems.length > 0) return;
      const records = TO_RECORDS[recordType](row.values as ResolvedInput);
      if (this.#options.leaves?.(idsOf(records))) return;
      requests.push({
        records: row.ofMerged ? tentative(records) : records,
        reject: (problem) => void rejections.push({ line: row.line, problem }),
      });
    });
    return requests;
  }

  /** Decides on a batch while the one before is being written; what it reads waits for that, but for nodes. */
  async #decide({ requests }: Prepared, before: Prepared | null): Promise<DecidedAhead> {
    const store = this.#load.store!;
    const { generation } = store;
    const known = before?.decided ? knownAfter(store, before.decided.graph) : store;
    const options = { timeoutMs: BATCH_TIMEOUT_MS, signal: this.#options.signal };
    const run: GraphTransaction['run'] = async (statement, parameters) => {
      // Nodes that the batch before reads or writes are known from it: others are as they will be after its commit.
      if ((statement as object) !== nodesById) await before?.written.promise;
      return this.#engine.read(statement, parameters, options);
    };
    return { ...(await decideAhead(run, requests, new Date().toISOString(), known)), generation };
  }

  async #write(file: FoundFile, prepared: Prepared): Promise<void> {
    const { written } = prepared;
    try {
      this.#options.signal?.throwIfAborted();
      await this.#carryOut(file, prepared);
      written.resolve();
    } catch (error) {
      written.reject(error);
      throw error;
    }
  }

  async #carryOut(file: FoundFile, prepared: Prepared): Promise<void> {
    const { batch, rejections, requests } = prepared;
    const { rows, invalid } = batch;
    for (const { line, problem } of invalid) await this.#reject(file, line, '', `The row is no CSV: ${problem}.`);
    const { recordType } = file.format;
    if (recordType === 'merge' || recordType === 'deletion') {
      await this.#restore(recordType, file, rows, rejections);
    } else if (requests.length > 0) {
      const remaining = await this.#withoutMerged(requests);
      const effect = this.#options.dryRun
        ? await this.#check(remaining)
        : await this.#writer!.write(file, prepared, remaining);
      this.total.created += effect.created;
      this.total.updated += effect.updated;
      this.total.deleted += effect.deleted;
      this.total.unchanged += effect.unchanged + requests.length - remaining.length;
    }
    for (const row of rows) {
      for (const { column, reason } of row.problems) await this.#reject(file, row.line, column, reason);
    }
    await this.#conclude(file, batch, rejections);
  }

  async #conclude(file: FoundFile, batch: Batch, rejections: readonly GraphRejection[]): Promise<void> {
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
    if (ids.length === 0 || this.#load.store?.hasNoFormer) return requests;
    const { signal } = this.#options;
    const merged = new Set((await this.#engine.read(mergedInto, { ids }, { signal })).map(({ id }) => id));
    return requests.filter(({ records }) => !records.nodes.some(({ id }) => merged.has(id)));
  }

  /** Applies rows of merges.csv and deletions.csv, about records that no longer exist. */
  async #restore(
    recordType: 'merge' | 'deletion',
    file: FoundFile,
    rows: readonly ReadRow[],
    rejections: GraphRejection[],
  ): Promise<void> {
    const { by = null, dryRun: isDryRun = false, signal } = this.#options;
    const restoring = { by, action: `import ${file.format.file}`, isDryRun };
    const valid = rows
      .filter(({ problems }) => problems.length === 0)
      .map(({ line, values }) => ({ line, row: values as unknown as MergeRow & DeletionRow }));
    const restore = recordType === 'merge' ? restoreMerges : restoreDeletions;
    this.#load.store?.forget();
    const { created, unchanged, problems } = await restore(this.#engine, valid, restoring, signal);
    this.total.created += created;
    this.total.unchanged += unchanged;
    rejections.push(...problems);
  }

  async #resolve(file: FoundFile, rows: readonly ReadRow[], resolver: ReferenceResolver): Promise<void> {
    // A topic may name a broader one of the same file, which is not written yet.
    const own = file.format.recordType === 'topic' ? rows : [];
    for (const { values, problems } of own) {
      if (problems.length === 0) resolver.declare(values.id as string, 'Topic', values.name as string, []);
    }
    const references = new Set<string>();
    for (const row of rows) for (const { written } of row.references) for (const { id } of written) references.add(id);
    const { signal } = this.#options;
    const store = this.#load.store!;
    // What is decided ahead is validated in its transaction.
    if (!this.#isAhead) {
      await store.validate((statement, parameters) => this.#engine.read(statement, parameters, { signal }));
    }
    await resolver.lookUp(references, store, signal);
    await this.#slices.each(rows, (row) => resolveRow(row, file, resolver));
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

  /** Reads again what rows refer to, since others have changed the graph. */
  async #again(file: FoundFile, { batch, problems, rejections }: Prepared): Promise<readonly ChangeRequest[]> {
    for (const row of batch.rows) {
      row.problems.length = problems.get(row)!;
      row.ofMerged = false;
    }
    // The next batch may be using the resolver of all.
    await this.#resolve(file, batch.rows, new ReferenceResolver(this.#engine, this.#resolver));
    return this.#withoutMerged(await this.#requests(file.format.recordType as EntityType, batch.rows, rejections));
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
