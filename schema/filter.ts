import type { InputFieldBuilder, InputRef } from '@pothos/core';
import {
  FilterError,
  type IntRange,
  MAX_FILTER_CONDITIONS,
  MAX_FILTER_DEPTH,
  MAX_FILTER_TEXT,
  MAX_FILTER_VALUES,
  MAX_FILTER_VALUES_IN_ALL,
} from '../src/store/filter.ts';
import type { NetworkFilter } from '../src/store/network.ts';
import type { OrganisationFilter } from '../src/store/organisation.ts';
import type { PeriodInput, ProjectFilter } from '../src/store/project.ts';
import { builder, type SchemaTypes } from './builder.ts';
import { ActorKind, IdentifierScheme, OrganisationKind, OrganisationSize, PoleRank } from './enums.ts';
import { badInput } from './errors.ts';

type Fields = InputFieldBuilder<PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>, 'InputObject'>;

/** Makes a list of a filter; what is wrong with the filter is the caller's to put right. */
export function filtered<List>(make: () => List): List {
  try {
    return make();
  } catch (error) {
    throw error instanceof FilterError ? badInput(error.message) : error;
  }
}

const IntRangeRef = builder.inputRef<IntRange>('IntRange').implement({
  description: 'A range of whole numbers, both ends included; an end left out is open.',
  fields: (t) => ({
    min: t.int({ description: 'The least, itself included.' }),
    max: t.int({ description: 'The most, itself included; not less than min.' }),
  }),
});

const PeriodInputRef = builder.inputRef<PeriodInput>('PeriodInput').implement({
  description: 'A period, both ends included; an end left out is open.',
  fields: (t) => ({
    from: t.field({ type: 'PartialDate', description: 'Its first day, or the month or year that it begins with.' }),
    to: t.field({ type: 'PartialDate', description: 'Its last day, or the month or year that it ends with.' }),
  }),
});

const LIMITS = `and, or and not stand at most ${MAX_FILTER_DEPTH} deep inside one another, with ${MAX_FILTER_CONDITIONS} conditions in all and ${MAX_FILTER_VALUES} values in a list, ${MAX_FILTER_VALUES_IN_ALL} in all lists. A list asks for any of its values, so that an empty one finds nothing.`;

/** The fields by which filters of one noun are joined. */
function joiningFields<Filter>(t: Fields, ref: InputRef<Filter>) {
  return {
    and: t.field({ type: [ref], description: 'All of these hold.' }),
    or: t.field({ type: [ref], description: 'At least one of these holds.' }),
    not: t.field({
      type: ref,
      description: 'This does not hold; a condition on something that no source tells does not hold, so its not does.',
    }),
  };
}

/** The fields that the filters of every noun have. */
function recordFields(t: Fields) {
  return {
    nameContains: t.string({
      description: `The name has this text in it, whatever its accents, case and punctuation; ${MAX_FILTER_TEXT} characters at most.`,
    }),
    nameStartsWith: t.string({
      description: `The name starts with this text, whatever its accents, case and punctuation; ${MAX_FILTER_TEXT} characters at most.`,
    }),
    topic: t.idList({ description: 'It is about any of these topics or a narrower one.' }),
    sourcedBy: t.idList({ description: 'Its record comes from any of these sources.' }),
  };
}

const OrganisationFilterRef = builder.inputRef<OrganisationFilter>('OrganisationFilter');

export { OrganisationFilterRef as OrganisationFilter };

OrganisationFilterRef.implement({
  description: `Which organisations: its fields are joined by and; the relationships that they name hold as of asOf. ${LIMITS}`,
  fields: (t) => ({
    ...joiningFields(t, OrganisationFilterRef),
    ...recordFields(t),
    kind: t.field({ type: [OrganisationKind], description: 'It is of any of these kinds.' }),
    public: t.boolean({ description: 'It is publicly run, or it is not.' }),
    size: t.field({ type: [OrganisationSize], description: 'It is of any of these size classes.' }),
    memberOf: t.idList({ description: 'It is a member of any of these networks.' }),
    partnerOf: t.idList({ description: 'It is a partner of any of these actors.' }),
    locatedIn: t.idList({ description: 'It has its seat in any of these territories or their parts.' }),
    partnerCount: t.field({ type: IntRangeRef, description: 'How many partners it has, at any time.' }),
    projectCount: t.field({ type: IntRangeRef, description: 'In how many projects it takes part, at any time.' }),
    hasIdentifier: t.field({ type: [IdentifierScheme], description: 'It is known in any of these registries.' }),
    asOf: t.field({
      type: 'PartialDate',
      description:
        'The relationships that this filter names, and those of the filters inside it that give no date, hold at this date or at some day of this month or year; omitted, at any time. Those without a known end count as holding.',
    }),
  }),
});

const NetworkFilterRef = builder.inputRef<NetworkFilter>('NetworkFilter');

export { NetworkFilterRef as NetworkFilter };

NetworkFilterRef.implement({
  description: `Which poles and clusters: its fields are joined by and. ${LIMITS}`,
  fields: (t) => ({
    ...joiningFields(t, NetworkFilterRef),
    ...recordFields(t),
    kind: t.field({ type: [ActorKind], description: 'It is of any of these kinds.' }),
    covers: t.idList({ description: 'It works on any of these territories, or has its seat in one of them itself.' }),
    locatedIn: t.idList({ description: 'It has its seat in any of these territories or their parts.' }),
    rank: t.field({ type: [PoleRank], description: 'It was labelled with any of these ranks.' }),
    hasMembers: t.boolean({ description: 'Members of it are known, at any time, or none is.' }),
    memberCount: t.field({ type: IntRangeRef, description: 'How many members of it are known, at any time.' }),
    activeAsOf: t.field({
      type: 'PartialDate',
      description:
        'It holds its label at this date, or at some day of this month or year; one whose end is unknown does.',
    }),
  }),
});

const ProjectFilterRef = builder.inputRef<ProjectFilter>('ProjectFilter');

export { ProjectFilterRef as ProjectFilter };

ProjectFilterRef.implement({
  description: `Which projects: its fields are joined by and. ${LIMITS}`,
  fields: (t) => ({
    ...joiningFields(t, ProjectFilterRef),
    ...recordFields(t),
    programme: t.stringList({
      description: 'It is funded by any of these programmes or calls, as their names are written.',
    }),
    participant: t.idList({ description: 'Any of these actors takes part in it.' }),
    labelledBy: t.idList({ description: 'Any of these networks has labelled it.' }),
    startsIn: t.field({
      type: PeriodInputRef,
      description:
        'It starts in this period, or may, where only the year or the month of its start is known; one without a known start does not.',
    }),
  }),
});
