import { MAX_MERGED, mergedInto } from '../src/loaders/changes.ts';
import type { MergeRecord } from '../src/store/merge.ts';
import { organisations } from '../src/store/organisation.ts';
import { patentsOfOrganisation } from '../src/store/patent.ts';
import { ActorRef, actorBy } from './actor.ts';
import { builder } from './builder.ts';
import { pageArguments } from './connection.ts';
import { OrganisationKind, OrganisationSize, orderOf } from './enums.ts';
import { actorConnectionOf } from './facets.ts';
import { filtered, OrganisationFilter } from './filter.ts';
import { Node, whole } from './node.ts';
import { PatentOrder, PatentsConnection } from './patent.ts';
import { Actor, Organisation } from './refs.ts';

const MergeRecordType = builder.objectRef<MergeRecord>('MergeRecord').implement({
  description: 'A record that was merged away: its identifier goes on finding the survivor.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'The identifier that it had.' }),
    name: t.exposeString('name', { description: 'The name that it had.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When it was merged.' }),
    by: t.string({
      nullable: true,
      description: 'Who merged it; null where nobody is known.',
      resolve: ({ by }) => by ?? null,
    }),
  }),
});

Organisation.implement({
  description: 'A company, a laboratory, a school, a public body or an association that cooperates with others.',
  interfaces: [Actor, Node],
  fields: (t) => ({
    kind: t.field({
      type: OrganisationKind,
      description: 'What it is.',
      extensions: { card: 'kind' },
      resolve: ({ kind }) => (kind ?? 'UNKNOWN') as 'UNKNOWN',
    }),
    public: t.boolean({
      nullable: true,
      description: 'Whether it is publicly run; null when no source says.',
      resolve: whole('public'),
    }),
    size: t.field({
      type: OrganisationSize,
      nullable: true,
      description: 'Its size class; null when no source says.',
      resolve: whole('size'),
    }),
    mergedFrom: t.field({
      type: [MergeRecordType],
      description: `The records that were merged into this one, oldest first; ${MAX_MERGED} at most.`,
      resolve: async ({ id }, _, { loaders }) => [...(await mergedInto(loaders, id))],
    }),
    patents: t.field({
      type: PatentsConnection,
      description: 'The patents that it filed.',
      args: {
        orderBy: t.arg({ type: PatentOrder, description: 'The latest first unless told.' }),
        ...pageArguments(t.arg),
      },
      resolve: ({ id }, { orderBy, ...page }, { loaders }) =>
        loaders.connection(patentsOfOrganisation({ orderBy }), page, id),
    }),
  }),
});

const OrganisationsConnection = actorConnectionOf('Organisations', Organisation, 'organisations');

const OrganisationOrder = orderOf(
  'OrganisationOrder',
  'organisations',
  {
    NAME: 'By name.',
    PARTNER_COUNT: 'By how many partners they have, at any time.',
    PROJECT_COUNT: 'By how many projects they take part in, at any time.',
    CREATED_AT: 'By when their record was made here.',
  },
  { field: 'NAME', direction: 'ASC' },
);

builder.queryFields((t) => ({
  organisation: t.field({
    type: Organisation,
    nullable: true,
    description: 'An organisation by its identifier or one of a public registry; null for an unknown one.',
    args: { by: t.arg({ type: ActorRef, required: true, description: 'Exactly one identifier.' }) },
    resolve: (_, { by }, context, info) => actorBy(by, ['Organisation'], context, info),
  }),
  organisations: t.field({
    type: OrganisationsConnection,
    description: 'The organisations that meet a filter, or all.',
    args: {
      filter: t.arg({ type: OrganisationFilter, description: 'Only organisations that meet this.' }),
      orderBy: t.arg({ type: OrganisationOrder, description: 'By name unless told.' }),
      ...pageArguments(t.arg),
    },
    resolve: (_, { filter, orderBy, ...page }, { loaders }) =>
      loaders.root(
        filtered(() => organisations({ filter, orderBy })),
        page,
      ),
  }),
}));
