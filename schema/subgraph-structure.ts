import { components } from '../src/measures/components.ts';
import { degreeDistribution } from '../src/measures/degree.ts';
import { builder } from './builder.ts';
import { badInput } from './errors.ts';
import { SUBGRAPH_COST, Subgraph } from './subgraph.ts';

const DegreeCount = builder.objectRef<{ readonly degree: number; readonly count: number }>('DegreeCount').implement({
  description: 'Number of nodes with the same number of neighbours.',
  fields: (t) => ({
    degree: t.exposeInt('degree', { description: 'Number of neighbours.' }),
    count: t.exposeInt('count', { description: 'Number of nodes that have as many.' }),
  }),
});

/** A component of a part of the graph. */
interface Components {
  readonly sizes: readonly number[];
}

const MAX_SIZES = 100;

const SubgraphComponents = builder.objectRef<Components>('SubgraphComponents').implement({
  description: 'Connected components: parts in which a path joins every two nodes, and none leads out.',
  fields: (t) => ({
    count: t.int({ description: 'Number of components.', resolve: ({ sizes }) => sizes.length }),
    largestSize: t.int({
      description: 'Number of nodes of the largest one. 0 without nodes.',
      resolve: ({ sizes }) => sizes[0] ?? 0,
    }),
    sizes: t.intList({
      maximum: MAX_SIZES,
      description: 'Number of nodes of each component, largest first.',
      resolve: ({ sizes }) => sizes.slice(0, MAX_SIZES),
    }),
  }),
});

/** Different degrees in one answer, at most. */
const MAX_DEGREES = 1_000;

builder.objectFields(Subgraph, (t) => ({
  degreeDistribution: t.field({
    type: [DegreeCount],
    description: 'How many nodes have how many neighbours, fewest neighbours first.',
    extensions: SUBGRAPH_COST,
    args: {
      first: t.arg.int({
        required: true,
        defaultValue: 200,
        description: `Number of different degrees. Maximum: ${MAX_DEGREES.toLocaleString('en')}.`,
      }),
    },
    resolve: async ({ selected }, { first }) => {
      if (first < 0 || first > MAX_DEGREES) throw badInput(`first: ${first} is not between 0 and ${MAX_DEGREES}.`);
      return degreeDistribution((await selected()).weighted('NONE')).slice(0, first);
    },
  }),
  components: t.field({
    type: SubgraphComponents,
    description: 'Its connected components.',
    extensions: SUBGRAPH_COST,
    resolve: async ({ selected }) => {
      const sizes: number[] = [];
      for (const component of components((await selected()).weighted('NONE'))) {
        sizes[component] = (sizes[component] ?? 0) + 1;
      }
      return { sizes };
    },
  }),
}));
