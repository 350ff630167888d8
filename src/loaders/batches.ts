import type { GraphTransaction, WriteTransaction } from '../graph/engine.ts';
import type { FollowedBatch, WorkFollower } from '../scheduling/requester.ts';

/** How a statement is sent: with a batch, or at once. */
export type Way = <Result>(question: () => Promise<Result>) => Promise<Result>;

/** Sends a statement by itself, or as a part of work that has joined a batch already. */
export const atOnce: Way = (question) => question();

/** Statements that go to the database together: those that one level of a document asks for. */
export class Batches {
  /** How many times statements went out. */
  roundTrips = 0;
  /** How many statements went out in all, writes and probes of the graph's version among them. */
  statements = 0;
  #waiting: (() => void)[] = [];
  #running: Promise<unknown>[] = [];
  readonly #follower: WorkFollower | null;
  #followed: FollowedBatch | null = null;

  constructor(follower: WorkFollower | null = null) {
    this.#follower = follower;
  }

  /**
   * Gathers the batches of all loaders until every resolver of the level has asked, then sends them together. For
   * DataLoader's `batchScheduleFn`.
   */
  readonly schedule = (dispatch: () => void): void => {
    this.#waiting.push(dispatch);
    if (this.#waiting.length > 1) return;
    // After the microtasks in which resolvers of this level run, as DataLoader itself waits.
    void Promise.resolve().then(() => process.nextTick(() => this.#send()));
  };

  /** Resolves when the next batch is sent: what is asked right then belongs to it. */
  readonly dispatched = (): Promise<void> => new Promise((resolve) => this.schedule(resolve));

  #send(): void {
    const dispatches = this.#waiting;
    this.#waiting = [];
    this.#running = [];
    for (const dispatch of dispatches) dispatch();
  }

  /**
   * Runs what belongs to the batch that is being sent: a statement, or work that sends several, one after the other. All of
   * a batch are waited for together: so the next level asks as one, and the number of statements depends on the document alone,
   * never on which of them was faster.
   */
  readonly join = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    // Batches that find all they need in the cache send nothing.
    if (this.#running.length === 0) {
      this.roundTrips++;
      this.#followed = this.#follower?.batchBegun() ?? null;
    }
    const followed = this.#followed;
    const running = followed === null ? work() : followed.run(work);
    this.#running.push(running);
    const batch = this.#running;
    // The others of the batch join in this same turn of the event loop: only then is its list complete.
    await new Promise<void>(process.nextTick);
    await Promise.allSettled(batch);
    followed?.end();
    return running;
  };

  /** Counts what a transaction sends: what is sent before the earlier is answered belongs to the same round trip. */
  readonly counting = (transaction: WriteTransaction): WriteTransaction => {
    let unanswered = 0;
    const counted = (send: GraphTransaction['run']): GraphTransaction['run'] => {
      return async (statement, parameters) => {
        this.statements++;
        if (unanswered++ === 0) this.roundTrips++;
        try {
          return await send(statement, parameters);
        } finally {
          unanswered--;
        }
      };
    };
    return {
      run: counted((...call) => transaction.run(...call)),
      commitWith: counted((...call) => transaction.commitWith(...call)),
    };
  };
}
