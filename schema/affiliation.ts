import type { NeighbourEdge } from '../src/store/fact-edge.ts';
import { neighbourFields } from './connection.ts';
import { actorConnectionOf } from './facets.ts';
import { Organisation } from './refs.ts';
import { Affiliation } from './relationship.ts';

/** Organisations that an organisation is affiliated with. */
export const AffiliationsConnection = actorConnectionOf<NeighbourEdge>(
  'Affiliations',
  Organisation,
  'organisations that an organisation is affiliated with',
  (t) => neighbourFields(t, 'affiliations', Affiliation),
);

/** Organisations that are affiliated with an organisation. */
export const AffiliatedConnection = actorConnectionOf<NeighbourEdge>(
  'Affiliated',
  Organisation,
  'organisations that are affiliated with an organisation',
  (t) => neighbourFields(t, 'affiliations', Affiliation),
);
