import type { ArgBuilder, InterfaceRef, ObjectRef } from '@pothos/core';
import { compareTexts, sortKeyOf } from '../src/domain/fold.ts';
import {
  ACTOR_TYPES,
  type TerritoryLevel as Level,
  ORGANISATION_KINDS,
  type TopicScheme as Scheme,
} from '../src/domain/vocabulary.ts';
import type { Connection } from '../src/loaders/loaders.ts';
import {
  actorTypeFacet,
  affiliationFacet,
  type FacetCount,
  type FacetRequest,
  MAX_VALUES,
  networkCountFacet,
  organisationKindFacet,
  sinceYearFacet,
  territoryFacet,
  topicFacet,
} from '../src/store/facet.ts';
import type { ListEdge } from '../src/store/list.ts';
import type { NodeSummary } from '../src/store/node-summary.ts';
import { builder, type SchemaTypes } from './builder.ts';
import { connectionOf } from './connection.ts';
import { TerritoryLevel, TopicScheme } from './enums.ts';
import { badInput } from './errors.ts';
import { Node } from './node.ts';

type Types = PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>;

/** Topics or territories in one facet: France has 101 départements. */
const MAX_FACETS = 200;
/** Years in one facet: most of what there is began after 1900. */
export const MAX_YEARS = 150;
/** A facet looks at the whole list, and a page at its beginning. */
export const COST = { cost: { weight: 20 } };

interface LabelledCount extends FacetCount {
  readonly label: string;
}

export const Facet = builder.objectRef<LabelledCount>('Facet').implement({
  description: 'Number of entries that share one value.',
  fields: (t) => ({
    value: t.exposeString('value', {
      description:
        'The value, in the form that the arguments of this schema take: a kind, a year, a global identifier.',
    }),
    label: t.exposeString('label', { description: 'The value, for display.' }),
    node: t.expose('node', {
      type: Node,
      nullable: true,
      description: 'The node that the value identifies, such as a topic or a territory.',
    }),
    count: t.exposeInt('count', { description: 'Number of entries with this value.' }),
  }),
});

/** A value of an enum as people read it: `PUBLIC_BODY` → `Public body`. */
export function readable(value: string): string {
  return value.charAt(0).toUpperCase() + value.slice(1).toLowerCase().replaceAll('_', ' ');
}

const FacetOrder = builder.enumType('FacetOrder', {
  description: 'Order of the values of a facet.',
  values: {
    COUNT: { description: 'Most frequent first.' },
    VALUE: { description: 'By value: years and numbers as a histogram, names from A to Z.' },
  } as const,
});

type Order = (typeof FacetOrder)['$inferType'];

/** The values of a facet with their labels, in an order. */
export async function labelled(
  connection: Pick<Connection<ListEdge>, 'facet'>,
  request: FacetRequest,
  order: Order,
  name: (value: string) => string = (value) => value,
): Promise<LabelledCount[]> {
  const found = (await connection.facet(request)).map(({ value, node, count }) => {
    const named = name(value);
    return { value: named, label: node?.name ?? readable(named), node, count };
  });
  const keyOf = ({ node, value }: LabelledCount): string => sortKeyOf(node?.name ?? value, value);
  const isNumber = ({ value }: LabelledCount): boolean => /^\d+$/.test(value);
  if (order === 'COUNT') return found;
  if (found.every(isNumber)) return found.sort((a, b) => Number(a.value) - Number(b.value));
  return found.sort((a, b) => compareTexts(keyOf(a), keyOf(b)));
}

/** The argument that orders a facet. */
export const facetOrder = (t: ArgBuilder<Types>) =>
  t({ type: FacetOrder, required: true, defaultValue: 'COUNT', description: 'Order of the values.' });

/** The argument that says how many values a facet has. */
export const facetSize = (t: ArgBuilder<Types>) =>
  t.int({
    required: true,
    defaultValue: 20,
    description: `Number of values, the most frequent ones. Maximum: ${MAX_FACETS}.`,
  });

/** The arguments of a facet of territories, with the order of its values and their number. */
export const territoryArguments = (t: ArgBuilder<Types>) => ({
  level: t({ type: TerritoryLevel, required: true, description: 'Territories of this level.' }),
  asOf: t({
    type: 'PartialDate',
    description:
      'Seats and territories valid at this date, or on some day of this month or year: the régions of 2010 are those before 2016. Default: the date of the list.',
  }),
  first: facetSize(t),
  order: facetOrder(t),
});

/** Groups in one answer. */
export const MAX_GROUPS = 500;

/** The argument that says how many groups a count by several values has. */
export const groupSize = (t: ArgBuilder<Types>) =>
  t.int({
    required: true,
    defaultValue: 100,
    description: `Number of groups, the largest ones. Maximum: ${MAX_GROUPS}.`,
  });

/** A number of values within bounds. */
export function boundedSize(first: number, most: number = MAX_FACETS): number {
  if (first < 0 || first > most) throw badInput(`first: ${first} is not between 0 and ${most}.`);
  return first;
}

/** What is grouped by, each once. Throws where it is nothing. */
export function groupedBy<Grouping>(by: readonly Grouping[]): Grouping[] {
  if (by.length === 0) throw badInput('by: give at least one value.');
  return [...new Set(by)];
}

const ActorFacets = builder.objectRef<Connection<ListEdge>>('ActorFacets').implement({
  description:
    'Counts by value over the whole list, not only the page. Each actor counts once. Most frequent value first. Counted only when requested.',
  fields: (t) => {
    const [first, order] = [facetSize(t.arg), facetOrder(t.arg)];
    return {
      actorKinds: t.field({
        type: [Facet],
        maximum: ACTOR_TYPES.length,
        description: 'Number of organisations, poles and clusters.',
        extensions: COST,
        args: { order },
        resolve: (connection, args) => labelled(connection, actorTypeFacet(), args.order, (type) => type.toUpperCase()),
      }),
      organisationKinds: t.field({
        type: [Facet],
        maximum: ORGANISATION_KINDS.length,
        description: 'Number of organisations of each kind.',
        extensions: COST,
        args: { order },
        resolve: (connection, args) => labelled(connection, organisationKindFacet(), args.order),
      }),
      topics: t.field({
        type: [Facet],
        description: 'Number of actors by topic. An actor counts for each of its topics.',
        args: {
          scheme: t.arg({ type: TopicScheme, required: true, description: 'Topics of this scheme.' }),
          first,
          order,
        },
        extensions: COST,
        resolve: (connection, args) =>
          labelled(connection, topicFacet(args.scheme as Scheme, boundedSize(args.first)), args.order),
      }),
      territories: t.field({
        type: [Facet],
        description:
          'Number of actors by territory of their seat, at one level. An actor counts for each territory of that level that contains one of its seats. Without a date: territories of today, without those that ended such as the régions before 2016.',
        args: territoryArguments(t.arg),
        extensions: COST,
        resolve: (connection, { level, first, asOf, order }) =>
          labelled(
            connection,
            territoryFacet(
              { level: level as Level, first: boundedSize(first), asOf: asOf ?? null },
              connection.request,
            ),
            order,
          ),
      }),
      affiliations: t.field({
        type: [Facet],
        description:
          'Number of actors by organisation that they are affiliated with directly, such as the CNRS. An actor counts for each of them. Without asOf: over all dates.',
        args: { first, order },
        extensions: COST,
        resolve: (connection, args) =>
          labelled(connection, affiliationFacet(boundedSize(args.first), connection.request), args.order),
      }),
      networkCounts: t.field({
        type: [Facet],
        maximum: MAX_VALUES,
        description:
          'Number of actors by the number of networks they are members of, 0 too. Without asOf: over all dates.',
        extensions: COST,
        args: { order },
        resolve: (connection, args) => labelled(connection, networkCountFacet(connection.request), args.order),
      }),
      sinceYears: t.field({
        type: [Facet],
        maximum: MAX_YEARS,
        description:
          'Number of actors by the year in which their membership or partnership began; in a list of actors alone, by the year in which the actor began. Unknown years are left out.',
        extensions: COST,
        args: { order },
        resolve: (connection, args) => labelled(connection, sinceYearFacet(connection.request), args.order),
      }),
    };
  },
});

/** A connection of actors, which has facets too; otherwise as connectionOf. */
export function actorConnectionOf<Edge extends ListEdge>(
  name: string,
  node: ObjectRef<Types, NodeSummary> | InterfaceRef<Types, NodeSummary>,
  describe: string,
  edgeFields?: Parameters<typeof connectionOf<Edge>>[3],
) {
  const ConnectionRef = connectionOf<Edge>(name, node, describe, edgeFields);
  builder.objectField(ConnectionRef, 'facets', (t) =>
    t.field({
      type: ActorFacets,
      description: `Counts by value over all ${describe} of the list, not only the page.`,
      resolve: (connection) => connection,
    }),
  );
  return ConnectionRef;
}
