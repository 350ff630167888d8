import { asOf } from './as-of.ts';
import { countByKind } from './count-by-kind.ts';
import { createAndLink } from './create-and-link.ts';
import { filter } from './filter.ts';
import { hubSorted, hubUnsorted } from './hub.ts';
import { nested } from './nested.ts';
import { organisation } from './organisation.ts';
import { deepPage, firstPage, plainList } from './pages.ts';
import { partnersOfPartners } from './partners-of-partners.ts';
import { autocomplete, search } from './search.ts';
import { suggestedPartners } from './suggested-partners.ts';
import { neighbourhood, shortestPath } from './traversal.ts';
import type { Workload } from './workload.ts';

/**
 * Every workload, in the order of the tables: where there are few different questions, after one of the same kind with many,
 * so that what answers them has been compiled; what writes comes last.
 */
export const WORKLOADS: readonly Workload[] = [
  organisation,
  plainList,
  deepPage,
  firstPage,
  filter,
  partnersOfPartners,
  nested,
  hubSorted,
  hubUnsorted,
  asOf,
  countByKind,
  search,
  autocomplete,
  shortestPath,
  neighbourhood,
  suggestedPartners,
  createAndLink,
];
