import { step } from './steps.ts';

/** The partners of actors, an entry for each partnership, with how many partners they have over all dates. */
export const partnersWithBreadth = step(
  'partnersWithBreadth',
  ['PARTNERS_WITH'],
  'both',
  'ends',
  'partnerCounts',
  'byProjects',
);

/** The same without how many these have. */
export const partnersByKind = step('partnersByKind', ['PARTNERS_WITH'], 'both', 'ends', 'byProjects');

/** How many partners actors have. */
export const partnerTotals = step('partnerTotals', ['PARTNERS_WITH'], 'both', 'total');

/** What actors are about, which has no date. */
export const topicsOfActors = step('topicsOfActors', ['ABOUT'], 'out', 'ends');

/** Where actors have their seats. */
export const seatsOfActors = step('seatsOfActors', ['LOCATED_IN'], 'out', 'ends');
