// Makes the package of npm that `npx` runs, as a tarball. Node takes no TypeScript from node_modules, so the types are taken out
// of the code, by Node itself: lines and columns stay as they are. Everything else has the place that it has here.
//   node scripts/pack.ts [FOLDER]     writes grappe-VERSION.tgz into the folder (default: build)
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What is copied as it is; the clients of examples/ are programs of their own. */
const COPIED = [
  ...['README.md', 'CHANGELOG.md', 'LICENSE', 'docs', 'ops', 'explorer/dist', 'schema/schema.graphql'],
  ...['seed/SOURCES.md', 'seed/data', 'src/start.mjs'],
  ...globSync('examples/*/', { cwd: root }).filter((folder) => !folder.includes('clients')),
];

/** The name of a file of ours in the code: in an import, or where a worker begins. */
const OWN_FILE = /(['"])(\.{1,2}\/[^'"\n]+)\.ts\1/g;

/** Code without types, which names the files that it becomes. Throws where something cannot be erased. */
export function javascriptOf(typescript: string): string {
  return stripTypeScriptTypes(typescript, { mode: 'strip' }).replace(OWN_FILE, '$1$2.js$1');
}

/** Writes the package's files into an empty folder. */
function write(folder: string): void {
  for (const file of globSync(['src/**/*.ts', 'schema/**/*.ts'], { cwd: root })) {
    const target = join(folder, file.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, javascriptOf(readFileSync(join(root, file), 'utf8')));
  }
  for (const file of COPIED) cpSync(join(root, file), join(folder, file), { recursive: true });
  const start = join(folder, 'src/start.mjs');
  writeFileSync(start, readFileSync(start, 'utf8').replace(OWN_FILE, '$1$2.js$1'));
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { private: _, scripts: __, devDependencies: ___, ...published } = manifest;
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(published, null, 2)}\n`);
}

/** Makes the tarball, and returns its path. */
export function pack(target: string): string {
  if (!existsSync(join(root, 'explorer/dist/index.html'))) {
    execFileSync(process.execPath, [join(root, 'scripts/build-explorer.ts')], { stdio: 'inherit' });
  }
  mkdirSync(target, { recursive: true });
  const folder = mkdtempSync(join(target, '.package-'));
  try {
    write(folder);
    const words = ['pack', folder, '--pack-destination', target, '--silent', '--ignore-scripts'];
    return join(target, execFileSync('npm', words, { encoding: 'utf8' }).trim());
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) console.log(pack(resolve(process.argv[2] ?? join(root, 'build'))));
