import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandLineGraph } from '../support/graph.ts';
import { grappe, ready, type ServerProcess } from '../support/process.ts';
import { scratchFolder, World } from '../support/world.ts';

let server: ServerProcess;
beforeAll(async () => {
  await (await commandLineGraph())[Symbol.asyncDispose]();
  server = await ready(grappe(['serve']));
});
afterAll(() => server?.kill());

const world = (): World =>
  new World()
    .pole('Viaméca', { id: 'pole/viameca' })
    .organisation('Atelier', { id: 'organisation/atelier' })
    .member('organisation/atelier', 'pole/viameca', { since: '2010' });

/** Runs a command of a user that works with the server. */
async function command(words: readonly string[], token: string | undefined = server.token) {
  const { ended, said } = grappe([...words, '--to', server.url], { GRAPPE_TOKEN: token });
  return { code: await ended, said: said() };
}

async function request(path: string, init: RequestInit = {}, token: string | null = server.token) {
  const headers = token === null ? {} : { authorization: `Bearer ${token}` };
  const answer = await fetch(server.url + path, { ...init, headers });
  const text = await answer.text();
  return {
    status: answer.status,
    text,
    body: text.startsWith('{') ? JSON.parse(text.split('\n').at(-2) ?? text) : null,
  };
}

async function membersOf(pole: string): Promise<unknown> {
  const query = `{ node(id: "${pole}") { ... on Pole { members { nodes { name } } } } }`;
  const answer = await fetch(`${server.url}/graphql?${new URLSearchParams({ query })}`);
  return ((await answer.json()) as { data: { node: { members: { nodes: unknown } } | null } }).data.node?.members.nodes;
}

const post = { method: 'POST' };

describe('grappe import --to', () => {
  it('imports a folder into the running server, whose next answer shows it', async () => {
    const folder = await world().write();
    const dry = await command(['import', folder, '--dry-run']);
    expect([dry.code, dry.said]).toEqual([0, expect.stringContaining('Nothing was written: this was a dry run.')]);
    expect(await membersOf('pole/viameca')).toBeUndefined();
    const { code, said } = await command(['import', folder]);
    expect(said).toContain(`Sending ${folder} to ${server.url}`);
    expect([code, said]).toEqual([0, expect.stringMatching(/Records: \d+ created, 0 updated/)]);
    expect(await membersOf('pole/viameca')).toEqual([{ name: 'Atelier' }]);
    expect((await command(['import', folder])).said).toContain('Nothing was changed: all of it was there already.');
  });

  it('brings the rejected rows back with their reasons', async () => {
    const folder = await world().member('organisation/nobody', 'pole/viameca').write();
    const rejected = join(await scratchFolder(), 'rejected.csv');
    const { code, said } = await command(['import', folder, '--rejected', rejected]);
    expect([code, said]).toEqual([3, expect.stringContaining(`1 rejected: see ${rejected}`)]);
    expect(await readFile(rejected, 'utf8')).toMatch(/memberships\.csv,3,member,.*organisation\/nobody/);
  });

  it.each([
    ['without a token', '', 'GRAPPE_TOKEN is missing'],
    ['with one that the server does not know', `grappe_${'x'.repeat(43)}`, 'a bearer token that this server knows'],
  ])('says what is missing %s', async (_, token, reason) => {
    const { code, said } = await command(['import', await world().write()], token);
    expect([code, said]).toEqual([1, expect.stringContaining(reason)]);
    expect(said).not.toMatch(/\n\s+at /);
  });

  it('says so where nobody answers, and where a file cannot be read', async () => {
    const folder = await world().write();
    const nobody = grappe(['import', folder, '--to', 'http://127.0.0.1:9'], { GRAPPE_TOKEN: 'x' });
    expect(await nobody.ended).toBe(1);
    expect(nobody.said()).toContain('http://127.0.0.1:9 does not answer');
    const wrong = await new World().text('organisations.csv', 'nom,genre\r\n').write();
    expect((await command(['import', wrong])).said).toContain('organisations.csv lacks the column');
  });
});

describe('grappe import --from … --to', () => {
  const PROJECTS = `Projet.Code_Decision;Action.Edition;Projet.Acronyme
ANR-21-CE14-0001;2021;FIXTURE`;
  const PARTNERS = `Projet.Code_Decision;Projet.Partenaire.Est_coordinateur;Projet.Partenaire.Nom_organisme;Projet.Partenaire.Adresse.Ville
ANR-21-CE14-0001;True;Atelier du graphe distant;Pau
ANR-21-CE14-0001;False;Forge sans fiche;Lyon
ANR-21-CE14-0009;False;Forge sans fiche;Lyon`;

  it('matches a published file with the graph of the server, imports it there, and reports as an offline import does', async () => {
    const folder = await scratchFolder();
    const [projects, partners, rejected] = ['projets.csv', 'partenaires.csv', 'rejected.csv'].map((name) =>
      join(folder, name),
    ) as [string, string, string];
    await writeFile(projects, PROJECTS);
    await writeFile(partners, PARTNERS);
    const there = new World().organisation('Atelier du graphe distant', {
      id: 'organisation/distant',
      kind: 'COMPANY',
      city: 'Pau',
    });
    expect((await command(['import', await there.write()])).code).toBe(0);
    expect((await command(['import', projects, '--from', 'anr'])).code).toBe(0);
    const dry = await command(['import', partners, '--from', 'anr', '--dry-run', '--rejected', rejected]);
    expect(dry.said).toContain('Nothing was written: this was a dry run.');
    const { code, said } = await command(['import', partners, '--from', 'anr', '--rejected', rejected]);
    expect(said).toContain(`Importing ${partners} (anr) into ${server.url}`);
    expect(said).toContain('3 records read: 1 organisations matched, 1 new, 0 doubtful; 0 of no use here.');
    // The project 0009 is in no list of projects.
    expect([code, said]).toEqual([3, expect.stringContaining(`1 rejected: see ${rejected}`)]);
    expect(await readFile(rejected, 'utf8')).toContain('project/anr-21-ce14-0009');
    const query = '{ project(id: "project/anr-21-ce14-0001") { participants { nodes { id } } } }';
    const answer = await fetch(`${server.url}/graphql?${new URLSearchParams({ query })}`);
    expect(((await answer.json()) as { data: unknown }).data).toEqual({
      project: { participants: { nodes: [{ id: 'organisation/distant' }, { id: 'organisation/forge-sans-fiche' }] } },
    });
    const again = await command(['import', partners, '--from', 'anr', '--rejected', rejected]);
    expect(again.said).toContain('3 records read: 2 organisations matched, 0 new');
    expect(again.said).toContain('Nothing was changed');
  });

  it('says what is wrong with the file before anything is sent', async () => {
    const { code, said } = await command(['import', await scratchFolder(), '--from', 'ror']);
    expect([code, said]).toEqual([1, expect.stringContaining('is a folder: name the file that is in it.')]);
    expect((await request('/imports/matched/organisations', {}, null)).status).toBe(401);
  });
});

describe('grappe check --to', () => {
  it('checks the graph of the running server', async () => {
    const { code, said } = await command(['check']);
    expect([code, said]).toEqual([0, expect.stringContaining('The graph is consistent.')]);
  });
});

describe('the requests of an import', () => {
  it('need a token in the header Authorization, also of a browser that is signed in', async () => {
    expect((await request('/imports', post, null)).status).toBe(401);
    expect((await request('/check', post, null)).status).toBe(401);
    expect((await request('/imports', {})).status).toBe(405);
  });

  it('send files in pieces, each behind the last, and end', async () => {
    const { body: begun } = await request('/imports', post);
    const path = `/imports/${begun.id}`;
    const put = (file: string, text: string) => request(`${path}/${file}`, { method: 'PUT', body: text });
    expect((await put('organisations.csv', 'id,name,kind,sources\r\n')).body).toEqual({ size: 22 });
    const { status, body } = await put('organisations.csv?offset=4', 'x');
    expect([status, body.errors[0].extensions]).toEqual([409, { code: 'CONFLICT', size: 22 }]);
    expect((await put('organisations.csv?offset=22', ',Forge,COMPANY,source/fixture\r\n')).body).toEqual({ size: 53 });
    expect((await put('passwd', 'x')).body.errors[0].message).toContain('is no file of an import');
    expect((await put('organisations.csv?offset=-1', 'x')).status).toBe(400);
    // What is misspelt must not write.
    for (const wrong of ['dryRun=1', 'dryRun=TRUE', 'dryrun=true']) {
      expect((await request(`${path}?${wrong}`, post)).status, wrong).toBe(400);
    }
    expect((await request(path, post)).body).toMatchObject({ summary: { rows: 1, created: 1 } });
    expect((await request(`${path}/rejected.csv`)).status).toBe(404);
    expect((await request(path, { method: 'DELETE' })).status).toBe(204);
    expect((await request(path, post)).status).toBe(404);
  });

  it('say what is wrong with a file in the answer to the import', async () => {
    const { body: begun } = await request('/imports', post);
    const path = `/imports/${begun.id}`;
    await request(`${path}/organisations.csv`, { method: 'PUT', body: 'nom\r\nForge\r\n' });
    const { status, body } = await request(path, post);
    expect([status, body.errors[0].extensions.code]).toEqual([400, 'BAD_USER_INPUT']);
    expect(body.errors[0].message).toContain('organisations.csv lacks the column');
    await request(path, { method: 'DELETE' });
  });

  /** Sends a folder that takes a while to import, and returns its path. */
  async function sent(count: number, name: string): Promise<string> {
    const { body: begun } = await request('/imports', post);
    const path = `/imports/${begun.id}`;
    const rows = Array.from(
      { length: count },
      (_, row) => `organisation/${name}-${row},${name} ${row},COMPANY,source/x`,
    );
    const put = (file: string, lines: readonly string[]) =>
      request(`${path}/${file}`, { method: 'PUT', body: `${lines.join('\n')}\n` });
    await put('sources.csv', ['id,title', 'source/x,X']);
    await put('organisations.csv', ['id,name,kind,sources', ...rows]);
    return path;
  }

  it('are stopped by who ends them, or leaves: the next import begins at once', async () => {
    for (const [name, leaves] of [
      ['ended', false],
      ['left', true],
    ] as const) {
      const path = await sent(30_000, name);
      const client = new AbortController();
      const headers = { authorization: `Bearer ${server.token}` };
      const running = fetch(server.url + path, { ...post, headers, signal: client.signal }).then((answer) =>
        answer.text(),
      );
      const answer = running.catch((error: Error) => error.name);
      while (
        (await request(`${path}/sources.csv?offset=999`, { method: 'PUT', body: 'x' })).text.includes('bytes: go')
      );
      if (leaves) client.abort();
      expect((await request(path, { method: 'DELETE' })).status, name).toBe(204);
      expect(await answer, name).toMatch(leaves ? /^AbortError$/ : /was ended while it ran[^\n]*"code":"CONFLICT"/);
      expect((await request(path, post)).status, name).toBe(404);
      const next = await sent(1, `after-${name}`);
      expect((await request(next, post)).body, name).toMatchObject({ summary: { rows: 2 } });
      await request(next, { method: 'DELETE' });
    }
  });

  it('are a few at a time', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => request('/imports', post)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 201, 503]);
    for (const { body } of answers) if (body.id) await request(`/imports/${body.id}`, { method: 'DELETE' });
  });
});
