import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, inject } from 'vitest';
import { neo4jUnderTest } from './neo4j-under-test.ts';
import { killGrappes } from './process.ts';

/**
 * Runs before each test file, in its process: whatever reads its configuration from the environment finds the engine of
 * this project and a data folder of this file's own, never the developer's.
 */
const folder = mkdtempSync(join(tmpdir(), 'grappe-test-'));
process.env.GRAPPE_DATA = folder;
// As a process begins with it: in one that several files share, an earlier one may have opened a store.
process.umask(0o022);
afterAll(async () => {
  await killGrappes();
  rmSync(folder, { recursive: true, force: true });
});

const NEO4J_VARIABLES = ['NEO4J_URI', 'NEO4J_USER', 'NEO4J_PASSWORD', 'NEO4J_PASSWORD_FILE', 'NEO4J_DATABASE'] as const;
for (const name of NEO4J_VARIABLES) delete process.env[name];
if (inject('engine') === 'neo4j') {
  const { uri, user, password, database } = neo4jUnderTest();
  process.env.NEO4J_URI = uri;
  process.env.NEO4J_USER = user;
  process.env.NEO4J_PASSWORD = password;
  process.env.NEO4J_DATABASE = database;
}
