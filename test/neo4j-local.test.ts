import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import neo4j from 'neo4j-driver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canStartNeo4j, type LocalNeo4j, startLocalNeo4j } from '../src/neo4j-local.ts';
import { SHORT_LIVED } from './support/own-neo4j.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grappe-neo4j-'));
});
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));

type Credentials = Pick<LocalNeo4j, 'uri' | 'user' | 'password'>;

/** Runs one statement as the driver of a user would. */
async function ask({ uri, user, password }: Credentials, cypher: string): Promise<unknown[]> {
  await using driver = neo4j.driver(uri, neo4j.auth.basic(user, password), { disableLosslessIntegers: true });
  const { records } = await driver.executeQuery(cypher, {}, { database: 'neo4j' });
  return records.map((record) => record.get(0));
}

describe('a machine that cannot run Neo4j', () => {
  it('reports that Java is missing, and the remedy', () => {
    expect(canStartNeo4j({ NEO4J_JAVA: join(folder, 'no-java') })).toEqual({
      available: false,
      reason: expect.stringMatching(/needs Java 17 or newer.*NEO4J_JAVA.*NEO4J_URI/),
    });
  });

  it('reports that Maven is missing when the jars are not there yet', () => {
    const answer = canStartNeo4j({ ...process.env, PATH: '', NEO4J_JARS: join(folder, 'no-jars') });
    expect(answer).toEqual({ available: false, reason: expect.stringMatching(/install (Maven|a JDK).*NEO4J_URI/) });
  });
});

/** Two starts and two stops, on a machine that runs other tests too, or the first download. */
const timeout = 240_000;

describe.skipIf(!process.env.CI && !canStartNeo4j().available)('a local Neo4j', { timeout }, () => {
  const place = (): string => join(folder, 'database');
  const password = 'a-password-of-ours';
  let first: LocalNeo4j;
  beforeAll(async () => {
    first = await startLocalNeo4j({ folder: place(), password, javaOptions: SHORT_LIVED });
    await ask(first, "CREATE (:Stored {name: 'Aerospace Valley'})");
    await first.stop();
  }, timeout);

  it('answers on Bolt, and is gone after stop', async () => {
    await first.stop();
    await first.ended;
    expect(isRunning(first.pid)).toBe(false);
  });

  it('throws the end of its log when it cannot start', async () => {
    const occupant = createServer().listen(0, '127.0.0.1');
    await once(occupant, 'listening');
    const { port } = occupant.address() as AddressInfo;
    await expect(startLocalNeo4j({ folder: place(), port, javaOptions: SHORT_LIVED })).rejects.toMatchObject({
      code: 'FAILED',
      message: expect.stringContaining('Address already in use'),
    });
    occupant.close();
  });

  it.skipIf(process.platform === 'win32')(
    'keeps its data and its password from one start to the next, and shuts down when its parent is killed',
    async () => {
      const script = fileURLToPath(new URL('./support/start-neo4j.ts', import.meta.url));
      const parent = fork(script, [place(), 'another-password', ...SHORT_LIVED], { execArgv: [] });
      const [{ uri, user, pid }] = (await once(parent, 'message')) as [Pick<LocalNeo4j, 'uri' | 'user' | 'pid'>];
      expect(await ask({ uri, user, password }, 'MATCH (stored:Stored) RETURN stored.name')).toEqual([
        'Aerospace Valley',
      ]);
      parent.kill('SIGKILL');
      await expect.poll(() => isRunning(pid), { timeout: 20_000 }).toBe(false);
      expect(await readFile(join(place(), 'logs', 'console.log'), 'utf8')).toContain('Stopped.');
    },
  );
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
