import type { InputFieldBuilder, InputRef } from '@pothos/core';
import { MAX_AFFILIATION_DEPTH } from '../src/store/affiliation.ts';
import {
  MAX_FILTER_CONDITIONS,
  MAX_FILTER_DEPTH,
  MAX_FILTER_VALUES,
  MAX_FILTER_VALUES_IN_ALL,
} from '../src/store/filter.ts';
import { type IntRange, MAX_FILTER_TEXT, type PeriodInput as Period } from '../src/store/filter-fields.ts';
import type { MemberFilter, MembershipFilter } from '../src/store/membership.ts';
import { MAX_KM, type Near } from '../src/store/near.ts';
import type { NetworkFilter } from '../src/store/network.ts';
import type { OrganisationFilter } from '../src/store/organisation.ts';
import type { PartnershipFilter } from '../src/store/partnership.ts';
import type { ParticipantFilter, ParticipationFilter, ProjectFilter } from '../src/store/project.ts';
import { builder, type SchemaTypes } from './builder.ts';
import {
  ActorKind,
  IdentifierScheme,
  MembershipRole,
  OrganisationKind,
  OrganisationSize,
  ParticipationRole,
  PartnershipKind,
  PoleRank,
} from './enums.ts';

type Fields = InputFieldBuilder<PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>, 'InputObject'>;

const IntRangeRef = builder.inputRef<IntRange>('IntRange').implement({
  description: 'A range of whole numbers, both ends included. An omitted end is open.',
  fields: (t) => ({
    min: t.int({ description: 'Smallest value, included.' }),
    max: t.int({ description: 'Largest value, included. Not less than min.' }),
  }),
});

export const PeriodInput = builder.inputRef<Period>('PeriodInput').implement({
  description: 'A period, both ends included. An omitted end is open.',
  fields: (t) => ({
    from: t.field({ type: 'PartialDate', description: 'First day, month or year.' }),
    to: t.field({ type: 'PartialDate', description: 'Last day, month or year.' }),
  }),
});

const NearInputRef = builder.inputRef<Near>('NearInput').implement({
  description: 'A circle on the map.',
  fields: (t) => ({
    latitude: t.float({ required: true, description: 'Latitude of its centre in degrees (WGS 84).' }),
    longitude: t.float({ required: true, description: 'Longitude of its centre in degrees (WGS 84).' }),
    km: t.float({ required: true, description: `Its radius in kilometres. Maximum: ${MAX_KM.toLocaleString('en')}.` }),
  }),
});

/** The fields that conditions on the relationships of every type have, beside those of the node at the other end. */
const factFields = (t: Fields) => ({
  during: t.field({
    type: PeriodInput,
    description: 'It is valid, or may be, on some day of this period. Without a known end it counts as still valid.',
  }),
});

const endFields = (t: Fields) => ({
  actorKind: t.field({ type: [ActorKind], description: 'The actor at its other end has any of these kinds.' }),
  organisationKind: t.field({
    type: [OrganisationKind],
    description: 'The actor at its other end is an organisation of any of these kinds.',
  }),
});

/** The input that asks for some, none or every of the relationships of a step. */
function listFilterOf<Filter>(name: string, of: InputRef<Filter>, what: string) {
  return builder.inputType(name, {
    description: `Conditions on all ${what} of a record that are valid at asOf. Its fields are combined with and.`,
    fields: (t) => ({
      some: t.field({ type: of, description: `At least one of its ${what} matches. {}: it has any.` }),
      none: t.field({ type: of, description: `None of its ${what} matches. {}: it has none.` }),
      every: t.field({ type: of, description: `All of its ${what} match, or it has none.` }),
    }),
  });
}

const MembershipFilterRef = builder.inputRef<MembershipFilter>('MembershipFilter').implement({
  description: 'Conditions on one membership of an actor. Its fields are combined with and.',
  fields: (t) => ({
    role: t.field({ type: [MembershipRole], description: 'It has any of these roles.' }),
    network: t.idList({ description: 'It is one in any of these networks.' }),
    ...factFields(t),
  }),
});
const MembershipListFilter = listFilterOf('MembershipListFilter', MembershipFilterRef, 'memberships');

const MemberFilterRef = builder.inputRef<MemberFilter>('MemberFilter').implement({
  description: 'Conditions on one membership in a network. Its fields are combined with and.',
  fields: (t) => ({
    role: t.field({ type: [MembershipRole], description: 'It has any of these roles.' }),
    member: t.idList({ description: 'It is one of any of these actors.' }),
    ...endFields(t),
    ...factFields(t),
  }),
});
const MemberListFilter = listFilterOf('MemberListFilter', MemberFilterRef, 'members');

const PartnershipFilterRef = builder.inputRef<PartnershipFilter>('PartnershipFilter').implement({
  description: 'Conditions on one partnership of an actor. Its fields are combined with and.',
  fields: (t) => ({
    kind: t.field({ type: [PartnershipKind], description: 'It has any of these kinds.' }),
    partner: t.idList({ description: 'It is one with any of these actors.' }),
    ...endFields(t),
    ...factFields(t),
  }),
});
const PartnershipListFilter = listFilterOf('PartnershipListFilter', PartnershipFilterRef, 'partnerships');

const ParticipantFilterRef = builder.inputRef<ParticipantFilter>('ParticipantFilter').implement({
  description: 'Conditions on one participation in a project. Its fields are combined with and.',
  fields: (t) => ({
    role: t.field({ type: [ParticipationRole], description: 'It has any of these roles.' }),
    participant: t.idList({ description: 'It is one of any of these actors.' }),
    ...endFields(t),
    ...factFields(t),
  }),
});
const ParticipantListFilter = listFilterOf('ParticipantListFilter', ParticipantFilterRef, 'participants');

const ParticipationFilterRef = builder.inputRef<ParticipationFilter>('ParticipationFilter').implement({
  description: 'Conditions on one participation of an actor. Its fields are combined with and.',
  fields: (t) => ({
    role: t.field({ type: [ParticipationRole], description: 'It has any of these roles.' }),
    project: t.idList({ description: 'It is one in any of these projects.' }),
    ...factFields(t),
  }),
});
const ParticipationListFilter = listFilterOf('ParticipationListFilter', ParticipationFilterRef, 'participations');

const LIMITS = `Limits: and, or and not nested ${MAX_FILTER_DEPTH} deep, ${MAX_FILTER_CONDITIONS} conditions, ${MAX_FILTER_VALUES} values in one list, ${MAX_FILTER_VALUES_IN_ALL} in all lists. A list matches any of its values; an empty list matches nothing. An unknown identifier is an error that names it.`;

/** The fields by which filters of one entity type are joined. */
function joiningFields<Filter>(t: Fields, ref: InputRef<Filter>) {
  return {
    and: t.field({ type: [ref], description: 'All of these match.' }),
    or: t.field({ type: [ref], description: 'At least one of these matches.' }),
    not: t.field({
      type: ref,
      description: 'This does not match. A condition on an unknown value does not match, so its negation does.',
    }),
  };
}

/** The fields that the filters of every entity type have. */
function recordFields(t: Fields) {
  return {
    nameContains: t.string({
      description: `The name contains this text. Accents, case and punctuation do not matter; a text without letters or digits matches nothing. Maximum: ${MAX_FILTER_TEXT} characters.`,
    }),
    nameStartsWith: t.string({
      description: `The name starts with this text. Accents, case and punctuation do not matter; a text without letters or digits matches nothing. Maximum: ${MAX_FILTER_TEXT} characters.`,
    }),
    topic: t.idList({ description: 'It has any of these topics, or a narrower one.' }),
    sourcedBy: t.idList({ description: 'Its record comes from any of these sources.' }),
  };
}

const NEAR =
  'It is in this circle: by its own coordinates, else by those of the commune of its seat (see location). What has neither does not match. orderBy: DISTANCE lists the nearest first.';

const AS_OF =
  'Date at which the relationships in this filter, and in nested filters without a date of their own, must be valid. A month or a year: on some day of it. Omitted: all dates. Relationships without a known end count as still valid.';

const OrganisationFilterRef = builder.inputRef<OrganisationFilter>('OrganisationFilter');

export { OrganisationFilterRef as OrganisationFilter };

OrganisationFilterRef.implement({
  description: `Conditions on organisations. Its fields are combined with and. Relationships are those valid at asOf. ${LIMITS}`,
  fields: (t) => ({
    ...joiningFields(t, OrganisationFilterRef),
    ...recordFields(t),
    kind: t.field({ type: [OrganisationKind], description: 'It has any of these kinds.' }),
    public: t.boolean({ description: 'Whether it is publicly run.' }),
    size: t.field({ type: [OrganisationSize], description: 'It has any of these size classes.' }),
    memberOf: t.idList({ description: 'It is a member of any of these networks.' }),
    partnerOf: t.idList({ description: 'It is a partner of any of these actors.' }),
    includeAffiliated: t.boolean({
      description:
        'Whether partnerOf beside it also matches partners of the organisations that are affiliated with these actors, such as the laboratories of a university. An actor and its affiliated organisations match too where they are partners of one another: leave these out with not and affiliatedWith. Default: false.',
    }),
    affiliatedWith: t.idList({
      description: `It is affiliated with any of these organisations, directly or through up to ${MAX_AFFILIATION_DEPTH} others.`,
    }),
    directlyAffiliatedWith: t.idList({
      description: 'It is affiliated with any of these organisations directly, as the facet affiliations counts.',
    }),
    locatedIn: t.idList({ description: 'Its seat is in any of these territories, or in a part of one.' }),
    near: t.field({ type: NearInputRef, description: NEAR }),
    partnerCount: t.field({ type: IntRangeRef, description: 'Number of partners, over all dates.' }),
    projectCount: t.field({ type: IntRangeRef, description: 'Number of projects it takes part in, over all dates.' }),
    networkCount: t.field({
      type: IntRangeRef,
      description: 'Number of networks it is a member of, at asOf; without it, over all dates.',
    }),
    memberships: t.field({ type: MembershipListFilter, description: 'Conditions on its memberships.' }),
    partnerships: t.field({ type: PartnershipListFilter, description: 'Conditions on its partnerships.' }),
    participations: t.field({
      type: ParticipationListFilter,
      description: 'Conditions on its participations in projects.',
    }),
    hasIdentifier: t.field({
      type: [IdentifierScheme],
      description: 'It has an identifier in any of these registries.',
    }),
    asOf: t.field({ type: 'PartialDate', description: AS_OF }),
  }),
});

const NetworkFilterRef = builder.inputRef<NetworkFilter>('NetworkFilter');

export { NetworkFilterRef as NetworkFilter };

NetworkFilterRef.implement({
  description: `Conditions on poles and clusters. Its fields are combined with and. Relationships are those valid at asOf. ${LIMITS}`,
  fields: (t) => ({
    ...joiningFields(t, NetworkFilterRef),
    ...recordFields(t),
    kind: t.field({ type: [ActorKind], description: 'It has any of these kinds.' }),
    covers: t.idList({ description: 'It covers any of these territories, or has its seat in one of them.' }),
    locatedIn: t.idList({ description: 'Its seat is in any of these territories, or in a part of one.' }),
    near: t.field({ type: NearInputRef, description: NEAR }),
    rank: t.field({ type: [PoleRank], description: 'Its label has any of these ranks.' }),
    hasMembers: t.boolean({ description: 'Whether any member is recorded, at any date.' }),
    memberCount: t.field({
      type: IntRangeRef,
      description: 'Number of recorded members, at asOf; without it, over all dates.',
    }),
    members: t.field({ type: MemberListFilter, description: 'Conditions on its members.' }),
    memberships: t.field({ type: MembershipListFilter, description: 'Conditions on its memberships in networks.' }),
    startsIn: t.field({
      type: PeriodInput,
      description:
        'Its label begins, or may begin, in this period: a beginning known by year or month matches when part of it lies in the period. A network without a known beginning does not match.',
    }),
    endsIn: t.field({
      type: PeriodInput,
      description: 'Its label ends, or may end, in this period. A network without a known end does not match.',
    }),
    label: t.idList({ description: 'It has or had any of these labels: identifiers of topics.' }),
    activeAsOf: t.field({
      type: 'PartialDate',
      description:
        'It is active at this date, or on some day of this month or year, as its isActive says. Networks without a known beginning are left out: undatedCount of the list counts them.',
    }),
    includeUndated: t.boolean({
      description:
        'Whether activeAsOf beside it matches networks without a known beginning too, unless they had ended. Default: false.',
    }),
    asOf: t.field({ type: 'PartialDate', description: AS_OF }),
  }),
});

const ProjectFilterRef = builder.inputRef<ProjectFilter>('ProjectFilter');

export { ProjectFilterRef as ProjectFilter };

ProjectFilterRef.implement({
  description: `Conditions on projects. Its fields are combined with and. ${LIMITS}`,
  fields: (t) => ({
    ...joiningFields(t, ProjectFilterRef),
    ...recordFields(t),
    programme: t.stringList({
      description: 'It is funded by any of these programmes or calls. Case does not matter.',
    }),
    participant: t.idList({ description: 'Any of these actors takes part in it.' }),
    includeAffiliated: t.boolean({
      description:
        'Whether participant beside it also matches projects of the organisations that are affiliated with these actors, such as the laboratories of a university. Default: false.',
    }),
    participants: t.field({ type: ParticipantListFilter, description: 'Conditions on its participants.' }),
    labelledBy: t.idList({ description: 'Any of these networks has labelled it.' }),
    locatedIn: t.idList({
      description: 'Somebody takes part whose seat is in any of these territories or in a part of one.',
    }),
    startsIn: t.field({
      type: PeriodInput,
      description:
        'It starts, or may start, in this period: a start known by year or month matches when part of it lies in the period. A project without a known start does not match.',
    }),
  }),
});
