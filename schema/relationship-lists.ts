import type { ArgBuilder, InputFieldBuilder, ObjectRef } from '@pothos/core';
import { ACTOR_TYPES, MEMBERSHIP_ROLES, PARTNERSHIP_KINDS } from '../src/domain/vocabulary.ts';
import type { Connection } from '../src/loaders/loaders.ts';
import {
  actorTypeFacet,
  endFacet,
  type FacetCount,
  type FacetRequest,
  relationshipKindFacet,
  sinceYearFacet,
  untilYearFacet,
} from '../src/store/facet.ts';
import type { FactEdge } from '../src/store/fact-edge.ts';
import type { RelationshipRecord } from '../src/store/relationship.ts';
import {
  allMemberships,
  allPartnerships,
  type MembershipsFilter,
  type PartnershipsFilter,
} from '../src/store/relationship-list.ts';
import { asOfArgument } from './as-of.ts';
import { builder, type SchemaTypes } from './builder.ts';
import { pageArguments } from './connection.ts';
import { connectionType, type EdgeBuilder } from './connection-type.ts';
import type { RequestContext } from './context.ts';
import { ActorKind, MembershipRole, OrganisationKind, orderOf, PartnershipKind } from './enums.ts';
import { boundedSize, COST, Facet, facetOrder, facetSize, labelled, MAX_YEARS } from './facets.ts';
import { PeriodInput } from './filter.ts';
import { Membership, Partnership } from './relationship.ts';

type Types = PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>;
type Relationships = Connection<FactEdge>;

/** Conditions on the period of a relationship. */
const periodFields = (t: InputFieldBuilder<Types, 'InputObject'>) => ({
  during: t.field({
    type: PeriodInput,
    description: 'It is valid, or may be, on some day of this period. Without a known end it counts as still valid.',
  }),
  startsIn: t.field({
    type: PeriodInput,
    description: 'It begins, or may begin, in this period. One without a known beginning does not match.',
  }),
  endsIn: t.field({
    type: PeriodInput,
    description: 'It ends, or may end, in this period. One without a known end does not match.',
  }),
});

const JOINED = 'Its fields are combined with and. A list matches any of its values; an empty list matches nothing.';

const MembershipsFilterRef = builder.inputRef<MembershipsFilter>('MembershipsFilter').implement({
  description: `Conditions on memberships. ${JOINED}`,
  fields: (t) => ({
    role: t.field({ type: [MembershipRole], description: 'It has any of these roles.' }),
    member: t.idList({ description: 'It is one of any of these actors.' }),
    network: t.idList({ description: 'It is one in any of these networks.' }),
    memberKind: t.field({ type: [ActorKind], description: 'Its member has any of these kinds.' }),
    organisationKind: t.field({
      type: [OrganisationKind],
      description: 'Its member is an organisation of any of these kinds.',
    }),
    ...periodFields(t),
  }),
});

const PartnershipsFilterRef = builder.inputRef<PartnershipsFilter>('PartnershipsFilter').implement({
  description: `Conditions on partnerships. ${JOINED}`,
  fields: (t) => ({
    kind: t.field({ type: [PartnershipKind], description: 'It has any of these kinds.' }),
    partner: t.idList({ description: 'At least one of its two actors is among these.' }),
    between: t.idList({ description: 'Both of its actors are among these.' }),
    ...periodFields(t),
  }),
});

const DATES = {
  SINCE: 'By beginning. Unknown ones count as earliest.',
  UNTIL: 'By end. Unknown ones count as earliest.',
};

const MembershipsOrder = orderOf(
  'MembershipsOrder',
  'memberships',
  { NAME: 'By name of the member.', ...DATES },
  { field: 'NAME', direction: 'ASC' },
  'by name of the member, A to Z, then by identifier, in either direction',
);

const PartnershipsOrder = orderOf(
  'PartnershipsOrder',
  'partnerships',
  {
    NAME: 'By name of the actor in from.',
    ...DATES,
    STRENGTH: 'By strength.',
    PROJECT_COUNT: 'By number of common projects.',
  },
  { field: 'NAME', direction: 'ASC' },
  'by name of the actor in from, A to Z, then by identifier, in either direction',
);

/** Facets of years, which both lists have. */
const yearFacets = (t: EdgeBuilder<Relationships>, what: string) => ({
  sinceYears: t.field({
    type: [Facet],
    maximum: MAX_YEARS,
    description: `Number of ${what} by the year of their beginning. Unknown years are left out.`,
    extensions: COST,
    args: { order: facetOrder(t.arg) },
    resolve: (connection, { order }) => labelled(connection, sinceYearFacet(connection.request), order),
  }),
  untilYears: t.field({
    type: [Facet],
    maximum: MAX_YEARS,
    description: `Number of ${what} by the year of their end. Those without a known end are left out.`,
    extensions: COST,
    args: { order: facetOrder(t.arg) },
    resolve: (connection, { order }) => labelled(connection, untilYearFacet(), order),
  }),
});

const COUNTED = 'Counts by value over the whole list, not only the page. Counted only when requested.';

/** Counts whose values are identifiers, with their nodes. */
const withNodes = (connection: Relationships, { loaders }: RequestContext) => ({
  facet: async (request: FacetRequest): Promise<FacetCount[]> => {
    const counts = await connection.facet(request);
    return Promise.all(counts.map(async (count) => ({ ...count, node: await loaders.node.load(count.value) })));
  },
});

const MembershipFacets = builder.objectRef<Relationships>('MembershipFacets').implement({
  description: COUNTED,
  fields: (t) => ({
    roles: t.field({
      type: [Facet],
      maximum: MEMBERSHIP_ROLES.length,
      description: 'Number of memberships by role.',
      extensions: COST,
      args: { order: facetOrder(t.arg) },
      resolve: (connection, { order }) => labelled(connection, relationshipKindFacet('role'), order),
    }),
    networks: t.field({
      type: [Facet],
      description: 'Number of memberships by network.',
      extensions: COST,
      args: { first: facetSize(t.arg), order: facetOrder(t.arg) },
      resolve: (connection, { first, order }, context) =>
        labelled(withNodes(connection, context), endFacet(boundedSize(first)), order),
    }),
    memberKinds: t.field({
      type: [Facet],
      maximum: ACTOR_TYPES.length,
      description: 'Number of memberships of organisations, poles and clusters.',
      extensions: COST,
      args: { order: facetOrder(t.arg) },
      resolve: (connection, { order }) => labelled(connection, actorTypeFacet(), order, (type) => type.toUpperCase()),
    }),
    ...yearFacets(t, 'memberships'),
  }),
});

const PartnershipFacets = builder.objectRef<Relationships>('PartnershipFacets').implement({
  description: COUNTED,
  fields: (t) => ({
    kinds: t.field({
      type: [Facet],
      maximum: PARTNERSHIP_KINDS.length,
      description: 'Number of partnerships by kind.',
      extensions: COST,
      args: { order: facetOrder(t.arg) },
      resolve: (connection, { order }) => labelled(connection, relationshipKindFacet('kind'), order),
    }),
    ...yearFacets(t, 'partnerships'),
  }),
});

/** A connection of relationships, which has facets too: the node of an edge is the relationship itself. */
function connectionOf(
  name: string,
  describe: string,
  node: ObjectRef<Types, RelationshipRecord>,
  facets: ObjectRef<Types, Relationships>,
) {
  return connectionType<FactEdge & { readonly cursor: string }, Relationships>(name, {
    describe,
    node: node as never,
    nodeOf: ({ relationship }) => relationship,
    fields: (t) => ({
      facets: t.field({
        type: facets,
        description: `Counts by value over all ${describe} of the list, not only the page.`,
        resolve: (connection) => connection,
      }),
    }),
  });
}

const MembershipsConnection = connectionOf('MembershipRecords', 'memberships', Membership, MembershipFacets);
const PartnershipsConnection = connectionOf('PartnershipRecords', 'partnerships', Partnership, PartnershipFacets);

const asOf = (t: ArgBuilder<Types>) => t({ type: 'PartialDate', description: asOfArgument });

builder.queryFields((t) => ({
  memberships: t.field({
    type: MembershipsConnection,
    description:
      'The memberships that match the filter, each once: who belonged to which network, since when, until when. Without a filter: all.',
    args: {
      filter: t.arg({ type: MembershipsFilterRef, description: 'Conditions on the memberships.' }),
      asOf: asOf(t.arg),
      orderBy: t.arg({ type: MembershipsOrder, description: 'Default: by name of the member.' }),
      ...pageArguments(t.arg),
    },
    resolve: (_, { filter, asOf, orderBy, ...page }, { loaders }) =>
      loaders.root(allMemberships({ filter, asOf, orderBy }), page),
  }),
  partnerships: t.field({
    type: PartnershipsConnection,
    description: 'The partnerships that match the filter, each once. Without a filter: all.',
    args: {
      filter: t.arg({ type: PartnershipsFilterRef, description: 'Conditions on the partnerships.' }),
      asOf: asOf(t.arg),
      orderBy: t.arg({ type: PartnershipsOrder, description: 'Default: by name of the actor in from.' }),
      ...pageArguments(t.arg),
    },
    resolve: (_, { filter, asOf, orderBy, ...page }, { loaders }) =>
      loaders.root(allPartnerships({ filter, asOf, orderBy }), page),
  }),
}));
