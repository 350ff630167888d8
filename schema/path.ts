import type { NodeSummary } from '../src/store/node-summary.ts';
import type { RelationshipRecord } from '../src/store/relationship.ts';
import { MAX_PATH_LENGTH } from '../src/traversal/bounds.ts';
import type { FoundPath } from '../src/traversal/paths.ts';
import { builder } from './builder.ts';
import type { RequestContext } from './context.ts';
import { badInput } from './errors.ts';
import { Node } from './node.ts';
import { Relationship } from './relationship.ts';

/** A node that an answer has led to, as lists show it. */
export async function existingNode(id: string, { loaders }: RequestContext): Promise<NodeSummary> {
  const summary = await loaders.summary.load(id);
  if (!summary) throw badInput(`"${id}" was deleted while it was being read: try again.`);
  return summary;
}

/** A relationship that an answer has led to; `between` says where it was, for whom it is gone. */
export function existingRelationship(relationship: RelationshipRecord | null, between: string): RelationshipRecord {
  if (!relationship) throw badInput(`A relationship of ${between} was deleted while it was being read: try again.`);
  return relationship;
}

export const Path = builder.objectRef<FoundPath>('Path').implement({
  description: 'A path from one node to another that visits no node twice.',
  fields: (t) => ({
    length: t.int({ description: 'Number of relationships.', resolve: ({ nodes }) => nodes.length - 1 }),
    nodes: t.field({
      type: [Node],
      maximum: MAX_PATH_LENGTH + 1,
      description: 'Nodes along the path, both ends included.',
      resolve: ({ nodes }, _, context) => Promise.all(nodes.map((id) => existingNode(id, context))),
    }),
    relationships: t.field({
      type: [Relationship],
      description: `Relationships along the path, with periods and sources. Of several between the same two nodes, the one with the smallest identifier that matches.`,
      maximum: MAX_PATH_LENGTH,
      resolve: ({ nodes, walk }, _, { loaders }) => {
        const between = loaders.hops(walk);
        const hops = nodes.slice(1).map((to, index) => ({ from: nodes[index]!, to }));
        return Promise.all(hops.map(async (hop) => existingRelationship(await between.load(hop), hop.from)));
      },
    }),
  }),
});
