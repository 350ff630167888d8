import {
  type Count,
  countNodes,
  countRelationships,
  countSources,
  coveredPeriod,
  lastChange,
  loading,
  MAX_SOURCES,
} from '../src/analytics/statistics.ts';
import type { PartialDate } from '../src/domain/partial-date.ts';
import { builder } from './builder.ts';
import { Facet, readable } from './facets.ts';
import { keeping } from './keeping.ts';

const named = ({ value, count }: Count) => ({ value, label: readable(value), node: null, count });

const COST = { cost: { weight: 100, items: 20 } };

const GraphStatistics = builder.objectRef<object>('GraphStatistics').implement({
  description: 'What the graph holds, as a whole. Each field is counted only when it is asked for.',
  fields: (t) => ({
    version: t.string({
      description: 'Names the state of the graph: the same only when nothing was written in between, by anyone.',
      resolve: (_, __, { loaders }) => loaders.version(),
    }),
    nodes: t.field({
      type: [Facet],
      description: 'How many nodes of each type there are, most first; all types, those without nodes too.',
      extensions: COST,
      resolve: async (_, __, context) => (await countNodes(keeping(context))).map(named),
    }),
    relationships: t.field({
      type: [Facet],
      description:
        'How many relationships of each type there are, most first; all types, those without relationships too.',
      extensions: COST,
      resolve: async (_, __, context) => (await countRelationships(keeping(context))).map(named),
    }),
    sources: t.field({
      type: [Facet],
      description: `How many nodes and relationships name each source, most first; the ${MAX_SOURCES} that most of them name.`,
      extensions: COST,
      resolve: async (_, __, context) => {
        const counts = await countSources(keeping(context));
        const nodes = await Promise.all(counts.map(({ value }) => context.loaders.node.load(value)));
        return counts.map(({ value, count }, place) => {
          const node = nodes[place] ?? null;
          return { value, label: node?.name ?? value, node, count };
        });
      },
    }),
    from: t.field({
      type: 'PartialDate',
      nullable: true,
      description:
        'The earliest date that a network, a project, a membership, a partnership or a succession names; null when none does.',
      extensions: COST,
      resolve: async (_, __, context): Promise<PartialDate | null> => (await coveredPeriod(keeping(context))).from,
    }),
    to: t.field({
      type: 'PartialDate',
      nullable: true,
      description: 'The latest such date; null when none is named.',
      extensions: COST,
      resolve: async (_, __, context): Promise<PartialDate | null> => (await coveredPeriod(keeping(context))).to,
    }),
    lastChange: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the graph was last changed; null when it never was.',
      resolve: (_, __, { loaders }) => lastChange(loaders.read),
    }),
    loading: t.string({
      nullable: true,
      description: 'What is still being loaded into the graph, so that the counts go on rising; null when nothing is.',
      resolve: (_, __, { loaders }) => loading(loaders.read),
    }),
  }),
});

builder.queryField('statistics', (t) =>
  t.field({
    type: GraphStatistics,
    description: 'Counts of what the graph holds, the period that it covers, and its last change.',
    resolve: () => ({}),
  }),
);
