import { MOST } from '../src/domain/list-bounds.ts';
import type { FactEdge } from '../src/store/fact-edge.ts';
import { applicants, patents, productions, projectsOfPatent } from '../src/store/patent.ts';
import { asOfArgument } from './as-of.ts';
import { builder } from './builder.ts';
import { connectionOf, pageArguments } from './connection.ts';
import { orderOf } from './enums.ts';
import { Node, nodeOfType, recordField, recordOf } from './node.ts';
import { recordFields } from './record-fields.ts';
import { Organisation, Patent, Project, Territory } from './refs.ts';
import { Source, sourcesOf } from './source.ts';

const Production = builder.objectRef<FactEdge>('Production').implement({
  description: 'A place where the product of a patent is or was made.',
  fields: (t) => ({
    id: t.id({
      description: 'Identifier of this fact, which delete takes. It is no node: node(id:) does not find it.',
      resolve: ({ relationship }) => relationship.id,
    }),
    territory: t.field({ type: Territory, nullable: true, description: 'Where.', resolve: ({ node }) => node }),
    by: t.field({
      type: Organisation,
      nullable: true,
      description: 'Producer, when a source names it.',
      resolve: ({ relationship: { own } }, _, { loaders }) => (own.by ? loaders.node.load(String(own.by)) : null),
    }),
    since: t.field({
      type: 'PartialDate',
      nullable: true,
      description: 'Beginning. Null when no source says.',
      resolve: ({ relationship }) => relationship.since,
    }),
    until: t.field({
      type: 'PartialDate',
      nullable: true,
      description: 'End. Null: no end is known.',
      resolve: ({ relationship }) => relationship.until,
    }),
    attestedOn: t.field({
      type: ['PartialDate'],
      maximum: MOST.attestedOn,
      description: 'Dates on which a source reports it as valid, when no source gives its beginning or end.',
      resolve: ({ relationship }) => [...relationship.attestedOn],
    }),
    sources: t.field({
      type: [Source],
      maximum: MOST.sources,
      description: 'Sources of this fact.',
      resolve: sourcesOf(({ relationship }: FactEdge) => relationship.sources),
    }),
  }),
});

Patent.implement({
  description: 'A patent that organisations filed.',
  interfaces: [Node],
  fields: (t) => ({
    number: t.string({
      description: 'Its publication number.',
      resolve: async (summary, _, context) => (await recordOf(summary, context)).number ?? summary.name,
    }),
    title: t.string({ nullable: true, description: 'Its title.', resolve: recordField('title') }),
    filedOn: t.field({
      type: 'PartialDate',
      nullable: true,
      description: 'When it was filed.',
      resolve: recordField('filedOn'),
    }),
    applicants: t.field({
      type: [Organisation],
      maximum: MOST.links,
      description: 'Organisations that filed it.',
      resolve: async ({ id }, _, { loaders }) =>
        (await loaders.list(applicants(), MOST.links, id)).map(({ node }) => node),
    }),
    projects: t.field({
      type: [Project],
      maximum: MOST.links,
      description: 'Projects it resulted from.',
      resolve: async ({ id }, _, { loaders }) =>
        (await loaders.list(projectsOfPatent(), MOST.links, id)).map(({ node }) => node),
    }),
    production: t.field({
      type: [Production],
      maximum: MOST.links,
      description: 'Where its product is or was made. Empty: unknown.',
      args: { asOf: t.arg({ type: 'PartialDate', description: asOfArgument }) },
      resolve: async ({ id }, { asOf }, { loaders }) => [...(await loaders.list(productions(asOf), MOST.links, id))],
    }),
    ...recordFields(t),
  }),
});

/** The order of a list of patents. */
export const PatentOrder = orderOf(
  'PatentOrder',
  'patents',
  { FILED_ON: 'By filing date. Unknown dates count as earliest.', NUMBER: 'By number.' },
  { field: 'FILED_ON', direction: 'DESC' },
);

/** Patents of an organisation. */
export const PatentsConnection = connectionOf('Patents', Patent, 'patents');

builder.queryField('patents', (t) =>
  t.field({
    type: PatentsConnection,
    description: 'All patents.',
    args: {
      orderBy: t.arg({ type: PatentOrder, description: 'Default: latest first.' }),
      ...pageArguments(t.arg),
    },
    resolve: (_, { orderBy, ...page }, { loaders }) => loaders.root(patents({ orderBy }), page),
  }),
);

builder.queryField('patent', (t) =>
  t.field({
    type: Patent,
    nullable: true,
    description: 'A patent, by its identifier. Null when there is none.',
    args: { id: t.arg.id({ required: true, description: 'A global identifier that begins with patent/.' }) },
    resolve: (_, { id }, context, info) => nodeOfType(id, ['Patent'], context, info),
  }),
);
