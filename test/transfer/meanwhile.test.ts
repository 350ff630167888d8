import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rebuildDerived } from '../../src/editing/rebuild.ts';
import { verifyGraph } from '../../src/editing/verify.ts';
import { newToken, singleToken } from '../../src/server/auth/tokens.ts';
import { dumpOf } from '../support/dump.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { type LiveServer, liveServer } from '../support/live.ts';
import { FIXTURE_SOURCE, World } from '../support/world.ts';

/** Participants of one project; their 780 partnerships are written in two transactions. */
const PARTICIPANTS = 40;
const IN_STEPS = { pairsAtOnce: 400 };
const token = newToken();
const sources = [FIXTURE_SOURCE];

let graph: TestGraph;
let server: LiveServer;
beforeEach(async () => {
  graph = await emptyGraph();
  const tokens = singleToken(token, { name: 'Adèle', role: 'ADMIN' });
  // They wait for the import's locks, on a machine that may be busy.
  server = await liveServer(graph.engine, { tokens, limits: { timeMs: 120_000 } });
});
afterEach(async () => {
  await server?.close();
  await graph?.[Symbol.asyncDispose]();
});

const org = (place: number): string => `organisation/${place}`;

function largeProject(): World {
  const world = new World().project('project/large', { start: '2010', end: '2014' }).project('project/pair');
  for (let place = 0; place < PARTICIPANTS + 2; place++)
    world.organisation(`Organisation ${place}`, { id: org(place) });
  for (let place = 0; place < PARTICIPANTS; place++) world.takesPart(org(place), 'project/large');
  return world.takesPart(org(0), 'project/pair').takesPart(org(1), 'project/pair');
}

/** Makes a mutation, given as its field and arguments, that must succeed. */
async function mutate(field: string): Promise<void> {
  const { data, text } = await server.ask(`mutation { payload: ${field} { problems { message } } }`, { token });
  expect(data?.payload?.problems, text).toEqual([]);
}

async function participationOf(participant: string, project: string): Promise<string> {
  const found = Object.entries((await dumpOf(graph.engine)).edges).find(
    ([, edge]) => edge.type === 'PARTICIPATES_IN' && edge.from === participant && edge.to === project,
  );
  return found![0];
}

/** What may happen to a project and to those who take part in it: some of them are in its last pairs. */
const changes: readonly (() => Promise<void>)[] = [
  async () => mutate(`participationRemove(id: "${await participationOf(org(36), 'project/large')}")`),
  async () => mutate(`participationRemove(id: "${await participationOf(org(0), 'project/pair')}")`),
  async () =>
    mutate(
      `participationAdd(input: { project: "project/large", participant: "${org(PARTICIPANTS)}", role: PARTNER, sources: ${JSON.stringify(sources)} })`,
    ),
  async () => mutate('projectUpdate(id: "project/large", input: { end: "2016", participantCount: 200 })'),
  async () => mutate(`organisationMerge(id: "${org(35)}", others: ["${org(34)}"])`),
  async () => mutate(`nodeDelete(id: "${org(33)}", cascade: true)`),
];

async function expectDerived(): Promise<void> {
  expect(await verifyGraph(graph.engine)).toEqual([]);
  const before = await dumpOf(graph.engine);
  await rebuildDerived(graph.engine);
  expect(await dumpOf(graph.engine)).toEqual(before);
}

describe('a mutation while an import derives partnerships', () => {
  it.each([
    ['the pairs are read', 0],
    ['the first transaction', 1],
    ['the second transaction', 2],
  ])('leaves what a rebuild would make, begun before %s', async (_, turn) => {
    const begun: Promise<void>[] = [];
    let turns = 0;
    const { rejections } = await graph.import(largeProject(), {
      ...IN_STEPS,
      onProgress: ({ file }) => {
        if (!file.startsWith('partnerships') || turns++ !== turn) return;
        for (const change of changes) begun.push(change());
      },
    });
    await Promise.all(begun);
    expect(rejections).toEqual([]);
    expect(begun.length).toBe(changes.length);
    await expectDerived();
    const { data } = await server.ask(`{ organisation(by: { id: "${org(36)}" }) { partners { totalCount } } }`);
    expect(data.organisation.partners.totalCount).toBe(0);
  });

  it('leaves it also when the import is stopped before its end, and another goes on', async () => {
    const stopped = new Error('stopped by the fixture');
    const begun: Promise<void>[] = [];
    let turns = 0;
    const importing = graph.import(largeProject(), {
      ...IN_STEPS,
      onProgress: ({ file }) => {
        if (!file.startsWith('partnerships')) return;
        if (turns === 0) for (const change of changes) begun.push(change());
        if (turns++ === 2) throw stopped;
      },
    });
    await expect(importing).rejects.toBe(stopped);
    await Promise.all(begun);
    await graph.fill(new World());
    await expectDerived();
  });

  it('does not hide what a second import marks', async () => {
    const second = new World()
      .takesPart(org(PARTICIPANTS), 'project/large')
      .takesPart(org(PARTICIPANTS + 1), 'project/pair');
    const begun: Promise<unknown>[] = [];
    let turns = 0;
    await graph.import(largeProject(), {
      ...IN_STEPS,
      onProgress: ({ file }) => {
        if (file.startsWith('partnerships') && turns++ === 0) begun.push(graph.import(second));
      },
    });
    await Promise.all(begun);
    await expectDerived();
    const { data } = await server.ask(
      `{ organisation(by: { id: "${org(PARTICIPANTS)}" }) { partners { totalCount } } }`,
    );
    expect(data.organisation.partners.totalCount).toBe(PARTICIPANTS);
  });
});
