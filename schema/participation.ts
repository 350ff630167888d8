import type { ParticipationEdge } from '../src/store/participation.ts';
import { connectionOf, factFields } from './connection.ts';
import { orderOf, ParticipationRole } from './enums.ts';
import { actorConnectionOf } from './facets.ts';
import { Actor, Project } from './refs.ts';

/** The order of a list of participants. */
export const ParticipantOrder = orderOf(
  'ParticipantOrder',
  'participants',
  { NAME: 'By name.', ROLE: 'Coordinators before partners.' },
  { field: 'NAME', direction: 'ASC' },
);

/** Participants of a project. */
export const ParticipantsConnection = actorConnectionOf<ParticipationEdge>(
  'Participants',
  Actor,
  'participants of a project',
  (t) => ({
    role: t.expose('role', {
      type: ParticipationRole,
      description: 'Role of the actor in the project.',
    }),
    ...factFields(t),
  }),
);

/** Projects of an actor. */
export const ActorProjectsConnection = connectionOf<ParticipationEdge>(
  'ActorProjects',
  Project,
  'projects that an actor takes part in',
  (t) => ({
    role: t.expose('role', {
      type: ParticipationRole,
      description: 'Role of the actor in the project.',
    }),
    ...factFields(t),
  }),
);
