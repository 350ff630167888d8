import type { FieldMap, InterfaceRef, ObjectRef } from '@pothos/core';
import type { GraphQLResolveInfo } from 'graphql';
import type { Projection } from '../src/store/list.ts';
import { builder, type SchemaTypes } from './builder.ts';
import type { RequestContext } from './context.ts';

type Types = PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>;

/** A page of any list: its edges, and whether the list has others on either side. */
export interface ListPage<Edge> {
  readonly edges: readonly Edge[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/** What every connection reads from: its page and its total are worked out only where a field asks for them. */
export interface ConnectionSource<Edge> {
  /** The page, with what is brought of its entries; everything by default. */
  page(projection?: Projection): Promise<ListPage<Edge>>;
  total(): Promise<number>;
}

interface WithCursor {
  readonly cursor: string;
}

/** Fields of edges. */
export type EdgeBuilder<Edge> = PothosSchemaTypes.ObjectFieldBuilder<Types, Edge>;

/** How a connection is made. */
interface ConnectionOptions<Edge, Source> {
  /** What is listed, as in "members of a network". */
  readonly describe: string;
  readonly node: ObjectRef<Types, never> | InterfaceRef<Types, never>;
  /** The node of an edge; omitted: its property `node`. */
  readonly nodeOf?: (edge: Edge, context: RequestContext) => unknown;
  /** What a field of the connection wants of the entries of its page; omitted: everything. */
  readonly projectionOf?: (field: 'edges' | 'nodes' | 'pageInfo', info: GraphQLResolveInfo) => Projection;
  /** Fields of an edge beside its node and cursor. */
  readonly edgeFields?: (t: EdgeBuilder<Edge>) => FieldMap;
  /** Fields of the connection beside those of Relay. */
  readonly fields?: (t: EdgeBuilder<Source>) => FieldMap;
  /** Pages are read forward only. */
  readonly isOneWay?: true;
}

export const PageInfo = builder.objectRef<ListPage<WithCursor>>('PageInfo').implement({
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
 * Makes a connection and its edge, after the Relay specification: `NameConnection` and `NameEdge`. What is a property of
 * an edge is exposed instead of resolved: the compiler of queries makes a dozen objects for each call of a resolver, a third
 * of all that a long answer takes.
 */
export function connectionType<Edge extends WithCursor, Source extends ConnectionSource<Edge>>(
  name: string,
  { describe, node, nodeOf, projectionOf, edgeFields, fields, isOneWay }: ConnectionOptions<Edge, Source>,
) {
  const next = isOneWay ? 'after' : 'after or before';
  const EdgeRef = builder.objectRef<Edge & { readonly node: never }>(`${name}Edge`);
  EdgeRef.implement({
    description: `An edge of a list of ${describe}.`,
    fields: (t) => ({
      cursor: t.exposeString('cursor' as never, {
        description: `Cursor of this entry. Send it as ${next} to continue from here.`,
      }),
      node: nodeOf
        ? t.field({
            type: node,
            description: 'The listed node.',
            resolve: (edge, _, context) => nodeOf(edge, context) as never,
          })
        : t.expose('node' as never, { type: node, description: 'The listed node.' } as never),
      ...edgeFields?.(t as never),
    }),
  });
  const pageFor = (field: 'edges' | 'nodes' | 'pageInfo', source: Source, info: GraphQLResolveInfo) =>
    source.page(projectionOf?.(field, info)) as Promise<ListPage<Edge & { readonly node: never }>>;
  const ConnectionRef = builder.objectRef<Source>(`${name}Connection`);
  ConnectionRef.implement({
    description: `A page of a list of ${describe}.`,
    fields: (t) => ({
      edges: t.field({
        type: [EdgeRef],
        description: 'Edges of the page.',
        resolve: async (source, _, __, info) => (await pageFor('edges', source, info)).edges as never,
      }),
      nodes: t.field({
        type: [node],
        description: 'Nodes of the page, without their edges.',
        resolve: async (source, _, context, info) => {
          const { edges } = await pageFor('nodes', source, info);
          return edges.map((edge) => (nodeOf ? nodeOf(edge, context) : edge.node)) as never;
        },
      }),
      pageInfo: t.field({
        type: PageInfo,
        description: 'Position of the page in the list.',
        resolve: (source, _, __, info) => pageFor('pageInfo', source, info),
      }),
      totalCount: t.int({
        description: 'Number of entries in the whole list. Counted only when requested.',
        resolve: (source) => source.total(),
      }),
      ...fields?.(t as never),
    }),
  });
  return ConnectionRef;
}
