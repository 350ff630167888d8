import { afterAll, beforeAll, describe } from 'vitest';
import { type Seed, seedWhenEmpty } from '../../src/transfer/seed.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { amount } from '../support/tier.ts';
import { curatedSeedTests } from './curated-seed.ts';
import { fullSeedTests } from './full-seed.ts';

const SEEDING_MS = 300_000;
/**
 * On Neo4j a long run alone goes on to the full seed: there it took a seventh of the processor time of a usual run. What analysts
 * and agents ask of it is asked of the curated seed on both engines, and its rows go the way of that one's.
 */
const HAS_FULL_SEED = amount({ usual: 1, neo4j: 0, long: 1 }) === 1;

/** Left to nobody at the end: the process goes on with other files. */
let current: TestGraph | null = null;
beforeAll(async () => {
  current = await emptyGraph();
});
afterAll(async () => {
  await current?.[Symbol.asyncDispose]();
  current = null;
});
const graph = (): TestGraph => current!;

/** Fills the graph as a server does at its start, and waits until it has read what it has in memory. */
async function fill(seed: Seed): Promise<void> {
  await seedWhenEmpty(graph().engine, seed);
  // A busy machine may need longer for its names than a search waits.
  await graph().graph.names.prepare();
  await graph().graph.snapshot!.load();
}

// Before the full one, whose first part it is: a store of the curated seed is filled with the rest when that is asked for.
describe('the curated seed', () => {
  beforeAll(() => fill('curated'), SEEDING_MS);
  curatedSeedTests(graph);
});

describe.runIf(HAS_FULL_SEED)('the full seed', () => {
  beforeAll(() => fill('full'), SEEDING_MS);
  fullSeedTests(graph);
});
