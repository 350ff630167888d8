import { compareTexts, sortKeyOf } from '../src/domain/fold.ts';
import type { TerritoryLevel as Level } from '../src/domain/vocabulary.ts';
import type { Attribute } from '../src/subgraphs/attributes.ts';
import { builder } from './builder.ts';
import { TerritoryLevel } from './enums.ts';
import { boundedSize, COST, Facet, facetOrder, facetSize } from './facets.ts';
import { existingNode } from './path.ts';
import { Subgraph } from './subgraph.ts';

/** How many nodes have each value of an attribute, most frequent first. */
function counted({ values, labels }: Attribute): { readonly value: string; readonly count: number }[] {
  const counts = new Int32Array(labels.length);
  for (const value of values) counts[value]!++;
  return labels
    .map((value, number) => ({ value, count: counts[number]! }))
    .sort((a, b) => b.count - a.count || compareTexts(a.value, b.value));
}

builder.objectField(Subgraph, 'territories', (t) =>
  t.field({
    type: [Facet],
    description:
      'Number of its nodes by territory of their seat, at one level. A node counts for each territory of that level that contains one of its seats on the last day of the selection; without a date, seats and territories that no source ends.',
    extensions: COST,
    args: {
      level: t.arg({ type: TerritoryLevel, required: true, description: 'Territories of this level.' }),
      first: facetSize(t.arg),
      order: facetOrder(t.arg),
    },
    resolve: async ({ selected }, { level, first, order }, context) => {
      const most = boundedSize(first);
      const attribute = await context.subgraphs.attribute(await selected(), level as Level);
      const facets = await Promise.all(
        counted(attribute)
          .slice(0, most)
          .map(async ({ value, count }) => {
            const node = await existingNode(value, context);
            return { value, count, node: node as never, label: node.name };
          }),
      );
      if (order === 'COUNT') return facets;
      return facets.sort((a, b) => compareTexts(sortKeyOf(a.label, a.value), sortKeyOf(b.label, b.value)));
    },
  }),
);
