import type { Requester } from '../scheduling/requester.ts';
import type { Parameters, Statement } from './statement.ts';

/** Options of a call: time limit, abort signal, requester and callbacks. */
export interface RunOptions {
  /** Aborting rejects the call with the signal's reason; the engine stops the statement where it can. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds. Default: DEFAULT_TIMEOUT_MS. */
  readonly timeoutMs?: number | undefined;
  /**
   * Called before the rows are returned, with the version of the graph that they show; null if something was committed
   * while they were read. Of a write: called after its commit, with the version that it made, or a later one if others
   * have committed since. It costs nothing.
   */
  readonly onVersion?: ((version: string | null) => void) | undefined;
  /** The request for which it runs. Omitted: the server itself. */
  readonly requester?: Requester | undefined;
  /**
   * Called if the call rejects while its statement still runs, on an engine that cannot stop one. `rest` resolves or
   * rejects when the statement has ended.
   */
  readonly onAbandoned?: ((rest: Promise<unknown>) => void) | undefined;
}

/** More than any bounded query takes on a graph of a million relationships, less than the patience of a user. */
export const DEFAULT_TIMEOUT_MS = 15_000;

/**
 * The statements of one transaction. They run one after the other in the order in which they were sent, and see what
 * earlier ones wrote. Sending the next one without waiting saves round trips. After a failed statement no other runs.
 */
export interface GraphTransaction {
  run<Row>(statement: Statement<Row>, parameters?: Parameters): Promise<Row[]>;
}

/** A transaction whose last statement may also commit. */
export interface WriteTransaction extends GraphTransaction {
  /**
   * Runs the last statement and commits: no statement may follow, and a later rejection of the work undoes nothing. As
   * the only statement of its transaction it saves the round trips for BEGIN and COMMIT.
   */
  commitWith<Row>(statement: Statement<Row>, parameters?: Parameters): Promise<Row[]>;
}

/** A constraint or an index. Each engine writes its own DDL. */
export type SchemaRule =
  | { readonly kind: 'unique-node'; readonly label: string; readonly property: string }
  | { readonly kind: 'node-index'; readonly label: string; readonly property: string }
  | { readonly kind: 'unique-relationship'; readonly type: string; readonly property: string };

/** The files of a graph that one process has for itself, and what tells whether others have changed them. */
export interface GraphFiles {
  /** Other files that belong to the graph may be put here. */
  readonly folder: string;
  /** The state of the files when they were opened; null for a store that was not closed properly before. */
  readonly stateAtOpening: string | null;
  /** The version of the graph when it was opened. */
  readonly versionAtOpening: string;
  /** The state of the files now, to be asked when the graph is closed: a later opening that finds the same finds this graph. */
  state(): string | null;
}

/**
 * The port to the graph database. Every implementation gives the same results for every statement of store/ and
 * editing/ (test/contract): no other code depends on the engine. Errors are those of errors.ts.
 */
export interface GraphEngine {
  /** For logs and for people: `Neo4j 2026.09.0 at bolt://…` or `Grafeo 0.6.0 in ./data`. */
  readonly description: string;
  /** Whether an index finds a relationship by its identifier. Otherwise all of the type are scanned. */
  readonly seeksRelationships: boolean;
  /** Whether other processes may write to the same graph at the same time. */
  readonly isShared: boolean;
  /** Its files; absent where a database elsewhere has them. */
  readonly files?: GraphFiles;
  /** Runs one reading statement and resolves to its rows. */
  read<Row>(statement: Statement<Row>, parameters?: Parameters, options?: RunOptions): Promise<Row[]>;
  /**
   * Runs `work` in one transaction, which commits when it resolves and is rolled back when it rejects. `work` runs
   * again after a conflict, a deadlock or a connection that broke before the commit was sent, so it must have no other
   * effects. If the connection broke later, rejects with OUTCOME_UNKNOWN.
   */
  write<Result>(work: (transaction: WriteTransaction) => Promise<Result>, options?: RunOptions): Promise<Result>;
  /** The version of the graph: equal only if nothing was committed in between, by any process. */
  version(options?: RunOptions): Promise<string>;
  /** Creates the missing constraints and indexes. A second call changes nothing. */
  ensureSchema(rules: readonly SchemaRule[], options?: RunOptions): Promise<void>;
  /** Resolves when the database answers, rejects with a GraphError when it does not. */
  ping(options?: RunOptions): Promise<void>;
  /**
   * Waits for work in progress, then closes connections and files. Does not wait for a database that does not answer. A
   * second call does nothing.
   */
  close(): Promise<void>;
}

/** The result of salvaging a damaged store, in numbers of commits. */
export interface Salvaged {
  readonly found: number;
  /** The last acknowledged commit; null if that is not known. */
  readonly acknowledged: number | null;
}
