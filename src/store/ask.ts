import type { Parameters, Statement } from '../graph/statement.ts';

/** Runs one reading statement for a request: the only way in which walks and comparisons reach the graph. */
export type Ask = <Row>(statement: Statement<Row>, parameters?: Parameters) => Promise<Row[]>;

/** By what a walk goes through the graph. */
export interface Walker {
  readonly ask: Ask;
  /** Whether the engine walks by itself, as its port tells. */
  readonly engineWalks: boolean;
}
