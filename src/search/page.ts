import { decodeCursor, listTag, withCursor } from '../paging/cursor.ts';
import type { NodeSummary } from '../store/node-summary.ts';
import type { SearchableType } from '../store/search.ts';
import type { NameIndex, SearchHit } from './name-index.ts';
import { parseQuery } from './query.ts';

/** A search, and the requested part of its hits. */
export interface SearchRequest {
  readonly text: string;
  readonly types: readonly SearchableType[] | undefined;
  readonly first: number;
  /** A cursor of the same search, after which the page begins. */
  readonly after: string | null;
}

/** A node that was found, with its summary from the index: a list of hits reads nothing else. */
export interface FoundEdge extends SearchHit {
  readonly cursor: string;
  readonly node: NodeSummary;
}

/** A page of hits. */
export interface FoundPage {
  readonly edges: readonly FoundEdge[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/**
 * Returns a function that reads the page of a search from an index. Throws a CursorError for a cursor of another
 * search.
 */
export function searchPage({ text, types, first, after }: SearchRequest): (index: NameIndex) => FoundPage {
  const query = parseQuery(text);
  // Two texts with the same folded form may differ in whether the last word is finished.
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
      edges: hits.map((hit) =>
        withCursor({ ...hit, node: summaryFrom(index, hit.id) }, tag, [hit.level, hit.score, hit.popularity, hit.id]),
      ),
      hasNextPage: hasMore,
      hasPreviousPage: position !== null,
    };
  };
}

function summaryFrom(index: NameIndex, id: string): NodeSummary {
  const { type, name, acronym, kind, since, until } = index.document(id)!;
  return { id, type, name, acronym, kind, since, until };
}
