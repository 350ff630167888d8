import type { MembershipEdge } from '../src/store/membership.ts';
import { factFields } from './connection.ts';
import { MembershipRole, orderOf } from './enums.ts';
import { actorConnectionOf } from './facets.ts';
import { Actor, Network } from './refs.ts';

/** The order of a list of members. */
export const MemberOrder = orderOf(
  'MemberOrder',
  'members',
  {
    NAME: 'By name.',
    SINCE: 'By the beginning of the membership; an unknown one comes before all others.',
    PARTNER_COUNT: 'By how many partners the member has, at any time.',
  },
  { field: 'NAME', direction: 'ASC' },
);

/** Members of a network. */
export const MembersConnection = actorConnectionOf<MembershipEdge>('Members', Actor, 'members of a network', (t) => ({
  role: t.expose('role', {
    type: MembershipRole,
    description: 'What the member is in the network.',
  }),
  roleLabel: t.exposeString('roleLabel', {
    nullable: true,
    description: 'Its role in the words of the source.',
  }),
  ...factFields(t),
}));

/** Networks of an actor. */
export const MembershipsConnection = actorConnectionOf<MembershipEdge>(
  'Memberships',
  Network,
  'networks that an actor belongs to',
  (t) => ({
    role: t.expose('role', {
      type: MembershipRole,
      description: 'What the actor is in the network.',
    }),
    roleLabel: t.exposeString('roleLabel', {
      nullable: true,
      description: 'Its role in the words of the source.',
    }),
    ...factFields(t),
  }),
);
