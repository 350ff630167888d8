import { canCount } from '../snapshot/counts.ts';
import { hasColumns } from '../snapshot/neighbours.ts';
import type { ListRequest } from '../store/list.ts';
import type { Condition, Facet, Listing, Selected } from '../store/listing.ts';

/**
 * How a list is read: from the snapshot alone; its entries from the snapshot and their facts by a statement; or by a
 * statement alone. The first two become the last one where the snapshot is not of now.
 */
export type Strategy = 'snapshot' | 'snapshot, then statement' | 'statement';

/** A list as it was before a filter gave it a start: so the snapshot reads it. */
export function wholeOf({ listing, conditions, unstarted }: ListRequest): {
  readonly listing: Listing;
  readonly conditions: readonly Condition[];
} {
  return unstarted ?? { listing, conditions };
}

function isInMemory(request: ListRequest): boolean {
  const { listing, conditions } = wholeOf(request);
  const isListed = (listing.edges ?? listing.nodes ?? listing.relationships) !== undefined;
  return isListed && conditions.every(({ inMemory }) => inMemory !== undefined);
}

/** How a page is read. */
export function planOfPage(request: ListRequest, { related }: Selected): Strategy {
  const { sort } = request;
  if (!isInMemory(request) || (sort !== null && sort.inMemory === undefined)) return 'statement';
  // The snapshot does not have the identifiers of relationships, which decide their order.
  const isWhole = hasColumns(related) && request.listing.relationships === undefined;
  return isWhole ? 'snapshot' : 'snapshot, then statement';
}

/** How a total is read, or a facet. */
export function planOfCount(request: ListRequest, facet?: Facet): Strategy {
  return isInMemory(request) && (facet === undefined || canCount(facet)) ? 'snapshot' : 'statement';
}
