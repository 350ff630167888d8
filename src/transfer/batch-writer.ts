import type { CommittedAddition } from '../changes/addition.ts';
import { additionOf } from '../editing/addition.ts';
import { apply, type Decided } from '../editing/apply.ts';
import { logChange } from '../editing/change.ts';
import { leaveUncounted } from '../editing/counts.ts';
import type { Effect } from '../editing/effect.ts';
import type { KnownStore } from '../editing/known-store.ts';
import type { ChangeRequest } from '../editing/records.ts';
import { confirmSources } from '../editing/sources.ts';
import type { GraphEngine, GraphTransaction, WriteTransaction } from '../graph/engine.ts';
import { writeVersioned } from '../graph/write-versioned.ts';
import { countBookkeeping } from '../store/bookkeeping.ts';
import { holdChanges } from '../store/closing.ts';
import { markUnderived } from '../store/derivation.ts';
import type { FoundFile } from './folder.ts';
import type { Load } from './load.ts';
import { type DecidedAhead, type Prepared, sourcesOf, withExistingSources } from './prepared.ts';
import { besideMerged } from './survivors.ts';

/** A batch may wait behind others on a busy database. */
export const BATCH_TIMEOUT_MS = 120_000;

/** Prepares a batch again whose references may no longer be what they were. */
type Again = (file: FoundFile, prepared: Prepared) => Promise<readonly ChangeRequest[]>;

/** How batches are written, and who follows them. */
interface WriterOptions {
  readonly by: string | null;
  readonly signal: AbortSignal | undefined;
  readonly again: Again;
  /** Called with all that a batch did, if it only added records. */
  readonly onAddition: ((addition: CommittedAddition) => void) | undefined;
}

/** Writes the batches of an import, each in one transaction. */
export class BatchWriter {
  readonly #engine: GraphEngine;
  readonly #load: Load;
  readonly #store: KnownStore;
  readonly #by: string | null;
  readonly #signal: AbortSignal | undefined;
  readonly #again: Again;
  readonly #onAddition: WriterOptions['onAddition'];
  /** The newest entry of the change log before the import. */
  readonly #begunAfter: number;

  constructor(
    engine: GraphEngine,
    load: Load & { readonly store: KnownStore },
    { by, signal, again, onAddition }: WriterOptions,
  ) {
    this.#engine = engine;
    this.#load = load;
    this.#store = load.store;
    this.#by = by;
    this.#signal = signal;
    this.#again = again;
    this.#onAddition = onAddition;
    this.#begunAfter = load.store.sequence;
  }

  /** Writes rows in one transaction: records, marks for the derivation, and the entry in the change log. */
  async write(file: FoundFile, prepared: Prepared, requests: readonly ChangeRequest[]): Promise<Effect> {
    const store = this.#store;
    const { decided, batch } = prepared;
    const step = file.format.file;
    const { firstLine, lastLine } = batch;
    const lines = firstLine === lastLine ? `line ${firstLine}` : `lines ${firstLine} to ${lastLine}`;
    const authorship = { by: this.#by, action: `import ${step}, ${lines}` };
    const { done, version } = await writeVersioned(
      this.#engine,
      async (transaction) => {
        const now = new Date().toISOString();
        const run: GraphTransaction['run'] = (...call) => transaction.run(...call);
        // Nobody else commits a change until the end: one lock, instead of one for each node.
        if (decided !== null && this.#engine.isShared) await run(holdChanges);
        await store.validate(run);
        // Where others have written, the store has forgotten what was decided by.
        const isOfNow = decided !== null && decided.generation === store.generation;
        const { effect, graph } = isOfNow
          ? await this.#writeDecided(transaction, decided)
          : await this.#decideAndWrite(transaction, file, prepared, requests, now);
        const { projects, counted, touched } = effect;
        if (projects.size > 0) await run(markUnderived, { ids: [...projects].sort() });
        if (touched.size === 0) {
          await run(countBookkeeping);
          return { effect, graph, sequence: null };
        }
        await this.#load.mark.renew(run, { step, ...this.#load.workload.state });
        if (counted.size > 0) await leaveUncounted(run, this.#begunAfter);
        const sequence = await logChange(transaction, authorship, touched, now);
        // No source that was there when it was decided can have been deleted since.
        if (!isOfNow) await confirmSources(transaction, requests.flatMap(sourcesOf));
        return { effect, graph, sequence };
      },
      { timeoutMs: BATCH_TIMEOUT_MS, signal: this.#signal },
    );
    const { effect, graph, sequence } = done;
    store.committed(graph, sequence);
    if (this.#onAddition && sequence !== null) {
      const nodes = Array.from(graph.nodes(), ({ after }) => after);
      const addition = additionOf(effect, nodes, { sequence, counts: [] });
      if (addition) this.#onAddition({ ...addition, version });
    }
    return effect;
  }

  /** Writes what was decided ahead. */
  async #writeDecided(transaction: GraphTransaction, decided: DecidedAhead): Promise<Decided> {
    // They run one after the other; after one that fails, no other runs.
    await Promise.all(decided.writes.map((write) => transaction.run(...write)));
    return decided;
  }

  /** Decides on rows under their locks, and writes them. What was decided ahead on them or on later ones no longer counts. */
  async #decideAndWrite(
    transaction: WriteTransaction,
    file: FoundFile,
    prepared: Prepared,
    requests: readonly ChangeRequest[],
    now: string,
  ): Promise<Pick<Decided, 'effect' | 'graph'>> {
    const store = this.#store;
    const { rejections, decided } = prepared;
    const run: GraphTransaction['run'] = (...call) => transaction.run(...call);
    // Decided on before, or in a transaction that runs again, they would be rejected twice.
    rejections.length = 0;
    let given = requests;
    if (decided !== null) {
      store.forget();
      given = await this.#again(file, prepared);
    }
    const existing = await withExistingSources(transaction, given);
    return apply(transaction, await besideMerged(run, existing), now, store);
  }
}
