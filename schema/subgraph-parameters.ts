import type { CommunityParameters } from '../src/subgraphs/measures.ts';
import type { EdgeWeight as Weight } from '../src/subgraphs/selected-graph.ts';
import { type Days, daysBetween } from '../src/subgraphs/selection.ts';
import { builder } from './builder.ts';
import { badInput } from './errors.ts';
import type { PeriodInput } from './filter.ts';

/** What a field costs that workers compute for seconds at most. */
export const MEASURE_COST = { cost: { weight: 2_000 } };
const [MIN_RESOLUTION, MAX_RESOLUTION] = [0.01, 100];

export const EdgeWeight = builder.enumType('EdgeWeight', {
  description: 'What the weight of an edge is.',
  values: {
    STRENGTH: { description: 'The strength of the pair, as NodePair.strength gives it.' },
    PROJECTS: { description: 'The number of common projects; 1 for a pair without any.' },
    NONE: { description: '1 for every pair.' },
  } as const satisfies Record<Weight, object>,
});

/** How communities are found, once for arguments of fields and once for fields of an input. */
const RESOLUTION = {
  required: true,
  defaultValue: 1,
  description: `A larger resolution gives smaller communities. From ${MIN_RESOLUTION} to ${MAX_RESOLUTION}.`,
} as const;
const WEIGHTS = {
  type: EdgeWeight,
  required: true,
  defaultValue: 'STRENGTH',
  description: 'Weights of the edges.',
} as const;
const SEED = {
  required: true,
  defaultValue: 1,
  description: 'Start of the random numbers: the same graph and seed give the same communities.',
} as const;

/** How communities are found, as arguments of a field. */
export const communityArguments = builder.args((t) => ({
  resolution: t.float(RESOLUTION),
  weights: t.field(WEIGHTS),
  seed: t.int(SEED),
}));

/** The same as fields of an input. */
export const communityInputFields = (t: Parameters<Parameters<typeof builder.inputType>[1]['fields']>[0]) => ({
  resolution: t.float(RESOLUTION),
  weights: t.field(WEIGHTS),
  seed: t.int(SEED),
});

/** Parameters whose resolution is within its bounds; throws for others. */
export function checkedResolution(parameters: CommunityParameters): CommunityParameters {
  const { resolution } = parameters;
  if (!(resolution >= MIN_RESOLUTION && resolution <= MAX_RESOLUTION)) {
    throw badInput(`resolution: ${resolution} is not between ${MIN_RESOLUTION} and ${MAX_RESOLUTION}.`);
  }
  return parameters;
}

/** The days of a period that an argument gives. Throws for one that ends before it begins. */
export function daysOfPeriod(name: string, { from, to }: typeof PeriodInput.$inferInput): Days {
  const days = daysBetween(from ?? null, to ?? null);
  if (days.first > days.last) throw badInput(`${name} ends (${to}) before it begins (${from}).`);
  return days;
}
