import type { CommittedAddition } from '../changes/addition.ts';
import type { Problem } from '../domain/problem.ts';
import type { NodeRecord } from '../store/node.ts';
import type { RelationshipRecord } from '../store/relationship.ts';

/** The records that a mutation created, changed or had locked, as it left them. */
export interface Written {
  readonly nodes: readonly NodeRecord[];
  readonly relationships: readonly RelationshipRecord[];
}

/** The result of a mutation: the record that it created, changed or found in conflict, and the problems to correct. */
export interface Outcome {
  readonly id: string | null;
  readonly problems: readonly Problem[];
  /** Identifiers of the nested facts that were recorded with it, in the order of the input. */
  readonly nested?: readonly string[];
  /** Records that need not be read again. Others may have changed too. */
  readonly written?: Written;
  /** The whole change, if it only added records. */
  readonly addition?: CommittedAddition;
}

/** Rolls the transaction back and carries the outcome; caught by `mutate`. */
export class RolledBack extends Error {
  override readonly name = 'RolledBack';
  readonly outcome: Outcome;

  constructor(outcome: Outcome) {
    super(outcome.problems.map(({ message }) => message).join(' '));
    this.outcome = outcome;
  }
}

/** An optimistic assumption about an identifier was wrong; caught by `mutate`. */
export class WrongAssumption extends Error {
  override readonly name = 'WrongAssumption';
}

/**
 * How a mutation checks identifiers. Optimistic: assumes that a new identifier is free and that named nodes exist,
 * which is nearly always so and saves round trips. A uniqueness constraint rejects a taken identifier; the last
 * statement checks the rest. Where an assumption was wrong, the mutation runs again as pessimistic, which asks first.
 */
export type Mode = 'optimistic' | 'pessimistic';
