import { PARTICIPATION_ROLES } from '../src/domain/vocabulary.ts';
import type { ParticipationEdge } from '../src/store/participation.ts';
import { connectionOf, type EdgeFields, neighbourFields } from './connection.ts';
import { orderOf, ParticipationRole } from './enums.ts';
import { actorConnectionOf } from './facets.ts';
import { addProjectFacets } from './project-facets.ts';
import { Actor, Project } from './refs.ts';
import { Participation } from './relationship.ts';

/** The order of a list of participants. */
export const ParticipantOrder = orderOf(
  'ParticipantOrder',
  'participants',
  { NAME: 'By name.', ROLE: 'Coordinators before partners.' },
  { field: 'NAME', direction: 'ASC' },
);

/** The edge fields of a participation, seen from either end. */
const participationFields: EdgeFields<ParticipationEdge> = (t) => ({
  roles: t.expose('roles', {
    type: [ParticipationRole],
    maximum: PARTICIPATION_ROLES.length,
    description: 'Roles of the actor in the project.',
    extensions: { columns: ['role'] },
  }),
  ...neighbourFields(t, 'participations', Participation),
});

/** Participants of a project. */
export const ParticipantsConnection = actorConnectionOf<ParticipationEdge>(
  'Participants',
  Actor,
  'participants of a project',
  participationFields,
);

/** Projects of an actor. */
export const ActorProjectsConnection = connectionOf<ParticipationEdge>(
  'ActorProjects',
  Project,
  'projects that an actor takes part in',
  participationFields,
);

addProjectFacets(ActorProjectsConnection);
