import type { Parameters, Statement } from '../graph/statement.ts';
import type { Slices } from '../scheduling/slices.ts';
import type { Card } from './card.ts';
import type { TieType } from './ties.ts';

/** Runs one reading statement for a request: the only way in which walks and comparisons reach the graph. */
export type Ask = <Row>(statement: Statement<Row>, parameters?: Parameters) => Promise<Row[]>;

/** What the process holds of which nodes are joined, as they are now. */
export interface HeldTies {
  /** How many ties of some types a node has, at either end. */
  degree(id: string, types: readonly TieType[]): number;
  /** The nodes at their far ends, a node once for each tie. */
  neighbours(id: string, types: readonly TieType[]): readonly string[];
  /** What lists show of an actor; null for what is none. */
  card(id: string): Card | null;
}

/** What work of more than one statement has for one request: the graph, and the request's processor time. */
export interface TaskContext {
  readonly ask: Ask;
  readonly slices: Slices;
}

/** By what a walk goes through the graph. */
export interface Walker extends TaskContext {
  /** Whether the engine walks by itself, as its port tells. */
  readonly engineWalks: boolean;
  /** The ties that are held; null where none are, or not as of now. To be read before the next await. */
  held(): Promise<HeldTies | null>;
}
