import { inject } from 'vitest';
import type { Tier } from '../suites.ts';

declare module 'vitest' {
  interface ProvidedContext {
    tier: Tier;
  }
}

/**
 * How much of something random or slow a run does, by its tier. A longer run does what a shorter one does, and goes on
 * from there.
 */
export interface Amounts {
  /** In a fast run; as in a usual one when left out. */
  readonly fast?: number;
  readonly usual: number;
  /** In a usual run on Neo4j, which plans each new statement for 50 ms; as on the embedded engine when left out. */
  readonly neo4j?: number;
  readonly long: number;
}

/** The amount of this run. */
export function amount({ usual, fast = usual, neo4j = usual, long }: Amounts): number {
  const tier = inject('tier');
  if (tier === 'usual' && inject('engine') === 'neo4j') return neo4j;
  return { fast, usual, long }[tier];
}

/** Where random cases begin: every run has the same, so that those of a short one are the first of a long one. */
const SEED = 20_261_128;

/** Parameters of fast-check: so many random cases, the same ones in every run. */
export function cases(amounts: Amounts): { readonly numRuns: number; readonly seed: number } {
  return { numRuns: amount(amounts), seed: SEED };
}
