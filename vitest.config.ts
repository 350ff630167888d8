import { defineConfig } from 'vitest/config';
import { canStartNeo4j } from './src/neo4j-local.ts';

/** Suites of whatever stands on the graph: they run whole on both engines, which must answer alike. */
const ON_BOTH_ENGINES = 'test/{contract,schema,server,store,transfer,editing,traversal,loaders}/**/*.test.ts';

/** Statements meet a cold database, and an import thousands of rows. */
const PATIENCE_MS = 180_000;

/** Whether the suites can meet a Neo4j here. CI has no choice: there its absence fails the run (test/support/neo4j.ts). */
function hasNeo4j(): boolean {
  if (process.env.CI || process.env.NEO4J_URI) return true;
  const answer = canStartNeo4j();
  if (!answer.available) console.warn(`Not tested: the Neo4j engine, in any suite. ${answer.reason}`);
  return answer.available;
}

const everywhere = {
  // Node itself loads the code, as it does in service; Vite would load a second graphql beside the one of Yoga and Pothos.
  experimental: { viteModuleRunner: false },
  pool: 'forks' as const,
  setupFiles: ['test/support/environment.ts'],
  testTimeout: PATIENCE_MS,
  hookTimeout: PATIENCE_MS,
};

export default defineConfig({
  test: {
    // As many as there are processors: most tests wait for a database.
    maxWorkers: '100%',
    projects: [
      { test: { ...everywhere, name: 'unit', include: ['test/**/*.test.ts'], exclude: [ON_BOTH_ENGINES] } },
      { test: { ...everywhere, name: 'embedded', include: [ON_BOTH_ENGINES], provide: { engine: 'grafeo' } } },
      {
        test: {
          ...everywhere,
          name: 'neo4j',
          include: hasNeo4j() ? [ON_BOTH_ENGINES] : [],
          provide: { engine: 'neo4j' },
          globalSetup: ['test/support/neo4j.ts'],
          // Neo4j Community has one database: its files take turns, after those of the other projects.
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
