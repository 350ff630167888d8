import { byName, type ListRequest, nodeEdge } from './list.ts';
import type { Listing } from './listing.ts';

const SOURCES: Listing = { name: 'sources', pattern: '(b:Source)', columns: null };

/** All sources, by title. */
export function sources(): ListRequest {
  return byName(SOURCES, nodeEdge);
}
