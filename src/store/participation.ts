import type { PartialDate } from '../domain/partial-date.ts';
import { PARTICIPATION_ROLES, type ParticipationRole } from '../domain/vocabulary.ts';
import { type NeighbourEdge, neighbourEdge, valuesOf } from './fact-edge.ts';
import {
  byName,
  Conditions,
  FACT_COLUMNS,
  type ListRequest,
  oncePerArguments,
  ordered,
  RELATIONSHIP_HOLDS,
  type SortKeys,
} from './list.ts';
import type { Condition, Direction, Listing } from './listing.ts';
import { meetingProjects, type ProjectFilter, type ProjectOrder, projectSortKeys } from './project.ts';

/** A participant of a project, or a project of an actor, with the participations. */
export interface ParticipationEdge extends NeighbourEdge {
  readonly roles: readonly ParticipationRole[];
}

const COLUMNS = [...FACT_COLUMNS, 'role'];

const PARTICIPANTS: Listing = {
  name: 'participants',
  pattern: '(a:Entity {id: parent})<-[r:PARTICIPATES_IN]-(b)',
  columns: COLUMNS,
  edges: { type: 'PARTICIPATES_IN', side: 'in' },
};
const PROJECTS: Listing = {
  name: 'projects of an actor',
  pattern: '(a:Entity {id: parent})-[r:PARTICIPATES_IN]->(b)',
  columns: COLUMNS,
  edges: { type: 'PARTICIPATES_IN', side: 'out' },
};

const ROLE: Condition = {
  name: 'role',
  text: 'r.role IN $roles',
  inMemory: { is: 'edge among', values: 'roles' },
};

const SORT_KEYS: SortKeys<'NAME' | 'ROLE'> = {
  NAME: null,
  ROLE: { name: 'role', text: 'min(r.role)', type: 'string', inMemory: { of: 'edges', field: 'kind' } },
};

const edge = (side: 'in' | 'out') =>
  neighbourEdge('PARTICIPATES_IN', side, (node, relationships, since, until) => ({
    node,
    since,
    until,
    relationships,
    roles: valuesOf(relationships, 'role', PARTICIPATION_ROLES),
  }));
const [PARTICIPANT, PROJECT] = [edge('in'), edge('out')];

/** Who takes part in a project. */
export const participants = oncePerArguments(
  (filter: {
    readonly roles?: readonly ParticipationRole[] | null | undefined;
    readonly orderBy?: { readonly field: keyof typeof SORT_KEYS; readonly direction: Direction } | null | undefined;
  }): ListRequest<ParticipationEdge> => {
    const request = byName(PARTICIPANTS, PARTICIPANT, new Conditions().where(ROLE, 'roles', filter.roles));
    return ordered(request, SORT_KEYS, filter.orderBy);
  },
);

/**
 * The projects that an actor takes part in: those that run at a date, when one is given, and that meet a filter. Throws as
 * projects does.
 */
export const projectsOfActor = oncePerArguments(
  (asked: {
    readonly filter?: ProjectFilter | null | undefined;
    readonly asOf?: PartialDate | null | undefined;
    readonly orderBy?: ProjectOrder | null | undefined;
  }): ListRequest<ParticipationEdge> => {
    const request = byName(PROJECTS, PROJECT, new Conditions().asOf(RELATIONSHIP_HOLDS, asked.asOf));
    const every = ordered(request, projectSortKeys, asked.orderBy ?? { field: 'START', direction: 'DESC' });
    return asked.filter ? meetingProjects(every, asked.filter) : every;
  },
);
