import type { NodeType } from '../domain/vocabulary.ts';
import type { Days, InMemoryTest, Path } from './in-memory.ts';
import type { ListedProperty } from './node-summary.ts';
import type { NodeNumber, NodeText, SnapshotType } from './snapshot.ts';

/** A named, constant condition; its parameters are named in it. */
export interface Condition {
  readonly name: string;
  readonly text: string;
  /** A clause that gives a name to what the text compares. */
  readonly clause?: string;
  /** The same condition on what the snapshot has. */
  readonly inMemory?: InMemoryTest;
}

/** One list of the graph: where its rows come from, without order, conditions or page. */
export interface Listing {
  readonly name: string;
  /** `(a:Entity {id: parent})-[r:…]->(b)`, or `(b:Organisation)` for a list without a parent. */
  readonly pattern: string;
  /** Properties of a relationship, its identifier among them, that a row may bring; null where there is no relationship. */
  readonly columns: readonly string[] | null;
  /** What is listed are the relationships: an entry for each. Else one for each neighbour, however many join it. */
  readonly each?: 'relationship';
  /** Clauses by which statements find the entries, each once, instead of by the pattern; all conditions are the same. */
  readonly start?: string;
  /** Always in force. */
  readonly where?: Condition;
  /** Where the snapshot has the list of a parent: its type of relationship, and at which end of them the parent is. */
  readonly edges?: { readonly type: SnapshotType; readonly side: 'out' | 'in' };
  /** Where the snapshot has the list without a parent: the types of its nodes. */
  readonly nodes?: readonly NodeType[];
  /** A list without a parent of all relationships of one type, in the order of the nodes at which they begin. */
  readonly relationships?: SnapshotType;
}

/** A key to sort by before the unique one. `text` is never null; of relationships it is one value of all to a neighbour. */
export interface SortKey {
  readonly name: string;
  readonly text: string;
  readonly type: 'string' | 'number';
  /** A clause that gives its text a name, once for each entry. */
  readonly clause?: string;
  /** The same key in a list that is as of a date. */
  readonly dated?: SortKey;
  /** The same key by what the snapshot has: the least text of the edges to a neighbour, the sum of their numbers. */
  readonly inMemory?:
    | { readonly of: 'edges'; readonly field: 'since' | 'until' | 'kind' | 'strength' | 'projectCount' }
    | { readonly of: 'node'; readonly field: NodeText | NodeNumber }
    | { readonly of: 'ends'; readonly path: Path; readonly days: Days | null };
}

export type Direction = 'ASC' | 'DESC';

/** What of a list's rows is brought: properties of the node, the identifier first, and columns of each relationship. */
export interface Selected {
  readonly summary: readonly ListedProperty[];
  readonly related: readonly string[];
}

/**
 * Packed rows of one list, in one record: an engine's driver takes longer for many than for long ones. A row has the selected
 * properties of the summary, then, where columns are selected, a list of the relationships to that node, each a list of
 * these columns, then the sort key where there is one.
 */
export interface PackedPage {
  readonly rows: PackedRows;
}
export type PackedRows = readonly (readonly unknown[])[];

/** What a page of a listing asks of the composer. */
export interface PageShape {
  readonly conditions: readonly Condition[];
  readonly sort: SortKey | null;
  /** In which direction its first key is read. */
  readonly direction: Direction;
  /** In which direction those are read that are equal in the sort key: by name. Without a sort key it is the same. */
  readonly nameDirection: Direction;
  /** Whether there is a position to start after: $after0, $after1 … in the order of the keys. */
  readonly continued: boolean;
  /** What its rows bring. */
  readonly selected: Selected;
}

const OPPOSITE = { ASC: 'DESC', DESC: 'ASC' } as const;

/**
 * In which directions a list is read: what is equal in the sort key comes by name, A to Z, whatever the direction of the
 * sort key. Backward, all is the other way round.
 */
export function directionsOf(
  { sort, direction }: Pick<PageShape, 'sort' | 'direction'>,
  backward: boolean,
): Pick<PageShape, 'direction' | 'nameDirection'> {
  const nameDirection = sort === null ? direction : 'ASC';
  return backward
    ? { direction: OPPOSITE[direction], nameDirection: OPPOSITE[nameDirection] }
    : { direction, nameDirection };
}

/** What a facet counts by of a list's relationships: the year of their beginning or end, a role or kind, the node at their end. */
export type RelationshipValue =
  | 'year of relationship'
  | 'last year of relationship'
  | 'kind of relationship'
  | 'end of relationship';

/** A value of a node, its type, or the year in which it began; or a value of its relationships. */
export type FacetValue = NodeText | 'type' | 'year' | RelationshipValue;

/** What the entries of a list are counted by: a value of their own, or of their relationships, or nodes that they lead to. */
export type Facet =
  | {
      readonly is: 'value';
      readonly name: string;
      readonly value: string;
      /** A clause that gives a name to the value. */
      readonly clause?: string;
      /** Where the snapshot has the value. */
      readonly inMemory?: FacetValue | readonly FacetValue[] | { readonly ends: Path; readonly isDated: boolean };
    }
  | {
      readonly is: 'node';
      readonly name: string;
      /** From the entry to the nodes that are counted. */
      readonly path: Path;
      /** Only nodes of the kind `$facetKind` are counted. */
      readonly isOfKind: boolean;
      /** Whether it holds on the days of the facet. */
      readonly isDated: boolean;
      /** Whether only nodes without a known end are counted. */
      readonly isOfToday?: boolean;
    };

/** The packed rows of a facet, most frequent first: how many, the value, and the node's other columns where it is one. */
export type FacetRows = readonly (readonly [total: number, value: string | number, ...summary: unknown[]])[];

/** What stands between the values of a group, when entries are counted by several at once; in no text of a record. */
export const GROUP_SEPARATOR = '\u001f';
