import type { ArgBuilder, FieldMap, InterfaceRef, ObjectRef } from '@pothos/core';
import { MOST } from '../src/domain/list-bounds.ts';
import type { Connection } from '../src/loaders/loaders.ts';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from '../src/loaders/window.ts';
import type { FactEdge, ListEdge } from '../src/store/list.ts';
import type { NodeSummary } from '../src/store/node-summary.ts';
import { builder, type SchemaTypes } from './builder.ts';
import { wantedBy } from './selection.ts';
import { Source, sourcesOf } from './source.ts';

type Types = PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>;
type WithCursor<Edge> = Edge & { readonly cursor: string };
type EdgeBuilder<Edge> = PothosSchemaTypes.ObjectFieldBuilder<Types, WithCursor<Edge>>;
type EdgeFields<Edge> = (t: EdgeBuilder<Edge>) => FieldMap;

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
 * The edge fields of every list. What an edge holds as it is told is exposed here and below instead of resolved: the
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

/** The edge fields of a relationship that is a fact: when, by which source, and its identifier. */
export function factFields<Edge extends FactEdge>(edge: EdgeBuilder<Edge>) {
  const t = edge as unknown as EdgeBuilder<FactEdge>;
  return {
    since: t.expose('since', {
      type: 'PartialDate',
      nullable: true,
      description: 'Beginning, as the source writes it. Null when no source says.',
    }),
    until: t.expose('until', {
      type: 'PartialDate',
      nullable: true,
      description: 'End. Null: no end is known.',
    }),
    attestedOn: t.field({
      type: ['PartialDate'],
      maximum: MOST.attestedOn,
      description: 'Dates on which a source reports it as valid, when no source gives its beginning or end.',
      resolve: (edge) => [...edge.attestedOn],
    }),
    sources: t.field({
      type: [Source],
      maximum: MOST.sources,
      description: 'Sources of this fact.',
      resolve: sourcesOf((edge: FactEdge) => edge.sources) as never,
    }),
    relationshipId: t.exposeID('relationshipId', {
      description: 'Global identifier of the relationship.',
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
