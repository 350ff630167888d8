import { inject } from 'vitest';
import type { Tier } from '../suites.ts';

declare module 'vitest' {
  interface ProvidedContext {
    tier: Tier;
  }
}

/** The tier of this run. */
export const tier: Tier = inject('tier');

/** How much of something random or slow a run does; a fast run does no more than a usual one. */
export interface Amounts {
  readonly fast?: number;
  readonly usual: number;
  readonly long: number;
}

/** The amount of this run's tier. The longer run does what the shorter one does, and goes on from there. */
export function amount({ usual, fast = usual, long }: Amounts): number {
  return { fast, usual, long }[tier];
}

/** Where random cases begin. Every tier has the same, so that the cases of a short run are the first of a long one. */
const SEED = 20_261_128;

/** Parameters of fast-check: so many random cases, the same ones in every run of the tier. */
export function cases(amounts: Amounts): { readonly numRuns: number; readonly seed: number } {
  return { numRuns: amount(amounts), seed: SEED };
}
