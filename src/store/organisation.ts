import type { Direction, Listing } from './compose.ts';
import { byName, type ListRequest, nodeEdge, ordered, type SortKeys } from './list.ts';

const ORGANISATIONS: Listing = { name: 'organisations', pattern: '(b:Organisation)', columns: '' };

const SORT_KEYS: SortKeys<'NAME' | 'PARTNER_COUNT' | 'PROJECT_COUNT' | 'CREATED_AT'> = {
  NAME: null,
  PARTNER_COUNT: { name: 'partner count', text: 'coalesce(b.partnerCount, 0)', type: 'number' },
  PROJECT_COUNT: { name: 'project count', text: 'coalesce(b.projectCount, 0)', type: 'number' },
  CREATED_AT: { name: 'created at', text: 'b.createdAt', type: 'string' },
};

/** The order of a list of organisations. */
export interface OrganisationOrder {
  readonly field: keyof typeof SORT_KEYS;
  readonly direction: Direction;
}

/** All organisations. */
export function organisations(filter: { readonly orderBy?: OrganisationOrder | null | undefined }): ListRequest {
  return ordered(byName(ORGANISATIONS, nodeEdge), SORT_KEYS, filter.orderBy);
}
