import type { PartialDate } from '../domain/partial-date.ts';
import type { NodeType } from '../domain/vocabulary.ts';

/** A node in the index: the texts by which it is found, its summary for lists, and its number of relationships. */
export interface SearchDocument {
  readonly id: string;
  readonly type: NodeType;
  readonly name: string;
  readonly acronym: string | null;
  readonly aliases: readonly string[];
  readonly identifiers: readonly string[];
  /** Number of its relationships. */
  readonly popularity: number;
  /** These three are not searched, only shown in lists of hits. */
  readonly kind: string | null;
  readonly since: PartialDate | null;
  readonly until: PartialDate | null;
}

/** The fields in which a query can be found, in the order in which a hit names them. */
export type MatchedField = 'name' | 'acronym' | 'aliases' | 'identifiers';

/** How well a document matches a query, by its best match. The order of hits begins with the level. */
export const LEVEL = { identifier: 6, name: 5, alias: 4, words: 3, typos: 2, someWords: 1 } as const;
export type Level = (typeof LEVEL)[keyof typeof LEVEL];
/** The levels of a document of which a name, acronym or alias equals the query. */
export type NameLevel = typeof LEVEL.name | typeof LEVEL.alias;

/** A position in the order of all hits, at a document or between two: the content of a cursor. */
export interface SearchPosition {
  readonly level: number;
  readonly score: number;
  readonly popularity: number;
  readonly id: string;
}

/** The one order of hits: level, score and popularity from high to low, then id by code unit. */
export function compareHits(a: SearchPosition, b: SearchPosition): number {
  return b.level - a.level || b.score - a.score || b.popularity - a.popularity || compareIds(a.id, b.id);
}

function compareIds(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
