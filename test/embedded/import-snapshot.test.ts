import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { GraphEngine } from '../../src/graph/engine.ts';
import { openEngine } from '../../src/graph/open.ts';
import { CurrentSnapshot } from '../../src/snapshot/current.ts';
import { closeKeepingSnapshot, restoreSnapshot } from '../../src/snapshot/warm-start.ts';
import { fullWorld } from '../editing/storm.ts';
import { type GrappeProcess, grappe, ready } from '../support/process.ts';
import { contents } from '../support/snapshot-contents.ts';
import { scratchFolder, World } from '../support/world.ts';

const fileIn = (store: string): string => join(store, 'graph.snapshot');

function command(words: readonly string[], store: string, more: Readonly<Record<string, string>> = {}): GrappeProcess {
  return grappe(words, { GRAPPE_DATA: store, ...more });
}

/** Runs a command on a store to its end, and returns what it said. */
async function done(words: readonly string[], store: string, more?: Readonly<Record<string, string>>): Promise<string> {
  const process = command(words, store, more);
  expect(await process.ended, process.said()).toBe(0);
  return process.said();
}

const imported = async (world: World, store: string, ...flags: string[]): Promise<string> =>
  done(['import', await world.write(), ...flags], store);

async function opened<Result>(store: string, work: (engine: GraphEngine) => Promise<Result>): Promise<Result> {
  const engine = await openEngine({ engine: 'grafeo', folder: store });
  try {
    return await work(engine);
  } finally {
    await closeKeepingSnapshot(engine);
  }
}

/** Whether the next opening takes the snapshot that is there; one that it takes must say what one says that is built. */
function isTaken(store: string): Promise<boolean> {
  return opened(store, async (engine) => {
    const [taken, built] = [new CurrentSnapshot(engine), new CurrentSnapshot(engine)];
    if (!(await restoreSnapshot(taken, engine.files!))) return false;
    await built.load();
    const version = await engine.version();
    expect(taken.figures.loads).toBe(0);
    expect(contents(taken.at(version)!)).toEqual(contents(built.at(version)!));
    return true;
  });
}

/** Bytes in the log of writes, which an open store has. */
function logBytes(store: string): number {
  const folder = join(store, 'graph.grafeo.wal');
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}

function manyOrganisations(count: number): World {
  const world = new World();
  for (let place = 0; place < count; place++) world.organisation(`Many ${place}`, { id: `organisation/many-${place}` });
  return world;
}

describe('an import into an embedded store', () => {
  it('leaves the snapshot of the graph for the next start, and the next imports theirs', async () => {
    const store = await scratchFolder();
    await imported(fullWorld(), store);
    expect(await isTaken(store)).toBe(true);
    const changed = new World().organisation('Org 9, renamed', { id: 'organisation/o9' });
    expect(await imported(changed.organisation('New', { id: 'organisation/new' }), store)).toContain('1 updated');
    expect(await isTaken(store)).toBe(true);
  });

  it('is followed by a server that answers from memory without reading the graph', async () => {
    const store = await scratchFolder();
    await imported(fullWorld(), store);
    const server = command(['serve'], store, { GRAPPE_CACHE_MB: '0' });
    const { url } = await ready(server);
    const question = encodeURIComponent('{ organisations(first: 1) { totalCount } }');
    await vi.waitFor(async () => {
      const answer = await (await fetch(`${url}/graphql?query=${question}`)).text();
      expect(answer).toContain('"by":"snapshot"');
    }, 20_000);
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toContain('grappe_snapshot_state{state="ready"} 1');
    expect(metrics).toContain('grappe_snapshot_loads_total 0');
    await server.kill();
  });

  it('leaves a snapshot that a copy of the folder starts with, if the copy keeps the times of the files', async () => {
    const [store, folder] = [await scratchFolder(), await scratchFolder()];
    await imported(fullWorld(), store);
    const [exact, later] = [join(folder, 'exact'), join(folder, 'later')];
    cpSync(store, exact, { recursive: true, preserveTimestamps: true });
    cpSync(store, later, { recursive: true });
    expect(await isTaken(exact)).toBe(true);
    expect(await isTaken(later)).toBe(false);
  });

  it('leaves what was saved as it is where it changes nothing', async () => {
    const store = await scratchFolder();
    await imported(fullWorld(), store);
    expect(await imported(fullWorld(), store)).toContain('Nothing was changed');
    expect(await isTaken(store)).toBe(true);
    expect(await imported(manyOrganisations(10), store, '--dry-run')).toContain('10 to create');
    expect(await isTaken(store)).toBe(true);
  });

  it('leaves no snapshot that does not fit into the memory it may take', async () => {
    const store = await scratchFolder();
    await done(['import', await fullWorld().write()], store, { GRAPPE_SNAPSHOT_MB: '0' });
    expect(existsSync(fileIn(store))).toBe(false);
  });

  it('leaves none that would be taken when it is stopped', async () => {
    const store = await scratchFolder();
    await imported(fullWorld(), store);
    const importing = command(['import', await manyOrganisations(10_000).write()], store);
    await vi.waitFor(() => expect(logBytes(store)).toBeGreaterThan(300_000), { timeout: 20_000, interval: 5 });
    importing.child.kill('SIGTERM');
    expect(await importing.ended).toBe(1);
    expect(importing.said()).toContain('Stopped.');
    expect(await isTaken(store)).toBe(false);
  });

  it('succeeds where the snapshot cannot be saved, and says so', async () => {
    const store = await scratchFolder();
    mkdirSync(`${fileIn(store)}.new`);
    expect(await imported(fullWorld(), store)).toMatch(/The next start reads the graph again.*EISDIR/);
    expect(await isTaken(store)).toBe(false);
  });

  it('leaves a whole graph when it is killed while it saves the snapshot', async () => {
    const store = await scratchFolder();
    await imported(fullWorld(), store);
    // To write into a pipe, it waits for a reader.
    const pipe = `${fileIn(store)}.new`;
    execFileSync('mkfifo', [pipe]);
    const importing = command(['import', await manyOrganisations(10).write()], store);
    await vi.waitFor(() => expect(existsSync(join(store, 'graph.grafeo.wal'))).toBe(false), 20_000);
    await vi.waitFor(() => expect(importing.said()).toContain('created'), 20_000);
    await importing.kill();
    rmSync(pipe);
    expect(await isTaken(store)).toBe(false);
    const [row] = await opened(store, (engine) =>
      engine.read({ name: 'count', text: 'MATCH (o:Organisation) RETURN count(o) AS count' }),
    );
    expect(row).toEqual({ count: 22 });
    expect(await imported(manyOrganisations(10), store)).toContain('Nothing was changed');
    expect(await isTaken(store)).toBe(true);
  });
});

it('fills a store with the seed, and brings it to the present one, with its snapshot', async () => {
  const store = await scratchFolder();
  await done(['seed'], store, { GRAPPE_SEED: 'curated' });
  expect(existsSync(fileIn(store))).toBe(true);
  const { ino } = statSync(fileIn(store));
  expect(await done(['seed'], store, { GRAPPE_SEED: 'curated' })).toContain('nothing was changed');
  // What was saved is not written again.
  expect(statSync(fileIn(store)).ino).toBe(ino);
  expect(await isTaken(store)).toBe(true);
  await done(['seed', '--update'], store, { GRAPPE_SEED: 'curated' });
  expect(await isTaken(store)).toBe(true);
});

it('makes a backup where the file of the snapshot cannot be read or written', async () => {
  const store = await scratchFolder();
  await imported(fullWorld(), store);
  rmSync(fileIn(store));
  mkdirSync(fileIn(store));
  await done(['backup', join(await scratchFolder(), 'graph.backup')], store);
});

it('restores a backup with its snapshot', async () => {
  const [store, restored] = [await scratchFolder(), await scratchFolder()];
  await imported(fullWorld(), store);
  const file = join(await scratchFolder(), 'graph.backup');
  await done(['backup', file], store);
  expect(await isTaken(store)).toBe(true);
  await done(['restore', file], restored);
  expect(await isTaken(restored)).toBe(true);
});
