/** Called when a followed piece of work has ended, with its error if it failed. */
export type WorkEnd = (error?: unknown) => void;

/** A batch that is followed. */
export interface FollowedBatch {
  /** Runs work that belongs to it: so its statements are known as those of this batch. */
  run<Result>(work: () => Result): Result;
  /** To be called when all of its work has ended. Later calls have no effect. */
  end(): void;
}

/** Follows the work that is done for one request, for the log and for traces. */
export interface WorkFollower {
  statementBegun(name: string): WorkEnd;
  batchBegun(): FollowedBatch;
}

/** The client of a request, and the database time that the request has used. */
export class Requester {
  /** The client that shares resources with others: an address, or the name of a token. */
  readonly client: string;
  /** Follows its work; null where nobody does. */
  readonly follower: WorkFollower | null;
  /** Time of arrival, on the clock of performance.now. */
  readonly arrivedAt = performance.now();
  /** Milliseconds that the database has worked for this request. */
  usedMs = 0;

  constructor(client: string, follower: WorkFollower | null = null) {
    this.client = client;
    this.follower = follower;
  }
}
