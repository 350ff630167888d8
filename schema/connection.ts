import type { ArgBuilder, FieldMap, InterfaceRef, ObjectRef } from '@pothos/core';
import type { Connection } from '../src/loaders/loaders.ts';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from '../src/loaders/window.ts';
import type { Card } from '../src/store/card.ts';
import type { FactEdge, ListEdge } from '../src/store/list.ts';
import { builder, type SchemaTypes } from './builder.ts';
import { wantedBy } from './selection.ts';
import { Source, sourcesOf } from './source.ts';

type Types = PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>;
type WithCursor<Edge> = Edge & { readonly cursor: string };
type EdgeFields<Edge> = (t: PothosSchemaTypes.ObjectFieldBuilder<Types, WithCursor<Edge>>) => FieldMap;

/** What tells where a page stands: its entries' cursors, and whether there are others on either side. */
export interface PagePlace {
  readonly edges: readonly { readonly cursor: string }[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

export const PageInfo = builder.objectRef<PagePlace>('PageInfo').implement({
  description: 'Where a page stands in its list, after the Relay specification.',
  fields: (t) => ({
    hasNextPage: t.exposeBoolean('hasNextPage', { description: 'Whether entries follow this page.' }),
    hasPreviousPage: t.exposeBoolean('hasPreviousPage', { description: 'Whether entries come before this page.' }),
    startCursor: t.string({
      nullable: true,
      description: 'Cursor of the first entry: give it as before to read backward. Null on an empty page.',
      resolve: ({ edges }) => edges[0]?.cursor ?? null,
    }),
    endCursor: t.string({
      nullable: true,
      description: 'Cursor of the last entry: give it as after to read on. Null on an empty page.',
      resolve: ({ edges }) => edges.at(-1)?.cursor ?? null,
    }),
  }),
});

/** A connection and its edge, after the Relay specification; `describe` says what is listed, as in "members of a network". */
export function connectionOf<Edge extends ListEdge>(
  name: string,
  node: ObjectRef<Types, Card> | InterfaceRef<Types, Card>,
  describe: string,
  edgeFields?: EdgeFields<Edge>,
) {
  const EdgeRef = builder.objectRef<WithCursor<Edge>>(`${name}Edge`);
  EdgeRef.implement({
    description: `One entry in a list of ${describe}.`,
    fields: (t) => ({
      cursor: t.string({
        description: 'Marks this entry: give it as after or before to read on from here.',
        resolve: (edge) => edge.cursor,
      }),
      node: t.field({ type: node, description: 'What the entry leads to.', resolve: (edge) => edge.node }),
      ...edgeFields?.(t as never),
    }),
  });
  const ConnectionRef = builder.objectRef<Connection<Edge>>(`${name}Connection`);
  ConnectionRef.implement({
    description: `A list of ${describe}, in pages.`,
    fields: (t) => ({
      edges: t.field({
        type: [EdgeRef],
        description: 'The entries of the page, with what the relationship tells.',
        resolve: async (connection, _, __, info) =>
          (await connection.page(wantedBy('edges', info))).edges as WithCursor<Edge>[],
      }),
      nodes: t.field({
        type: [node],
        description: 'The same entries without their relationships.',
        resolve: async (connection, _, __, info) =>
          (await connection.page(wantedBy('nodes', info))).edges.map((edge) => edge.node),
      }),
      pageInfo: t.field({
        type: PageInfo,
        description: 'Where the page stands in the list.',
        resolve: (connection, _, __, info) => connection.page(wantedBy('pageInfo', info)),
      }),
      totalCount: t.int({
        description: 'How many entries the whole list has. Counted only when asked.',
        resolve: (connection) => connection.total(),
      }),
    }),
  });
  return ConnectionRef;
}

/** The edge fields of a relationship that is a fact: when, by which source, and its identifier. */
export function factFields<Edge extends FactEdge>(t: PothosSchemaTypes.ObjectFieldBuilder<Types, WithCursor<Edge>>) {
  return {
    since: t.field({
      type: 'PartialDate',
      nullable: true,
      description: 'Since when, as the source writes it; null when it does not say.',
      resolve: (edge) => edge.since,
    }),
    until: t.field({
      type: 'PartialDate',
      nullable: true,
      description: 'Until when; null means that no end is known.',
      resolve: (edge) => edge.until,
    }),
    attestedOn: t.field({
      type: ['PartialDate'],
      description: 'Dates on which a source saw it hold, when it says neither beginning nor end.',
      resolve: (edge) => [...edge.attestedOn],
    }),
    sources: t.field({
      type: [Source],
      description: 'Which sources say so.',
      resolve: sourcesOf((edge: FactEdge) => edge.sources) as never,
    }),
    relationshipId: t.id({
      description: 'The global identifier of the relationship itself.',
      resolve: (edge) => edge.relationshipId,
    }),
  };
}

/** The four arguments of every connection. */
export function pageArguments(t: ArgBuilder<Types>) {
  return {
    first: t.int({
      description: `Entries from the start, or after the cursor: ${DEFAULT_PAGE_SIZE} unless told, ${MAX_PAGE_SIZE} at most.`,
    }),
    after: t.string({ description: 'A cursor of this list: the page begins after it.' }),
    last: t.int({ description: `Entries from the end, or before the cursor: ${MAX_PAGE_SIZE} at most.` }),
    before: t.string({ description: 'A cursor of this list: the page ends before it.' }),
  };
}
