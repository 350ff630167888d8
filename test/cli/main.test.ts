import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const MAIN = fileURLToPath(new URL('../../src/start.mjs', import.meta.url));

let folder: string;
const running: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'grappe-cli-'));
});
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

interface Run {
  readonly child: ChildProcess;
  readonly ended: Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>;
  out(): string;
}

function grappe(words: readonly string[], environment: Record<string, string> = {}): Run {
  const child = spawn(process.execPath, [MAIN, ...words], {
    cwd: folder,
    env: { PATH: process.env.PATH, GRAPPE_DATA: join(folder, 'data'), GRAPPE_SEED: 'none', PORT: '0', ...environment },
  });
  running.push(child);
  let out = '';
  let err = '';
  child.stdout.on('data', (text) => {
    out += text;
  });
  child.stderr.on('data', (text) => {
    err += text;
  });
  const ended = new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, out, err }));
  });
  return { child, ended, out: () => out };
}

/** Starts a server and waits until it says where it answers. */
async function served(environment: Record<string, string> = {}): Promise<Run & { url: string }> {
  const run = grappe(['serve'], environment);
  const url = await vi.waitFor(
    () => /http:\S+?:\d+/.exec(run.out())?.[0] ?? Promise.reject(new Error('not yet')),
    20_000,
  );
  await vi.waitFor(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200), 20_000);
  return { ...run, url };
}

function csv(name: string, text: string): void {
  mkdirSync(join(folder, 'in'), { recursive: true });
  writeFileSync(join(folder, 'in', name), text);
}

describe('a start', () => {
  it('loads no translator of TypeScript where one came before it', async () => {
    const watch = `process.once('exit', () => console.error(process.moduleLoadList.filter((name) => name.includes('amaro')).length))`;
    const environment = {
      TMPDIR: folder,
      NODE_OPTIONS: `--import "data:text/javascript,${encodeURIComponent(watch)}"`,
      NODE_COMPILE_CACHE: '',
    };
    const loaded: number[] = [];
    for (let start = 0; start < 2; start++) {
      loaded.push(Number((await grappe(['--version'], environment).ended).err));
    }
    expect(loaded).toEqual([expect.any(Number), 0]);
    expect(loaded[0]).toBeGreaterThan(0);
  });
});

describe.runIf(process.platform === 'linux')('the memory of a server', () => {
  const allocationOf = ({ child }: Run): string[] =>
    readFileSync(`/proc/${child.pid}/environ`, 'utf8')
      .split('\0')
      .filter((entry) => entry.startsWith('MALLOC_'))
      .sort();

  it('is shared out as in the image, whatever starts it', async () => {
    const allocation = allocationOf(await served());
    expect(allocation.map((entry) => entry.split('=')[0])).toEqual([
      ...['MALLOC_ARENA_MAX', 'MALLOC_MMAP_THRESHOLD_', 'MALLOC_TRIM_THRESHOLD_'],
    ]);
    const image = readFileSync(new URL('../../Dockerfile', import.meta.url), 'utf8');
    for (const entry of allocation) expect(image).toContain(entry);
  });

  it('is shared out as the one who starts it has decided', async () => {
    expect(allocationOf(await served({ MALLOC_ARENA_MAX: '3' }))).toEqual(['MALLOC_ARENA_MAX=3']);
  });
});

/** Makes a process say which code it loads. */
const SHOWN_CODE = {
  NODE_OPTIONS: `--import "data:text/javascript,${encodeURIComponent(`import { registerHooks } from 'node:module';
    registerHooks({ load: (url, context, next) => { console.error(url); return next(url, context); } });`)}"`,
};

describe('a server that has nothing to import', () => {
  it('loads no code that imports, writes Parquet, draws a progress bar, speaks to a Neo4j or reads a JWT', async () => {
    const run = await served(SHOWN_CODE);
    run.child.kill('SIGTERM');
    const { err } = await run.ended;
    expect(err).toContain('/src/cli/serve.ts');
    expect(err).not.toMatch(/\/(hyparquet-writer|cli-progress|neo4j-driver|jose|transfer\/import\.ts)/);
  });
});

describe('the command line', () => {
  it.each([[['--help']], [['import', '--help']], [['help', 'serve']], [['--version']]])('%j is fine', async (words) => {
    const { code, out } = await grappe(words).ended;
    expect(code).toBe(0);
    expect(out.length).toBeGreaterThan(3);
  });

  it.each([
    [['nonsense']],
    [['import']],
    [['serve', '--nonsense']],
    [['import', 'in', '--from', 'rnsr', '--identifiers', 'x.csv']],
    [['neo4j', '--port', 'x']],
    [[]],
  ])('%j is an error, and says so', async (words) => {
    const { code, err } = await grappe(words).ended;
    expect(code).toBe(2);
    expect(err.length).toBeGreaterThan(10);
  });

  it('does not begin with settings that cannot be used', async () => {
    const { code, err } = await grappe(['serve'], { PORT: 'x', LOG_LEVEL: 'loud' }).ended;
    expect(code).toBe(2);
    expect(err).toContain('PORT="x"');
    expect(err).toContain('LOG_LEVEL="loud"');
    expect(err).not.toContain('    at ');
  });

  it('checks the settings before it looks whether the explorer is to be built', async () => {
    const { code, err } = await grappe(['serve'], { GRAPPE_CACHE_MB: 'abc', ...SHOWN_CODE }).ended;
    expect(code).toBe(2);
    expect(err).toContain('GRAPPE_CACHE_MB="abc"');
    expect(err).toContain('/src/config.ts');
    expect(err).not.toMatch(/\/cli\/(?:explorer|serve)\.ts/);
  });

  it('checks settings and graph', async () => {
    expect((await grappe(['seed']).ended).code).toBe(0);
    const { code, out } = await grappe(['check']).ended;
    expect(code).toBe(0);
    expect(out).toMatch(/^The settings are right\.\n.* answers in \d+ ms\.\nThe graph is consistent\.\n$/);
  });

  it.each([
    'check',
    'backup a.backup',
    'export out',
    'export out --format gexf',
    'rebuild',
    'salvage',
    'seed --update',
  ])('works on no graph that is not there, as in another folder, and makes none: %s', async (words) => {
    const { code, err } = await grappe(words.split(' ')).ended;
    expect(err).toContain(`There is no graph in ${join(folder, 'data')}: start the server once`);
    expect(code).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('makes no store for a backup that is not there, or is none', async () => {
    writeFileSync(join(folder, 'a.csv'), 'id');
    for (const [file, problem] of [
      ['nowhere.backup', 'There is no nowhere.backup: name a file that grappe backup has written.'],
      ['a.csv', 'a.csv is no backup of Grappe'],
    ] as const) {
      const { code, err } = await grappe(['restore', file]).ended;
      expect([code, err]).toEqual([1, expect.stringContaining(problem)]);
    }
    expect(readdirSync(folder)).toEqual(['a.csv']);
  });

  it('says in words that the database is away', async () => {
    const { code, err } = await grappe(['check'], { NEO4J_URI: 'bolt://127.0.0.1:1', NEO4J_PASSWORD: 'any' }).ended;
    expect(code).toBe(1);
    expect(err).not.toContain('    at ');
  });

  it('derives facts again', async () => {
    await grappe(['seed']).ended;
    const { code, out } = await grappe(['rebuild']).ended;
    expect(code).toBe(0);
    expect(out).toContain('Done: 0 projects; all counts were right.');
  });

  it('has nothing to seed with GRAPPE_SEED=none', async () => {
    const { code, out } = await grappe(['seed']).ended;
    expect(code).toBe(0);
    expect(out).toContain('nothing was changed');
  });
});

describe('grappe import', () => {
  it('reports what it did, and that a second time changes nothing', async () => {
    csv('sources.csv', 'id,title\nsource/a,A\nsource/b,B\n');
    const first = await grappe(['import', 'in']).ended;
    expect(first.code).toBe(0);
    expect(first.out).toContain('2 rows read.\nRecords: 2 created');
    const second = await grappe(['import', 'in']).ended;
    expect(second.code).toBe(0);
    expect(second.out).toContain('Nothing was changed');
    expect(existsSync(join(folder, 'rejected.csv'))).toBe(false);
  });

  it('ends with 3 when rows were rejected, and lists them', async () => {
    csv('sources.csv', 'id,title\nsource/a,A\nsource/b,\n');
    const { code, out } = await grappe(['import', 'in', '--rejected', 'bad.csv']).ended;
    expect(code).toBe(3);
    expect(out).toContain('2 rows read, 1 rejected: see bad.csv.');
    expect(readFileSync(join(folder, 'bad.csv'), 'utf8')).toContain('sources.csv,3,title,');
  });

  it('writes nothing in a dry run', async () => {
    csv('sources.csv', 'id,title\nsource/a,A\n');
    expect((await grappe(['import', 'in', '--dry-run']).ended).out).toContain('Nothing was written');
    expect((await grappe(['import', 'in']).ended).out).toContain('1 created');
  });

  it('stops on request, and says that it can go on', async () => {
    const { child, ended, out } = grappe([
      'import',
      fileURLToPath(new URL('../../seed/data/communes', import.meta.url)),
    ]);
    await vi.waitFor(() => expect(out()).toContain('%'), 20_000);
    child.kill('SIGINT');
    const { code } = await ended;
    expect(code).toBe(1);
    expect(out()).toContain('Stopped. Every written batch is complete');
  });

  it('names twenty doubts about a published list, and writes all where a file is named', async () => {
    csv('sources.csv', 'id,title\nsource/fixture,A fixture\n');
    const organisation = 'organisation/forge,Forge,COMPANY,Pau,source/fixture';
    csv('organisations.csv', `id,name,kind,city,sources\n${organisation}\n`);
    expect((await grappe(['import', 'in']).ended).code).toBe(0);
    const cities = Array.from({ length: 23 }, (_, number) => `Villeneuve ${String.fromCharCode(97 + number)}`);
    const columns = ['Code_Decision', 'Partenaire.Nom_organisme', 'Partenaire.Adresse.Ville'];
    const partners = cities.map((city) => `ANR-21-CE14-0001;Forge;${city}`);
    csv('partners.csv', [columns.map((name) => `Projet.${name}`).join(';'), ...partners].join('\n'));
    const of = ['import', 'in/partners.csv', '--from', 'anr', '--dry-run'];
    const brief = await grappe(of).ended;
    expect(brief.out).toContain('23 doubtful;');
    expect(brief.out.match(/^ {2}doubtful: /gm)).toHaveLength(20);
    expect(brief.out).toContain('  and 3 others: --doubtful FILE lists all.\n');
    expect((await grappe([...of, '--doubtful', 'doubts.txt']).ended).out).toContain('others: all are in doubts.txt.\n');
    expect(readFileSync(join(folder, 'doubts.txt'), 'utf8').trimEnd().split('\n')).toEqual(
      cities.map((city) => expect.stringContaining(`Forge (${city}): organisation/forge, another place`)),
    );
    expect((await grappe(['import', 'in', '--doubtful', 'doubts.txt']).ended).err).toContain('needs --from');
  });

  it('says what is wrong with a folder it cannot use', async () => {
    const { code, err } = await grappe(['import', 'nowhere']).ended;
    expect(code).toBe(1);
    expect(err).toContain('nowhere');
    expect(err).not.toContain('    at ');
  });
});

describe('grappe export', () => {
  it('writes what an import into an empty store makes the same graph of', async () => {
    csv('sources.csv', 'id,title\nsource/fixture,A fixture\n');
    csv(
      'organisations.csv',
      'id,name,kind,aliases,sources\norganisation/a,=Atelier,COMPANY,Forge\\; Fils,source/fixture\n',
    );
    expect((await grappe(['import', 'in']).ended).code).toBe(0);
    const { code, out } = await grappe(['export', 'first']).ended;
    expect(code).toBe(0);
    expect(out).toContain('2 rows written');
    // As RO-Crate 1.1 asks: a descriptor, a data set with name, description, date and licence, and its parts.
    const { '@graph': graph } = JSON.parse(readFileSync(join(folder, 'first', 'ro-crate-metadata.json'), 'utf8'));
    const byId = new Map<string, Record<string, unknown>>(graph.map((part: { '@id': string }) => [part['@id'], part]));
    expect(byId.get('ro-crate-metadata.json')).toMatchObject({ about: { '@id': './' } });
    const set = byId.get('./') as { hasPart: { '@id': string }[]; datePublished: string };
    expect(set).toMatchObject({ '@type': 'Dataset', isBasedOn: [{ '@id': '#source/fixture' }] });
    expect(set.datePublished).toMatch(/^\d{4}-\d\d-\d\d$/);
    for (const { '@id': file } of set.hasPart) {
      expect(byId.get(file)).toMatchObject({
        '@type': 'File',
        contentSize: String(readFileSync(join(folder, 'first', file)).length),
      });
    }
    expect(byId.get('#source/fixture')).toMatchObject({
      name: 'A fixture',
      license: expect.stringContaining('no licence'),
    });
    const elsewhere = { GRAPPE_DATA: join(folder, 'elsewhere') };
    expect((await grappe(['import', 'first'], elsewhere).ended).code).toBe(0);
    expect((await grappe(['export', 'second'], elsewhere).ended).code).toBe(0);
    for (const file of ['sources.csv', 'organisations.csv']) {
      const exported = readFileSync(join(folder, 'first', file), 'utf8');
      expect(exported).toContain(file === 'sources.csv' ? 'A fixture' : '=Atelier');
      expect(readFileSync(join(folder, 'second', file), 'utf8')).toBe(exported);
    }
  });
});

describe('grappe export --format', () => {
  it('writes the actors that have partners for another program', async () => {
    csv('sources.csv', 'id,title\nsource/fixture,A fixture\n');
    csv(
      'organisations.csv',
      'id,name,kind,sources\norganisation/a,A,COMPANY,source/fixture\norganisation/b,B,COMPANY,source/fixture\norganisation/c,C,COMPANY,source/fixture\n',
    );
    csv('partnerships.csv', 'from,to,kind,sources\norganisation/a,organisation/b,SUPPLY,source/fixture\n');
    expect((await grappe(['import', 'in']).ended).code).toBe(0);
    const { code, out } = await grappe(['export', 'out', '--format', 'edges-csv']).ended;
    expect(out).toContain('-edges.csv written.');
    expect(code).toBe(0);
    const [file] = readdirSync(join(folder, 'out'));
    expect(readFileSync(join(folder, 'out', file!), 'utf8').split('\r\n')).toEqual([
      'Source,Target,Type,Id,Label,Weight,projects,since,until',
      'organisation/a,organisation/b,Undirected,0,SUPPLY,1,0,,',
      '',
    ]);
    const wrong = await grappe(['export', 'out', '--format', 'xls']).ended;
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain('--format="xls": one of gexf, graphml, nodes-csv,');
  });
});

describe('a server process', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('ends well at %s', async (name) => {
    const { url, child, ended } = await served();
    const { data } = (await (await fetch(`${url}/graphql?query={poles{totalCount}}`)).json()) as { data: unknown };
    expect(data).toEqual({ poles: { totalCount: 0 } });
    child.kill(name);
    const { code, err } = await ended;
    expect(code).toBe(0);
    // What is not for people is JSON, a line each.
    const lines = err
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toContainEqual(expect.objectContaining({ msg: 'graphql', outcome: 'ok' }));
  });

  it('locks its store: another one gets an error with the remedy', async () => {
    await served();
    const { code, err } = await grappe(['serve']).ended;
    expect(code).toBe(1);
    expect(err).toContain('GRAPPE_DATA');
    expect(err).not.toContain('    at ');
  });

  it('owns its port: another one gets an error with the remedy', async () => {
    const { url } = await served();
    const { code, err } = await grappe(['serve'], { PORT: new URL(url).port, GRAPPE_DATA: join(folder, 'other') })
      .ended;
    expect(code).toBe(1);
    expect(err).toContain(`PORT=${Number(new URL(url).port) + 1}`);
    expect(err).not.toContain('    at ');
  });
});

describe('what nobody reads any more', () => {
  it('ends neither an import nor a server: grappe … | head', async () => {
    csv('sources.csv', 'id,title\nsource/one,One\n');
    const importing = grappe(['import', 'in']);
    importing.child.stdout!.destroy();
    importing.child.stderr!.destroy();
    expect((await importing.ended).code).toBe(0);
    const { child, url } = await served();
    child.stdout!.destroy();
    child.stderr!.destroy();
    // Each request is a line of the log.
    for (let times = 0; times < 3; times++) {
      const answer = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: '{ sources { nodes { title } } }' }),
      });
      expect(await answer.json()).toMatchObject({ data: { sources: { nodes: [{ title: 'One' }] } } });
    }
    child.kill('SIGTERM');
    await expect.poll(() => child.exitCode).toBe(0);
  });
});
