import { partialDate } from '../src/domain/partial-date.ts';
import { daysBetween } from '../src/subgraphs/selection.ts';
import { builder } from './builder.ts';
import { badInput } from './errors.ts';
import type { FoundSubgraph } from './found-subgraph.ts';
import { Subgraph } from './subgraph.ts';

/** Periods of one series. */
const MAX_POINTS = 30;
const [FIRST_YEAR, LAST_YEAR] = [1000, 2999];

interface Point {
  readonly from: number;
  readonly to: number;
  readonly subgraph: FoundSubgraph;
}

const SeriesPoint = builder.objectRef<Point>('SeriesPoint').implement({
  description: 'A subgraph in one period of a series.',
  fields: (t) => ({
    from: t.exposeInt('from', { description: 'First year of the period.' }),
    to: t.exposeInt('to', { description: 'Last year of the period.' }),
    subgraph: t.field({
      type: Subgraph,
      description: 'What the same conditions select in this period.',
      resolve: ({ subgraph }) => subgraph,
    }),
  }),
});

const year = (number: number) => partialDate(String(number));

builder.objectField(Subgraph, 'series', (t) =>
  t.field({
    type: [SeriesPoint],
    maximum: MAX_POINTS,
    description:
      'What the same conditions select in one period after the other, in place of its own asOf or period: how it grew, when its parts met. A neighbourhood keeps its nodes. Facts without a known end count as still valid, those without a known beginning as always valid before.',
    args: {
      from: t.arg.int({ required: true, description: 'First year of the first period.' }),
      to: t.arg.int({ required: true, description: 'Last year. The last period may be shorter.' }),
      step: t.arg.int({ required: true, defaultValue: 1, description: 'Years of a period, at least 1.' }),
    },
    resolve: (subgraph, { from, to, step }): Point[] => {
      for (const [name, given] of Object.entries({ from, to })) {
        if (given < FIRST_YEAR || given > LAST_YEAR) {
          throw badInput(`${name}: ${given} is not a year between ${FIRST_YEAR} and ${LAST_YEAR}.`);
        }
      }
      if (from > to) throw badInput(`The series ends (${to}) before it begins (${from}).`);
      if (step < 1) throw badInput(`step: ${step} is less than 1.`);
      const count = Math.ceil((to - from + 1) / step);
      if (count > MAX_POINTS) {
        throw badInput(`The series has ${count} periods; the maximum is ${MAX_POINTS}: ask with a larger step.`);
      }
      return Array.from({ length: count }, (_, place) => {
        const first = from + place * step;
        const last = Math.min(to, first + step - 1);
        return { from: first, to: last, subgraph: subgraph.during(daysBetween(year(first), year(last))) };
      });
    },
  }),
);
