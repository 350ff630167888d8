import type { InterfaceRef, ObjectRef } from '@pothos/core';
import type { TerritoryLevel as Level, TopicScheme as Scheme } from '../src/domain/vocabulary.ts';
import type { Connection } from '../src/loaders/loaders.ts';
import type { Card } from '../src/store/card.ts';
import {
  actorTypeFacet,
  type FacetCount,
  type FacetRequest,
  organisationKindFacet,
  sinceYearFacet,
  territoryFacet,
  topicFacet,
} from '../src/store/facet.ts';
import type { ListEdge } from '../src/store/list.ts';
import { builder, type SchemaTypes } from './builder.ts';
import { connectionOf } from './connection.ts';
import { TerritoryLevel, TopicScheme } from './enums.ts';
import { badInput } from './errors.ts';
import { Node } from './node.ts';

type Types = PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>;

/** Topics or territories in one facet. */
const MAX_FACETS = 100;
/** A facet looks at the whole list, and a page at its beginning. */
const COST = { cost: { weight: 20 } };

interface LabelledCount extends FacetCount {
  readonly label: string;
}

export const Facet = builder.objectRef<LabelledCount>('Facet').implement({
  description: 'How many have one value in common.',
  fields: (t) => ({
    value: t.exposeString('value', {
      description: 'The value as the arguments of this schema take it: a kind, a year, a global identifier.',
    }),
    label: t.exposeString('label', { description: 'The value as people read it.' }),
    node: t.expose('node', {
      type: Node,
      nullable: true,
      description: 'What the value identifies, where it is a node: a topic, a territory.',
    }),
    count: t.exposeInt('count', { description: 'How many have it.' }),
  }),
});

/** A value of an enum as people read it: `PUBLIC_BODY` → `Public body`. */
export function readable(value: string): string {
  return value.charAt(0).toUpperCase() + value.slice(1).toLowerCase().replaceAll('_', ' ');
}

async function labelled(
  connection: Connection<ListEdge>,
  request: FacetRequest,
  name: (value: string) => string = (value) => value,
): Promise<LabelledCount[]> {
  return (await connection.facet(request)).map(({ value, node, count }) => {
    const named = name(value);
    return { value: named, label: node?.name ?? readable(named), node, count };
  });
}

function bounded(first: number): number {
  if (first < 0 || first > MAX_FACETS) throw badInput(`first: ${first} is not between 0 and ${MAX_FACETS}.`);
  return first;
}

const ActorFacets = builder.objectRef<Connection<ListEdge>>('ActorFacets').implement({
  description:
    'What the actors of a whole list are, not only those of the page: each actor counts once, the most frequent values come first. Counted only when asked.',
  fields: (t) => {
    const first = t.arg.int({
      required: true,
      defaultValue: 20,
      description: `How many, the most frequent; ${MAX_FACETS} at most.`,
    });
    return {
      actorKinds: t.field({
        type: [Facet],
        description: 'How many are organisations, poles and clusters.',
        extensions: COST,
        resolve: (connection) => labelled(connection, actorTypeFacet(), (type) => type.toUpperCase()),
      }),
      organisationKinds: t.field({
        type: [Facet],
        description: 'Of which kinds the organisations among them are.',
        extensions: COST,
        resolve: (connection) => labelled(connection, organisationKindFacet()),
      }),
      topics: t.field({
        type: [Facet],
        description: 'What they are about; an actor counts for each of its topics.',
        args: {
          scheme: t.arg({ type: TopicScheme, required: true, description: 'Topics of this scheme.' }),
          first,
        },
        extensions: COST,
        resolve: (connection, args) => labelled(connection, topicFacet(args.scheme as Scheme, bounded(args.first))),
      }),
      territories: t.field({
        type: [Facet],
        description:
          'Where they have their seats, rolled up to one level; an actor counts for each territory of that level in which a seat of it lies: without a date that is the region of today and the one of before 2016.',
        args: {
          level: t.arg({ type: TerritoryLevel, required: true, description: 'Territories of this level.' }),
          first,
        },
        extensions: COST,
        resolve: (connection, args) =>
          labelled(connection, territoryFacet(args.level as Level, bounded(args.first), connection.request)),
      }),
      sinceYears: t.field({
        type: [Facet],
        description:
          'In which years the memberships or partnerships began that make the list; in a list of actors alone, the years in which these began, as far as known.',
        extensions: COST,
        resolve: (connection) => labelled(connection, sinceYearFacet(connection.request)),
      }),
    };
  },
});

/** A connection of actors, which has facets too; otherwise as connectionOf. */
export function actorConnectionOf<Edge extends ListEdge>(
  name: string,
  node: ObjectRef<Types, Card> | InterfaceRef<Types, Card>,
  describe: string,
  edgeFields?: Parameters<typeof connectionOf<Edge>>[3],
) {
  const ConnectionRef = connectionOf<Edge>(name, node, describe, edgeFields);
  builder.objectField(ConnectionRef, 'facets', (t) =>
    t.field({
      type: ActorFacets,
      description: `What the ${describe} of the whole list are, not only those of the page.`,
      resolve: (connection) => connection,
    }),
  );
  return ConnectionRef;
}
