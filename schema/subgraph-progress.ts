import { setTimeout } from 'node:timers/promises';
import type { Progress } from '../src/measures/progress.ts';
import { MEASURES, type Measure } from '../src/subgraphs/measures.ts';
import { builder } from './builder.ts';
import { Subgraph } from './subgraph.ts';
import { GraphSelection, selectionOf } from './subgraph-selection.ts';

/** Measures of one selection that are listed at a time. */
const MAX_LISTED = 100;
/** Milliseconds between two looks at what is computed. */
const LOOK_MS = 200;

const MeasureEnum = builder.enumType('Measure', {
  description: 'What is computed of a subgraph: the field or the measure of its ranking.',
  values: Object.fromEntries(MEASURES.map((measure) => [measure, {}])) as Record<Measure, object>,
});

/** A computation as it was at one moment. */
interface Seen {
  readonly measure: Measure;
  readonly share: number | null;
  readonly isWaiting: boolean;
  readonly startedAt: string;
}

const seen = (computations: readonly Progress[]): Seen[] =>
  computations.slice(0, MAX_LISTED).map(({ name, share, isWaiting, startedAt }) => ({
    ...{ measure: name as Measure, share, isWaiting, startedAt: startedAt.toISOString() },
  }));

const MeasureProgress = builder.objectRef<Seen>('MeasureProgress').implement({
  description: 'A measure that is being computed, since requests wait for it.',
  fields: (t) => ({
    measure: t.expose('measure', { type: MeasureEnum, description: 'What is computed.' }),
    share: t.exposeFloat('share', {
      nullable: true,
      description:
        'Share of the work that is done, from 0 to 1. Null where that cannot be said: before it begins, and of communities, which are improved until they get no better.',
    }),
    isWaiting: t.exposeBoolean('isWaiting', { description: 'Whether it still waits for a processor.' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When it was first asked for.' }),
  }),
});

builder.objectField(Subgraph, 'progress', (t) =>
  t.field({
    type: [MeasureProgress],
    maximum: MAX_LISTED,
    description:
      'What is being computed of this subgraph for requests that wait, the first that was asked for first: ask again to see how far it is. Of the server process that answers. A measure whose last request is closed is stopped.',
    resolve: ({ selection }, _, { subgraphs, loaders }) => {
      // It is never the same for long: an answer with it must not be cached.
      loaders.readElsewhere();
      return seen(subgraphs.underWay(selection));
    },
  }),
);

builder.subscriptionField('measureProgress', (t) =>
  t.field({
    type: [MeasureProgress],
    maximum: MAX_LISTED,
    description:
      'What is being computed of a subgraph: at once, and whenever that has changed. Subscribe beside the query that waits for the measure, with the same select, and close the stream when that has its answer. An empty list: nothing is.',
    args: { select: t.arg({ type: GraphSelection, required: true, description: 'Which part of the graph.' }) },
    subscribe: async function* (_, { select }, context) {
      const selection = await selectionOf(select, context);
      let last: string | null = null;
      while (!context.signal.aborted) {
        const now = seen(context.subgraphs.underWay(selection));
        const text = JSON.stringify(now);
        if (text !== last) yield now;
        last = text;
        // A stream that is closed while it waits has no error to report.
        await setTimeout(LOOK_MS, null, { signal: context.signal }).catch(() => {});
      }
    },
    resolve: (now, _, { budget }) => {
      budget?.renew();
      return now;
    },
  }),
);
