/** How thorough a run is: `npm run test:fast`, `npm test`, `npm run test:long`. */
export const TIERS = ['fast', 'usual', 'long'] as const;
export type Tier = (typeof TIERS)[number];

/** Workers of a run, and servers of Neo4j, at the most: each takes a gigabyte. */
export const WORKERS = 4;

/** Folders of suites of what stands on the graph. */
const ON_THE_GRAPH = [
  'contract',
  'schema',
  'server',
  'store',
  'transfer',
  'editing',
  'traversal',
  'loaders',
  'snapshot',
];

/** Suites in those folders that open no graph of the engine under test: they run once. */
export const WITHOUT_GRAPH: readonly string[] = [
  'test/schema/described.test.ts',
  'test/server/{admission,audits,encoding,errors,errors-doc,headers,hostile,hostile-search,hosts,limits,pages,server,sign-in,soak}.test.ts',
];

/** Suites that run on both engines, which must answer alike; those WITHOUT_GRAPH are to be taken out. */
export const ON_BOTH_ENGINES = `test/{${ON_THE_GRAPH.join(',')}}/**/*.test.ts`;

/** Suites that run once. */
export const ONCE: readonly string[] = [
  'test/*.test.ts',
  `test/!(${ON_THE_GRAPH.join('|')})/**/*.test.ts`,
  ...WITHOUT_GRAPH,
];

/** Suites that a fast run leaves out: they start processes, read the entire seed, or kill. */
export const SLOW: readonly string[] = [
  'test/{contract/long-read,editing/crash,transfer/{crash,stop},schema/full-seed,schema/curated,seed/anr}.test.ts',
  'test/{cli/*,neo4j-local,server/outage,server/hostile-search}.test.ts',
];
