import { fingerprintOf, type Key, keyOf } from '../domain/key.ts';
import { DAWN, type Day, DUSK, firstDay, lastDay, type PartialDate } from '../domain/partial-date.ts';
import { ACTOR_TYPES, type NodeType, type PartnershipKind } from '../domain/vocabulary.ts';
import { dayNumber } from '../snapshot/columns.ts';
import type { SnapshotType } from '../store/snapshot.ts';

/** Days from one to another, both included; and as a snapshot numbers them. */
export interface Days {
  readonly from: Day;
  readonly to: Day;
  readonly first: number;
  readonly last: number;
}

/** The days from the first of one date to the last of another; null: without a bound. */
export function daysBetween(from: PartialDate | null, to: PartialDate | null): Days {
  const [first, last] = [from === null ? DAWN : firstDay(from), to === null ? DUSK : lastDay(to)];
  return { from: first, to: last, first: dayNumber(first), last: dayNumber(last) };
}

/** Nodes with their neighbours along relationships of some types. */
export interface Expansion {
  readonly of: readonly string[];
  readonly types: readonly SnapshotType[];
}

/** Which nodes and relationships of the graph are meant. All conditions must be met; `also` and `without` come after them. */
export interface Selection {
  /** Types of relationships, at least one: those of the expansions among them. */
  readonly types: readonly SnapshotType[];
  /** The types along which nodes are found, where expansions have others; null: all. */
  readonly nodeTypes: readonly SnapshotType[] | null;
  /** Of the partnerships only those of these kinds; null: of all. */
  readonly partnershipKinds: readonly PartnershipKind[] | null;
  /** Only what is valid on some day of these; null: of any. */
  readonly days: Days | null;
  /** Only these nodes; null: no matter. */
  readonly among: ReadonlySet<string> | null;
  /** The filters that have found `among`, as they were given. Omitted: it was not found by filters. */
  readonly amongOf?: Readonly<Record<string, unknown>>;
  /**
   * Whether actors are selected, those whose lifespan meets the days, and with them the nodes of other types that a
   * relationship joins to one. Otherwise `among` says which nodes, of any type.
   */
  readonly isOfActors: boolean;
  /** Only members of any of these networks; null: no matter. */
  readonly membersOf: readonly string[] | null;
  /** Only nodes within `depth` steps of these along selected relationships; null: no matter. */
  readonly near: { readonly of: readonly string[]; readonly depth: number } | null;
  /** Further nodes, whatever the conditions say of them. */
  readonly also: readonly Expansion[];
  /** Nodes that are left out, whatever selects them. */
  readonly without: readonly string[];
  /** Of pairs of nodes only those whose partnerships have at least this strength, or so many common projects, in all. */
  readonly minStrength: number;
  readonly minProjects: number;
  /** Whether nodes without a neighbour among the selected ones are left out. */
  readonly connectedOnly: boolean;
}

/** The selection of all relationships of some types among some nodes. */
export const EVERYTHING_AMONG: Omit<Selection, 'types' | 'among'> = {
  partnershipKinds: null,
  days: null,
  isOfActors: false,
  membersOf: null,
  near: null,
  nodeTypes: null,
  also: [],
  without: [],
  minStrength: 0,
  minProjects: 0,
  connectedOnly: false,
};

/** Whether a type is one of actors. */
export const isActorType = (type: NodeType): boolean => (ACTOR_TYPES as readonly NodeType[]).includes(type);

/** The key of what a selection selects at a version of the graph; null: at any. */
export function selectionKey(version: string | null, { among, ...conditions }: Selection): Key {
  const ids = among && fingerprintOf([...among]);
  return keyOf('subgraph', {
    version,
    // What the filters have found is among the identifiers.
    conditions: { ...conditions, types: new Set(conditions.types), amongOf: undefined },
    ids,
  });
}
