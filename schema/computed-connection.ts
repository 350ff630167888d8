import type { InterfaceRef, ObjectRef } from '@pothos/core';
import type { ComputedPage } from '../src/paging/computed-page.ts';
import type { SchemaTypes } from './builder.ts';
import { type ConnectionSource, connectionType } from './connection-type.ts';
import type { RequestContext } from './context.ts';

type Types = PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>;

/** A list that is worked out rather than read. */
export type ComputedConnection<Item> = ConnectionSource<ComputedPage<Item>['edges'][number]>;

/** A connection over a list that is worked out; `toValue` makes the node of an entry. */
export function computedConnectionOf<Item, Value>(
  name: string,
  node: ObjectRef<Types, Value> | InterfaceRef<Types, Value>,
  describe: string,
  toValue: (item: Item, context: RequestContext) => Promise<Value> | Value,
) {
  return connectionType<ComputedPage<Item>['edges'][number], ComputedConnection<Item>>(name, {
    describe,
    node: node as never,
    nodeOf: ({ item }, context) => toValue(item, context),
  });
}
