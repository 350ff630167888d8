import { MOST } from '../src/domain/list-bounds.ts';
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
    SINCE: 'By beginning of the membership. Unknown beginnings count as earliest.',
    PARTNER_COUNT: 'By number of partners of the member, over all dates.',
  },
  { field: 'NAME', direction: 'ASC' },
);

/** Members of a network. */
export const MembersConnection = actorConnectionOf<MembershipEdge>('Members', Actor, 'members of a network', (t) => ({
  role: t.expose('role', {
    type: MembershipRole,
    description: 'Role of the member in the network.',
  }),
  roleLabel: t.exposeString('roleLabel', {
    nullable: true,
    description: 'Role in the words of the source.',
  }),
  writtenAs: t.stringList({
    maximum: MOST.writtenAs,
    description: "The member's name as the sources write it, where it differs: GDF-Suez for Engie.",
    resolve: ({ writtenAs }) => [...writtenAs],
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
      description: 'Role of the actor in the network.',
    }),
    roleLabel: t.exposeString('roleLabel', {
      nullable: true,
      description: 'Role in the words of the source.',
    }),
    writtenAs: t.stringList({
      maximum: MOST.writtenAs,
      description: "The member's name as the sources write it, where it differs: GDF-Suez for Engie.",
      resolve: ({ writtenAs }) => [...writtenAs],
    }),
    ...factFields(t),
  }),
);
