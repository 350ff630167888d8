import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canStartNeo4j } from '../../src/neo4j-local.ts';
import { ask } from '../support/clients.ts';
import { OwnNeo4j } from '../support/own-neo4j.ts';
import { grappe, ready, type ServerProcess } from '../support/process.ts';
import { noSmallDisk, SmallDisk } from '../support/small-disk.ts';
import { scratchFolder } from '../support/world.ts';

/** Megabytes of the disk: an empty Neo4j takes two. */
const DISK_MB = 48;
/** Kilobytes that are left when it is almost full: some mutations. */
const LEFT_KB = 200;
/** Records at most before the disk must be full. */
const MOST = 2_000;
const PATIENCE = { timeout: 60_000 };

/** Neo4j takes 256 MB of disk in advance for each transaction log, unless set otherwise. */
const SMALL_LOGS = { 'db.tx_log.preallocate': 'false', 'db.tx_log.rotation.size': '1M' };

const CREATE = `mutation ($name: String!) {
  payload: organisationCreate(input: { name: $name, kind: COMPANY, sources: ["source/s"] }) { organisation { id } }
}`;
const NAMES = '{ organisations(first: 200) { totalCount nodes { name } } }';

const readyz = async ({ url }: ServerProcess): Promise<unknown> => (await fetch(`${url}/readyz`)).json();

const isInCi = process.env.CI !== undefined;
const neo4j = canStartNeo4j();
// In CI a missing Neo4j is a failure; a machine that lets nobody mount a small disk cannot run this.
const missing = neo4j.available || isInCi ? noSmallDisk() : neo4j.reason;
if (missing !== null) console.warn(`Not tested: a Neo4j whose disk is full. ${missing}`);

describe.skipIf(missing !== null)('a Neo4j whose disk is full', () => {
  let disk: SmallDisk;
  let database: OwnNeo4j;
  beforeAll(async () => {
    const folder = await scratchFolder();
    await mkdir(join(folder, 'data'));
    disk = new SmallDisk(join(folder, 'data'), DISK_MB);
    database = new OwnNeo4j(folder, SMALL_LOGS);
    await database.start();
  });
  afterAll(async () => {
    await database.stop('SIGKILL');
    disk.unmount();
  });

  it('is reported as such, loses nothing that was acknowledged, and works again with space and a new start', async () => {
    // A Neo4j that was just started plans the first mutations for seconds.
    const patient = { ...database.environment, GRAPPE_REQUEST_TIMEOUT_MS: '60000' };
    const server = await ready(grappe(['serve'], patient));
    const door = async () => server;
    const source = await ask(door, 'mutation { sourceCreate(input: { title: "S" }) { source { id } } }');
    expect(source.data?.sourceCreate?.source?.id, `${source.text}\n${server.said()}`).toBe('source/s');
    await disk.fill(LEFT_KB);
    const acknowledged: string[] = [];
    let rejected: unknown = null;
    let name = '';
    while (rejected === null && acknowledged.length < MOST) {
      name = `Organisation ${acknowledged.length} ${'x'.repeat(200)}`;
      const { code } = await ask(door, CREATE, { name });
      if (code === null) acknowledged.push(name);
      else rejected = code;
    }
    expect(acknowledged.length).toBeGreaterThan(0);
    // Neo4j may have the change in its log: nobody can promise that nothing was written.
    expect(rejected, server.said()).toBe('STORAGE_FAILED');
    expect(server.said()).toMatch(/"code":"STORAGE_FAILED".*The disk of Neo4j is full.*[Nn]o space left on device/);
    expect((await ask(door, CREATE, { name: 'Later' })).code).toBe('STORAGE_FULL');
    expect(server.said()).toMatch(/"code":"STORAGE_FULL".*free some space, then restart Neo4j/);
    expect(await readyz(server)).toEqual({ status: 'not ready', reason: 'STORAGE_FULL' });
    expect(server.said()).not.toContain('unexpected');
    expect(server.said()).not.toMatch(/\n\s+at /);

    await disk.free();
    // A Neo4j that has stopped its database does not always end when it is asked to.
    await database.stop('SIGKILL');
    await database.start();
    await expect.poll(() => readyz(server), PATIENCE).toEqual({ status: 'ready' });
    const found = (await ask(door, NAMES)).data.organisations.nodes.map((node: { name: string }) => node.name);
    // The one of which nobody could say is there or is not; that which came later is not.
    expect(found.filter((each: string) => each !== name).sort()).toEqual([...acknowledged].sort());
    expect((await ask(door, CREATE, { name: 'After' })).code).toBeNull();
    await server.kill();
  });
});
