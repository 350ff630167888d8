import type { Parameters, Statement } from '../graph/statement.ts';
import type { Slices } from '../scheduling/slices.ts';
import type { NodeSummary } from './node-summary.ts';
import type { TraversalConditions } from './traversal.ts';

/** Runs one reading statement for a request: the only way in which traversals and comparisons reach the graph. */
export type Ask = <Row>(statement: Statement<Row>, parameters?: Parameters) => Promise<Row[]>;

/** The relationships that a traversal follows, in memory. */
export interface EdgesInMemory {
  /** The neighbours of a node, each once; none for an unknown node. */
  neighbours(id: string): Set<string>;
  /** How many relationships of the types followed a node has, of any kind and at any date. */
  degree(id: string): number;
  /** What lists show of a node; null for an unknown one. */
  summary(id: string): NodeSummary | null;
}

/** What work of more than one statement has for one request: the graph, and the request's processor time. */
export interface TaskContext {
  readonly ask: Ask;
  readonly slices: Slices;
}

/** By what a traversal reads the graph. */
export interface Walker extends TaskContext {
  /**
   * The relationships that meet the conditions, in memory; null where the snapshot does not equal the graph, so that the
   * database has to be asked. To be read before the next await.
   */
  inMemory(conditions: TraversalConditions): Promise<EdgesInMemory | null>;
}
