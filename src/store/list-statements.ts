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
 * Clauses that make a page of what a pattern matches: those that meet the conditions, an entry for each neighbour `b`, or for
 * each relationship `r`, in order, at most `$limit`, packed into `rows`.
 */
function pageClauses(listing: Listing, shape: PageShape): string {
  const { entries, columns, where, order } = (listing.each === undefined ? nodeEntries : relationshipEntries)(
    listing,
    shape,
  );
  return `${where} ${entries} ORDER BY ${order} LIMIT $limit RETURN collect([${columns}]) AS rows`;
}

/** What a page consists of, as parts of its text. */
interface Entries {
  readonly where: string;
  readonly entries: string;
  readonly order: string;
  readonly columns: string;
}

/** An entry for each node: `b`, its relationships `rs` where any of their columns are selected, and the sort key. */
function nodeEntries(listing: Listing, { sort, continued, selected, ...order }: PageShape): Entries {
  const keys = orderKeys({ ...order, sort: sort && { ...sort, text: 'sorted' } }, ['b.sortKey']);
  const position = continued ? beyond(keys) : '';
  const isRelated = selected.related.length > 0;
  const isUnique = isRelated || !hasParent(listing);
  const named = ['b', ...(isRelated ? ['collect(r) AS rs'] : []), ...(sort ? [`${sort.text} AS sorted`] : [])];
  // A position by the names alone leaves rows out before they are made entries.
  const [before, after] = sort ? ['', position] : [position, ''];
  const of = selected.related.map((name) => columnText('f', name)).join(', ');
  const columns = [summaryColumns('b', selected.summary), ...(isRelated ? [`[f IN rs | [${of}]]`] : [])];
  return {
    where: whereOf(listing, order.conditions, before),
    entries: `${sort?.clause ? `WITH b ${sort.clause}` : ''} WITH ${isUnique ? '' : 'DISTINCT '}${named.join(', ')} ${after === '' ? '' : `WHERE ${after}`}`,
    order: orderingBy(keys),
    columns: [...columns, ...(sort ? ['sorted'] : [])].join(', '),
  };
}

/** An entry for each relationship `r`. */
function relationshipEntries(listing: Listing, shape: PageShape): Entries {
  const { sort, continued, selected, conditions } = shape;
  const keys = orderKeys(shape, ['b.sortKey', 'r.id']);
  const of = selected.related.map((name) => columnText('r', name)).join(', ');
  return {
    where: whereOf(listing, conditions, continued ? beyond(keys) : ''),
    entries: 'WITH r, b',
    order: orderingBy(keys),
    columns: [summaryColumns('b', selected.summary), `[[${of}]]`, ...(sort ? [sort.text] : [])].join(', '),
  };
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
