import type { ArgBuilder, FieldMap, InterfaceRef, ObjectRef } from '@pothos/core';
import type { Connection } from '../src/loaders/loaders.ts';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from '../src/paging/arguments.ts';
import type { NeighbourEdge } from '../src/store/fact-edge.ts';
import type { ListEdge } from '../src/store/list.ts';
import type { NodeSummary } from '../src/store/node-summary.ts';
import type { RelationshipRecord } from '../src/store/relationship.ts';
import type { SchemaTypes } from './builder.ts';
import { connectionType, type EdgeBuilder } from './connection-type.ts';
import { badInput } from './errors.ts';
import { projectionOf } from './selection.ts';

type Types = PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>;
type WithCursor<Edge> = Edge & { readonly cursor: string };
/** Makes the fields of an edge beside its node and cursor. */
export type EdgeFields<Edge> = (t: EdgeBuilder<WithCursor<Edge>>) => FieldMap;

/** A connection over a list that loaders read; `describe` says what is listed, as in "members of a network". */
export function connectionOf<Edge extends ListEdge>(
  name: string,
  node: ObjectRef<Types, NodeSummary> | InterfaceRef<Types, NodeSummary>,
  describe: string,
  edgeFields?: EdgeFields<Edge>,
) {
  const options = { describe, node: node as never, projectionOf, ...(edgeFields && { edgeFields }) };
  return connectionType<WithCursor<Edge>, Connection<Edge>>(name, options);
}

/** Facts that join an edge's node to the parent of its list, when no number is asked for, and at most. */
const [DEFAULT_FACTS, MAX_FACTS] = [10, 50];

/** The edge fields of a neighbour: when the facts that join it to the parent begin and end, and these facts, by `name`. */
export function neighbourFields<Edge extends NeighbourEdge>(
  edge: EdgeBuilder<WithCursor<Edge>>,
  name: string,
  fact: ObjectRef<Types, RelationshipRecord>,
) {
  const t = edge as unknown as EdgeBuilder<WithCursor<NeighbourEdge>>;
  return {
    since: t.expose('since', {
      type: 'PartialDate',
      nullable: true,
      description: `Earliest known beginning of these ${name}. Null when no source says.`,
      extensions: { columns: ['since'] },
    }),
    until: t.expose('until', {
      type: 'PartialDate',
      nullable: true,
      description: `Latest end of these ${name}. Null when one of them has no known end.`,
      extensions: { columns: ['until'] },
    }),
    [name]: t.field({
      type: [fact],
      description: `The ${name} that join the node to the owner of the list, those that match its arguments; by beginning, unknown ones first.`,
      args: {
        first: t.arg.int({
          required: true,
          defaultValue: DEFAULT_FACTS,
          description: `Number of ${name}. Maximum: ${MAX_FACTS}.`,
        }),
      },
      extensions: { columns: 'all' },
      resolve: ({ relationships }, { first }) => {
        if (first < 0 || first > MAX_FACTS) throw badInput(`first: ${first} is not between 0 and ${MAX_FACTS}.`);
        return relationships.slice(0, first);
      },
    }),
  };
}

/** The four arguments of every connection. */
export function pageArguments(t: ArgBuilder<Types>) {
  return {
    first: t.int({
      description: `Number of entries from the start, or after the cursor. Default: ${DEFAULT_PAGE_SIZE}. Maximum: ${MAX_PAGE_SIZE}.`,
    }),
    after: t.string({ description: 'Cursor of this list. The page starts after this entry.' }),
    last: t.int({ description: `Number of entries from the end, or before the cursor. Maximum: ${MAX_PAGE_SIZE}.` }),
    before: t.string({ description: 'Cursor of this list. The page ends before this entry.' }),
  };
}
