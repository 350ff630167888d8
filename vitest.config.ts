import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { canStartNeo4j } from './src/neo4j-local.ts';
import {
  EMBEDDED_ONLY,
  FIRST,
  LAST,
  ON_BOTH_ENGINES,
  ONCE,
  SLOW,
  TIERS,
  type Tier,
  WITHOUT_GRAPH,
  WORKERS,
} from './test/suites.ts';

// What Node makes of the TypeScript of one file is there for all others, whose processes inherit this: else each of them
// spends more time on loading the code than on its tests.
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'node-compile-cache');

/** Statements meet a cold database, and an import thousands of rows; a long run does much more of everything. */
const PATIENCE_MS: Readonly<Record<Tier, number>> = { fast: 60_000, usual: 300_000, long: 3_600_000 };

/** Milliseconds that `expect.poll` waits where the test does not say: shorter ones are promises, and stand in the test. */
const POLL_MS = 30_000;

/** Whether the suites can meet a Neo4j here. CI has no choice: there its absence fails the run (test/support/neo4j.ts). */
function hasNeo4j(): boolean {
  if (process.env.CI || process.env.NEO4J_URI) return true;
  const answer = canStartNeo4j();
  if (!answer.available) console.warn(`Not tested: the Neo4j engine, in any suite. ${answer.reason}`);
  return answer.available;
}

/** Vitest's own order, by project, but for the suites with which a run begins and a project ends. */
class Ordered extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placeIn = (names: readonly string[], { moduleId }: TestSpecification): number =>
      names.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
    const sorted = await super.sort(files);
    const first = sorted.filter((file) => placeIn(FIRST, file) !== -1);
    first.sort((one, other) => placeIn(FIRST, one) - placeIn(FIRST, other));
    const others = sorted.filter((file) => !first.includes(file));
    const projects = [...new Set(others.map(({ project }) => project))];
    const isLast = (file: TestSpecification): number => Number(placeIn(LAST, file) !== -1);
    return [
      ...first,
      ...projects.flatMap((project) =>
        others.filter((file) => file.project === project).sort((one, other) => isLast(one) - isLast(other)),
      ),
    ];
  }
}

/** The tier that `--mode` names; without one vitest says `test`, which is the usual tier. */
const tierOf = (mode: string): Tier => TIERS.find((tier) => tier === mode) ?? 'usual';

export default defineConfig(({ mode }) => {
  const tier = tierOf(mode);
  const isFast = tier === 'fast';
  const everywhere = {
    // Node itself loads the code, as it does in service; Vite would load a second graphql beside the one of Yoga and Pothos.
    experimental: { viteModuleRunner: false },
    pool: 'forks' as const,
    // The files of a worker share its process and the code that it has loaded: to load it again for each takes longer than
    // most tests. The environment is set again for each (test/support/environment.ts); what else a file changes of the process
    // it puts back.
    isolate: false,
    setupFiles: ['test/support/environment.ts'],
    testTimeout: PATIENCE_MS[tier],
    // What a test waits for comes later on a busy machine; vitest gives it a second.
    expect: { poll: { timeout: POLL_MS } },
    hookTimeout: PATIENCE_MS[tier],
  };
  const onEngine = { include: [ON_BOTH_ENGINES], exclude: [...WITHOUT_GRAPH, ...(isFast ? SLOW : [])] };
  return {
    test: {
      // As many as there are processors: with one more, tests with limits of time fail, and Neo4j works for one more too.
      maxWorkers: Math.min(availableParallelism(), WORKERS),
      sequence: { sequencer: Ordered },
      projects: [
        {
          test: {
            ...everywhere,
            name: 'unit',
            include: [...ONCE],
            exclude: isFast ? [...SLOW] : [],
            provide: { tier },
          },
        },
        { test: { ...everywhere, ...onEngine, name: 'embedded', provide: { tier, engine: 'grafeo' } } },
        {
          test: {
            ...everywhere,
            ...onEngine,
            include: !isFast && hasNeo4j() ? onEngine.include : [],
            exclude: [...onEngine.exclude, ...EMBEDDED_ONLY],
            name: 'neo4j',
            provide: { tier, engine: 'neo4j' },
            globalSetup: ['test/support/neo4j.ts'],
            // Neo4j Community has one database: the files on one server take turns, after those of the other projects.
            ...(process.env.NEO4J_URI ? { fileParallelism: false, sequence: { groupOrder: 1 } } : {}),
          },
        },
      ],
    },
  };
});
