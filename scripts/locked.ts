import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A package of package-lock.json. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly integrity?: string;
  /** Whether it only builds and tests: it is neither installed with Grappe nor a part of the explorer. */
  readonly isTool: boolean;
  /** Whether the explorer's files contain it. */
  readonly isBundled: boolean;
}

const root = fileURLToPath(new URL('..', import.meta.url));

/** The packages whose code the explorer imports, types left out: they are a part of explorer/dist. */
function importedByExplorer(): ReadonlySet<string> {
  const files = globSync('explorer/src/**/*.{ts,tsx}', { cwd: root });
  const sources = files.map((file) => readFileSync(join(root, file), 'utf8'));
  const imports = sources.flatMap((source) => [
    ...source.matchAll(/^import (?!type )[^;]*?from '([^.'][^']*)'|import\('([^.'][^']*)'\)/gm),
  ]);
  const names = imports.map(([, fixed, dynamic]) => (fixed ?? dynamic)!);
  return new Set(
    names.map((name) =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    ),
  );
}

/** Every package of package-lock.json, in the order of its name. */
export function lockedPackages(): readonly LockedPackage[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { version: string; license?: string; integrity?: string; dev?: boolean }>;
  };
  const bundled = importedByExplorer();
  const found = Object.entries(packages)
    .filter(([place]) => place !== '')
    .map(([place, { version, license, integrity, dev = false }]) => {
      const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
      const isBundled = bundled.has(name);
      const said = { ...(license && { license }), ...(integrity && { integrity }) };
      return { name, version, ...said, isBundled, isTool: dev && !isBundled };
    });
  const unique = new Map(found.map((each) => [`${each.name} ${each.version} ${each.isTool}`, each]));
  return [...unique.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
