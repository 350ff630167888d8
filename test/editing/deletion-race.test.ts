import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyGraph } from '../../src/editing/verify.ts';
import { newToken, singleToken } from '../../src/server/auth/tokens.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { type LiveServer, liveServer } from '../support/live.ts';
import { randomness } from '../support/randomness.ts';
import { amount } from '../support/tier.ts';
import { World } from '../support/world.ts';

/** Often enough for the deletion to fall into every part of a write. */
const ROUNDS = amount({ usual: 24, neo4j: 8, long: 100 });
const random = randomness(24);
const token = newToken();

let graph: TestGraph;
let server: LiveServer;
beforeAll(async () => {
  graph = await emptyGraph();
  await graph.fill(new World().organisation('A', { id: 'organisation/a' }).organisation('B', { id: 'organisation/b' }));
  server = await liveServer(graph.engine, { tokens: singleToken(token, { name: 'Adèle', role: 'ADMIN' }) });
});
afterAll(async () => {
  await server?.close();
  await graph?.[Symbol.asyncDispose]();
});

/** Makes a mutation, given as its field and arguments, and gives the codes of its problems: empty when it was done. */
async function codesOf(field: string): Promise<string[]> {
  const { data, text } = await server.ask(`mutation { payload: ${field} { problems { code } } }`, { token });
  expect(data?.payload, text).toBeTruthy();
  return data.payload.problems.map(({ code }: { code: string }) => code);
}

/** Facts of every kind that rest on a source alone. */
const facts = (source: string, round: number): string[] => [
  `organisationCreate(input: { name: "New ${round}", kind: COMPANY, sources: ["${source}"] })`,
  `organisationUpdate(id: "organisation/a", input: { city: "Dax ${round}", sources: ["${source}"] })`,
  `partnershipStart(input: { from: "organisation/a", to: "organisation/b", kind: OTHER, since: "${1990 + round}", until: "${1990 + round}", sources: ["${source}"] })`,
  `claimRecord(input: { about: "organisation/b", field: "city", value: "${round}", sources: ["${source}"] })`,
];

describe('a source that is deleted while facts are recorded that name it', () => {
  it('stays, or they get the problem that it is gone', async () => {
    const outcomes = new Set<string>();
    for (let round = 0; round < ROUNDS; round++) {
      expect(await codesOf(`sourceCreate(input: { title: "Fixture ${round}" })`)).toEqual([]);
      const source = `source/fixture-${round}`;
      const soon = async (field: string): Promise<string[]> => {
        await pause(random() * 60);
        return codesOf(field);
      };
      const write = (): Promise<string[][]> => Promise.all(facts(source, round).map(soon));
      const remove = (): Promise<string[]> => soon(`nodeDelete(id: "${source}")`);
      // Each outcome once for sure, the others as it happens.
      const before = round === 0 ? await remove() : null;
      const first = round === 1 ? await write() : null;
      const [codes, deleted] = await Promise.all([first ?? write(), before ?? remove()]);
      const { data } = await server.ask(`{ node(id: "${source}") { id } }`, { token });
      expect(data.node === null).toBe(deleted.length === 0);
      for (const each of codes) expect(each).toEqual(deleted.length === 0 ? ['NOT_FOUND'] : expect.anything());
      outcomes.add(deleted.join());
    }
    expect(await verifyGraph(graph.engine)).toEqual([]);
    expect([...outcomes].sort()).toEqual(['', 'IN_USE']);
  });

  it('stays, or the rows of an import that name it are rejected', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const source = `source/import-${round}`;
      await graph.fill(new World().source(source));
      const world = new World();
      for (let place = 0; place < 20; place++) {
        world.organisation(`Imported ${round} ${place}`, { sources: [source] });
      }
      const imported = graph.import(world);
      await pause(random() * 60);
      const deleted = await codesOf(`nodeDelete(id: "${source}")`);
      const { rejections, created } = await imported;
      expect([deleted, rejections.length, created]).toEqual(deleted.length === 0 ? [[], 20, 0] : [['IN_USE'], 0, 20]);
    }
    expect(await verifyGraph(graph.engine)).toEqual([]);
  });
});
