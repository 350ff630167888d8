import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openEngine } from '../../src/graph/open.ts';
import { writeMark } from '../../src/store/marks.ts';
import { NEWEST_FORMAT } from '../../src/transfer/store-format.ts';
import { ask } from '../support/clients.ts';
import { grappe, listening, ready } from '../support/process.ts';
import { scratchFolder } from '../support/world.ts';

// Stores that older versions of Grappe have written themselves: old-store/make.ts made them, and says by which commit.

/** Unpacks a store into a folder of its own. */
async function storeOf(format: number): Promise<string> {
  const folder = join(await scratchFolder(), 'data');
  mkdirSync(folder);
  const file = fileURLToPath(new URL(`old-store/format-${format}.tar.gz`, import.meta.url));
  execFileSync('tar', ['-xzf', file, '-C', folder]);
  return folder;
}

const QUESTIONS = `{
  ecole: organisation(id: "organisation/ecole") {
    name aliases city foundedOn version
    history { totalCount nodes { action } }
    memberships { edges { since until roles node { id } } }
    partners(kind: [PROJECT], orderBy: { field: STRENGTH, direction: DESC }) { edges { projectCount strength since until node { id } } }
  }
  merged: organisation(id: "organisation/atelier-du-lac") { id aliases memberships { edges { roles since } } history { totalCount } }
  deleted: node(id: "organisation/passage") { id }
  pole(id: "pole/eau") {
    name since until predecessors { kind since }
    claims { field value preferred }
    members(asOf: "2012", orderBy: { field: SINCE }) { totalCount nodes { id } }
  }
  ended: pole(id: "pole/source") { until }
  search(text: "barqe") { nodes { id } }
  path: shortestPath(from: "organisation/atelier", to: "organisation/barque") { length }
  territory(id: "territory/nord") { actors { totalCount } }
  changesSince(sequence: 0) { sequence }
}`;

/** What was written by the version before; checked by hand: strengths, the path, the actors of the région, the lifespans. */
const ANSWERS = {
  ecole: {
    name: "École de l'Eau",
    aliases: ["L'École"],
    city: 'Rive',
    foundedOn: '1998-03',
    version: 3,
    history: { totalCount: 9, nodes: expect.arrayContaining([{ action: 'networkSucceed' }]) },
    memberships: { edges: [{ since: '2008', until: '2015', roles: ['MEMBER'], node: { id: 'pole/eau' } }] },
    partners: {
      edges: [
        { projectCount: 2, strength: 1.5, since: '2010', until: null, node: { id: 'organisation/labo' } },
        { projectCount: 1, strength: 0.5, since: '2010', until: '2013', node: { id: 'organisation/atelier' } },
      ],
    },
  },
  merged: {
    id: 'organisation/atelier',
    aliases: ['Atelier du Lac SAS'],
    memberships: { edges: [{ roles: ['MEMBER', 'FOUNDER'], since: '2005' }] },
    history: { totalCount: 7 },
  },
  deleted: null,
  pole: {
    name: 'Pôle Eau',
    since: '2009',
    until: null,
    predecessors: [{ kind: 'MERGE', since: '2009' }],
    claims: [
      { field: 'since', value: '2004', preferred: false },
      { field: 'since', value: '2005', preferred: false },
    ],
    members: { totalCount: 2, nodes: [{ id: 'organisation/atelier' }, { id: 'organisation/ecole' }] },
  },
  ended: { until: '2009' },
  search: { nodes: [{ id: 'organisation/barque' }] },
  path: { length: 3 },
  territory: { actors: { totalCount: 6 } },
  changesSince: Array.from({ length: 20 }, (_, index) => ({ sequence: index + 1 })),
};

it('a store of the version before formats were recorded is migrated at the start, and answers as it did', async () => {
  const GRAPPE_DATA = await storeOf(0);
  const server = await ready(grappe(['serve'], { GRAPPE_DATA, LOG_LEVEL: 'info' }));
  expect(server.said()).toContain('the store was migrated');
  const { data, text } = await ask(async () => server, QUESTIONS);
  expect(data, text).toEqual(ANSWERS);
  // What was done once is not done again, and numbers go on.
  const again = await ask(
    async () => server,
    `mutation { organisationCreate(input: { name: "Barque", kind: COMPANY, idempotencyKey: "barque-1", sources: ["source/lettre"] }) {
      organisation { id } problems { message } } }`,
  );
  expect(again.data.organisationCreate).toEqual({ organisation: { id: 'organisation/barque' }, problems: [] });
  await server.kill();
  const check = grappe(['check'], { GRAPPE_DATA });
  expect([await check.ended, check.said()]).toEqual([0, expect.stringContaining('The graph is consistent.')]);
  const second = await ready(grappe(['serve'], { GRAPPE_DATA, LOG_LEVEL: 'info' }));
  expect(second.said()).not.toContain('the store was migrated');
  await second.kill();
});

it('a store of a newer version is refused, and stays as it is', async () => {
  const folder = await storeOf(0);
  const settings = { engine: 'grafeo', folder } as const;
  const engine = await openEngine(settings);
  const id = 'format';
  await engine.write((transaction) => transaction.run(writeMark, { id, value: String(NEWEST_FORMAT + 1) }));
  // Behind what tells one start of a process from another.
  const commits = (version: string): string => version.split('-')[1]!;
  const before = commits(await engine.version());
  await engine.close();
  const server = (await listening(grappe(['serve'], { GRAPPE_DATA: folder })))!;
  const reason = async () => ((await (await fetch(`${server.url}/readyz`)).json()) as { reason: string }).reason;
  await expect.poll(reason).toBe('STORE_TOO_NEW');
  expect((await ask(async () => server, '{ poles { totalCount } }')).code).toBe('STORE_TOO_NEW');
  await server.kill();
  const check = grappe(['check'], { GRAPPE_DATA: folder });
  expect([await check.ended, check.said()]).toEqual([
    1,
    expect.stringContaining('written by a newer version of Grappe'),
  ]);
  const after = await openEngine(settings);
  expect(commits(await after.version())).toBe(before);
  await after.close();
});
