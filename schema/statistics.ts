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
import type { RequestContext } from './context.ts';
import { Facet, readable } from './facets.ts';

/** What statistics share among their fields: each is counted only when asked for, the period for both of its ends at once. */
interface Statistics {
  period(): ReturnType<typeof coveredPeriod>;
}

function statisticsOf({ loaders }: RequestContext): Statistics {
  let period: ReturnType<typeof coveredPeriod> | undefined;
  return {
    period: () => {
      period ??= coveredPeriod(loaders.read);
      return period;
    },
  };
}

const named = ({ value, count }: Count) => ({ value, label: readable(value), node: null, count });

const COST = { cost: { weight: 100, items: 20 } };

const GraphStatistics = builder.objectRef<Statistics>('GraphStatistics').implement({
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
      resolve: async (_, __, { loaders }) => (await countNodes(loaders.read)).map(named),
    }),
    relationships: t.field({
      type: [Facet],
      description:
        'How many relationships of each type there are, most first; all types, those without relationships too.',
      extensions: COST,
      resolve: async (_, __, { loaders }) => (await countRelationships(loaders.read)).map(named),
    }),
    sources: t.field({
      type: [Facet],
      description: `How many nodes and relationships name each source, most first; the ${MAX_SOURCES} that most of them name.`,
      extensions: COST,
      resolve: async (_, __, { loaders }) => {
        const counts = await countSources(loaders.read);
        const nodes = await Promise.all(counts.map(({ value }) => loaders.node.load(value)));
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
      resolve: async (statistics): Promise<PartialDate | null> => (await statistics.period()).from,
    }),
    to: t.field({
      type: 'PartialDate',
      nullable: true,
      description: 'The latest such date; null when none is named.',
      extensions: COST,
      resolve: async (statistics): Promise<PartialDate | null> => (await statistics.period()).to,
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
    resolve: (_, __, context) => statisticsOf(context),
  }),
);
