import type { CommunityParameters } from '../src/subgraphs/measures.ts';
import type { EdgeWeight as Weight } from '../src/subgraphs/selected-graph.ts';
import { builder } from './builder.ts';
import { badInput } from './errors.ts';

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

/** How communities are found. */
export const communityArguments = builder.args((t) => ({
  resolution: t.float({
    required: true,
    defaultValue: 1,
    description: `A larger resolution gives smaller communities. From ${MIN_RESOLUTION} to ${MAX_RESOLUTION}.`,
  }),
  weights: t.field({
    type: EdgeWeight,
    required: true,
    defaultValue: 'STRENGTH',
    description: 'Weights of the edges.',
  }),
  seed: t.int({
    required: true,
    defaultValue: 1,
    description: 'Start of the random numbers: the same graph and seed give the same communities.',
  }),
}));

/** Parameters whose resolution is within its bounds; throws for others. */
export function checkedResolution(parameters: CommunityParameters): CommunityParameters {
  const { resolution } = parameters;
  if (!(resolution >= MIN_RESOLUTION && resolution <= MAX_RESOLUTION)) {
    throw badInput(`resolution: ${resolution} is not between ${MIN_RESOLUTION} and ${MAX_RESOLUTION}.`);
  }
  return parameters;
}
