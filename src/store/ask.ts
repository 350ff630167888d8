import type { Parameters, Statement } from '../graph/statement.ts';
import type { Slices } from '../scheduling/slices.ts';
import type { NodeSummary } from './node-summary.ts';
import type { TraversalConditions } from './traversal.ts';

/** Runs one reading statement for a request: the only way in which traversals and comparisons reach the graph. */
export type Ask = <Row>(statement: Statement<Row>, parameters?: Parameters) => Promise<Row[]>;

/** The relationships that a traversal follows, in memory, where every node has a number. */
export interface EdgesInMemory {
  /** What gives the numbers: where two are the same, numbers of the one are numbers of the other. */
  readonly numbering: object;
  /** The number of a node; -1 for an unknown one. */
  find(id: string): number;
  id(node: number): string;
  /** The neighbours of a node, each once, in no order. */
  neighbours(node: number): number[];
  /** How many relationships of the types followed a node has, of any kind and at any date. */
  degree(node: number): number;
  /** What lists show of a node. */
  summary(node: number): NodeSummary;
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
