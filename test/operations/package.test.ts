import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { javascriptOf, pack } from '../../scripts/pack.ts';
import { amount } from '../support/tier.ts';

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
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (!name.startsWith('.')) symlinkSync(join(root, 'node_modules', name), join(modules, name));
  }
  execFileSync('tar', ['-xzf', tarball, '-C', modules, '--transform=s,^package,grappe,']);
  symlinkSync('../grappe/src/start.mjs', join(modules, '.bin/grappe'));
  symlinkSync(process.execPath, join(modules, '.bin/node'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts the program as npx does: by its name, with the programs of the folder first. */
function npx(words: readonly string[], settings: Readonly<Record<string, string>> = {}): ChildProcess {
  const bin = join(folder, 'node_modules/.bin');
  const { GRAPPE_DATA: _, ...others } = process.env;
  const env = { ...others, PATH: `${bin}:${process.env.PATH}`, ...settings };
  return spawn(join(bin, 'grappe'), words, { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
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

  it('serves in an empty folder: a query, GraphiQL made by a worker, the explorer', async () => {
    const child = npx(['serve'], { PORT: '0', GRAPPE_SEED: 'none', LOG_LEVEL: 'error' });
    try {
      const said = await saidBy(child, /graph {5}/);
      const url = /http:\S+?:\d+/.exec(said)![0];
      while ((await fetch(`${url}/readyz`)).status !== 200) await pause(20);
      const ask = async (query: string): Promise<unknown> => {
        const headers = { 'content-type': 'application/json' };
        const answer = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
        return ((await answer.json()) as { data: unknown }).data;
      };
      expect(await ask('{ poles { totalCount } }')).toEqual({ poles: { totalCount: 0 } });
      expect(await ask('{ __schema { queryType { name } } }')).toEqual({ __schema: { queryType: { name: 'Query' } } });
      const page = await fetch(url, { headers: { accept: 'text/html' } });
      expect(await page.text()).toContain('<script');
      const graphiql = await fetch(`${url}/graphql`, { headers: { accept: 'text/html' } });
      expect(graphiql.status).toBe(200);
    } finally {
      child.kill('SIGKILL');
    }
  });

  it('writes the example of an import', async () => {
    const child = npx(['import', '--template', 'example']);
    await saidBy(child, /(?!)/);
    expect(readdirSync(join(folder, 'example'))).toContain('organisations.csv');
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
