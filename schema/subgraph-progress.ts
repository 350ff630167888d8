import { setTimeout } from 'node:timers/promises';
import type { Computation } from '../src/subgraphs/computations.ts';
import { MEASURES, type Measure } from '../src/subgraphs/measures.ts';
import { builder } from './builder.ts';
import { Subgraph } from './subgraph.ts';
import { GraphSelection, selectionOf } from './subgraph-selection.ts';

/** Measures of one selection that are listed at a time. */
const MAX_LISTED = 100;
/** Computations that one subscription keeps going. */
const MAX_SHOWN = 4;
/** Milliseconds between two looks at what is computed. */
const LOOK_MS = 200;

/** The field of a subgraph that each measure is of. */
const MEANINGS: Readonly<Record<Measure, string>> = {
  PAGE_RANK: 'The ranking by PageRank',
  DEGREE: 'The ranking by number of neighbours',
  WEIGHTED_DEGREE: 'The ranking by weight of the edges',
  CORE: 'The ranking by core number',
  HARMONIC: 'The ranking by harmonic closeness',
  BETWEENNESS: 'The ranking by betweenness',
  CONSTRAINT: "The ranking by Burt's constraint",
  COMMUNITIES: 'Its communities',
  BROKERS: 'Its brokers',
  ASSORTATIVITY: 'Its assortativity',
  POSITIONS: 'The positions of its nodes',
  COMPONENTS: 'Its connected components',
};

const MeasureEnum = builder.enumType('Measure', {
  description: 'What is computed of a subgraph: the field or the measure of its ranking.',
  values: Object.fromEntries(MEASURES.map((measure) => [measure, { description: `${MEANINGS[measure]}.` }])) as Record<
    Measure,
    { description: string }
  >,
});

/** A computation as it was at one moment. */
interface Seen {
  readonly measure: Measure;
  readonly share: number | null;
  readonly isWaiting: boolean;
  readonly startedAt: string;
}

const seen = (computations: readonly Computation[]): Seen[] =>
  computations.slice(0, MAX_LISTED).map(({ progress: { name, share, isWaiting, startedAt } }) => ({
    ...{ measure: name as Measure, share, isWaiting, startedAt: startedAt.toISOString() },
  }));

/** Computations that a subscription waits for, beside the requests that asked for them. */
class Holding {
  readonly #shown = new Map<Computation, () => void>();

  /** Holds the first of those under way, and forgets those that are no more. */
  follow(underWay: readonly Computation[]): void {
    for (const [computation, release] of this.#shown) {
      if (underWay.includes(computation)) continue;
      release();
      this.#shown.delete(computation);
    }
    for (const computation of underWay) {
      if (this.#shown.size === MAX_SHOWN) break;
      if (!this.#shown.has(computation)) this.#shown.set(computation, computation.hold());
    }
  }

  release(): void {
    for (const release of this.#shown.values()) release();
    this.#shown.clear();
  }
}

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
    description: `What is being computed of a subgraph: at once, and whenever that has changed. Subscribe beside the query that waits for the measure, with the same select. What it shows goes on after that query has timed out, ${MAX_SHOWN} computations at the most: ask again when the list is empty, and the answer is there. Close the stream to stop them.`,
    args: { select: t.arg({ type: GraphSelection, required: true, description: 'Which part of the graph.' }) },
    subscribe: async function* (_, { select }, context) {
      const selection = await selectionOf(select, context);
      const holding = new Holding();
      let last: string | null = null;
      try {
        while (!context.signal.aborted) {
          const underWay = context.subgraphs.underWay(selection);
          holding.follow(underWay);
          const now = seen(underWay);
          const text = JSON.stringify(now);
          if (text !== last) yield now;
          last = text;
          // A stream that is closed while it waits has no error to report.
          await setTimeout(LOOK_MS, null, { signal: context.signal }).catch(() => {});
        }
      } finally {
        holding.release();
      }
    },
    resolve: (now, _, { budget }) => {
      budget?.renew();
      return now;
    },
  }),
);
