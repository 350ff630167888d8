import {
  type Count,
  countNodes,
  countRelationships,
  countSources,
  coveredPeriod,
  loading,
  MAX_SOURCES,
} from '../src/analytics/statistics.ts';
import { lastChangeAt, newestSequence } from '../src/changes/log.ts';
import type { PartialDate } from '../src/domain/partial-date.ts';
import { NODE_TYPES, RELATIONSHIP_TYPES } from '../src/domain/vocabulary.ts';
import { builder } from './builder.ts';
import { cachedAsk } from './cached-ask.ts';
import { Facet, readable } from './facets.ts';

const named = ({ value, count }: Count) => ({ value, label: readable(value), node: null, count });

const COST = { cost: { weight: 100 } };

const GraphStatistics = builder.objectRef<object>('GraphStatistics').implement({
  description: 'Counts over the whole graph. Each field is counted only when requested.',
  fields: (t) => ({
    version: t.string({
      description: 'Version of the graph. It changes with every write, by any client.',
      resolve: (_, __, { loaders }) => loaders.version(),
    }),
    nodes: t.field({
      type: [Facet],
      maximum: NODE_TYPES.length,
      description: 'Number of nodes of each type, most frequent first. Types without nodes are included.',
      extensions: COST,
      resolve: async (_, __, context) => (await countNodes(cachedAsk(context))).map(named),
    }),
    relationships: t.field({
      type: [Facet],
      maximum: RELATIONSHIP_TYPES.length,
      description:
        'Number of relationships of each type, most frequent first. Types without relationships are included.',
      extensions: COST,
      resolve: async (_, __, context) => (await countRelationships(cachedAsk(context))).map(named),
    }),
    sources: t.field({
      type: [Facet],
      maximum: MAX_SOURCES,
      description: 'Number of nodes and relationships that cite each source, most cited first.',
      extensions: COST,
      resolve: async (_, __, context) => {
        const counts = await countSources(cachedAsk(context));
        const nodes = await Promise.all(counts.map(({ value }) => context.loaders.node.load(value)));
        return counts.map(({ value, count }, index) => {
          const node = nodes[index] ?? null;
          return { value, label: node?.name ?? value, node, count };
        });
      },
    }),
    from: t.field({
      type: 'PartialDate',
      nullable: true,
      description:
        'Earliest date of a network, project, membership, partnership or succession. Null when there is none.',
      extensions: COST,
      resolve: async (_, __, context): Promise<PartialDate | null> => (await coveredPeriod(cachedAsk(context))).from,
    }),
    to: t.field({
      type: 'PartialDate',
      nullable: true,
      description: 'Latest such date. Null when there is none.',
      extensions: COST,
      resolve: async (_, __, context): Promise<PartialDate | null> => (await coveredPeriod(cachedAsk(context))).to,
    }),
    lastChange: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Date of the last change. Null when there was none.',
      resolve: (_, __, { loaders }) => lastChangeAt(loaders.read),
    }),
    lastSequence: t.int({
      description:
        'Sequence of the last change, from which graphChanged(after:) misses nothing of what comes later. 0 when there was none.',
      resolve: (_, __, { loaders }) => newestSequence(loaders.read),
    }),
    loading: t.string({
      nullable: true,
      description: 'What is still being loaded into the graph. Null when nothing is. While it loads, counts increase.',
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
