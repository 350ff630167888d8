import { execFileSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { grappe, listening, type ServerProcess } from '../support/process.ts';
import { scratchFolder, World } from '../support/world.ts';

/** Kilobytes of a file before the disk is full: enough for a store, not for many records. */
const FULL_KB = 120;
const PATIENCE = { timeout: 60_000 };
/** Records at most before the disk must be full. */
const MOST = 2_000;

const CREATE = `mutation ($name: String!) {
  organisationCreate(input: { name: $name, kind: COMPANY, sources: ["source/s"] }) {
    organisation { id }
    problems { message }
  }
}`;
const SOURCE = 'mutation { sourceCreate(input: { title: "S" }) { source { id } } }';
const COUNT = '{ organisations(first: 1) { totalCount } }';

// biome-ignore lint/suspicious/noExplicitAny: a test names the fields that it selected
async function ask({ url, token }: ServerProcess, query: string, variables: object = {}): Promise<any> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
}

const readyz = async ({ url }: ServerProcess): Promise<unknown> => (await fetch(`${url}/readyz`)).json();

/** Raises the limit of a process that runs, as somebody frees space. */
function freeSpace({ child }: ServerProcess): void {
  execFileSync('prlimit', ['--pid', String(child.pid), '--fsize=unlimited:unlimited']);
}

/** Records organisations until one fails; resolves to their number and the error. */
async function fillDisk(server: ServerProcess): Promise<{ recorded: number; rejected: unknown }> {
  expect(await ask(server, SOURCE)).toMatchObject({ data: { sourceCreate: { source: { id: 'source/s' } } } });
  for (let recorded = 0; recorded < MOST; recorded++) {
    const answer = await ask(server, CREATE, { name: `Organisation ${recorded} ${'x'.repeat(400)}` });
    if (answer.errors) return { recorded, rejected: answer };
  }
  throw new Error('The disk is never full.');
}

describe('a server whose disk is full', () => {
  it('says so, answers what can be read, and goes on without loss when there is space', async () => {
    const environment = { GRAPPE_DATA: await scratchFolder(), LOG_LEVEL: 'warn' };
    const server = (await listening(grappe(['serve'], environment, { fileKb: FULL_KB })))!;
    await expect.poll(() => readyz(server), PATIENCE).toEqual({ status: 'ready' });
    const { recorded, rejected } = await fillDisk(server);
    expect(recorded).toBeGreaterThan(10);
    expect(rejected).toMatchObject({ errors: [{ extensions: { code: 'STORAGE_FULL' } }] });
    expect(await readyz(server)).toEqual({ status: 'not ready', reason: 'STORAGE_FULL' });
    // The cause, and not what came of it.
    expect(server.said()).toMatch(/"code":"STORAGE_FULL"/);
    expect(server.said()).toMatch(/GRAFEO-T009.*File too large/);
    expect(server.said()).not.toMatch(/No active transaction|unexpected error/);
    expect(await ask(server, COUNT)).toMatchObject({ data: { organisations: { totalCount: recorded } } });

    freeSpace(server);
    await expect.poll(() => readyz(server), PATIENCE).toEqual({ status: 'ready' });
    expect(await ask(server, CREATE, { name: 'After' })).toMatchObject({
      data: { organisationCreate: { problems: [] } },
    });
    const whole = { data: { organisations: { totalCount: recorded + 1 } } };
    expect(await ask(server, COUNT)).toMatchObject(whole);
    await server.kill();
    const again = (await listening(grappe(['serve'], environment)))!;
    await expect.poll(() => readyz(again), PATIENCE).toEqual({ status: 'ready' });
    expect(await ask(again, COUNT)).toMatchObject(whole);
    await again.kill();
  });

  it('loses nothing when it is stopped then', async () => {
    const environment = { GRAPPE_DATA: await scratchFolder(), LOG_LEVEL: 'warn' };
    const server = (await listening(grappe(['serve'], environment, { fileKb: FULL_KB })))!;
    await expect.poll(() => readyz(server), PATIENCE).toEqual({ status: 'ready' });
    const { recorded } = await fillDisk(server);
    server.child.kill('SIGTERM');
    await server.ended;
    expect(server.said()).toContain('nothing is lost');
    expect(server.said()).not.toMatch(/^\s+at /m);
    const again = (await listening(grappe(['serve'], environment)))!;
    await expect.poll(() => readyz(again), PATIENCE).toEqual({ status: 'ready' });
    expect(await ask(again, COUNT)).toMatchObject({ data: { organisations: { totalCount: recorded } } });
    await again.kill();
  });

  it('waits with its first seed, and goes on by itself', async () => {
    const environment = { GRAPPE_DATA: await scratchFolder(), GRAPPE_SEED: 'curated', LOG_LEVEL: 'warn' };
    const server = (await listening(grappe(['serve'], environment, { fileKb: FULL_KB })))!;
    const notReady = { status: 'not ready', reason: 'STORAGE_FULL' };
    await expect.poll(() => readyz(server), PATIENCE).toMatchObject(notReady);
    await pause(1_500);
    // While it tries again it says SEEDING.
    await expect.poll(() => readyz(server), PATIENCE).toMatchObject(notReady);
    expect(server.said()).toContain('the graph cannot be made ready yet');
    freeSpace(server);
    // The rest of the seed, communes for the most part, is loaded to its end elsewhere (cli/serve.test.ts).
    const poles = async (): Promise<number> => (await ask(server, '{ poles { totalCount } }')).data.poles.totalCount;
    await expect.poll(poles, PATIENCE).toBeGreaterThan(90);
    await server.kill();
  });
});

describe('a command whose disk is full', () => {
  it('says so without a stack', async () => {
    const environment = { GRAPPE_DATA: await scratchFolder(), GRAPPE_SEED: 'curated' };
    const seeding = grappe(['seed'], environment, { fileKb: FULL_KB });
    expect(await seeding.ended).toBe(1);
    expect(seeding.said()).toMatch(/The disk of .* is full: free some space/);
    expect(seeding.said()).not.toMatch(/^\s+at /m);
    const world = new World();
    for (let number = 0; number < 500; number++) world.source(`source/${number}`);
    expect(await grappe(['import', await world.write()], environment).ended).toBe(0);
    const exporting = grappe(['export', `${environment.GRAPPE_DATA}/out`], environment, { fileKb: 8 });
    expect(await exporting.ended).toBe(1);
    expect(exporting.said()).toMatch(/out\/\S+ is larger than a file may be: raise the limit/);
    expect(exporting.said()).not.toMatch(/^\s+at /m);
  });
});
