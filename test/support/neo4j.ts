import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import type { EngineSettings } from '../../src/graph/open.ts';
import { startLocalNeo4j } from '../../src/neo4j-local.ts';
import { WORKERS } from '../suites.ts';

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
 * Neo4j plans a statement again when the graph has grown or shrunk by three quarters, as it does with each test; planning
 * is most of what a test waits for. Plans of a graph of ten nodes serve one of a thousand as well.
 */
const PLANS = {
  'dbms.cypher.statistics_divergence_threshold': '0.99',
  'server.memory.query_cache.per_db_cache_num_entries': '5000',
};

/** Starts a Neo4j for this run; `stop` ends it and discards its data. */
async function started(): Promise<Neo4jUnderTest & { stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'grappe-neo4j-'));
  const discard = () => rm(folder, { recursive: true, force: true });
  try {
    const { uri, user, password, stop } = await startLocalNeo4j({ folder, settings: PLANS, log: console.log });
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
  // The first one fetches the artefacts, and makes the archive of classes, which the others then use.
  const servers = [await started()];
  servers.push(...(await Promise.all(Array.from({ length: workers - 1 }, started))));
  project.provide(
    'neo4js',
    servers.map(({ stop: _, ...server }) => server),
  );
  return async () => {
    await Promise.all(servers.map(({ stop }) => stop()));
  };
}
