import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { exportFolder } from '../../src/transfer/export.ts';
import { FILES } from '../../src/transfer/files.ts';
import { embeddedGraph, emptyGraph, engineUnderTest, type TestGraph } from '../support/graph.ts';
import { amount } from '../support/tier.ts';
import { scratchFolder } from '../support/world.ts';
import { dump, invertedIn } from './dump.ts';
import { done } from './editors.ts';
import { fullWorld, storm } from './storm.ts';

/** Seeds of random mutations. */
const SEEDS = Array.from({ length: amount({ usual: 3, neo4j: 1, long: 20 }) }, (_, index) => 11 + index);

async function exported(graph: TestGraph): Promise<string> {
  const folder = await scratchFolder();
  const { isOfOneMoment, rows } = await exportFolder(graph.engine, folder);
  expect(isOfOneMoment).toBe(true);
  expect(rows).toBeGreaterThan(0);
  return folder;
}

async function textsOf(folder: string): Promise<Record<string, string>> {
  const files = (await readdir(folder)).sort();
  return Object.fromEntries(
    await Promise.all(files.map(async (file) => [file, await readFile(join(folder, file), 'utf8')])),
  );
}

async function expectSame(a: TestGraph, b: TestGraph): Promise<void> {
  expect(await dump(b.engine)).toEqual(await dump(a.engine));
}

/** Two empty graphs: of the engine under test, and of the embedded one. */
const pairOfEngines = async () => [await emptyGraph(), await embeddedGraph()] as const;

describe('an export', () => {
  it('writes every file of the import, and nothing else', async () => {
    await using graph = await emptyGraph();
    await graph.fill(fullWorld());
    expect(await readdir(await exported(graph))).toEqual(FILES.map(({ file }) => file).sort());
  });

  it.each(['there', 'back'] as const)('gives an equal graph in the other engine, %s', async (way) => {
    const [first, second] = await pairOfEngines();
    await using a = way === 'there' ? first : second;
    await using b = way === 'there' ? second : first;
    await a.fill(fullWorld());
    await storm(a.engine, 7, 80, 1);
    await done(a, 'organisationMerge', { id: 'organisation/o1', others: ['organisation/o7'] });
    await done(a, 'organisationMerge', { id: 'organisation/o2', others: ['organisation/o1'] });
    const folder = await exported(a);
    const { rejections } = await b.import(folder);
    expect(rejections).toEqual([]);
    await expectSame(a, b);
    expect(await textsOf(await exported(b))).toEqual(await textsOf(folder));
    // What is there already is not written again.
    const again = await b.import(folder);
    expect(again).toMatchObject({ created: 0, updated: 0, deleted: 0, rejected: 0 });
  });

  it.each(SEEDS)(
    'gives an equal graph after random mutations, in which nothing ends before it begins, %i',
    async (seed) => {
      await using a = await emptyGraph();
      await using b = await embeddedGraph();
      await a.fill(fullWorld());
      expect(await storm(a.engine, seed, 150, 1)).toBeGreaterThan(40);
      expect(await invertedIn(a.engine)).toEqual([]);
      const { rejections } = await b.import(await exported(a));
      expect(rejections).toEqual([]);
      await expectSame(a, b);
    },
  );

  it.runIf(engineUnderTest === 'grafeo')('of the curated seed gives an equal graph', async () => {
    await using a = await embeddedGraph();
    await using b = await embeddedGraph();
    const { rows } = await a.import(fileURLToPath(new URL('../../seed/data/curated', import.meta.url)));
    expect(rows).toBeGreaterThan(1_000);
    const folder = await exported(a);
    expect((await b.import(folder)).rejections).toEqual([]);
    await expectSame(a, b);
    expect(await textsOf(await exported(b))).toEqual(await textsOf(folder));
  });

  it('leaves no half export behind when it is called off', async () => {
    await using graph = await emptyGraph();
    await graph.fill(fullWorld());
    const folder = await scratchFolder();
    const stop = new AbortController();
    const running = exportFolder(graph.engine, folder, {
      signal: stop.signal,
      onProgress: ({ file }) => {
        if (file === 'networks.csv') stop.abort();
      },
    });
    await expect(running).rejects.toThrow();
    expect(await readdir(folder)).toEqual([]);
  });
});
