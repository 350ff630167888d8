import type { Statement } from '../graph/statement.ts';
import {
  beyond,
  broughtBy,
  columnsOf,
  countedBy,
  nameOf,
  once,
  orderingBy,
  orderKeys,
  orderName,
  whereOf,
} from './compose.ts';
import type { Condition, Facet, FacetRows, Listing, PackedRootPage, PageShape, SortKey } from './listing.ts';
import { relationships } from './parent-statements.ts';

/** A page of a listing without a parent. */
export function rootPageOf(listing: Listing, shape: PageShape): Statement<PackedRootPage> {
  const { conditions, sort, ...rest } = shape;
  const { continued, selected } = rest;
  const order = `${orderName(shape)}${continued ? ' after' : ''}`;
  const name = `${nameOf(listing, conditions)} ${order} ${broughtBy(selected)}`;
  return once({ form: 'root page', listing, conditions, sort, shape: rest }, name, () => {
    if (listing.relationships !== undefined) return relationshipPage(listing, shape);
    if (sort?.isMeasured) return measuredPage(listing, shape, sort);
    const keys = orderKeys(shape, ['b.sortKey']);
    // A bound on the key, even an empty one, lets Neo4j read it in order from its index.
    const isBounded = conditions.some(({ bounds }) => bounds === 'sortKey');
    const start = sort || listing.before || isBounded ? '' : "b.sortKey > ''";
    const where = whereOf(listing, conditions, continued ? beyond(keys) : start);
    return `
      ${listing.before ?? ''}
      MATCH ${listing.pattern}
      ${where}
      WITH ${listing.distinct ? 'DISTINCT ' : ''}b ORDER BY ${orderingBy(keys)} LIMIT $limit
      RETURN collect([${columnsOf(sort, selected)}]) AS rows`;
  });
}

/** The same of relationships, in the order of the nodes at which they begin, then of their identifiers. */
function relationshipPage(listing: Listing, shape: PageShape): string {
  const { where, entries, order, columns } = relationships(listing, shape);
  return `
      ${listing.before ?? ''}
      MATCH ${listing.pattern}
      ${where}
      ${entries} ORDER BY ${order} LIMIT $limit
      RETURN collect([${columns}]) AS rows`;
}

/** The same by a key that is worked out once for each entry: the embedded engine knows patterns in projections only. */
function measuredPage(listing: Listing, shape: PageShape, sort: SortKey): string {
  const measured = { ...sort, text: 'measure' };
  const keys = orderKeys({ ...shape, sort: measured }, ['b.sortKey']);
  return `
      ${listing.before ?? ''}
      MATCH ${listing.pattern}
      ${whereOf(listing, shape.conditions, '')}
      WITH DISTINCT b
      ${sort.clause ?? ''}
      WITH b, ${sort.text} AS measure
      WITH b, measure ${shape.continued ? `WHERE ${beyond(keys)}` : ''}
      WITH b, measure ORDER BY ${orderingBy(keys)} LIMIT $limit
      RETURN collect([${columnsOf(measured, shape.selected)}]) AS rows`;
}

/** How many rows a listing without a parent has. */
export function rootCountOf(listing: Listing, conditions: readonly Condition[]): Statement<{ total: number }> {
  return once(
    { form: 'root count', listing, conditions },
    `count of ${nameOf(listing, conditions)}`,
    () => `
      ${listing.before ?? ''}
      MATCH ${listing.pattern}
      ${whereOf(listing, conditions, '')}
      RETURN count(${listing.relationships ? 'r' : `${listing.distinct ? 'DISTINCT ' : ''}b`}) AS total`,
  );
}

/** The identifiers of all entries of a listing without a parent, in no order. */
export function rootIdsOf(listing: Listing, conditions: readonly Condition[]): Statement<{ ids: readonly string[] }> {
  return once(
    { form: 'root ids', listing, conditions },
    `identifiers of ${nameOf(listing, conditions)}`,
    () => `
      ${listing.before ?? ''}
      MATCH ${listing.pattern}
      ${whereOf(listing, conditions, '')}
      RETURN collect(${listing.distinct ? 'DISTINCT ' : ''}b.id) AS ids`,
  );
}

/** What the actors of a list without a parent are, counted. */
export function rootFacetOf(
  listing: Listing,
  conditions: readonly Condition[],
  facet: Facet,
): Statement<{ found: FacetRows }> {
  return once(
    { form: 'root facet', listing, conditions, facet },
    `${facet.name} in ${nameOf(listing, conditions)}`,
    () => `
      ${listing.before ?? ''}${countedBy(listing, conditions, facet)}`,
  );
}
