import type { GraphTransaction } from '../graph/engine.ts';
import type { Parameters, Statement } from '../graph/statement.ts';

/** A transaction whose writes go out without waiting for one another: nobody needs to know what they answer. */
export class Sending implements GraphTransaction {
  readonly #transaction: GraphTransaction;
  #sent: Promise<unknown>[] = [];

  constructor(transaction: GraphTransaction) {
    this.#transaction = transaction;
  }

  run<Row>(statement: Statement<Row>, parameters?: Parameters): Promise<Row[]> {
    return this.#transaction.run(statement, parameters);
  }

  /** Sends a write; whether it failed is told by `arrived`. */
  send(statement: Statement<never>, parameters?: Parameters): void {
    const sent = this.#transaction.run(statement, parameters);
    // Whoever gives up in between does not ask any more.
    sent.catch(() => {});
    this.#sent.push(sent);
  }

  /** Resolves when all that was sent has been written, rejects when one was not. */
  async arrived(): Promise<void> {
    await Promise.all(this.#sent.splice(0));
  }
}
