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
    description: `An edge of a list of ${describe}.`,
    fields: (t) => ({
      cursor: t.exposeString('cursor', {
        description: 'Cursor of this entry. Send it as after or before to continue from here.',
      }),
      node: t.field({
        type: node,
        description: 'The listed node.',
        resolve: (edge, _, context) => toValue(edge.item, context) as never,
      }),
    }),
  });
  const ConnectionRef = builder.objectRef<HeldConnection<Item>>(`${name}Connection`);
  ConnectionRef.implement({
    description: `A page of a list of ${describe}.`,
    fields: (t) => ({
      edges: t.field({
        type: [EdgeRef],
        description: 'Edges of the page.',
        resolve: async (connection) => [...(await connection.page()).edges],
      }),
      nodes: t.field({
        type: [node],
        description: 'Nodes of the page, without their edges.',
        resolve: async (connection, _, context) =>
          (await connection.page()).edges.map(({ item }) => toValue(item, context)) as never,
      }),
      pageInfo: t.field({
        type: PageInfo,
        description: 'Position of the page in the list.',
        resolve: (connection) => connection.page(),
      }),
      totalCount: t.int({
        description: 'Number of entries in the whole list. Counted only when requested.',
        resolve: (connection) => connection.total(),
      }),
    }),
  });
  return ConnectionRef;
}
