import { Slices } from './slices.ts';

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

/** The client of a request, and the time that the request has of the processor and has used of the database. */
export class Requester {
  /** The client that shares resources with others: an address, or the name of a token. */
  readonly client: string;
  /** Follows its work; null where nobody does. */
  readonly follower: WorkFollower | null;
  /** The processor time of all that is done for it, until its answer is there. */
  readonly slices: Slices;
  /** Time of arrival, on the clock of performance.now. */
  readonly arrivedAt = performance.now();
  /** Milliseconds that the database has worked for this request. */
  usedMs = 0;

  /** Once the signal is aborted, nobody waits for its answer any more. */
  constructor(client: string, follower: WorkFollower | null = null, signal: AbortSignal | null = null) {
    this.client = client;
    this.follower = follower;
    this.slices = new Slices(signal, client);
  }
}
