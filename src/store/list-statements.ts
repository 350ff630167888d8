import { type Statement, statement } from '../graph/statement.ts';
import {
  beyond,
  broughtBy,
  countedBy,
  entryOf,
  hasParent,
  nameOf,
  orderingBy,
  orderKeys,
  orderName,
  whereOf,
} from './compose.ts';
import type { Condition, Facet, FacetRows, Listing, PackedPage, PageShape } from './listing.ts';
import { summaryColumns } from './node-summary.ts';

/** What is found of a list, for each of `$parents`; a list without a parent gives one row, without the parent. */
export type OfParent<Found> = Found & { readonly parent?: string };

/** A statement of a list: the same clauses for each of `$parents`, or once where the list has none. */
function ofList<Found>(listing: Listing, name: string, clauses: string, found: string): Statement<OfParent<Found>> {
  const text = hasParent(listing)
    ? `UNWIND $parents AS parent CALL (parent) { ${clauses} } RETURN parent, ${found}`
    : clauses;
  return statement(name, text);
}

const matched = ({ start, pattern }: Listing): string => start ?? `MATCH ${pattern}`;

/** A column of a relationship `r`: a property, or the identifier of the node at which it begins or ends. */
function columnText(r: string, name: string): string {
  if (name === 'from') return `startNode(${r}).id`;
  return name === 'to' ? `endNode(${r}).id` : `${r}.${name}`;
}

/**
 * Clauses that make a page of what a pattern matches: those that meet the conditions, an entry for each node `b` with its
 * relationships `rs`, or for each relationship `r`, in order, at most `$limit`, packed into `rows`.
 */
function pageClauses(listing: Listing, { conditions, sort, continued, selected, ...order }: PageShape): string {
  const isEach = listing.each === 'relationship';
  const isRelated = selected.related.length > 0;
  const isUnique = isEach || isRelated || !hasParent(listing);
  const unique = isEach ? ['b.sortKey', 'r.id'] : ['b.sortKey'];
  const keys = orderKeys({ ...order, sort: sort && { ...sort, text: 'sorted' } }, unique);
  const position = continued ? beyond(keys) : '';
  // A position without a sort key leaves rows out before they are made entries.
  const [before, after] = sort ? ['', position] : [position, ''];
  const related = (r: string): string => `[${selected.related.map((name) => columnText(r, name)).join(', ')}]`;
  const entry = [
    ...(isEach ? ['b', 'r'] : isRelated ? ['b', 'collect(r) AS rs'] : ['b']),
    ...(sort ? [`${sort.text} AS sorted`] : []),
  ];
  const columns = [
    summaryColumns('b', selected.summary),
    ...(isRelated ? [isEach ? `[${related('r')}]` : `[f IN rs | ${related('f')}]`] : []),
    ...(sort ? ['sorted'] : []),
  ];
  return [
    whereOf(listing, conditions, before),
    sort?.clause ? `WITH b ${sort.clause}` : '',
    `WITH ${isUnique ? '' : 'DISTINCT '}${entry.join(', ')} ${after === '' ? '' : `WHERE ${after}`}`,
    `ORDER BY ${orderingBy(keys)} LIMIT $limit`,
    `RETURN collect([${columns.join(', ')}]) AS rows`,
  ].join(' ');
}

const pageName = (listing: Listing, shape: PageShape): string =>
  `${nameOf(listing, shape.conditions)} ${orderName(shape)}${shape.continued ? ' after' : ''} ${broughtBy(shape.selected)}`;

/** A page of a list: at most `$limit` packed rows, in order. */
export function pageOf(listing: Listing, shape: PageShape): Statement<OfParent<PackedPage>> {
  return ofList(listing, pageName(listing, shape), `${matched(listing)} ${pageClauses(listing, shape)}`, 'rows');
}

/** The pattern read from the neighbour: the embedded engine begins where the pattern begins. */
const fromNeighbour = ({ pattern }: Listing): string =>
  pattern
    .replace('(a:Entity {id: parent})', '(a)')
    .replace(
      /^\(a\)(<?)-(\[.*\])-(>?)\(b\)$/,
      (_, back: string, relationship: string, onward: string) =>
        `(b)${onward && '<'}-${relationship}-${back && '>'}(a)`,
    );

/**
 * Pages from among neighbours that are known: `$pages` holds each parent with its candidates. One row per parent that has
 * candidates, as `pageOf` gives it.
 */
export function pagesAmong(listing: Listing, shape: PageShape): Statement<OfParent<PackedPage>> {
  return statement(
    `${pageName(listing, shape)} among`,
    `UNWIND $pages AS page
      CALL (page) {
        MATCH (a:Entity {id: page.parent})
        UNWIND page.candidates AS candidate
        MATCH (b:Entity {id: candidate})
        MATCH ${fromNeighbour(listing)} ${pageClauses(listing, shape)}
      }
      RETURN page.parent AS parent, rows`,
  );
}

/** Finds the entries of a list that meet the conditions. */
const found = (listing: Listing, conditions: readonly Condition[]): string =>
  `${matched(listing)} ${whereOf(listing, conditions, '')}`;

/** How many entries a list has. */
export function countOf(
  listing: Listing,
  conditions: readonly Condition[],
): Statement<OfParent<{ readonly total: number }>> {
  const clauses = `${found(listing, conditions)} RETURN count(${entryOf(listing)}) AS total`;
  return ofList(listing, `count of ${nameOf(listing, conditions)}`, clauses, 'total');
}

/** The identifiers of all entries of a list without a parent, in no order. */
export function idsOf(
  listing: Listing,
  conditions: readonly Condition[],
): Statement<OfParent<{ readonly ids: readonly string[] }>> {
  const clauses = `${found(listing, conditions)} RETURN collect(b.id) AS ids`;
  return ofList(listing, `identifiers of ${nameOf(listing, conditions)}`, clauses, 'ids');
}

/** What the entries of a list are, counted. */
export function facetOf(
  listing: Listing,
  conditions: readonly Condition[],
  facet: Facet,
): Statement<OfParent<{ readonly found: FacetRows }>> {
  const clauses = `${found(listing, conditions)} ${countedBy(listing, facet)}`;
  return ofList(listing, `${facet.name} in ${nameOf(listing, conditions)}`, clauses, 'found');
}
