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
import type { Condition, Direction, Facet, FacetRows, Listing, PackedRootPage, PageShape, SortKey } from './listing.ts';

/** A page of a listing without a parent. */
export function rootPageOf(listing: Listing, shape: PageShape): Statement<PackedRootPage> {
  const { conditions, sort, ...rest } = shape;
  const { continued, selected } = rest;
  const order = `${orderName(shape)}${continued ? ' after' : ''}`;
  const name = `${nameOf(listing, conditions)} ${order} ${broughtBy(selected)}`;
  return once({ form: 'root page', listing, conditions, sort, shape: rest }, name, () => {
    if (sort?.isOfRequest) return measuredPage(listing, shape, sort);
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

/** The same by a key that is worked out once for each entry: the embedded engine knows patterns in projections only. */
function measuredPage(listing: Listing, shape: PageShape, sort: SortKey): string {
  const measured = { ...sort, text: 'measure' };
  const keys = orderKeys({ ...shape, sort: measured }, ['b.sortKey']);
  return `
      ${listing.before ?? ''}
      MATCH ${listing.pattern}
      ${whereOf(listing, shape.conditions, '')}
      WITH DISTINCT b
      WITH b, ${sort.text} AS measure
      WITH b, measure ${shape.continued ? `WHERE ${beyond(keys)}` : ''}
      WITH b, measure ORDER BY ${orderingBy(keys)} LIMIT $limit
      RETURN collect([${columnsOf(measured, shape.selected)}]) AS rows`;
}

/** The label of which a listing has every node; null where it has a parent, or a filter's start. */
export function wholeType({ pattern, before, where }: Listing): string | null {
  return before === undefined && where === undefined ? (/^\(b:(\w+)\)$/.exec(pattern)?.[1] ?? null) : null;
}

/**
 * Every node of a whole type in an order: their sort keys, and what they are sorted by before these, if anything, in a
 * direction; those that are equal in it by name.
 */
export function orderOf(
  listing: Listing,
  sort: SortKey | null,
  direction: Direction,
): Statement<{ keys: readonly string[]; values?: readonly (string | number)[] }> {
  const name = `order of ${listing.name} by ${sort ? `${sort.name} ${direction}` : 'name'}`;
  return once({ form: 'order', listing, sort, shape: { direction } }, name, () => {
    const keys = orderingBy(orderKeys({ sort, direction, ties: 'ASC' }, ['b.sortKey']));
    return `
      MATCH ${listing.pattern}
      WITH b ORDER BY ${keys}
      RETURN collect(b.sortKey) AS keys${sort ? `, collect(${sort.text}) AS values` : ''}`;
  });
}

/** Where each of `$ids` stands in that order; those of other types say so, those that are gone give no row. */
export function placesOf(
  listing: Listing,
  sort: SortKey | null,
): Statement<{ id: string; belongs: boolean; key: string; value: string | number | null }> {
  return once(
    { form: 'places', listing, sort },
    `places in ${listing.name} by ${sort?.name ?? 'name'}`,
    () => `
      UNWIND $ids AS id
      MATCH (b:Entity {id: id})
      RETURN id, '${wholeType(listing)}' IN labels(b) AS belongs, b.sortKey AS key, ${sort?.text ?? 'null'} AS value`,
  );
}

/** A page of a listing without a parent from among `$candidates` alone, which hold its next entries. */
export function rootPageAmong(
  listing: Listing,
  { conditions, sort, direction, ties, selected }: Omit<PageShape, 'continued'>,
): Statement<PackedRootPage> {
  const name = `${nameOf(listing, conditions)} ${orderName({ sort, direction, ties })} among ${broughtBy(selected)}`;
  const shape = { direction, ties, selected };
  return once({ form: 'root page among', listing, conditions, sort, shape }, name, () => {
    const order = orderingBy(orderKeys({ sort, direction, ties }, ['b.sortKey']));
    return `
      UNWIND $candidates AS candidate
      MATCH (b:Entity {id: candidate})
      ${whereOf(listing, conditions, '')}
      WITH b ORDER BY ${order} LIMIT $limit
      RETURN collect([${columnsOf(sort, selected)}]) AS rows`;
  });
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
      RETURN count(${listing.distinct ? 'DISTINCT ' : ''}b) AS total`,
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
