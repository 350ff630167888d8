import type { Card } from '../src/store/card.ts';
import { applicants, type ProductionEdge, productions, projectsOfPatent } from '../src/store/patent.ts';
import { asOfArgument } from './as-of.ts';
import { builder } from './builder.ts';
import { connectionOf } from './connection.ts';
import { orderOf } from './enums.ts';
import { Node, nodeOfType, whole, wholeOf } from './node.ts';
import { Organisation, Patent, Project, Territory } from './refs.ts';
import { Source, sourcesOf } from './source.ts';

/** Applicants, projects or productions of one patent in one answer. */
const MAX_OF_ONE = 200;

const Production = builder.objectRef<ProductionEdge>('Production').implement({
  description: 'Where what a patent protects is or was made.',
  fields: (t) => ({
    id: t.id({ description: 'Its global identifier.', resolve: ({ relationshipId }) => relationshipId }),
    territory: t.field({ type: Territory, nullable: true, description: 'Where.', resolve: ({ node }) => node }),
    by: t.field({
      type: Organisation,
      nullable: true,
      description: 'By whom, if a source says.',
      resolve: ({ by }, _, { loaders }) => (by === null ? null : loaders.node.load(by)),
    }),
    since: t.expose('since', {
      type: 'PartialDate',
      nullable: true,
      description: 'Since when; null when no source says.',
    }),
    until: t.expose('until', {
      type: 'PartialDate',
      nullable: true,
      description: 'Until when; null means that no end is known.',
    }),
    sources: t.field({
      type: [Source],
      description: 'Which sources say so.',
      resolve: sourcesOf((edge: ProductionEdge) => edge.sources),
    }),
  }),
});

Patent.implement({
  description: 'A patent that organisations filed.',
  interfaces: [Node],
  fields: (t) => ({
    number: t.string({
      description: 'Its publication number.',
      resolve: async (card, _, context) => (await wholeOf(card, context)).number ?? card.name,
    }),
    title: t.string({ nullable: true, description: 'Its title.', resolve: whole('title') }),
    filedOn: t.field({
      type: 'PartialDate',
      nullable: true,
      description: 'When it was filed.',
      resolve: whole('filedOn'),
    }),
    applicants: t.field({
      type: [Organisation],
      description: `Who filed it; ${MAX_OF_ONE} at most.`,
      resolve: async ({ id }, _, { loaders }) =>
        (await loaders.list(applicants(), MAX_OF_ONE, id)).map(({ node }) => node),
    }),
    projects: t.field({
      type: [Project],
      description: `The projects that it came out of; ${MAX_OF_ONE} at most.`,
      resolve: async ({ id }, _, { loaders }) =>
        (await loaders.list(projectsOfPatent(), MAX_OF_ONE, id)).map(({ node }) => node),
    }),
    production: t.field({
      type: [Production],
      description: `Where what it protects is or was made; empty means unknown, never nowhere; ${MAX_OF_ONE} at most.`,
      args: { asOf: t.arg({ type: 'PartialDate', description: asOfArgument }) },
      resolve: async ({ id }, { asOf }, { loaders }) => [...(await loaders.list(productions(asOf), MAX_OF_ONE, id))],
    }),
    sources: t.field({
      type: [Source],
      description: 'Which sources its record comes from.',
      resolve: sourcesOf(async (card: Card, context) => (await wholeOf(card, context)).sources),
    }),
    version: t.int({
      description: 'Rises by one with every change of the record: give it back as expectedVersion.',
      resolve: whole('version'),
    }),
  }),
});

/** The order of a list of patents. */
export const PatentOrder = orderOf(
  'PatentOrder',
  'patents',
  { FILED_ON: 'By when they were filed; an unknown date counts as earliest.', NUMBER: 'By number.' },
  { field: 'FILED_ON', direction: 'DESC' },
);

/** Patents of an organisation. */
export const PatentsConnection = connectionOf('Patents', Patent, 'patents');

builder.queryField('patent', (t) =>
  t.field({
    type: Patent,
    nullable: true,
    description: 'A patent by its identifier; null for an unknown one.',
    args: { id: t.arg.id({ required: true, description: 'A global identifier that begins with patent/.' }) },
    resolve: (_, { id }, context, info) => nodeOfType(id, ['Patent'], context, info),
  }),
);
