import { afterAll, beforeAll, describe } from 'vitest';
import { type Seed, seedWhenEmpty } from '../../src/transfer/seed.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { curatedSeedTests } from './curated-seed.ts';
import { fullSeedTests } from './full-seed.ts';

const SEEDING_MS = 300_000;
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

describe('the full seed', () => {
  beforeAll(() => fill('full'), SEEDING_MS);
  fullSeedTests(graph);
});
