import type { PartialDate } from '../domain/partial-date.ts';
import { ACTOR_TYPES, NETWORK_TYPES, type ParticipationRole } from '../domain/vocabulary.ts';
import { PARTICIPANT_OR_AFFILIATED } from './affiliation.ts';
import { type FactFilter, type FactListFilter, factsWhere } from './fact-filter.ts';
import { type FilterFields, readFilter } from './filter.ts';
import { dateIn, oneOfTexts, type PeriodInput, RECORD_FIELDS } from './filter-fields.ts';
import {
  byName,
  Conditions,
  type ListEdge,
  type ListRequest,
  NODE_HOLDS,
  nodeEdge,
  ordered,
  type SortKeys,
} from './list.ts';
import type { Direction, Listing } from './listing.ts';
import { narrowed } from './narrowed.ts';
import { relation } from './predicate.ts';
import { PARTICIPANT_LOCATED_IN } from './territory.ts';
import { ABOUT } from './topic.ts';

/** How lists of projects may be ordered; unknown values come first when ascending. */
export const projectSortKeys: SortKeys<'NAME' | 'START' | 'FUNDING'> = {
  NAME: null,
  START: { name: 'start', text: "coalesce(b.since, '')", type: 'string', inMemory: { of: 'node', field: 'since' } },
  FUNDING: {
    name: 'funding',
    text: 'coalesce(b.funding, 0)',
    type: 'number',
    inMemory: { of: 'node', field: 'funding' },
  },
};

/** The order of a list of projects. */
export interface ProjectOrder {
  readonly field: keyof typeof projectSortKeys;
  readonly direction: Direction;
}

const PROJECTS: Listing = { name: 'projects', pattern: '(b:Project)', columns: null, nodes: ['Project'] };
const LABELLED: Listing = {
  name: 'labelled projects',
  pattern: '(a:Entity {id: parent})-[r:LABELS]->(b)',
  columns: ['id'],
};
const LABELLERS: Listing = { name: 'labellers', pattern: '(a:Entity {id: parent})<-[r:LABELS]-(b)', columns: ['id'] };

const LATEST_FIRST: ProjectOrder = { field: 'START', direction: 'DESC' };

/** Which projects are asked for: its fields are joined by and. */
export interface ProjectFilter {
  readonly and?: readonly ProjectFilter[] | null | undefined;
  readonly or?: readonly ProjectFilter[] | null | undefined;
  readonly not?: ProjectFilter | null | undefined;
  readonly nameContains?: string | null | undefined;
  readonly nameStartsWith?: string | null | undefined;
  readonly programme?: readonly string[] | null | undefined;
  readonly participant?: readonly string[] | null | undefined;
  /** Whether `participant` means those affiliated with its actors too. */
  readonly includeAffiliated?: boolean | null | undefined;
  readonly participants?: FactListFilter<ParticipantFilter> | null | undefined;
  readonly labelledBy?: readonly string[] | null | undefined;
  readonly locatedIn?: readonly string[] | null | undefined;
  readonly topic?: readonly string[] | null | undefined;
  readonly startsIn?: PeriodInput | null | undefined;
  readonly sourcedBy?: readonly string[] | null | undefined;
}

/** What a filter asks of one participation. */
export type ParticipantFilter = FactFilter<'role', ParticipationRole, 'participant'>;
export type ParticipationFilter = FactFilter<'role', ParticipationRole, 'project'>;

const PARTICIPANT = relation('participant', { types: ['PARTICIPATES_IN'], side: 'in' }, ACTOR_TYPES);
/** The participations in a project, and those of an actor, for a filter. */
const hasParticipants = factsWhere<ParticipationRole, 'role', 'participant'>(
  { type: 'PARTICIPATES_IN', side: 'in' },
  { field: 'participants', role: 'role', end: 'participant', types: ACTOR_TYPES },
);
export const hasParticipations = factsWhere<ParticipationRole, 'role', 'project'>(
  { type: 'PARTICIPATES_IN', side: 'out' },
  { field: 'participations', role: 'role', end: 'project', types: ['Project'] },
);
const LABELLED_BY = relation('labelledBy', { types: ['LABELS'], side: 'in' }, NETWORK_TYPES);
const FIELDS: FilterFields<ProjectFilter> = {
  ...RECORD_FIELDS,
  programme: oneOfTexts('programme', 'programme'),
  participant: (ids, asOf, { includeAffiliated }) =>
    (includeAffiliated ? PARTICIPANT_OR_AFFILIATED : PARTICIPANT)(ids, asOf),
  includeAffiliated: () => null,
  participants: hasParticipants,
  labelledBy: LABELLED_BY,
  locatedIn: PARTICIPANT_LOCATED_IN,
  topic: ABOUT,
  startsIn: dateIn('startsIn', 'since'),
};

/**
 * The projects that meet a filter, the latest first unless another order is asked. Throws a FilterError for a filter that is
 * beyond a limit.
 */
export function projects(asked: {
  readonly filter?: ProjectFilter | null | undefined;
  readonly orderBy?: ProjectOrder | null | undefined;
}): ListRequest {
  const every = ordered(byName(PROJECTS, nodeEdge), projectSortKeys, asked.orderBy ?? LATEST_FIRST);
  const { predicate, named } = readFilter(asked.filter, FIELDS);
  return { ...narrowed(every, predicate), named };
}

/** Those projects of a parent's list that meet a filter. Throws as projects does. */
export function meetingProjects<Edge extends ListEdge>(
  request: ListRequest<Edge>,
  filter: ProjectFilter,
): ListRequest<Edge> {
  const { predicate, named } = readFilter(filter, FIELDS);
  return { ...narrowed(request, predicate), named };
}

/** The projects that a network has labelled. */
export function labelledProjects(filter: {
  readonly asOf?: PartialDate | null | undefined;
  readonly orderBy?: ProjectOrder | null | undefined;
}): ListRequest {
  const request = byName(LABELLED, nodeEdge, new Conditions().asOf(NODE_HOLDS, filter.asOf));
  return ordered(request, projectSortKeys, filter.orderBy ?? LATEST_FIRST);
}

/** The networks that have labelled a project. */
export function labellers(): ListRequest {
  return byName(LABELLERS, nodeEdge);
}
