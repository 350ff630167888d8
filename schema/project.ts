import { MOST } from '../src/domain/list-bounds.ts';
import { participants } from '../src/store/participation.ts';
import { patentsOfProject } from '../src/store/patent.ts';
import { labellers, projects } from '../src/store/project.ts';
import { topicsOf } from '../src/store/topic.ts';
import { builder } from './builder.ts';
import { connectionOf, pageArguments } from './connection.ts';
import { orderOf, ParticipationRole, TopicScheme } from './enums.ts';
import { ProjectFilter } from './filter.ts';
import { Node, nodeOfType, recordField, recordOf } from './node.ts';
import { ParticipantOrder, ParticipantsConnection } from './participation.ts';
import { addProjectFacets } from './project-facets.ts';
import { claimsField, recordFields } from './record-fields.ts';
import { Network, Patent, Project, Topic } from './refs.ts';

/** Patents of one project in one answer. */
const MAX_PATENTS = 100;

const Money = builder.objectRef<{ readonly amount: number; readonly currency: string }>('Money').implement({
  description: 'An amount of money.',
  fields: (t) => ({
    amount: t.exposeFloat('amount', { description: 'How much.' }),
    currency: t.exposeString('currency', { description: 'In which currency, after ISO 4217.' }),
  }),
});

Project.implement({
  description: 'A project in which actors take part: research, development, training.',
  interfaces: [Node],
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name.' }),
    title: t.string({ nullable: true, description: 'Full title.', resolve: recordField('title') }),
    summary: t.string({
      nullable: true,
      description: 'What it is about, in the words and the language of its source. Null when no source says.',
      resolve: recordField('summary'),
    }),
    acronym: t.exposeString('acronym', { nullable: true, description: 'Its acronym.' }),
    start: t.field({
      type: 'PartialDate',
      nullable: true,
      description: 'Start. Null when no source says.',
      extensions: { summary: 'since' },
      resolve: ({ since }) => since,
    }),
    end: t.field({
      type: 'PartialDate',
      nullable: true,
      description: 'End. Null: no end is known.',
      extensions: { summary: 'until' },
      resolve: ({ until }) => until,
    }),
    programme: t.string({
      nullable: true,
      description: 'The programme or call that funds it.',
      resolve: recordField('programme'),
    }),
    funding: t.field({
      type: Money,
      nullable: true,
      description: 'Amount of funding, as the source gives it.',
      resolve: async (summary, _, context) => {
        const { funding, currency } = await recordOf(summary, context);
        return funding === null || currency === null ? null : { amount: funding, currency };
      },
    }),
    participantCount: t.int({
      nullable: true,
      description: 'Number of participants according to the source, when it names fewer.',
      resolve: recordField('participantCount'),
    }),
    participants: t.field({
      type: ParticipantsConnection,
      description: 'Its participants.',
      args: {
        role: t.arg({ type: [ParticipationRole], description: 'Only participants in these roles.' }),
        orderBy: t.arg({ type: ParticipantOrder, description: 'Default: by name.' }),
        ...pageArguments(t.arg),
      },
      resolve: ({ id }, { role, orderBy, ...page }, { loaders }) =>
        loaders.connection(participants({ roles: role, orderBy }), page, id),
    }),
    labelledBy: t.field({
      type: [Network],
      maximum: MOST.links,
      description: 'Networks that labelled it.',
      resolve: async ({ id }, _, { loaders }) =>
        (await loaders.list(labellers(), MOST.links, id)).map(({ node }) => node),
    }),
    topics: t.field({
      type: [Topic],
      maximum: MOST.topics,
      description: 'Its topics.',
      args: { scheme: t.arg({ type: TopicScheme, description: 'Only topics of this scheme.' }) },
      resolve: async ({ id }, { scheme }, { loaders }) =>
        (await loaders.list(topicsOf(scheme), MOST.topics, id)).map(({ node }) => node),
    }),
    patents: t.field({
      type: [Patent],
      maximum: MAX_PATENTS,
      description: 'Patents it resulted in.',
      resolve: async ({ id }, _, { loaders }) =>
        (await loaders.list(patentsOfProject(), MAX_PATENTS, id)).map(({ node }) => node),
    }),
    claims: claimsField(t),
    ...recordFields(t),
  }),
});

/** The order of a list of projects. */
export const ProjectOrder = orderOf(
  'ProjectOrder',
  'projects',
  {
    NAME: 'By name.',
    START: 'By start. Unknown starts count as earliest.',
    FUNDING: 'By amount of funding. Unknown amounts count as none.',
  },
  { field: 'START', direction: 'DESC' },
);

/** Projects of a network, or all. */
export const ProjectsConnection = connectionOf('Projects', Project, 'projects');

addProjectFacets(ProjectsConnection);

builder.queryFields((t) => ({
  project: t.field({
    type: Project,
    nullable: true,
    description: 'A project, by its identifier. Null when there is none.',
    args: { id: t.arg.id({ required: true, description: 'For example project/locary.' }) },
    resolve: (_, { id }, context, info) => nodeOfType(id, ['Project'], context, info),
  }),
  projects: t.field({
    type: ProjectsConnection,
    description: 'The projects that match the filter. Without a filter: all.',
    args: {
      filter: t.arg({ type: ProjectFilter, description: 'Conditions on the projects.' }),
      orderBy: t.arg({ type: ProjectOrder, description: 'Default: latest first.' }),
      ...pageArguments(t.arg),
    },
    resolve: (_, { filter, orderBy, ...page }, { loaders }) => loaders.root(projects({ filter, orderBy }), page),
  }),
}));
