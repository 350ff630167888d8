import type { Problem } from '../domain/problem.ts';
import type { NodeType, RelationshipType } from '../domain/vocabulary.ts';
import type { GraphValue } from '../graph/statement.ts';

/** Fields to set, by property; null takes a field away, a field left out stays as it is. */
export type Fields = Readonly<Record<string, GraphValue>>;

/** A node that shall be as told. It is made where there is none of its id. */
export interface NodeRecord {
  readonly id: string;
  readonly type: NodeType;
  readonly fields: Fields;
  /** It was told of a record that has been merged away: written only where there is none of its id. */
  readonly tentative?: true;
  /** Its identifier was chosen because it was free: it must not become that of another record meanwhile. */
  readonly isNew?: true;
  /** The field that its identifier was made of, where it was given none: another record may have one that reads alike. */
  readonly identifiedBy?: string;
}

/** A relationship that shall be as told; without an id it is found, or named, by what tells it apart. */
export interface RelationshipRecord {
  readonly id: string | null;
  readonly type: RelationshipType;
  readonly from: string;
  readonly to: string;
  readonly fields: Fields;
  /** It was told of a record that has been merged away: written only where nothing says the like of the survivor. */
  readonly tentative?: true;
  /** It is recorded as a new one: what is there already and says the same is in its way. */
  readonly isNew?: true;
}

/** All relationships of one type at an owner, which are part of its record: those not listed are taken away. */
export interface OwnedLinks {
  readonly owner: string;
  readonly type: RelationshipType;
  readonly links: readonly RelationshipRecord[];
}

/** What one row of a file, or one mutation, asks for. */
export interface Records {
  readonly nodes: readonly NodeRecord[];
  readonly relationships: readonly RelationshipRecord[];
  readonly owned: readonly OwnedLinks[];
}

/** Records of one origin, so that what is wrong with them can be told to it. */
export interface Submission {
  readonly records: Records;
  /** Hears of a problem that only the graph shows; the submission is then left out whole. */
  readonly refuse: (problem: Problem) => void;
}

export const NO_RECORDS: Records = { nodes: [], relationships: [], owned: [] };
