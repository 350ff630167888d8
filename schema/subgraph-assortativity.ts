import type { Assortativity } from '../src/measures/assortativity.ts';
import { builder } from './builder.ts';
import { Subgraph } from './subgraph.ts';
import { MEASURE_COST } from './subgraph-parameters.ts';

const AssortativityType = builder.objectRef<Assortativity & { readonly edgeCount: number }>('Assortativity').implement({
  description: 'Whether nodes are joined with their like (Newman 2003).',
  fields: (t) => ({
    coefficient: t.float({
      nullable: true,
      description:
        'Assortativity coefficient, from -1 to 1: 1 where only like nodes are joined, 0 by chance. Null where it is not defined: no edge with known values, or one value alone.',
      resolve: ({ coefficient }) => coefficient,
    }),
    knownShare: t.float({
      nullable: true,
      description: 'Share of the edges of which both nodes have a value; the others are left out. Null without edges.',
      resolve: ({ knownEdges, edgeCount }) => (edgeCount === 0 ? null : knownEdges / edgeCount),
    }),
  }),
});

const Likeness = builder.enumType('Likeness', {
  description: 'In what nodes are alike.',
  values: {
    KIND: { description: 'Kind of organisation; of a network, whether it is a pole or a cluster.' },
    SECTOR: { description: 'Topics of the scheme SECTOR. A node with several counts for each in equal parts.' },
    REGION: { description: 'Région of the seat.' },
  } as const,
});

builder.objectFields(Subgraph, (t) => ({
  assortativity: t.field({
    type: AssortativityType,
    description: 'Whether its nodes are joined with their like. Every pair counts once, without weights.',
    extensions: MEASURE_COST,
    args: { by: t.arg({ type: Likeness, required: true, description: 'In what nodes are alike.' }) },
    resolve: async ({ selected }, { by }, { subgraphs }) => {
      const graph = await selected();
      const attribute = await subgraphs.attribute(graph, by);
      return { ...(await subgraphs.measures(graph).assortativity(by, attribute)), edgeCount: graph.pairCount };
    },
  }),
}));
