import type { ArgBuilder, FieldMap, InterfaceRef, ObjectRef } from '@pothos/core';
import type { Connection } from '../src/loaders/loaders.ts';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from '../src/loaders/window.ts';
import type { NeighbourEdge } from '../src/store/fact-edge.ts';
import type { ListEdge } from '../src/store/list.ts';
import type { NodeSummary } from '../src/store/node-summary.ts';
import type { RelationshipRecord } from '../src/store/relationship.ts';
import { builder, type SchemaTypes } from './builder.ts';
import { badInput } from './errors.ts';
import { wantedBy } from './selection.ts';

type Types = PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>;
type WithCursor<Edge> = Edge & { readonly cursor: string };
type EdgeBuilder<Edge> = PothosSchemaTypes.ObjectFieldBuilder<Types, WithCursor<Edge>>;
/** Makes the fields of an edge beside its node and cursor. */
export type EdgeFields<Edge> = (t: EdgeBuilder<Edge>) => FieldMap;

/** What tells where a page stands: its entries' cursors, and whether there are others on either side. */
export interface PagePlace {
  readonly edges: readonly { readonly cursor: string }[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

export const PageInfo = builder.objectRef<PagePlace>('PageInfo').implement({
  description: 'Position of a page in its list, as the Relay specification defines it.',
  fields: (t) => ({
    hasNextPage: t.exposeBoolean('hasNextPage', { description: 'Whether entries follow this page.' }),
    hasPreviousPage: t.exposeBoolean('hasPreviousPage', { description: 'Whether entries precede this page.' }),
    startCursor: t.string({
      nullable: true,
      description: 'Cursor of the first entry. Send it as before to page backward. Null on an empty page.',
      resolve: ({ edges }) => edges[0]?.cursor ?? null,
    }),
    endCursor: t.string({
      nullable: true,
      description: 'Cursor of the last entry. Send it as after to page forward. Null on an empty page.',
      resolve: ({ edges }) => edges.at(-1)?.cursor ?? null,
    }),
  }),
});

/**
 * The edge fields of every list. Properties of an edge are exposed here and below instead of resolved: the
 * compiler of queries makes a dozen objects for each call of a resolver, a third of all that a long answer takes.
 */
function listFields(t: EdgeBuilder<ListEdge>, node: ObjectRef<Types, NodeSummary> | InterfaceRef<Types, NodeSummary>) {
  return {
    cursor: t.exposeString('cursor', {
      description: 'Cursor of this entry. Send it as after or before to continue from here.',
    }),
    node: t.expose('node', { type: node, description: 'The listed node.' }),
  };
}

/** A connection and its edge, after the Relay specification; `describe` says what is listed, as in "members of a network". */
export function connectionOf<Edge extends ListEdge>(
  name: string,
  node: ObjectRef<Types, NodeSummary> | InterfaceRef<Types, NodeSummary>,
  describe: string,
  edgeFields?: EdgeFields<Edge>,
) {
  const EdgeRef = builder.objectRef<WithCursor<Edge>>(`${name}Edge`);
  EdgeRef.implement({
    description: `An edge of a list of ${describe}.`,
    fields: (t) => ({
      ...listFields(t as never, node),
      ...edgeFields?.(t as never),
    }),
  });
  const ConnectionRef = builder.objectRef<Connection<Edge>>(`${name}Connection`);
  ConnectionRef.implement({
    description: `A page of a list of ${describe}.`,
    fields: (t) => ({
      edges: t.field({
        type: [EdgeRef],
        description: 'Edges of the page.',
        resolve: async (connection, _, __, info) =>
          (await connection.page(wantedBy('edges', info))).edges as WithCursor<Edge>[],
      }),
      nodes: t.field({
        type: [node],
        description: 'Nodes of the page, without their edges.',
        resolve: async (connection, _, __, info) =>
          (await connection.page(wantedBy('nodes', info))).edges.map((edge) => edge.node),
      }),
      pageInfo: t.field({
        type: PageInfo,
        description: 'Position of the page in the list.',
        resolve: (connection, _, __, info) => connection.page(wantedBy('pageInfo', info)),
      }),
      totalCount: t.int({
        description: 'Number of entries in the whole list. Counted only when requested.',
        resolve: (connection) => connection.total(),
      }),
    }),
  });
  return ConnectionRef;
}

/** Facts that join an edge's node to the parent of its list, when no number is asked for, and at most. */
const [DEFAULT_FACTS, MAX_FACTS] = [10, 50];

/** The edge fields of a neighbour: when the facts that join it to the parent begin and end, and these facts, by `name`. */
export function neighbourFields<Edge extends NeighbourEdge>(
  edge: EdgeBuilder<Edge>,
  name: string,
  fact: ObjectRef<Types, RelationshipRecord>,
) {
  const t = edge as unknown as EdgeBuilder<NeighbourEdge>;
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
