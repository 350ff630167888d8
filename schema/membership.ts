import { MEMBERSHIP_ROLES } from '../src/domain/vocabulary.ts';
import type { MembershipEdge } from '../src/store/membership.ts';
import { neighbourFields } from './connection.ts';
import { MembershipRole, orderOf } from './enums.ts';
import { actorConnectionOf } from './facets.ts';
import { Actor, Network } from './refs.ts';
import { Membership } from './relationship.ts';

/** The order of a list of members. */
export const MemberOrder = orderOf(
  'MemberOrder',
  'members',
  {
    NAME: 'By name.',
    SINCE: 'By earliest known beginning of the memberships. Without one: as earliest.',
    PARTNER_COUNT: 'By number of partners of the member, over all dates.',
  },
  { field: 'NAME', direction: 'ASC' },
);

/** Members of a network. */
export const MembersConnection = actorConnectionOf<MembershipEdge>('Members', Actor, 'members of a network', (t) => ({
  roles: t.expose('roles', {
    type: [MembershipRole],
    maximum: MEMBERSHIP_ROLES.length,
    description: 'Roles of the member in the network.',
    extensions: { columns: ['role'] },
  }),
  ...neighbourFields(t, 'memberships', Membership),
}));

/** Networks of an actor. */
export const MembershipsConnection = actorConnectionOf<MembershipEdge>(
  'Memberships',
  Network,
  'networks that an actor belongs to',
  (t) => ({
    roles: t.expose('roles', {
      type: [MembershipRole],
      maximum: MEMBERSHIP_ROLES.length,
      description: 'Roles of the actor in the network.',
      extensions: { columns: ['role'] },
    }),
    ...neighbourFields(t, 'memberships', Membership),
  }),
);
