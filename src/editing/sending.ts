import { nodeTypeOf } from '../domain/vocabulary.ts';
import type { GraphTransaction, WriteTransaction } from '../graph/engine.ts';
import type { Parameters, Statement } from '../graph/statement.ts';
import type { StoredNode } from '../store/node.ts';
import { type Closed, closeMutation, lockNodes, parametersBeforeEnd } from '../store/write.ts';

/** Writes that go out in one statement with the end: more would make too many statements, each planned when first used. */
const MOST_WITH_THE_END = 2;

type Write = readonly [statement: Statement<never>, parameters: Parameters];

/** A lock that nobody waits for yet. */
interface Lock extends PromiseWithResolvers<readonly StoredNode[]> {
  readonly ids: readonly string[];
}

/**
 * A transaction whose writes go out without waiting for one another: nobody needs to know what they answer. The last ones,
 * and a lock before them, wait for what comes next, since they may go out in one statement with the end.
 */
export class Sending implements GraphTransaction {
  readonly #transaction: WriteTransaction;
  #sent: Promise<unknown>[] = [];
  #lock: Lock | null = null;
  #waiting: Write[] = [];
  #isUnderWay = false;

  constructor(transaction: WriteTransaction) {
    this.#transaction = transaction;
  }

  run<Row>(statement: Statement<Row>, parameters?: Parameters): Promise<Row[]> {
    this.#release();
    this.#isUnderWay = true;
    return this.#transaction.run(statement, parameters);
  }

  /** Locks nodes, sorted by their identifiers, before what is sent next; resolves to those that are there. */
  lock(ids: readonly string[]): Promise<readonly StoredNode[]> {
    this.#release();
    this.#lock = { ids, ...Promise.withResolvers() };
    // Whoever gives up in between does not ask any more.
    this.#lock.promise.catch(() => {});
    return this.#lock.promise;
  }

  /** Sends a write; whether it failed is told by `arrived`. */
  send(statement: Statement<never>, parameters: Parameters): void {
    this.#waiting.push([statement, parameters]);
    if (this.#waiting.length > MOST_WITH_THE_END) this.#release(MOST_WITH_THE_END);
  }

  /**
   * Ends a mutation, together with what goes before. Where nothing went out yet that commits it too, unless something is
   * otherwise than told: a source, an identifier that was given, or one to be locked, of the type that it names. Then it
   * fails as NOT_UNIQUE. Else all that is for the caller to look at.
   */
  async close(parameters: Parameters): Promise<Closed> {
    const [waiting, lock] = [this.#waiting, this.#lock];
    this.#waiting = [];
    this.#lock = null;
    const closing = closeMutation(...waiting.map(([statement]) => statement));
    const own = parametersBeforeEnd(waiting.map(([, its]) => its));
    const locked = lock?.ids ?? [];
    const sent = { ...own, ...parameters, locked, expected: this.#isUnderWay ? null : locked.map(nodeTypeOf) };
    const running = this.#isUnderWay
      ? this.#transaction.run(closing, sent)
      : this.#transaction.commitWith(closing, sent);
    lock?.resolve(running.then(([closed]) => closed!.locked));
    const [closed] = await running;
    return closed!;
  }

  /** Lets what waits go out, but for the last writes of it. */
  #release(kept = 0): void {
    const [waiting, lock] = [this.#waiting.splice(0, this.#waiting.length - kept), this.#lock];
    this.#lock = null;
    this.#isUnderWay ||= lock !== null || waiting.length > 0;
    if (lock !== null) {
      const locking = this.#transaction.run(lockNodes, { ids: lock.ids });
      lock.resolve(locking.then((rows) => rows.map(({ node }) => node)));
      this.#sent.push(lock.promise);
    }
    for (const write of waiting) {
      const sent = this.#transaction.run(...write);
      // Whoever gives up in between does not ask any more.
      sent.catch(() => {});
      this.#sent.push(sent);
    }
  }

  /** Gives up the writes that have not gone out, of a transaction that leaves nothing; a lock goes out. */
  giveUp(): void {
    this.#waiting = [];
    this.#release();
  }

  /** Resolves when all that was sent has been written, rejects when one was not. */
  async arrived(): Promise<void> {
    this.#release();
    await Promise.all(this.#sent.splice(0));
  }
}
