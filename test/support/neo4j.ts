import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startLocalNeo4j } from '../../src/neo4j-local.ts';

/** The Neo4j of this run: its tests have it to themselves, one file after the other, and empty its only database. */
export interface Neo4jUnderTest {
  readonly uri: string;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Which engine this project's tests run on; nothing in the project `unit`. */
    engine: 'grafeo' | 'neo4j';
    /** Only in the project `neo4j`. */
    neo4j: Neo4jUnderTest;
  }
}

/** Provides the Neo4j that NEO4J_URI names, or starts one for this run and stops it at the end. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { NEO4J_URI, NEO4J_USER = 'neo4j', NEO4J_PASSWORD = '', NEO4J_DATABASE = 'neo4j' } = process.env;
  if (NEO4J_URI) {
    project.provide('neo4j', {
      uri: NEO4J_URI,
      user: NEO4J_USER,
      password: NEO4J_PASSWORD,
      database: NEO4J_DATABASE,
    });
    return async () => {};
  }
  const folder = await mkdtemp(join(tmpdir(), 'grappe-neo4j-'));
  const discard = () => rm(folder, { recursive: true, force: true });
  try {
    const server = await startLocalNeo4j({ folder, log: console.log });
    const { uri, user, password } = server;
    project.provide('neo4j', { uri, user, password, database: 'neo4j' });
    return async () => {
      await server.stop();
      await discard();
    };
  } catch (error) {
    await discard();
    throw error;
  }
}
