import { inject } from 'vitest';
import type { Neo4jUnderTest } from './neo4j.ts';

/** The Neo4j of this worker, which its files have to themselves, one after the other; only in the project `neo4j`. */
export function neo4jUnderTest(): Neo4jUnderTest {
  const servers = inject('neo4js');
  // Vitest numbers the workers of a run from 1 on.
  return servers[(Number(process.env.VITEST_POOL_ID ?? 1) - 1) % servers.length]!;
}
