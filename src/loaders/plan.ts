import { canCount } from '../snapshot/counts.ts';
import { hasColumns } from '../snapshot/list.ts';
import type { ListRequest } from '../store/list.ts';
import type { Facet, Selected } from '../store/listing.ts';

/**
 * How a list is read: from the snapshot alone; its entries from the snapshot and their facts by a statement; or by a
 * statement alone. The first two become the last one where the snapshot is not of now.
 */
export type Strategy = 'snapshot' | 'snapshot, then statement' | 'statement';

/** What is asked of a list: a page with what it brings, or a number of its entries. */
interface Asked {
  readonly request: ListRequest;
  readonly selected?: Selected;
  readonly facet?: Facet | undefined;
}

/** A way to read a part of a list, and when it is taken: in words for the drawing of ARCHITECTURE.md, and as a condition. */
export interface Choice {
  readonly by: Strategy;
  readonly when: string;
  readonly isTaken: (asked: Asked) => boolean;
}

function lacksConditions({ request: { listing, conditions } }: Asked): boolean {
  const isListed = (listing.edges ?? listing.nodes ?? listing.relationships) !== undefined;
  return !isListed || conditions.some(({ inMemory }) => inMemory === undefined);
}

const lacksOrder = ({ request: { sort } }: Asked): boolean => sort !== null && sort.inMemory === undefined;

// The snapshot does not have the identifiers of relationships, which decide their order.
const hasPage = ({ request, selected }: Asked): boolean =>
  hasColumns(selected!.related) && request.listing.relationships === undefined;

/** The ways to read each part of a list, of a parent or without one: the first that is taken. */
export const CHOICES = {
  page: [
    {
      by: 'statement',
      when: 'the snapshot lacks a condition or the order',
      isTaken: (asked) => lacksConditions(asked) || lacksOrder(asked),
    },
    { by: 'snapshot', when: 'it has all columns, and they are no relationships', isTaken: hasPage },
    { by: 'snapshot, then statement', when: 'otherwise', isTaken: () => true },
  ],
  'total, facet': [
    {
      by: 'statement',
      when: 'the snapshot lacks a condition or the value',
      isTaken: (asked) => lacksConditions(asked) || (asked.facet !== undefined && !canCount(asked.facet)),
    },
    { by: 'snapshot', when: 'otherwise', isTaken: () => true },
  ],
} as const satisfies Record<string, readonly Choice[]>;

const chosen = (choices: readonly Choice[], asked: Asked): Strategy =>
  choices.find(({ isTaken }) => isTaken(asked))!.by;

/** How a page is read. */
export const planOfPage = (request: ListRequest, selected: Selected): Strategy =>
  chosen(CHOICES.page, { request, selected });

/** How a total is read, or a facet. */
export const planOfCount = (request: ListRequest, facet?: Facet): Strategy =>
  chosen(CHOICES['total, facet'], { request, facet });
