import { decodeCursor, encodeCursor, listTag } from '../graph/page.ts';
import type { NodeSummary } from '../store/node-summary.ts';
import type { SearchableType } from '../store/search.ts';
import type { NameIndex, SearchHit } from './name-index.ts';
import { parseQuery } from './query.ts';

/** What is looked for, and which part of the list is asked for. */
export interface SearchRequest {
  readonly text: string;
  readonly types: readonly SearchableType[] | undefined;
  readonly first: number;
  /** A cursor of the same search. */
  readonly after: string | null;
}

/** One node that was found, as the index knows it: to list what was found, nothing more is read. */
export interface FoundEdge extends SearchHit {
  readonly cursor: string;
  readonly node: NodeSummary;
}

/** A page of what was found. */
export interface FoundPage {
  readonly edges: readonly FoundEdge[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  /** How many were found in all; counted only when called. */
  readonly total: () => number;
}

/** What reads the page of a search from an index. Throws a CursorError for a cursor that is none of this search. */
export function searchPage({ text, types, first, after }: SearchRequest): (index: NameIndex) => FoundPage {
  const query = parseQuery(text);
  // Two texts that fold alike may still differ in whether the last word is finished.
  const tag = listTag(['search', query.text, query.words.some(({ open }) => open), types ?? null]);
  const position = after === null ? null : decodeCursor(after, tag, ['number', 'number', 'number', 'string']);
  const [level, score, popularity, id] = (position ?? []) as never[];
  return (index) => {
    const { hits, hasMore } = index.search(text, {
      limit: first,
      types,
      ...(position ? { after: { level: level!, score: score!, popularity: popularity!, id: id! } } : {}),
    });
    return {
      edges: hits.map((hit) => ({
        ...hit,
        cursor: encodeCursor(tag, [hit.level, hit.score, hit.popularity, hit.id]),
        node: cardFrom(index, hit.id),
      })),
      hasNextPage: hasMore,
      hasPreviousPage: position !== null,
      total: () => index.count(text, types),
    };
  };
}

function cardFrom(index: NameIndex, id: string): NodeSummary {
  const { type, name, acronym, kind, since, until } = index.document(id)!;
  return { id, type, name, acronym, kind, since, until };
}
