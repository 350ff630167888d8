import { expect, it } from 'vitest';
import { newestSequence } from '../../src/changes/log.ts';
import { verifyGraph } from '../../src/editing/verify.ts';
import { importFolder } from '../../src/transfer/import.ts';
import { done } from '../editing/editors.ts';
import { type Dump, dumpOf } from '../support/dump.ts';
import { emptyGraph } from '../support/graph.ts';
import { World } from '../support/world.ts';

/** More rows of a file than one batch has. */
const MANY = 2_050;
const SIRENS = ['732829320', '552100554'];
const org = (place: number): string => `organisation/fixture-${place}`;

/** Rows that say the same as rows of an earlier batch, change them, or contradict them. */
function repeating(): World {
  const world = new World()
    .territory('territory/a')
    .territory('territory/b', { since: '2000' })
    .part('territory/a', 'territory/b')
    .topic('topic/sector')
    .pole('Pole X', { since: '2005', until: '2012', territory: 'territory/a' })
    .project('project/p', { start: '2010' })
    .project('project/q', { start: '2011' });
  for (let place = 0; place < MANY; place++) {
    world.organisation(`Fixture ${place}`, { id: org(place), siren: SIRENS[place] ?? null });
    world.member(org(place), 'Pole X', { since: '2006', until: '2008' });
    world.partners(org(place), org((place + 1) % MANY));
    world.takesPart(org(place % 40), place % 2 === 0 ? 'project/p' : 'project/q');
  }
  return world
    .organisation('Fixture 0, renamed', { id: org(0), siren: SIRENS[0]!, topics: ['topic/sector'], city: 'Toulouse' })
    .organisation('Twin', { id: 'organisation/twin', siren: SIRENS[1]! })
    .organisation('Pole X', { id: 'pole/pole-x' })
    .member(org(1), 'Pole X', { since: '2007', until: '2009' })
    .member(org(2), 'Pole X', { since: '2006', until: '2010' })
    .member(org(3), 'Pole X', { since: '2015' })
    .partners(org(8), org(7), { since: '2010' })
    .partners(org(5), org(6))
    .partners(org(5), org(6), { kind: 'TRAINING', label: 'another' })
    .partners(org(5), 'organisation/nobody')
    .takesPart(org(0), 'project/p', { role: 'COORDINATOR' })
    .claim(org(0), 'city', 'Paris', { preferred: true })
    .claim(org(0), 'city', 'Toulouse')
    .part('territory/b', 'territory/a');
}

const withoutEarlier = ({ nodes, edges }: Dump): Dump => {
  const { 'source/earlier': _, ...others } = nodes;
  return { nodes: others, edges };
};

it('gives an empty store what a store gets that is read before each batch, and rejects the same rows', async () => {
  const folder = await repeating().write();
  let reread: { dump: Dump; rejections: unknown; created: number };
  {
    await using graph = await emptyGraph();
    // With this the store is not empty when the import begins.
    await graph.fill(new World().source('source/earlier'));
    const { rejections, created } = await graph.import(folder);
    reread = { dump: withoutEarlier(await dumpOf(graph.engine)), rejections, created };
  }
  await using graph = await emptyGraph();
  const { rejections, created, updated } = await graph.import(folder);
  expect(rejections).toEqual(reread.rejections);
  expect(new Set(rejections.map(({ file }) => file))).toEqual(
    new Set(['organisations.csv', 'memberships.csv', 'partnerships.csv', 'claims.csv', 'territory_parts.csv']),
  );
  // Its one source was there before in the other store.
  expect([created, updated > 0]).toEqual([reread.created + 1, true]);
  expect(await dumpOf(graph.engine)).toEqual(reread.dump);
  expect(await verifyGraph(graph.engine)).toEqual([]);
});

it('sees what others change between its batches', async () => {
  await using graph = await emptyGraph();
  const world = new World().pole('Pole X').topic('topic/sector');
  for (let place = 0; place < MANY; place++) world.organisation(`Fixture ${place}`, { id: org(place) });
  world
    .member(org(0), 'Pole X')
    .partners(org(1), org(2))
    .organisation('Fixture 3', { id: org(3), city: 'Toulouse' });
  const sources = ['source/fixture'];
  const changes: Promise<string>[] = [];
  // The import goes on when all has been changed: what it decided ahead was decided before that.
  const { engine } = graph;
  const waiting = {
    ...engine,
    write: (async (work, options) => {
      await Promise.all(changes);
      return engine.write(work, options);
    }) as typeof engine.write,
  };
  const { rejected } = await importFolder(waiting, await world.write(), {
    onProgress: ({ file }) => {
      if (file !== 'organisations.csv' || changes.length > 0) return;
      changes.push(
        done(graph, 'membershipStart', { input: { member: org(0), network: 'pole/pole-x', role: 'MEMBER', sources } }),
        done(graph, 'partnershipStart', { input: { from: org(2), to: org(1), kind: 'SUPPLY', sources } }),
        done(graph, 'organisationUpdate', { id: org(3), input: { website: 'https://example.org/', sources } }),
      );
    },
  });
  expect(changes).toHaveLength(3);
  const { nodes, edges } = await dumpOf(graph.engine);
  expect(nodes[org(3)]).toMatchObject({ city: 'Toulouse', website: 'https://example.org/' });
  expect(Object.values(edges).filter(({ type }) => type === 'MEMBER_OF')).toHaveLength(1);
  expect(Object.values(edges).filter(({ type }) => type === 'PARTNERS_WITH').length + rejected).toBe(2);
  expect(await verifyGraph(graph.engine)).toEqual([]);
  expect(await newestSequence((...call) => graph.engine.read(...call))).toBeGreaterThan(8);
});
