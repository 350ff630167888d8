import type { Requester } from '../scheduling/requester.ts';
import type { Parameters, Statement } from './statement.ts';

/** How long a statement may run, and who may call it off. */
export interface RunOptions {
  /** Aborting rejects the call with the signal's reason; the engine stops the statement where it can. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds; DEFAULT_TIMEOUT_MS when left out. */
  readonly timeoutMs?: number | undefined;
  /**
   * Told, before the rows are there, which state of the graph they are of, as `version` names it; null when something was
   * committed while they were read, so that nobody can say. It costs nothing.
   */
  readonly tellVersion?: ((version: string | null) => void) | undefined;
  /** For which request it runs; without one, for the server itself. */
  readonly requester?: Requester | undefined;
  /**
   * Called when the call rejects while its statement still runs, as that of an engine does which cannot stop one; `rest`
   * resolves or rejects when the statement has ended.
   */
  readonly onAbandoned?: ((rest: Promise<unknown>) => void) | undefined;
}

/** Longer than any bounded question takes on a graph of a million relationships, shorter than a reader's patience. */
export const DEFAULT_TIMEOUT_MS = 15_000;

/**
 * Statements of one transaction, run one after the other in the order in which they were sent; what they write is seen by
 * the later ones. Who does not wait for one before sending the next saves trips; after one that failed none runs.
 */
export interface GraphTransaction {
  run<Row>(statement: Statement<Row>, parameters?: Parameters): Promise<Row[]>;
}

/** A transaction of which whoever has it may send the last statement. */
export interface WriteTransaction extends GraphTransaction {
  /**
   * Runs the last statement and commits: nothing may come after, and what the work says then undoes nothing. As the only
   * statement of its transaction it saves the trips of a beginning and of an end.
   */
  commitWith<Row>(statement: Statement<Row>, parameters?: Parameters): Promise<Row[]>;
}

/** A constraint or an index, in words: each engine writes its own DDL. */
export type SchemaRule =
  | { readonly kind: 'unique-node'; readonly label: string; readonly property: string }
  | { readonly kind: 'node-index'; readonly label: string; readonly property: string }
  | { readonly kind: 'unique-relationship'; readonly type: string; readonly property: string };

/**
 * The port to the graph database. Every implementation answers every statement of store/ and editing/ alike
 * (test/contract), so that nothing else needs to know which one is in use. Errors are those of errors.ts.
 */
export interface GraphEngine {
  /** For logs and for people: `Neo4j 2026.09.0 at bolt://…` or `Grafeo 0.6.0 in ./data`. */
  readonly description: string;
  /**
   * Whether a page of a type in the order of an indexed property costs what the page holds. Where it does not, the whole
   * type is sorted for each page, and whoever reads many holds the order in this process, the only one that writes.
   */
  readonly readsInOrder: boolean;
  /** Whether an index finds a relationship by its identifier. Where none does, all of the type are looked at. */
  readonly seeksRelationships: boolean;
  /** Whether other processes may write to the same graph at the same time. */
  readonly isShared: boolean;
  /** Whether a statement may tell it to find the nodes of two patterns and then those in both (`USING JOIN ON`). */
  readonly joins: boolean;
  /** Runs one reading statement and resolves to its rows. */
  read<Row>(statement: Statement<Row>, parameters?: Parameters, options?: RunOptions): Promise<Row[]>;
  /**
   * Runs `work` in one transaction that commits when it resolves and leaves nothing when it rejects.
   * It runs again after a conflict, a deadlock or a connection that broke before the commit was sent, so it must do nothing
   * outside its transaction. Where the connection broke later it rejects with OUTCOME_UNKNOWN.
   */
  write<Result>(work: (transaction: WriteTransaction) => Promise<Result>, options?: RunOptions): Promise<Result>;
  /** Names the state of the graph: equal only when nothing was committed in between, by anyone. */
  version(options?: RunOptions): Promise<string>;
  /** Makes what is missing of these rules; a second call changes nothing. */
  ensureSchema(rules: readonly SchemaRule[], options?: RunOptions): Promise<void>;
  /** Resolves when the database answers, rejects with a GraphError when it does not. */
  ping(options?: RunOptions): Promise<void>;
  /**
   * Waits for what is under way, then lets go of connections and files; a database that does not answer is not waited for.
   * Calling it again does nothing.
   */
  close(): Promise<void>;
}

/** What is left of a store that was damaged, in numbers of commits. */
export interface Salvaged {
  readonly found: number;
  /** The last that was acknowledged; null where that is not known. */
  readonly acknowledged: number | null;
}
