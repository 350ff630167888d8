import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { GraphEngine } from '../../src/graph/engine.ts';
import { openEngine } from '../../src/graph/open.ts';
import { CurrentSnapshot } from '../../src/snapshot/current.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { restoreSnapshot, saveSnapshot } from '../../src/snapshot/warm-start.ts';
import { SCHEMA_RULES } from '../../src/store/rules.ts';
import { importFolder } from '../../src/transfer/import.ts';
import { edit, SOURCES } from '../editing/editors.ts';
import { fullWorld, storm } from '../editing/storm.ts';
import { type GrappeProcess, grappe, ready } from '../support/process.ts';
import { contents } from '../support/snapshot-contents.ts';
import { amount } from '../support/tier.ts';
import { scratchFolder } from '../support/world.ts';

/** Rounds of random mutations, with a stop after each. */
const STOPS = amount({ usual: 4, long: 30 });

let open: GraphEngine | undefined;
afterEach(() => open?.close());

async function opened(folder: string): Promise<GraphEngine> {
  open = await openEngine({ engine: 'grafeo', folder });
  return open;
}

const fileIn = (folder: string): string => join(folder, 'graph.snapshot');

/** A store with a graph of every type. */
async function filledStore(): Promise<string> {
  const folder = await scratchFolder();
  const engine = await opened(folder);
  await engine.ensureSchema(SCHEMA_RULES);
  await importFolder(engine, await fullWorld().write());
  await engine.close();
  return folder;
}

async function exactOf(current: CurrentSnapshot, engine: GraphEngine): Promise<Snapshot> {
  current.at(await engine.version());
  await current.settled();
  const snapshot = current.at(await engine.version());
  if (snapshot === null) throw new Error('The snapshot does not equal the graph.');
  return snapshot;
}

async function built(engine: GraphEngine): Promise<CurrentSnapshot> {
  const current = new CurrentSnapshot(engine);
  await current.load();
  return current;
}

/** Closes a store as a server does that is stopped. */
async function stop(engine: GraphEngine, current: CurrentSnapshot): Promise<void> {
  const saved = current.saved(await engine.version());
  await engine.close();
  await saveSnapshot(saved!, engine.files!);
}

/** A store that was closed with its snapshot. */
async function stoppedStore(): Promise<string> {
  const folder = await filledStore();
  const engine = await opened(folder);
  await stop(engine, await built(engine));
  return folder;
}

/** Whether the next opening takes the snapshot that is there, without looking at the graph. */
async function isTaken(folder: string): Promise<boolean> {
  const engine = await opened(folder);
  const taken = await restoreSnapshot(new CurrentSnapshot(engine), engine.files!);
  await engine.close();
  return taken;
}

describe('a snapshot that was saved at a stop', () => {
  it('equals one that is built, and follows what is written afterwards, again and again', async () => {
    const folder = await stoppedStore();
    for (let seed = 1; seed <= STOPS; seed++) {
      const engine = await opened(folder);
      const current = new CurrentSnapshot(engine);
      expect(await restoreSnapshot(current, engine.files!)).toBe(true);
      const fresh = await built(engine);
      expect(contents(await exactOf(current, engine))).toEqual(contents(await exactOf(fresh, engine)));
      expect(await storm(engine, seed, 30, 1)).toBeGreaterThan(5);
      await edit({ engine }, 'organisationUpdate', {
        id: 'organisation/o3',
        input: { name: '𝔘 Zoé', sources: SOURCES },
      });
      expect(contents(await exactOf(current, engine))).toEqual(contents(await exactOf(await built(engine), engine)));
      await stop(engine, current);
    }
  });

  it('is not taken, and is deleted, when the graph was written since', async () => {
    const folder = await stoppedStore();
    const engine = await opened(folder);
    await edit({ engine }, 'organisationUpdate', { id: 'organisation/o4', input: { city: 'Foix', sources: SOURCES } });
    await engine.close();
    expect(await isTaken(folder)).toBe(false);
    expect(existsSync(fileIn(folder))).toBe(false);
  });

  it.each([
    ['cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length - 100)],
    ['cut to nothing', (bytes: Buffer) => bytes.subarray(0, 0)],
    ['cut in its header', (bytes: Buffer) => bytes.subarray(0, 60)],
    ['changed by a bit', (bytes: Buffer) => bytes.with(bytes.length >> 1, bytes.at(bytes.length >> 1)! ^ 1)],
    ['of another version of the program', (bytes: Buffer) => bytes.with(20, bytes.at(20)! ^ 1)],
  ])('is not taken, and is deleted, when it is %s', async (_, change) => {
    const folder = await stoppedStore();
    writeFileSync(fileIn(folder), change(readFileSync(fileIn(folder))));
    expect(await isTaken(folder)).toBe(false);
    expect(existsSync(fileIn(folder))).toBe(false);
  });

  it('is not taken where it does not fit the budget', async () => {
    const engine = await opened(await stoppedStore());
    const small = new CurrentSnapshot(engine, { maxBytes: 100 });
    expect(await restoreSnapshot(small, engine.files!)).toBe(false);
    expect(small.version).toBeNull();
  });
});

interface Answer {
  readonly data: { readonly organisations: { readonly totalCount: number } };
  readonly extensions: { readonly plan: unknown };
}

describe('a server', () => {
  const COUNT = '{ organisations(first: 1) { nodes { id } totalCount } }';

  /** How many organisations a server counts, once it answers from its snapshot. */
  async function counted(server: GrappeProcess): Promise<number> {
    const { url } = await ready(server);
    return vi.waitFor(async () => {
      const answer = await fetch(`${url}/graphql?query=${encodeURIComponent(COUNT)}`);
      const { data, extensions } = (await answer.json()) as Answer;
      expect(JSON.stringify(extensions.plan)).toContain('"by":"snapshot"');
      return data.organisations.totalCount;
    }, 20_000);
  }

  it('saves its snapshot when it is stopped; one that is killed leaves none that the next would take', async () => {
    const folder = await filledStore();
    const environment = { GRAPPE_DATA: folder, GRAPPE_CACHE_MB: '0' };
    const first = grappe(['serve'], environment);
    const organisations = await counted(first);
    expect(existsSync(fileIn(folder))).toBe(false);
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    expect(existsSync(fileIn(folder))).toBe(true);
    const second = grappe(['serve'], environment);
    expect(await counted(second)).toBe(organisations);
    const { url, token } = await ready(second);
    const create = `mutation { organisationCreate(input: { name: "Neu", kind: COMPANY, sources: ["source/fixture"] }) { organisation { id } problems { message } } }`;
    const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` };
    const created = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query: create }) });
    expect(await created.json()).toMatchObject({ data: { organisationCreate: { problems: [] } } });
    await second.kill();
    const third = grappe(['serve'], environment);
    expect(await counted(third)).toBe(organisations + 1);
    await third.kill();
  });
});
