import type { Snapshot } from '../snapshot/snapshot.ts';
import type { Ask } from '../store/ask.ts';
import type { Strategy } from './plan.ts';

/** How a part of a list was read. */
export interface PlanStep {
  readonly list: string;
  /** `page`, `total`, or the name of a facet. */
  readonly part: string;
  /** How many lists were read together: one for each parent. */
  readonly lists: number;
  readonly by: Strategy;
}

/** By what lists are read. */
export interface Reading {
  readonly ask: Ask;
  /** What work on the snapshot finds; null where it is not of now, or changes while the work has yielded. */
  readonly fromSnapshot: <Value>(work: (snapshot: Snapshot) => Generator<void, Value>) => Promise<Value | null>;
  /** Notes how something was read. */
  readonly planned: (step: PlanStep) => void;
}
