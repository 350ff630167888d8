/** How thorough a run is: `npm run test:fast`, `npm test`, `npm run test:long`. */
export const TIERS = ['fast', 'usual', 'long'] as const;
export type Tier = (typeof TIERS)[number];

/** Workers of a run, and servers of Neo4j, at the most: each takes a gigabyte. */
export const WORKERS = 4;

/**
 * Suites with which a run begins: they take longest, or wait most. Begun last, one of them would be alone at the end while the
 * other workers have nothing to do.
 */
export const FIRST: readonly string[] = [
  'server/outage',
  'explorer/explorer',
  'schema/seeds',
  'editing/mutations',
  'schema/random-filters',
  'cli/serve',
  'neo4j-local',
  'graph/disk-full',
  'embedded/disk-full',
  'server/hostile-search',
];

/**
 * Suites with which their project ends: they make and drop constraints and indexes, at which Neo4j forgets the plans of all
 * statements, and planning is most of what its suites wait for.
 */
export const LAST: readonly string[] = [
  'contract/failures',
  'contract/long-read',
  'contract/records',
  'contract/rules',
  'contract/shared-database',
  'contract/transactions',
  'contract/values',
  'transfer/store-format',
];

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
  'explorer',
];

/** Suites in those folders that open no graph of the engine under test, or a Neo4j of their own: they run once. */
export const WITHOUT_GRAPH: readonly string[] = [
  'test/editing/{bloom-filter,decisions,succession-decision,merge-decision,deletion-decision}.test.ts',
  'test/explorer/network-model.test.ts',
  'test/transfer/connectors-files.test.ts',
  'test/schema/{described,released}.test.ts',
  'test/server/{admission,audit,audits,compression,encoding,errors,errors-doc,headers,hostile,hostile-search,hosts,http-attacks,joined-plugins,jwt,limits,mcp,mcp-sign-in,other-origins,outage,pages,persisted-documents,production,rates,server,sign-in,soak}.test.ts',
];

/**
 * Suites that the embedded engine alone meets. Pages in the browser ask the API, which the others compare on both engines (on
 * Neo4j explorer/minute goes the way of a reader and of an editor); files are read before anything is asked of an engine, and
 * what is read is imported on both; subgraphs and their files are made of the snapshot, which equals the graph on both; and the
 * statements of every list are read from both ends on both (contract/lists), so that fewer columns of them are met on one.
 */
export const EMBEDDED_ONLY: readonly string[] = [
  'test/explorer/explorer.test.ts',
  'test/schema/{both-ways,selection,subgraph*}.test.ts',
  'test/server/csv-answers.test.ts',
  'test/transfer/{connectors,connectors-registers,file-forms,folder,rejected-files,rejected-rows,rejections}.test.ts',
];

/** Suites that run on both engines, which must answer alike; those WITHOUT_GRAPH are to be taken out. */
export const ON_BOTH_ENGINES = `test/{${ON_THE_GRAPH.join(',')}}/**/*.test.ts`;

/** Suites that run once. */
export const ONCE: readonly string[] = [
  'test/*.test.ts',
  `test/!(${ON_THE_GRAPH.join('|')})/**/*.test.ts`,
  ...WITHOUT_GRAPH,
];

/** Suites that a fast run leaves out: they start processes, read the whole seed, kill, or take more than two seconds. */
export const SLOW: readonly string[] = [
  'test/contract/long-read.test.ts',
  'test/{cli/*,clients/*,neo4j-local,compiled-queries,recipes}.test.ts',
  'test/documents/answer-budget.test.ts',
  'test/explorer/explorer.test.ts',
  'test/editing/{alike,concurrency,crash,deletion-race,derived,export,rules}.test.ts',
  'test/embedded/{disk-full,import-snapshot,lost-commits,start-failures,warm-start}.test.ts',
  'test/graph/{cluster,disk-full,silence}.test.ts',
  'test/measures/anr.test.ts',
  'test/operations/{image,old-stores,package,slow-questions,supply,traces}.test.ts',
  'test/schema/{hubs,seeds,selection,sorted-pages}.test.ts',
  'test/search/name-index.property.test.ts',
  'test/seed/anr.test.ts',
  'test/server/{answer-cache,authentication,compression,hostile,hostile-search,http-attacks,one-question,outage,several-servers,soak,subscription}.test.ts',
  'test/transfer/{backup,changes,connectors-registers,crash,folder,import,import-to,known-store,meanwhile,partnerships,rejected-files,rejected-rows,rejections,stop}.test.ts',
  'test/traversal/random-graphs.test.ts',
];
