// Makes a store as an older version of Grappe leaves it, with a history, for old-stores.test.ts. Run it in a working copy of this
// repository, with the folder of that version beside it (`git worktree add OLD COMMIT`, and node_modules in it):
//   node test/operations/old-store/make.ts OLD test/operations/old-store/format-0.tar.gz
// format-0.tar.gz is by d07a61e6d650, the last commit before stores recorded a format.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const [old, target] = process.argv.slice(2);
if (old === undefined || target === undefined) throw new Error('Say where the older version is, and what to write.');
const start = join(resolve(old), 'src/start.mjs');
const folder = mkdtempSync(join(tmpdir(), 'grappe-old-store-'));
const env = { ...process.env, GRAPPE_DATA: folder, GRAPPE_SEED: 'none', PORT: '0' };

const SOURCES = '["source/lettre"]';
/** Every kind of entry of the change log, with identifiers that were merged away and deleted. */
const MUTATIONS = [
  `organisationUpdate(id: "organisation/ecole", input: { city: "Rive", aliases: ["L'École"], sources: ${SOURCES} }) { problems { message } }`,
  `organisationUpdate(id: "organisation/ecole", input: { foundedOn: "1998-03", sources: ${SOURCES} }) { problems { message } }`,
  `organisationMerge(id: "organisation/atelier", others: ["organisation/atelier-du-lac"]) { problems { message } }`,
  `nodeDelete(id: "organisation/passage") { problems { message } }`,
  `networkSucceed(input: { from: "pole/source", to: "pole/eau", kind: MERGE, since: "2009", sources: ${SOURCES} }) { problems { message } }`,
  `claimRecord(input: { about: "pole/eau", field: "since", value: "2004", note: "first mentioned", sources: ${SOURCES} }) { problems { message } }`,
  `organisationCreate(input: { name: "Barque", kind: COMPANY, idempotencyKey: "barque-1", sources: ${SOURCES} }) { problems { message } }`,
  `membershipStart(input: { member: "organisation/barque", network: "cluster/rive", role: MEMBER, since: "2020", sources: ${SOURCES} }) { problems { message } }`,
];

const server = spawn(process.execPath, [start, 'serve'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
let said = '';
server.stdout.setEncoding('utf8').on('data', (text: string) => {
  said += text;
});
const found = async (pattern: RegExp): Promise<string> => {
  while (!pattern.test(said)) await pause(20);
  return pattern.exec(said)![0];
};
const url = await found(/http:\S+?:\d+/);
const token = await found(/grappe_[\w-]{43}/);
while ((await fetch(`${url}/readyz`)).status !== 200) await pause(50);

const world = fileURLToPath(new URL('world', import.meta.url));
execFileSync(process.execPath, [start, 'import', world, '--to', url], {
  env: { ...env, GRAPPE_TOKEN: token },
  stdio: 'inherit',
});
for (const mutation of MUTATIONS) {
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: `mutation { done: ${mutation} }` }),
  });
  const text = await answer.text();
  if (!text.includes('"problems":[]')) throw new Error(`${mutation}: ${text}`);
}
server.kill('SIGTERM');
await once(server, 'close');
execFileSync('tar', ['-czf', resolve(target), '--exclude=graph.snapshot', '-C', folder, '.']);
rmSync(folder, { recursive: true });
