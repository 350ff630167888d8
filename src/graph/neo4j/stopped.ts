import { setTimeout as pause } from 'node:timers/promises';
import { Neo4jError } from 'neo4j-driver';
import { GraphError } from '../errors.ts';

/** Neo4j's codes for a database that may have stopped: why, only its status says. */
const MAY_HAVE_STOPPED = /^Neo\.DatabaseError\.Transaction\.Transaction(?:StartFailed|CommitFailed|LogError)$/;
/** Its message for everything that comes after what stopped it. */
const HAS_STOPPED = /needs to be restarted/;
/** The status of a database whose disk is full: Neo4j's words, those of the system, or its error numbers (ENOSPC, EDQUOT). */
const FULL =
  /out of disk space|No space left on device|not enough space on the disk|quota exceeded|ErrorCode=(?:28|122)\b/i;
/** What Neo4j says of a commit that met the failure: it stops the database then. */
const COULD_NOT_WRITE = /Could not (?:append|apply) /;
/** Milliseconds for which a status is not asked for again: many requests fail at once. */
const STATUS_AGE_MS = 1_000;
/** Milliseconds to wait for the status: /readyz answers in time; a commit, which meets the failure first, has longer. */
const WAIT_MS = { others: 500, commit: 4_000 };

function serverErrorOf({ cause }: GraphError): Neo4jError | null {
  return cause instanceof Neo4jError ? cause : null;
}

/**
 * Finds out why a database has stopped. Neo4j stops one that cannot write its files, for reading too, until Neo4j is
 * started again; a client only learns that there was a critical error, the status of the database says which.
 */
export class StoppedDatabase {
  readonly #readStatus: () => Promise<string>;
  #status: Promise<string | null> | null = null;
  #askedAt = Number.NEGATIVE_INFINITY;

  /** `readStatus` gives the status message of the database, in Neo4j's words; it is empty for one that works. */
  constructor(readStatus: () => Promise<string>) {
    this.#readStatus = readStatus;
  }

  /**
   * The error itself, or why the database has stopped: STORAGE_FULL where certainly nothing was written and the disk is
   * full; STORAGE_FAILED where it failed otherwise, and for a commit that found the disk full: its log may have it, so
   * that the next start of Neo4j completes it.
   */
  async explain(error: GraphError): Promise<GraphError> {
    const found = serverErrorOf(error);
    if (found === null || !MAY_HAVE_STOPPED.test(found.code)) return error;
    const isCommit = error.code === 'OUTCOME_UNKNOWN';
    const status = await this.#currentStatus(isCommit ? WAIT_MS.commit : WAIT_MS.others);
    const isFull = FULL.test(status ?? '') || FULL.test(found.message);
    if (!isFull && !(isCommit ? COULD_NOT_WRITE : HAS_STOPPED).test(found.message)) return error;
    const words = [status, found.message].filter(Boolean).join(' / ');
    const outcome = isCommit ? ' Whether the last change was made is known then.' : '';
    const remedy = isFull
      ? 'The disk of Neo4j is full: free some space, then restart Neo4j.'
      : 'Neo4j has stopped the database: look at its log and its disk, then restart Neo4j.';
    return new GraphError(
      isFull && !isCommit ? 'STORAGE_FULL' : 'STORAGE_FAILED',
      `${remedy}${outcome} (Neo4j: ${words})`,
      { cause: found, ...(error.statement === null ? {} : { statement: error.statement }) },
    );
  }

  /** The status, or null where it is not read in time; the next call may have it. */
  #currentStatus(waitMs: number): Promise<string | null> {
    if (performance.now() - this.#askedAt > STATUS_AGE_MS || this.#status === null) {
      this.#askedAt = performance.now();
      this.#status = this.#readStatus().catch(() => null);
    }
    return Promise.race([this.#status, pause(waitMs, null, { ref: false })]);
  }
}
