import type { InterfaceRef, ObjectRef } from '@pothos/core';
import type { HeldPage } from '../src/loaders/held-page.ts';
import { builder, type SchemaTypes } from './builder.ts';
import { PageInfo } from './connection.ts';
import type { RequestContext } from './context.ts';

type Types = PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>;

/** A list that is worked out rather than read: its page and its total cost nothing unless asked for. */
export interface HeldConnection<Item> {
  page(): Promise<HeldPage<Item>>;
  total(): Promise<number>;
}

/** A connection and its edge, after the Relay specification, over a list that no statement of its own reads. */
export function heldConnectionOf<Item, Value>(
  name: string,
  node: ObjectRef<Types, Value> | InterfaceRef<Types, Value>,
  describe: string,
  toValue: (item: Item, context: RequestContext) => Promise<Value> | Value,
) {
  const EdgeRef = builder.objectRef<HeldPage<Item>['edges'][number]>(`${name}Edge`);
  EdgeRef.implement({
    description: `One entry in a list of ${describe}.`,
    fields: (t) => ({
      cursor: t.exposeString('cursor', {
        description: 'Marks this entry: give it as after or before to read on from here.',
      }),
      node: t.field({
        type: node,
        description: 'What the entry leads to.',
        resolve: (edge, _, context) => toValue(edge.item, context) as never,
      }),
    }),
  });
  const ConnectionRef = builder.objectRef<HeldConnection<Item>>(`${name}Connection`);
  ConnectionRef.implement({
    description: `A list of ${describe}, in pages.`,
    fields: (t) => ({
      edges: t.field({
        type: [EdgeRef],
        description: 'The entries of the page.',
        resolve: async (connection) => [...(await connection.page()).edges],
      }),
      nodes: t.field({
        type: [node],
        description: 'The same entries without their cursors.',
        resolve: async (connection, _, context) =>
          (await connection.page()).edges.map(({ item }) => toValue(item, context)) as never,
      }),
      pageInfo: t.field({
        type: PageInfo,
        description: 'Where the page stands in the list.',
        resolve: (connection) => connection.page(),
      }),
      totalCount: t.int({
        description: 'How many entries the whole list has. Counted only when asked.',
        resolve: (connection) => connection.total(),
      }),
    }),
  });
  return ConnectionRef;
}
