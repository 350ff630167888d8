import type { EditAction, EditArguments } from '../../src/editing/editor.ts';
import type { GraphEngine } from '../../src/graph/engine.ts';
import { randomness } from '../support/randomness.ts';
import { World } from '../support/world.ts';
import { edit, SOURCES } from './editors.ts';

/** Names and texts that files have been broken by. */
export const AWKWARD = [
  '=1+1',
  '+33 1',
  '-moins',
  '@chez',
  'a;b',
  'a\\b',
  'fin\\',
  '\\;',
  '"quoted"',
  'two\nlines',
  'two\r\nlines',
  'a, b',
  "l'Été d'Ïle",
  '日本',
  '𝔘nicode 👩‍🔬',
  'tab\tinside',
];

/** A small world with something of everything. */
export function fullWorld(): World {
  const world = new World()
    .source('source/b')
    .territory('territory/fr', { level: 'COUNTRY' })
    .territory('territory/r', { level: 'REGION', code: '75', since: '1956', until: '2015' })
    .territory('territory/d', { level: 'DEPARTMENT' })
    .part('territory/d', 'territory/r', { until: '2015' })
    .part('territory/r', 'territory/fr')
    .topic('topic/industry')
    .topic('topic/metal', { broader: 'topic/industry', scheme: 'MARKET' })
    .pole('Pole A', {
      id: 'pole/a',
      since: '2005',
      foundedOn: '2003',
      rank: 'WORLD',
      territory: 'territory/r@..2015;territory/fr@2016..',
      covers: 'territory/d;territory/r@2005..2015',
      topics: 'topic/metal',
      description: 'A pole.\nOf two lines.',
    })
    .cluster('Cluster B', { id: 'cluster/b', since: '2008', until: '2019' })
    .succession('cluster/b', 'pole/a', { kind: 'ABSORPTION', since: '2019' });
  for (let place = 0; place < 12; place++) {
    world.organisation(AWKWARD[place] ?? `Org ${place}`, {
      id: `organisation/o${place}`,
      kind: place % 3 === 0 ? 'UNKNOWN' : 'COMPANY',
      aliases: place % 2 === 0 ? 'Alias one;Alias\\;two' : '',
      territory: place % 2 === 0 ? 'territory/d' : '',
      topics: place % 4 === 0 ? 'topic/industry' : '',
      public: place % 3 === 1 ? 'true' : '',
      size: place % 5 === 0 ? 'LARGE' : '',
      website: place % 6 === 0 ? 'https://example.org/?a=1,2' : '',
      city: place === 7 ? 'Pau' : place % 5 === 1 ? 'Dax' : '',
    });
  }
  for (let place = 0; place < 6; place++) {
    world
      .project(`project/p${place}`, {
        start: place % 2 === 0 ? `201${place}` : '',
        end: place % 3 === 0 ? `201${place + 3}-06` : '',
        participantCount: place === 4 ? 9 : '',
        funding: place === 2 ? 2_500_000.55 : '',
        currency: place === 2 ? 'EUR' : '',
        labelledBy: place % 2 === 0 ? 'pole/a' : '',
        topics: 'topic/metal',
      })
      .takesPart(`organisation/o${place}`, `project/p${place}`, { role: 'COORDINATOR' })
      .takesPart(`organisation/o${place + 1}`, `project/p${place}`)
      .takesPart(`organisation/o${(place + 5) % 12}`, `project/p${place}`);
  }
  return world
    .member('organisation/o1', 'pole/a', { since: '2006', until: '2010', roleLabel: 'Adhérent; fondateur' })
    .member('organisation/o2', 'pole/a', { since: '2009', role: 'BOARD' })
    .member('organisation/o2', 'cluster/b', { attestedOn: '2012;2014-03', sources: 'source/b;source/fixture' })
    .member('cluster/b', 'pole/a')
    .partners('organisation/o1', 'organisation/o3', { kind: 'CHARTER', label: 'Charter', parties: 7, since: '2011' })
    .partners('organisation/o3', 'organisation/o4', { since: '2001', until: '2003-02' })
    .patent('FR123', {
      id: 'patent/fr123',
      title: 'A thing',
      applicants: 'organisation/o1;organisation/o5',
      projects: 'project/p1',
    })
    .production('patent/fr123', 'territory/d', { by: 'organisation/o5', since: '2015' })
    .indicator('pole/a', 'members', 210, { to: '2017', unit: 'members' })
    .indicator('territory/fr', 'share', 0.0000001)
    .indicator('organisation/o1', 'people', 12)
    .indicator('organisation/o7', 'people', 13)
    .claim('pole/a', 'since', '2004', { inferred: 'true', note: '=SUM(A1)' })
    .claim('organisation/o7', 'city', 'Pau', { preferred: 'true' });
}

/** A random mutation of a full world: some are rejected, as in real use. */
export function someMutation(random: () => number): readonly [EditAction, EditArguments] {
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
  const organisation = (): string => `organisation/o${Math.floor(random() * 12)}`;
  const project = (): string => `project/p${Math.floor(random() * 6)}`;
  const network = (): string => pick(['pole/a', 'cluster/b', 'cluster/cluster-n', 'cluster/cluster-m']);
  const year = (): string => String(2005 + Math.floor(random() * 15));
  const sources = SOURCES;
  return pick<() => readonly [EditAction, EditArguments]>([
    () => [
      'participationAdd',
      { input: { project: project(), participant: organisation(), role: 'PARTNER', sources } },
    ],
    () => [
      'participationAdd',
      { input: { project: project(), participant: organisation(), role: 'COORDINATOR', sources } },
    ],
    () => [
      'organisationCreate',
      {
        input: {
          ...{ name: pick(AWKWARD), kind: 'COMPANY', sources },
          memberships: [{ network: 'pole/a', role: 'MEMBER', since: year() }],
          partnerships: [
            { to: organisation(), kind: 'SUPPLY' },
            { from: organisation(), kind: 'ALLIANCE', since: year() },
          ],
        },
      },
    ],
    () => ['projectUpdate', { id: project(), input: { start: pick([null, year()]), end: pick([null, '2022']) } }],
    () => ['projectUpdate', { id: project(), input: { participantCount: pick([null, 3, 20]), sources: ['source/b'] } }],
    () => [
      'membershipStart',
      { input: { member: organisation(), network: 'pole/a', role: 'MEMBER', since: year(), sources } },
    ],
    () => [
      'partnershipStart',
      { input: { from: organisation(), to: organisation(), kind: 'ALLIANCE', since: year(), until: '2021', sources } },
    ],
    () => [
      'organisationUpdate',
      { id: organisation(), input: { aliases: [pick(AWKWARD)], city: pick([null, 'Pau', 'Dax']) } },
    ],
    () => [
      'organisationUpdate',
      { id: organisation(), input: { territory: pick(['territory/r', 'territory/d', null]) } },
    ],
    () => [
      'claimRecord',
      {
        input: {
          about: organisation(),
          field: 'city',
          value: pick(['Pau', 'Dax', pick(AWKWARD)]),
          preferred: pick([true, false]),
          sources,
        },
      },
    ],
    () => ['indicatorRecord', { input: { about: organisation(), measure: 'people', value: 1, from: year(), sources } }],
    () => ['organisationMerge', { id: organisation(), others: [organisation()] }],
    () => ['networkUpdate', { id: 'pole/a', input: { foundedOn: pick(['2003', '2004-05']) } }],
    () => ['nodeDelete', { id: pick(['project/p5', 'organisation/o11']), cascade: true }],
    () => [
      'networkCreate',
      {
        input: {
          ...{ type: 'CLUSTER', name: pick(['Cluster N', 'Cluster M']), sources },
          ...{ since: pick([null, year()]), until: pick([null, year()]), foundedOn: pick([null, year()]) },
        },
      },
    ],
    () => [
      'networkSucceed',
      {
        input: {
          ...{ from: network(), to: network(), since: pick([null, year()]), sources },
          kind: pick(['MERGE', 'RENAME', 'SPLIT', 'ABSORPTION', 'FEDERATION']),
        },
      },
    ],
    () => [
      'networkUpdate',
      { id: network(), input: { until: pick([null, year()]), dissolvedOn: pick([null, year()]) } },
    ],
  ])();
}

/** Takes away a random participation that is there. */
async function removeSome(engine: GraphEngine, random: () => number): Promise<void> {
  const rows = await engine.read<{ id: string }>(
    { name: 'participations', text: 'MATCH (a)-[r:PARTICIPATES_IN]->(b) RETURN r.id AS id ORDER BY id' },
    {},
  );
  const some = rows[Math.floor(random() * rows.length)];
  if (some) await edit({ engine }, 'participationRemove', { id: some.id });
}

/** Runs random mutations, `lanes` at a time. Returns the number of mutations. */
export async function storm(engine: GraphEngine, seed: number, count: number, lanes: number): Promise<number> {
  let done = 0;
  await Promise.all(
    Array.from({ length: lanes }, async (_, lane) => {
      const random = randomness(seed * 1_000 + lane);
      for (let place = 0; place < count / lanes; place++) {
        if (random() < 0.15) await removeSome(engine, random);
        const { problems } = await edit({ engine }, ...someMutation(random));
        if (problems.length === 0) done++;
      }
    }),
  );
  return done;
}
