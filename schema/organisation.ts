import { MAX_MERGED, mergedInto } from '../src/loaders/changes.ts';
import { affiliated, affiliations } from '../src/store/affiliation.ts';
import type { MergeRecord } from '../src/store/merge.ts';
import { organisations } from '../src/store/organisation.ts';
import { patentsOfOrganisation } from '../src/store/patent.ts';
import { actorArguments, actorNamed } from './actor.ts';
import { AffiliatedConnection, AffiliationsConnection } from './affiliation.ts';
import { asOfArgument } from './as-of.ts';
import { builder } from './builder.ts';
import { pageArguments } from './connection.ts';
import { OrganisationKind, OrganisationSize, orderOf } from './enums.ts';
import { actorConnectionOf } from './facets.ts';
import { OrganisationFilter } from './filter.ts';
import { Node, recordField } from './node.ts';
import { PatentOrder, PatentsConnection } from './patent.ts';
import { Actor, Organisation } from './refs.ts';

const MergeRecordType = builder.objectRef<MergeRecord>('MergeRecord').implement({
  description: 'A record that was merged into another. Its identifier keeps resolving to that record.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Its former identifier, by which node(id:) finds the remaining record.' }),
    name: t.exposeString('name', { description: 'Its former name.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When it was merged.' }),
    by: t.string({
      nullable: true,
      description: 'Who merged it. Null when unknown.',
      resolve: ({ by }) => by ?? null,
    }),
  }),
});

Organisation.implement({
  description: 'A company, a laboratory, a school, a public body or an association.',
  interfaces: [Node, Actor],
  fields: (t) => ({
    kind: t.field({
      type: OrganisationKind,
      description: 'What it is.',
      extensions: { summary: 'kind' },
      resolve: ({ kind }) => (kind ?? 'UNKNOWN') as 'UNKNOWN',
    }),
    public: t.boolean({
      nullable: true,
      description: 'Whether it is publicly run. Null when no source says.',
      resolve: recordField('public'),
    }),
    size: t.field({
      type: OrganisationSize,
      nullable: true,
      description: 'Size class. Null when no source says.',
      resolve: recordField('size'),
    }),
    foundedOn: t.field({
      type: 'PartialDate',
      nullable: true,
      description: 'When it was founded. Null when no source says.',
      resolve: recordField('foundedOn'),
    }),
    mergedFrom: t.field({
      type: [MergeRecordType],
      maximum: MAX_MERGED,
      description: 'Records that were merged into this one, oldest first.',
      resolve: async ({ id }, _, { loaders }) => [...(await mergedInto(loaders, id))],
    }),
    affiliations: t.field({
      type: AffiliationsConnection,
      description: 'The organisations that it is affiliated with: a laboratory with its universities and the CNRS.',
      args: {
        asOf: t.arg({ type: 'PartialDate', description: asOfArgument }),
        ...pageArguments(t.arg),
      },
      resolve: ({ id }, { asOf, ...page }, { loaders }) => loaders.connection(affiliations({ asOf }), page, id),
    }),
    affiliated: t.field({
      type: AffiliatedConnection,
      description:
        'The organisations that are affiliated with it, directly: the laboratories of a university. Those through others too: organisations(filter: { affiliatedWith }).',
      args: {
        kind: t.arg({ type: [OrganisationKind], description: 'Only organisations of these kinds.' }),
        asOf: t.arg({ type: 'PartialDate', description: asOfArgument }),
        ...pageArguments(t.arg),
      },
      resolve: ({ id }, { kind, asOf, ...page }, { loaders }) =>
        loaders.connection(affiliated({ kinds: kind, asOf }), page, id),
    }),
    patents: t.field({
      type: PatentsConnection,
      description: 'The patents that it filed.',
      args: {
        orderBy: t.arg({ type: PatentOrder, description: 'Default: latest first.' }),
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
    DISTANCE: 'By distance from the centre of near in the filter, which is needed.',
    PARTNER_COUNT: 'By number of partners, over all dates.',
    PROJECT_COUNT: 'By number of projects, over all dates.',
    NETWORK_COUNT: 'By number of networks it is a member of, at asOf of the filter; without it, over all dates.',
    CREATED_AT: 'By creation of the record.',
  },
  { field: 'NAME', direction: 'ASC' },
);

builder.queryFields((t) => ({
  organisation: t.field({
    type: Organisation,
    nullable: true,
    description: 'An organisation, by its global identifier or by one of a public registry. Null when there is none.',
    args: actorArguments(t.arg, 'organisation/cnrs'),
    resolve: (_, args, context, info) => actorNamed(args, ['Organisation'], context, info),
  }),
  organisations: t.field({
    type: OrganisationsConnection,
    description: 'The organisations that match the filter. Without a filter: all.',
    args: {
      filter: t.arg({ type: OrganisationFilter, description: 'Conditions on the organisations.' }),
      orderBy: t.arg({ type: OrganisationOrder, description: 'Default: by name.' }),
      ...pageArguments(t.arg),
    },
    resolve: (_, { filter, orderBy, ...page }, { loaders }) => loaders.root(organisations({ filter, orderBy }), page),
  }),
}));
