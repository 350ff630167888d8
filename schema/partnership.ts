import { PARTNERSHIP_KINDS } from '../src/domain/vocabulary.ts';
import type { PartnershipEdge } from '../src/store/partnership.ts';
import { neighbourFields } from './connection.ts';
import { orderOf, PartnershipKind } from './enums.ts';
import { actorConnectionOf } from './facets.ts';
import { Actor } from './refs.ts';
import { Partnership } from './relationship.ts';

/** The order of a list of partners. */
export const PartnerOrder = orderOf(
  'PartnerOrder',
  'partners',
  {
    NAME: 'By name.',
    STRENGTH: 'By strength of the partnerships, over all dates.',
    PROJECT_COUNT: 'By number of common projects, over all dates.',
    SINCE: 'By earliest known beginning of the partnerships. Without one: as earliest.',
  },
  { field: 'NAME', direction: 'ASC' },
);

/** Partners of an actor. */
export const PartnersConnection = actorConnectionOf<PartnershipEdge>(
  'Partners',
  Actor,
  'partners of an actor',
  (t) => ({
    kinds: t.expose('kinds', {
      type: [PartnershipKind],
      maximum: PARTNERSHIP_KINDS.length,
      description: 'Kinds of the partnerships.',
      extensions: { columns: ['kind'] },
    }),
    projectCount: t.exposeInt('projectCount', {
      description: 'Number of common projects, over all dates.',
      extensions: { columns: ['projectCount'] },
    }),
    strength: t.exposeFloat('strength', {
      description:
        'Collaboration weight (Newman 2001), over all dates: the sum of 1 / (number of parties - 1) over common projects and agreements.',
      extensions: { columns: ['strength'] },
    }),
    ...neighbourFields(t, 'partnerships', Partnership),
  }),
);
