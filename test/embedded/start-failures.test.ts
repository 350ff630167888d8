import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileProblem } from '../../src/domain/file-problem.ts';
import { openEngine } from '../../src/graph/open.ts';
import { statement } from '../../src/graph/statement.ts';
import { grappe } from '../support/process.ts';
import { scratchFolder } from '../support/world.ts';

/** What a command says that fails, which is a sentence and no stack. */
async function failure(
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
  asNobody = false,
): Promise<string> {
  const run = grappe(words, environment, { asNobody });
  expect([1, 2]).toContain(await run.ended);
  expect(run.said()).not.toMatch(/^\s+at /m);
  return run.said().trim();
}

/** A folder that everybody may enter: the tests' own is its user's alone. */
function openFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'grappe-open-'));
  chmodSync(folder, 0o755);
  return folder;
}

async function storeWith(folder: string): Promise<void> {
  const engine = await openEngine({ engine: 'grafeo', folder });
  await engine.write((transaction) => transaction.run(statement<never>('write', 'CREATE (n:Fixture)')));
  await engine.close();
}

const FILE = 'source/a';
const CSV = `id,title\n${FILE},A\nsource/b,\n`;

function csvFolder(inside: string): string {
  const folder = join(inside, 'in');
  mkdirSync(folder);
  writeFileSync(join(folder, 'sources.csv'), CSV);
  // The stores that this process opened keep its new files to itself.
  chmodSync(folder, 0o755);
  chmodSync(join(folder, 'sources.csv'), 0o644);
  return folder;
}

describe('a start', () => {
  it.each(['serve', 'check', 'seed', 'rebuild'])(
    'by "grappe %s" in the place of a file says what to do',
    async (word) => {
      const file = join(await scratchFolder(), 'file');
      writeFileSync(file, '');
      const remedy = 'give the store another folder with GRAPPE_DATA.';
      const inTheWay = `${file} cannot be used as a folder, since a file is in the way: ${remedy}`;
      expect(await failure([word], { GRAPPE_DATA: file })).toContain(inTheWay);
      const below = join(file, 'deeper', 'still');
      expect(await failure([word], { GRAPPE_DATA: below })).toContain('since a file is in the way');
    },
  );

  it('with a folder in the place of the store says what to do', async () => {
    const folder = await scratchFolder();
    mkdirSync(join(folder, 'graph.grafeo'));
    expect(await failure(['serve'], { GRAPPE_DATA: folder })).toMatch(
      /graph\.grafeo is a folder, and a file is needed/,
    );
  });

  it('in a folder that the user may not write says so, and names it', async () => {
    const folder = openFolder();
    const remedy = 'change its rights, or give the store another folder with GRAPPE_DATA.';
    chmodSync(folder, 0o555);
    expect(await failure(['serve'], { GRAPPE_DATA: folder }, true)).toBe(`This user may not use ${folder}: ${remedy}`);
    const inside = join(folder, 'data');
    expect(await failure(['serve'], { GRAPPE_DATA: inside }, true)).toBe(`This user may not use ${inside}: ${remedy}`);
  });

  it('on a store that the user may not read or write says so, and names the file', async () => {
    const folder = openFolder();
    await storeWith(folder);
    const file = join(folder, 'graph.grafeo');
    chmodSync(file, 0o400);
    chmodSync(folder, 0o777);
    expect(await failure(['check'], { GRAPPE_DATA: folder }, true)).toContain(`This user may not use ${file}: change`);
  });

  it('where the system lets nobody write says so', async () => {
    expect(await failure(['serve'], { GRAPPE_DATA: '/dev/null/grappe' })).toMatch(/\/dev\/null\/grappe .*GRAPPE_DATA/);
    const failed = { code: 'EROFS', path: '/srv/data', message: 'EROFS: read-only file system' };
    expect(fileProblem(failed, 'choose another')).toBe('/srv/data lies on a read-only file system: choose another.');
  });
});

describe('a command', () => {
  it('that may not write its export or its rejected rows says so, and not of a port', async () => {
    const folder = openFolder();
    chmodSync(folder, 0o777);
    const environment = { GRAPPE_DATA: join(folder, 'data') };
    const csv = csvFolder(folder);
    mkdirSync(join(folder, 'shut'), { mode: 0o555 });
    const shut = (name: string): string => join(folder, 'shut', name);
    const rejected = await failure(['import', csv, '--rejected', shut('rejected.csv')], environment, true);
    expect(rejected).toContain(
      `This user may not use ${shut('rejected.csv')}: change its rights, or choose another place.`,
    );
    // Nothing was imported of which the rejected rows would be lost.
    const imported = grappe(['import', csv, '--rejected', join(folder, 'bad.csv')], environment, { asNobody: true });
    expect(await imported.ended).toBe(3);
    expect(imported.said()).toContain('1 created');
    const exported = await failure(['export', shut('out')], environment, true);
    expect(exported).toContain(`This user may not use ${shut('out')}: change its rights, or choose another place.`);
  });

  it.skipIf(process.platform !== 'linux').each([
    ['export', ['export', '/proc/grappe/out']],
    ['export one file', ['export', '/proc/grappe/out', '--format', 'gexf']],
    ['write a template', ['import', '--template', '/proc/grappe/out']],
  ])('that is to %s where the system makes no folder says so, and ends', async (_, words) => {
    const GRAPPE_DATA = join(await scratchFolder(), 'data');
    await storeWith(GRAPPE_DATA);
    const said = await failure(words, { GRAPPE_DATA });
    expect(said).toContain('The system makes no folder /proc/grappe: choose another place.');
  });

  it.each([
    ['a file in the place of its folder', 'in/sources.csv', /cannot be used as a folder, since a file is in the way/],
    ['a file above its folder', 'in/sources.csv/out', /cannot be used as a folder, since a file is in the way/],
  ])('that is to export to %s says so', async (_, place, said) => {
    const folder = await scratchFolder();
    csvFolder(folder);
    await storeWith(join(folder, 'data'));
    expect(await failure(['export', join(folder, place)], { GRAPPE_DATA: join(folder, 'data') })).toMatch(said);
  });

  it.each([
    ['a folder', '', /is a folder, and a file is needed/],
    ['a place that is missing', 'no/rejected.csv', /does not exist: choose another place/],
  ])('that is to list rejected rows in %s says so before it begins', async (_, place, said) => {
    const folder = await scratchFolder();
    const csv = csvFolder(folder);
    const environment = { GRAPPE_DATA: join(folder, 'data') };
    const words = ['import', csv, '--rejected', join(folder, place)];
    expect(await failure(words, environment)).toMatch(said);
    const { ended, said: output } = grappe(['import', csv, '--rejected', join(folder, 'bad.csv')], environment);
    expect(await ended).toBe(3);
    expect(output()).toContain('1 created');
  });
});

describe('the files of a store', () => {
  const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

  it('are nobody else’s to read, also those of a store that was not so', async () => {
    const folder = join(await scratchFolder(), 'deep', 'data');
    const engine = await openEngine({ engine: 'grafeo', folder });
    await engine.write((transaction) => transaction.run(statement<never>('write', 'CREATE (n:Fixture)')));
    const files = readdirSync(folder, { recursive: true, withFileTypes: true });
    expect(files.length).toBeGreaterThanOrEqual(4);
    const modes = files.map(
      (entry) => `${entry.isFile() ? 'file' : 'folder'} ${modeOf(join(entry.parentPath, entry.name))}`,
    );
    expect(modeOf(folder)).toBe('700');
    expect(new Set(modes)).toEqual(new Set(['file 600', 'folder 700']));
    await engine.close();
    const older = await scratchFolder();
    cpSync(join(folder, 'graph.grafeo'), join(older, 'graph.grafeo'));
    chmodSync(join(older, 'graph.grafeo'), 0o644);
    await (await openEngine({ engine: 'grafeo', folder: older })).close();
    expect(modeOf(join(older, 'graph.grafeo'))).toBe('600');
  });

  it('do not take the user’s own rights from what the user asks for', async () => {
    const folder = await scratchFolder();
    const csv = csvFolder(folder);
    const environment = { GRAPPE_DATA: join(folder, 'data') };
    const limits = { umask: '027' };
    const words = ['import', csv, '--rejected', join(folder, 'bad.csv')];
    expect(await grappe(words, environment, limits).ended).toBe(3);
    expect(await grappe(['export', join(folder, 'out')], environment, limits).ended).toBe(0);
    for (const file of ['bad.csv', 'out/sources.csv']) expect(modeOf(join(folder, file))).toBe('640');
    expect(modeOf(join(folder, 'out'))).toBe('750');
    expect(modeOf(join(folder, 'data', 'graph.grafeo'))).toBe('600');
  });
});
