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
    STRENGTH: 'By the strength of the partnership, over all times.',
    PROJECT_COUNT: 'By the number of common projects, over all times.',
    SINCE: 'By the beginning of the partnership; an unknown one comes before all others.',
  },
  { field: 'NAME', direction: 'ASC' },
);

/** Partners of an actor. */
export const PartnersConnection = actorConnectionOf<PartnershipEdge>(
  'Partners',
  Actor,
  'partners of an actor',
  (t) => ({
    kind: t.expose('kind', { type: PartnershipKind, description: 'What the two do together.' }),
    label: t.exposeString('label', { nullable: true, description: 'What the partnership is called.' }),
    projectCount: t.exposeInt('projectCount', {
      description: 'How many projects the two have in common, over all times.',
    }),
    strength: t.exposeFloat('strength', {
      description:
        'Collaboration weight after Newman (2001), over all times: each common project, or agreement of many, counts 1 / (its parties - 1).',
    }),
    ...factFields(t),
  }),
);
