import type { PartnershipEdge } from '../src/store/partnership.ts';
import { factFields } from './connection.ts';
import { orderOf, PartnershipKind } from './enums.ts';
import { actorConnectionOf } from './facets.ts';
import { Actor } from './refs.ts';

/** The order of a list of partners. */
export const PartnerOrder = orderOf(
  'PartnerOrder',
  'partners',
  {
    NAME: 'By name.',
    STRENGTH: 'By strength of the partnership, over all dates.',
    PROJECT_COUNT: 'By number of common projects, over all dates.',
    SINCE: 'By beginning of the partnership. Unknown beginnings count as earliest.',
  },
  { field: 'NAME', direction: 'ASC' },
);

/** Partners of an actor. */
export const PartnersConnection = actorConnectionOf<PartnershipEdge>(
  'Partners',
  Actor,
  'partners of an actor',
  (t) => ({
    kind: t.expose('kind', { type: PartnershipKind, description: 'Kind of partnership.' }),
    label: t.exposeString('label', { nullable: true, description: 'Name of the partnership.' }),
    projectCount: t.exposeInt('projectCount', {
      description: 'Number of common projects, over all dates.',
    }),
    strength: t.exposeFloat('strength', {
      description:
        'Collaboration weight (Newman 2001), over all dates: the sum of 1 / (number of parties - 1) over common projects and agreements.',
    }),
    ...factFields(t),
  }),
);
