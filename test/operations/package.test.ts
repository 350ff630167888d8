import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { javascriptOf, pack } from '../../scripts/pack.ts';
import { amount } from '../support/tier.ts';
import { linkInstalled } from './installed.ts';
import { started } from './started.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Whether npm installs the tarball from its registry, which takes half a minute; else its packages are those that are here. */
const isInstalled = amount({ usual: 0, long: 1 }) === 1;

let folder: string;
let tarball: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'grappe-package-'));
  tarball = pack(join(folder, 'packed'));
  const modules = join(folder, 'node_modules');
  if (isInstalled) {
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', tarball], { cwd: folder });
    return;
  }
  mkdirSync(join(modules, '.bin'), { recursive: true });
  linkInstalled(modules);
  execFileSync('tar', ['-xzf', tarball, '-C', modules]);
  renameSync(join(modules, 'package'), join(modules, 'grappe'));
  symlinkSync('../grappe/src/start.mjs', join(modules, '.bin/grappe'));
  symlinkSync(process.execPath, join(modules, '.bin/node'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** With the programs of the folder first, as npx has it. */
const pathOfNpx = (): string => `${join(folder, 'node_modules/.bin')}:${process.env.PATH}`;

/** Starts the program as npx does, by its name. */
function npx(words: readonly string[]): ChildProcess {
  const env = { ...process.env, PATH: pathOfNpx() };
  return spawn(join(folder, 'node_modules/.bin/grappe'), words, {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function saidBy(child: ChildProcess, pattern: RegExp): Promise<string> {
  let said = '';
  child.stdout!.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  while (child.exitCode === null && !pattern.test(said)) await pause(20);
  return said;
}

describe('the package of npm', () => {
  it('has code without types, the seed, the examples and the explorer, and no tests', () => {
    const files = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).split('\n');
    for (const file of [
      'src/start.mjs',
      'src/main.js',
      'src/measures/worker.js',
      'explorer/dist/index.html',
      'LICENSE',
    ]) {
      expect(files).toContain(`package/${file}`);
    }
    expect(files.some((file) => file.startsWith('package/seed/data/curated/'))).toBe(true);
    expect(files.filter((file) => /\.tsx?$|package\/(?:test|scripts|node_modules|bench)\//.test(file))).toEqual([]);
    const {
      scripts,
      devDependencies,
      private: isPrivate,
      dependencies,
    } = JSON.parse(execFileSync('tar', ['-xzOf', tarball, 'package/package.json'], { encoding: 'utf8' }));
    expect({ scripts, devDependencies, isPrivate }).toEqual({});
    expect(dependencies).toEqual(manifest.dependencies);
  });

  it('says its version', async () => {
    expect(await saidBy(npx(['--version']), /\n/)).toBe(`${manifest.version}\n`);
  });

  it('serves in an empty folder: a query, GraphiQL made by a worker, the explorer, tools of agents', async () => {
    const command = [join(folder, 'node_modules/.bin/grappe'), 'serve'];
    await using server = await started({ command, cwd: folder, settings: { PATH: pathOfNpx() } });
    expect(await server.ask('{ poles { totalCount } }')).toEqual({ poles: { totalCount: 0 } });
    const page = async (path: string): Promise<string> =>
      (await fetch(`${server.url}${path}`, { headers: { accept: 'text/html' } })).text();
    expect(await page('/')).toContain('<script');
    expect(await page('/graphql')).toContain('MembersOfAPole');
    expect(await server.tools()).toContain('find');
  });

  it('says which Node it needs, started with an older one', () => {
    const older = 'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.20.2" } })';
    const start = join(folder, 'node_modules/grappe/src/start.mjs');
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--import', `data:text/javascript,${older}`, start, 'serve'],
      {
        encoding: 'utf8',
      },
    );
    expect(stderr).toMatch(/^Grappe needs Node 24 or newer; this is 20\.20\.2\./);
    expect(status).toBe(1);
  });

  it('writes the example of an import, and imports it', async () => {
    await saidBy(npx(['import', '--template', 'example']), /(?!)/);
    expect(readdirSync(join(folder, 'example'))).toContain('organisations.csv');
    expect(await saidBy(npx(['import', 'example']), /(?!)/)).toMatch(/Records: \d+ created, 0 updated/);
  });
});

describe('code without types', () => {
  it('names the files that it becomes, and has its lines where they were', () => {
    const code =
      "import { a, type B } from './a.ts';\nconst load = (b: B) => import('../../c/d.ts');\nnew URL('./worker.ts', import.meta.url);\n";
    expect(
      javascriptOf(code)
        .split('\n')
        .map((line) => line.replaceAll(/ +/g, ' ')),
    ).toEqual([
      "import { a, } from './a.js';",
      "const load = (b ) => import('../../c/d.js');",
      "new URL('./worker.js', import.meta.url);",
      '',
    ]);
  });

  it('is made of every file', () => {
    expect(javascriptOf(readFileSync(join(root, 'src/main.ts'), 'utf8'))).not.toMatch(/\.ts['"]/);
  });
});
