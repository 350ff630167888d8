import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Serving, serve } from '../../src/cli/serve.ts';
import { readConfig } from '../../src/config.ts';
import { CLIENTS, generateClients, MANIFESTS } from './generate.ts';
import { findR } from './r.ts';

/** Members of the pole: two pages and a half. */
const MEMBERS = 45;

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'grappe-clients-'));
let serving: Serving;
let token: string;

async function ask(query: string, variables: object = {}): Promise<void> {
  const response = await fetch(`${serving.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as {
    data: Record<string, { problems: unknown[] }>;
    errors?: unknown;
  };
  expect({ errors, problems: Object.values(data ?? {})[0]?.problems }).toEqual({ errors: undefined, problems: [] });
}

/** The records that the examples name, as they are in the seed. */
async function fill(): Promise<void> {
  const sources = ['source/grappe-editorial'];
  await ask('mutation { sourceCreate(input: { title: "Grappe editorial" }) { problems { message } } }');
  const pole = { type: 'POLE', name: 'Aerospace Valley', since: '2005', sources };
  const create = 'mutation ($input: NetworkCreateInput!) { networkCreate(input: $input) { problems { message } } }';
  await ask(create, { input: pole });
  const member =
    'mutation ($input: OrganisationCreateInput!) { organisationCreate(input: $input) { problems { message } } }';
  for (let index = 0; index < MEMBERS; index++) {
    const name = index === 0 ? 'EDF' : `Member ${index}`;
    const memberships = [{ network: 'pole/aerospace-valley', since: '2010' }];
    await ask(member, { input: { name, kind: 'COMPANY', memberships, sources } });
  }
}

beforeAll(async () => {
  await generateClients();
  const environment = { PORT: '0', GRAPPE_DATA: folder, GRAPPE_SEED: 'none', GRAPPE_SNAPSHOT_MB: '16' };
  const config = readConfig({ ...environment, GRAPPE_PERSISTED_DOCUMENTS: MANIFESTS.join(',') });
  const said: string[] = [];
  const options = { logger: pino({ level: 'silent' }), progress: { step: () => {}, end: () => {} } };
  serving = await serve(config, { ...options, say: (line) => said.push(line) });
  token = /grappe_[\w-]{43}/.exec(said.join('\n'))![0];
  await serving.filled;
  await fill();
});
afterAll(async () => {
  await serving?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What a program of the examples prints, run as a user runs it. */
async function printed(command: string, file: string, environment: Record<string, string> = {}): Promise<string> {
  const path = fileURLToPath(new URL(file, CLIENTS));
  const env = { ...process.env, GRAPPE_URL: serving.url, ...environment };
  return (await run(command, [path], { env, timeout: 60_000 })).stdout;
}
const node = async (file: string, environment?: Record<string, string>): Promise<unknown> =>
  JSON.parse(await printed(process.execPath, file, environment));
const asAdmin = () => ({ GRAPPE_TOKEN: token });
const isRHere = findR();

describe('an example client', () => {
  it('of curl has an answer again only if it changed, names a document, and reads a table', async () => {
    const lines = (await printed('sh', 'curl/ask.sh')).trim().split('\n');
    expect(lines).toEqual(['again: 304', expect.stringMatching(/^named: \{"data":\{"pole":/), 'table: id,name']);
  });

  it("of Python's standard library reads pages, problems and the changes that it missed", async () => {
    const text = await printed('python3', 'python/grappe.py', asAdmin());
    expect(JSON.parse(text)).toEqual({
      members: MEMBERS,
      first: expect.stringMatching(/^organisation\//),
      since: '2010',
      error: 'GRAPHQL_VALIDATION_FAILED',
      problems: [{ code: 'NOT_FOUND', message: expect.stringContaining('source/nowhere'), path: expect.any(Array) }],
      changed: true,
    });
  });

  it.runIf(isRHere)('of R has every page in a data frame, prints a table of it, and reads problems', async () => {
    const lines = (await printed('Rscript', 'r/grappe.R', asAdmin())).split('\n').map((line) => line.trimEnd());
    expect(lines).toEqual([
      `${MEMBERS} members`,
      expect.stringMatching(/^ +name +kind +since$/),
      ...Array(3).fill(expect.stringMatching(/ COMPANY +2010$/)),
      expect.stringMatching(/^ +year$/),
      expect.stringMatching(/^kind +2010$/),
      expect.stringMatching(new RegExp(`^ +COMPANY +${MEMBERS}$`)),
      'error: GRAPHQL_VALIDATION_FAILED',
      expect.stringMatching(/^problem: NOT_FOUND at sources - .*source\/nowhere/),
      '',
    ]);
  });

  it('of Apollo merges pages in its cache, by named documents, and reads problems', async () => {
    expect(await node('apollo/members.ts', asAdmin())).toEqual({
      members: MEMBERS,
      totalCount: MEMBERS,
      error: 'BAD_USER_INPUT',
      problems: [{ code: 'NOT_FOUND', message: expect.any(String), path: ['member'], __typename: 'Problem' }],
    });
  });

  it('of urql reads pages, and goes on listening after the last change', async () => {
    const resumed = ['organisationUpdate', 'organisationUpdate'];
    expect(await node('urql/changes.ts', asAdmin())).toEqual({ members: MEMBERS, resumed });
  });

  it('of gql.tada has the types of the schema', async () => {
    const answer = { since: '2005', members: 2, types: ['Organisation', 'Organisation'] };
    expect(await node('tada/facts.ts')).toEqual({ ...answer, titles: ['Grappe editorial', 'Grappe editorial'] });
  });

  it('of GraphQL Code Generator sends the identifiers of its manifest', async () => {
    expect(await node('codegen/members.ts')).toEqual({ members: MEMBERS, isNamed: true });
  });

  it('of Relay sends the identifiers of its compiler, and keeps every edge', async () => {
    expect(await node('relay/src/members.ts')).toEqual({ members: MEMBERS });
  });
});

it('fits the schema in its types', async () => {
  const tsc = fileURLToPath(new URL('../../node_modules/.bin/tsc', import.meta.url));
  const project = fileURLToPath(new URL('tsconfig.json', CLIENTS));
  const { stdout } = await run(tsc, ['--noEmit', '-p', project]).catch((error: { stdout: string }) => error);
  expect(stdout).toBe('');
});
