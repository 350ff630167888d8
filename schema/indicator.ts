import type { ArgBuilder } from '@pothos/core';
import { MOST } from '../src/domain/list-bounds.ts';
import type { PartialDate } from '../src/domain/partial-date.ts';
import type { Connection } from '../src/loaders/loaders.ts';
import type { PageArguments } from '../src/paging/arguments.ts';
import { indicators, subjectOfIndicator } from '../src/store/annotation.ts';
import type { ListEdge } from '../src/store/list.ts';
import type { NodeSummary } from '../src/store/node-summary.ts';
import type { SchemaTypes } from './builder.ts';
import { connectionOf, pageArguments } from './connection.ts';
import type { RequestContext } from './context.ts';
import { Node, recordField, recordOf } from './node.ts';
import { Indicator } from './refs.ts';
import { Source, sourcesOf } from './source.ts';

Indicator.implement({
  description: 'A published figure about an actor or a territory: 210 companies in 2016; 71 poles in France in 2007.',
  interfaces: [Node],
  fields: (t) => ({
    about: t.field({
      type: Node,
      description: 'What it is about.',
      resolve: async ({ id }, _, { loaders }) => (await loaders.list(subjectOfIndicator(), 1, id))[0]!.node,
    }),
    measure: t.exposeString('name', { description: 'What was counted or measured: companies, members, poles.' }),
    value: t.float({
      description: 'The figure.',
      resolve: async (summary, _, context) => Number((await recordOf(summary, context)).value),
    }),
    unit: t.string({
      nullable: true,
      description: 'Unit, when the figure is not a plain count.',
      resolve: recordField('unit'),
    }),
    from: t.field({
      type: 'PartialDate',
      description: 'Date of the figure, or first date of its period.',
      resolve: ({ since }) => since!,
    }),
    to: t.field({
      type: 'PartialDate',
      nullable: true,
      description: 'Last date of its period. Null for a figure of one date.',
      resolve: ({ until }) => until,
    }),
    note: t.string({
      nullable: true,
      description: 'What should be known about it: "more than 210", as its source writes.',
      resolve: recordField('note'),
    }),
    sources: t.field({
      type: [Source],
      maximum: MOST.sources,
      description: 'Who published it.',
      resolve: sourcesOf(async (summary: NodeSummary, context) => (await recordOf(summary, context)).sources),
    }),
  }),
});

/** Figures about an actor or a territory. */
export const IndicatorsConnection = connectionOf('Indicators', Indicator, 'published figures');

/** The arguments by which indicators are chosen, and those of their page. */
export function indicatorArguments(arg: ArgBuilder<PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>>) {
  return {
    measure: arg.stringList({ description: 'Only figures of these measures.' }),
    from: arg({ type: 'PartialDate', description: 'Only figures of this date or later.' }),
    to: arg({ type: 'PartialDate', description: 'Only figures of this date or earlier.' }),
    ...pageArguments(arg),
  };
}

/** The indicators about a node. */
export function indicatorsOf(
  { id }: NodeSummary,
  {
    measure,
    from,
    to,
    ...page
  }: PageArguments & {
    measure?: string[] | null | undefined;
    from?: PartialDate | null | undefined;
    to?: PartialDate | null | undefined;
  },
  { loaders }: RequestContext,
): Connection<ListEdge> {
  return loaders.connection(indicators({ measures: measure, from, to }), page, id);
}
