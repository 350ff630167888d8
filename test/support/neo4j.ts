import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import type { EngineSettings } from '../../src/graph/open.ts';
import { fetchNeo4jJars, findNeo4jTools } from '../../src/neo4j-artefacts.ts';
import { startLocalNeo4j } from '../../src/neo4j-local.ts';
import { WORKERS } from '../suites.ts';
import { SHORT_LIVED } from './own-neo4j.ts';

/** A Neo4j that test files have to themselves, one after the other: they empty its only database. */
export interface Neo4jUnderTest {
  readonly uri: string;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Which engine this project's tests run on; nothing in the project `unit`. */
    engine: EngineSettings['engine'];
    /** One for each worker; only in the project `neo4j`. */
    neo4js: readonly Neo4jUnderTest[];
  }
}

/**
 * Planning is most of what a test waits for, so that each statement is planned once. Neo4j would plan it again when the
 * graph has grown or shrunk by three quarters, as it does with each test: plans of a graph of ten nodes serve one of a
 * thousand as well, and those of an empty one for a minute. In versions of the calendar it would also do so for lists and
 * texts of other lengths, and to compile its expressions after some calls. Six suites took 138 s of processor in Java, 182 of
 * their plans were made twice and 111 expressions compiled; 118 without.
 */
const PLANS = {
  'dbms.cypher.min_replan_interval': '60s',
  'dbms.cypher.statistics_divergence_threshold': '0.99',
  'server.memory.query_cache.per_db_cache_num_entries': '5000',
};
const PLANS_OF_THE_CALENDAR = {
  'internal.cypher.use_parameter_size': 'false',
  'internal.cypher.expression_engine': 'INTERPRETED',
};

/** Starts a Neo4j for this run; `stop` ends it and discards its data. */
async function started(javaOptions: readonly string[]): Promise<Neo4jUnderTest & { stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'grappe-neo4j-'));
  const discard = () => rm(folder, { recursive: true, force: true });
  try {
    const isOfTheCalendar = !findNeo4jTools(process.env).version.startsWith('5.');
    const settings = { ...PLANS, ...(isOfTheCalendar ? PLANS_OF_THE_CALENDAR : {}) };
    const { uri, user, password, stop } = await startLocalNeo4j({ folder, settings, javaOptions, log: console.log });
    return { uri, user, password, database: 'neo4j', stop: () => stop().then(discard) };
  } catch (error) {
    await discard();
    throw error;
  }
}

/** Provides the Neo4j that NEO4J_URI names, or starts one for each worker of this run and stops them at the end. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { NEO4J_URI, NEO4J_USER = 'neo4j', NEO4J_PASSWORD = '', NEO4J_DATABASE = 'neo4j' } = process.env;
  if (NEO4J_URI) {
    const given = { uri: NEO4J_URI, user: NEO4J_USER, password: NEO4J_PASSWORD, database: NEO4J_DATABASE };
    project.provide('neo4js', [given]);
    return async () => {};
  }
  const workers = Math.min(project.vitest.config.maxWorkers, WORKERS);
  // Fetched once, before all of them start at the same time: nothing else runs meanwhile.
  await fetchNeo4jJars(findNeo4jTools(process.env), console.log);
  // The full seed, which a long run alone reads into Neo4j, takes longer without the second compiler.
  const javaOptions = project.getProvidedContext().tier === 'long' ? [] : SHORT_LIVED;
  const servers = await Promise.all(Array.from({ length: workers }, () => started(javaOptions)));
  project.provide(
    'neo4js',
    servers.map(({ stop: _, ...server }) => server),
  );
  return async () => {
    await Promise.all(servers.map(({ stop }) => stop()));
  };
}
