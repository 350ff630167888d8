import { builder } from './builder.ts';
import { boundedSize, COST, Facet, facetSize } from './facets.ts';
import { existingNode } from './path.ts';
import { Subgraph } from './subgraph.ts';

builder.objectField(Subgraph, 'sources', (t) =>
  t.field({
    type: [Facet],
    description: 'Number of its nodes and relationships that name each source, most frequent first.',
    extensions: COST,
    args: { first: facetSize(t.arg) },
    resolve: async ({ selected }, { first }, context) => {
      const most = boundedSize(first);
      const { sources } = await selected();
      return Promise.all(
        sources.slice(0, most).map(async ({ id, facts }) => {
          const node = await existingNode(id, context);
          return { value: id, count: facts, node: node as never, label: node.name };
        }),
      );
    },
  }),
);
