import { nodeTypeOf } from '../domain/vocabulary.ts';
import type { GraphTransaction, WriteTransaction } from '../graph/engine.ts';
import type { Parameters, Statement } from '../graph/statement.ts';
import { type Closed, closeMutation, parametersBeforeEnd } from '../store/closing.ts';
import type { StoredNode } from '../store/node.ts';
import { lockNodes } from '../store/write.ts';

/** Writes that join the closing statement: more would make too many different statements, each planned on first use. */
const MAX_WITH_CLOSE = 2;

type Write = readonly [statement: Statement<never>, parameters: Parameters];

/** A lock that is not sent yet. */
interface Lock extends PromiseWithResolvers<readonly StoredNode[]> {
  readonly ids: readonly string[];
}

/**
 * A transaction that sends writes without writes for their answers, which nobody needs. It delays the last writes, and
 * a lock before them, so that they can join the closing statement.
 */
export class PipelinedTransaction implements GraphTransaction {
  readonly #transaction: WriteTransaction;
  #sent: Promise<unknown>[] = [];
  #lock: Lock | null = null;
  #delayed: Write[] = [];
  #hasSent = false;

  constructor(transaction: WriteTransaction) {
    this.#transaction = transaction;
  }

  run<Row>(statement: Statement<Row>, parameters?: Parameters): Promise<Row[]> {
    this.#release();
    this.#hasSent = true;
    return this.#transaction.run(statement, parameters);
  }

  /** Locks nodes, sorted by their identifiers, before the next statement; resolves to those that exist. */
  lock(ids: readonly string[]): Promise<readonly StoredNode[]> {
    this.#release();
    this.#lock = { ids, ...Promise.withResolvers() };
    // The caller may fail before it awaits this.
    this.#lock.promise.catch(() => {});
    return this.#lock.promise;
  }

  /** Sends a write. `allWritten` reports whether it failed. */
  send(statement: Statement<never>, parameters: Parameters): void {
    this.#delayed.push([statement, parameters]);
    if (this.#delayed.length > MAX_WITH_CLOSE) this.#release(MAX_WITH_CLOSE);
  }

  /**
   * Ends a mutation, together with the delayed writes and lock. If nothing was sent before, the statement also commits;
   * it fails as NOT_UNIQUE if a source, a given identifier or a node to lock is not as expected. Otherwise the caller
   * checks the returned values.
   */
  async close(parameters: Parameters): Promise<Closed> {
    const [writes, lock] = [this.#delayed, this.#lock];
    this.#delayed = [];
    this.#lock = null;
    const closing = closeMutation(...writes.map(([statement]) => statement));
    const before = parametersBeforeEnd(writes.map(([, parametersOfWrite]) => parametersOfWrite));
    const locked = lock?.ids ?? [];
    const sent = { ...before, ...parameters, locked, expected: this.#hasSent ? null : locked.map(nodeTypeOf) };
    const running = this.#hasSent ? this.#transaction.run(closing, sent) : this.#transaction.commitWith(closing, sent);
    lock?.resolve(running.then(([closed]) => closed!.locked));
    const [closed] = await running;
    return closed!;
  }

  /** Sends the delayed lock and writes, except the last `delayed` writes. */
  #release(delayed = 0): void {
    const [writes, lock] = [this.#delayed.splice(0, this.#delayed.length - delayed), this.#lock];
    this.#lock = null;
    this.#hasSent ||= lock !== null || writes.length > 0;
    if (lock !== null) {
      const locking = this.#transaction.run(lockNodes, { ids: lock.ids });
      lock.resolve(locking.then((rows) => rows.map(({ node }) => node)));
      this.#sent.push(lock.promise);
    }
    for (const write of writes) {
      const sent = this.#transaction.run(...write);
      // The caller may fail before it awaits this.
      sent.catch(() => {});
      this.#sent.push(sent);
    }
  }

  /** Drops the delayed writes of a transaction that will be rolled back. A delayed lock is sent. */
  dropWrites(): void {
    this.#delayed = [];
    this.#release();
  }

  /** Resolves when everything sent has been written; rejects if a write failed. */
  async allWritten(): Promise<void> {
    this.#release();
    await Promise.all(this.#sent.splice(0));
  }
}
