import type { GraphQLResolveInfo } from 'graphql';
import { withArticle } from '../src/domain/text.ts';
import { nodeTypeOf, relationshipTypeOf } from '../src/domain/vocabulary.ts';
import type { NodeRecord } from '../src/store/node.ts';
import type { NodeSummary } from '../src/store/node-summary.ts';
import type { RelationshipRecord } from '../src/store/relationship.ts';
import { builder } from './builder.ts';
import type { RequestContext } from './context.ts';
import { badInput } from './errors.ts';
import { askListsAhead } from './selection.ts';

/** Whatever has a global identifier. */
export type Identified = NodeSummary | RelationshipRecord;

/** The GraphQL types of relationships that have one of their own; all others are links. */
const RELATIONSHIP_TYPE_NAMES: Readonly<Record<string, string>> = {
  MEMBER_OF: 'Membership',
  PARTNERS_WITH: 'Partnership',
  PARTICIPATES_IN: 'Participation',
  AFFILIATED_WITH: 'Affiliation',
  SUCCEEDED_BY: 'Succession',
  HOLDS_LABEL: 'Label',
};

/** The name of the GraphQL type of a node or a relationship. */
export function typeNameOf(value: Identified): string {
  return 'from' in value ? (RELATIONSHIP_TYPE_NAMES[value.type] ?? 'Link') : value.type;
}

export const Node = builder.interfaceRef<Identified>('Node').implement({
  description: 'An object with a global identifier: an entity, or a relationship between two.',
  fields: (t) => ({
    id: t.exposeID('id', {
      description:
        'Global identifier: readable and stable, <type>/<key>, such as pole/aerospace-valley or organisation/rnsr-200611689J. The identifier of a record merged into another finds the remaining record.',
    }),
  }),
  resolveType: typeNameOf,
});

builder.interfaceField(Node, 'name', (t) =>
  t.string({
    nullable: true,
    description: 'Name, for display. Null for a relationship.',
    extensions: { summary: 'name' },
    resolve: (value) => ('name' in value ? value.name : null),
  }),
);

/** The record of a summary. Lists carry summaries only, so this costs one round trip for all summaries of the level. */
export async function recordOf(summary: NodeSummary, { loaders }: RequestContext): Promise<NodeRecord> {
  const node = await loaders.node.load(summary.id);
  // Between the list and this question somebody deleted it: the summary is all that is left to tell of it.
  if (!node) throw badInput(`"${summary.id}" was deleted while it was being read: try again.`);
  return node;
}

/** A resolver of one field of the whole record. */
export function recordField<Field extends keyof NodeRecord>(field: Field) {
  return async (summary: NodeSummary, _: unknown, context: RequestContext): Promise<NodeRecord[Field]> =>
    (await recordOf(summary, context))[field];
}

/** Records by identifier, those that exist, in the order of the identifiers. */
export async function nodesOf(ids: readonly string[], { loaders }: RequestContext): Promise<NodeRecord[]> {
  const nodes = await Promise.all(ids.map((id) => loaders.node.load(id)));
  return nodes.filter((node) => node !== null);
}

/** A node or a relationship by its identifier; null for an unknown one. */
export async function identified(id: string, { loaders }: RequestContext): Promise<Identified | null> {
  return relationshipTypeOf(id) === null ? loaders.node.load(id) : loaders.relationship.load(id);
}

/**
 * The record of an identifier, if it is of one of the types. Throws when it is of another, which would mislead as null.
 * With `info`, of the field that is being resolved, its lists are asked for in the same batch. Where nothing else is asked
 * for, and these hold something, the record itself is not read: it has its identifier and its type alone; where all is in
 * its summary, that is read, which may be in memory.
 */
export async function nodeOfType(
  id: string,
  types: readonly string[],
  context: RequestContext,
  info?: GraphQLResolveInfo,
): Promise<NodeRecord | null> {
  const type = nodeTypeOf(id);
  if (info && type && types.includes(type)) {
    const { lists, isAll, isInSummary } = askListsAhead(id, type, context, info);
    if (isAll) {
      await lists;
      if (context.loaders.hasMet(id)) return { id, type } as NodeRecord;
    }
    // Those of records that were merged away find no summary.
    const summary = isInSummary ? await context.loaders.summary.load(id) : null;
    if (summary) return summary as NodeRecord;
  }
  const node = await context.loaders.node.load(id);
  if (node && !types.includes(node.type)) {
    throw badInput(
      `"${id}" is ${withArticle(node.type)}, not ${types.map(withArticle).join(' or ')}: ask for it with node(id:).`,
    );
  }
  return node;
}

/** Identifiers that `nodes` takes at once. */
export const MAX_IDS = 100;

builder.queryFields((t) => ({
  node: t.field({
    type: Node,
    nullable: true,
    description: 'Any entity or relationship, by its identifier. Null when there is none.',
    args: { id: t.arg.id({ required: true, description: 'A global identifier, as in every id field.' }) },
    resolve: (_, { id }, context) => identified(id, context),
  }),
  nodes: t.field({
    type: [Node],
    nullable: { list: false, items: true },
    description: `Entities and relationships by their identifiers, in the requested order, null for an unknown one. Maximum: ${MAX_IDS}.`,
    args: { ids: t.arg.idList({ required: true, description: `Up to ${MAX_IDS} global identifiers.` }) },
    resolve: (_, { ids }, context) => {
      if (ids.length > MAX_IDS) throw badInput(`ids: ${ids.length} identifiers were given; the maximum is ${MAX_IDS}.`);
      return Promise.all(ids.map((id) => identified(id, context)));
    },
  }),
}));
