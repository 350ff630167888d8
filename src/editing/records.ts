import type { Problem } from '../domain/problem.ts';
import type { NodeType, RelationshipType } from '../domain/vocabulary.ts';
import type { GraphValue } from '../graph/statement.ts';

/** Fields to set, by property. Null removes a field; a field left out stays as it is. */
export type Fields = Readonly<Record<string, GraphValue>>;

/** The requested state of a node. It is created where no node has its id. */
export interface NodeChange {
  readonly id: string;
  readonly type: NodeType;
  readonly fields: Fields;
  /** It names a record that has been merged away: written only where no node has its id. */
  readonly tentative?: true;
  /** Its identifier was chosen because it was free: if another record takes it meanwhile, the write fails. */
  readonly isNew?: true;
  /** The field from which its identifier was made, where none was given: another record may have the same. */
  readonly identifiedBy?: string;
}

/**
 * The requested state of a relationship. Without an id, its identity fields find the existing one, or name a new one.
 */
export interface RelationshipChange {
  readonly id: string | null;
  readonly type: RelationshipType;
  readonly from: string;
  readonly to: string;
  readonly fields: Fields;
  /** It names a record that has been merged away: written only where the survivor has no fact that says the same. */
  readonly tentative?: true;
  /** It is recorded as new: an existing one that says the same is a problem. */
  readonly isNew?: true;
}

/** All relationships of one type that are part of their owner's record. Those not listed are deleted. */
export interface OwnedLinks {
  readonly owner: string;
  readonly type: RelationshipType;
  readonly links: readonly RelationshipChange[];
}

/** The records of one row of a file, or of one mutation. */
export interface Records {
  readonly nodes: readonly NodeChange[];
  readonly relationships: readonly RelationshipChange[];
  readonly owned: readonly OwnedLinks[];
}

/** Records of one origin (a row, a mutation), and how to report their problems to it. */
export interface ChangeRequest {
  readonly records: Records;
  /** Called with each problem that only the graph shows; nothing of the request is then written. */
  readonly reject: (problem: Problem) => void;
}

export const NO_RECORDS: Records = { nodes: [], relationships: [], owned: [] };
