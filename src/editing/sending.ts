import type { GraphTransaction } from '../graph/engine.ts';
import type { Parameters, Statement } from '../graph/statement.ts';
import { type Closed, closeMutation, closeMutationAfter } from '../store/write.ts';

/**
 * A transaction whose writes go out without waiting for one another: nobody needs to know what they answer. The last one
 * waits for what comes next, since it may go out in one statement with the end.
 */
export class Sending implements GraphTransaction {
  readonly #transaction: GraphTransaction;
  #sent: Promise<unknown>[] = [];
  #waiting: readonly [statement: Statement<never>, parameters: Parameters] | null = null;

  constructor(transaction: GraphTransaction) {
    this.#transaction = transaction;
  }

  run<Row>(statement: Statement<Row>, parameters?: Parameters): Promise<Row[]> {
    this.#release();
    return this.#transaction.run(statement, parameters);
  }

  /** Sends a write; whether it failed is told by `arrived`. */
  send(statement: Statement<never>, parameters: Parameters): void {
    this.#release();
    this.#waiting = [statement, parameters];
  }

  /** Ends a mutation, together with the write before. */
  async close(parameters: Parameters): Promise<Closed> {
    const waiting = this.#waiting;
    this.#waiting = null;
    const [closed] = waiting
      ? await this.#transaction.run(closeMutationAfter(waiting[0]), { ...waiting[1], ...parameters })
      : await this.#transaction.run(closeMutation, parameters);
    return closed!;
  }

  #release(): void {
    if (!this.#waiting) return;
    const sent = this.#transaction.run(...this.#waiting);
    this.#waiting = null;
    // Whoever gives up in between does not ask any more.
    sent.catch(() => {});
    this.#sent.push(sent);
  }

  /** Resolves when all that was sent has been written, rejects when one was not. */
  async arrived(): Promise<void> {
    this.#release();
    await Promise.all(this.#sent.splice(0));
  }
}
