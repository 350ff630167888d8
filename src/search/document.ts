import type { PartialDate } from '../domain/partial-date.ts';
import type { NodeType } from '../domain/vocabulary.ts';

/** What the index knows of a node: everything it can be found by, what lists show of it, and how much it is linked. */
export interface SearchDocument {
  readonly id: string;
  readonly type: NodeType;
  readonly name: string;
  readonly acronym: string | null;
  readonly aliases: readonly string[];
  readonly identifiers: readonly string[];
  /** Number of its relationships: a whole number, zero or more. */
  readonly popularity: number;
  /** Nothing is found by these three: a list of hits shows them. */
  readonly kind: string | null;
  readonly since: PartialDate | null;
  readonly until: PartialDate | null;
}

/** The fields in which a query can be found, in the order in which a hit names them. */
export type MatchedField = 'name' | 'acronym' | 'aliases' | 'identifiers';

/** How well a document answers a query, by the best that is found of it: see search.md. */
export const LEVEL = { identifier: 6, name: 5, alias: 4, words: 3, typos: 2, someWords: 1 } as const;
export type Level = (typeof LEVEL)[keyof typeof LEVEL];
/** The levels at which a name of the document, its acronym and aliases among them, equals the query. */
export type NameLevel = typeof LEVEL.name | typeof LEVEL.alias;

/** A place in the one order of all hits, between two documents or at one: what a cursor holds. */
export interface SearchPosition {
  readonly level: number;
  readonly score: number;
  readonly popularity: number;
  readonly id: string;
}

/** The one order of hits: level, score and popularity from high to low, then id by code unit. */
export function comparePositions(a: SearchPosition, b: SearchPosition): number {
  return b.level - a.level || b.score - a.score || b.popularity - a.popularity || compareIds(a.id, b.id);
}

function compareIds(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
