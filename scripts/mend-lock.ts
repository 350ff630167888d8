// Adds to package-lock.json the platform packages that npm leaves out when the registry lacks them: without them npm's
// own `npm ci` rejects the file ("Missing … from lock file"). Asks the registry for the integrity of each that has none, and
// writes docs/licences.md.
// Run it after every `npm install` that changes the file:
//   node scripts/mend-lock.ts           mends it; a second run changes nothing
//   node scripts/mend-lock.ts --check   asks nobody, changes nothing and fails when there is something to mend
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface LockedPackage {
  version?: string;
  integrity?: string;
  resolved?: string;
  cpu?: string | string[];
  libc?: string[];
  license?: string;
  optional?: boolean;
  dev?: boolean;
  os?: string | string[];
  optionalDependencies?: Record<string, string>;
}

const OPERATING_SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'openbsd', 'sunos', 'win32'];
const PROCESSORS = ['arm', 'arm64', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'x64'];

/**
 * Platform packages of which the registry that was asked had nothing, so that their integrity is not known: npm takes what
 * its own registry has. A package that is not named here must have its integrity.
 */
const UNVERIFIED: ReadonlySet<string> = new Set([
  '@grafeo-db/js-darwin-arm64',
  '@grafeo-db/js-darwin-x64',
  '@grafeo-db/js-linux-arm64-gnu',
  '@grafeo-db/js-linux-arm64-musl',
  '@grafeo-db/js-win32-x64-msvc',
]);

const isCheck = process.argv.includes('--check');
const file = new URL('../package-lock.json', import.meta.url);
const before = readFileSync(file, 'utf8');
const lock = JSON.parse(before) as { packages: Record<string, LockedPackage> };
const problems: string[] = [];

for (const [place, parent] of Object.entries(lock.packages)) {
  if (place === '') continue;
  for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
    if (`node_modules/${name}` in lock.packages || `${place}/node_modules/${name}` in lock.packages) continue;
    const entry = platformPackage(name, version, parent);
    if (entry === null) problems.push(`${name} is absent and its name gives no platform: add it by hand.`);
    else lock.packages[`node_modules/${name}`] = entry;
  }
}
for (const [place, entry] of Object.entries(lock.packages)) mendIntegrity(place, entry);
checkNode();
for (const [place, { resolved }] of Object.entries(lock.packages)) {
  if (resolved !== undefined)
    problems.push(`${place} names a registry: keep omit-lockfile-registry-resolved in .npmrc.`);
}

const ordered = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en'));
const after = `${JSON.stringify({ ...lock, packages: Object.fromEntries(ordered) }, null, 2)}\n`;
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exitCode = 1;
} else if (after === before) {
  console.log('package-lock.json is complete.');
  writeLicences();
} else if (isCheck) {
  console.error('package-lock.json lacks platform packages: run node scripts/mend-lock.ts');
  process.exitCode = 1;
} else {
  writeFileSync(file, after);
  console.log('package-lock.json was mended.');
  writeLicences();
}

/** The page of licences is of this lock file. */
function writeLicences(): void {
  if (!isCheck)
    execFileSync(process.execPath, [fileURLToPath(new URL('licences.ts', import.meta.url))], { stdio: 'inherit' });
}

/** Adds the integrity of a package, as the registry has it. */
function mendIntegrity(place: string, entry: LockedPackage): void {
  if (place === '' || entry.integrity !== undefined) return;
  const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const integrity = isCheck ? null : integrityOf(name, entry.version!);
  if (integrity !== null) {
    const { version, ...others } = entry;
    lock.packages[place] = { version: version!, integrity, ...others };
    if (UNVERIFIED.has(name)) problems.push(`${name} has an integrity now: take it out of UNVERIFIED.`);
  } else if (!UNVERIFIED.has(name)) {
    problems.push(`${name} ${entry.version} has no integrity: run node scripts/mend-lock.ts, which asks the registry.`);
  }
}

/** What the registry says of a version; null if it does not have it. */
function integrityOf(name: string, version: string): string | null {
  try {
    const words = ['view', `${name}@${version}`, 'dist.integrity', '--json'];
    const answer = execFileSync('npm', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    return answer === '' ? null : (JSON.parse(answer) as string);
  } catch {
    return null;
  }
}

/** What npm would have written, read from a name such as `@grafeo-db/js-linux-arm64-musl`, but for the integrity. */
function platformPackage(name: string, version: string, parent: LockedPackage): LockedPackage | null {
  const words = name.split(/[-/]/);
  const os = OPERATING_SYSTEMS.find((system) => words.includes(system));
  const cpu = PROCESSORS.find((processor) => words.includes(processor));
  if (os === undefined || cpu === undefined || !/^\d/.test(version)) return null;
  return {
    version,
    cpu: [cpu],
    ...(parent.dev ? { dev: true } : {}),
    ...(words.includes('musl') ? { libc: ['musl'] } : words.includes('gnu') ? { libc: ['glibc'] } : {}),
    ...(parent.license === undefined ? {} : { license: parent.license }),
    optional: true,
    os: [os],
  };
}

/** Node's own platform packages exist for every platform, so an entry that is absent or incomplete is an error of npm or ours. */
function checkNode(): void {
  for (const [name, version] of Object.entries(lock.packages['']?.optionalDependencies ?? {})) {
    const entry = lock.packages[`node_modules/${name}`];
    const isComplete = entry?.version === version && entry.optional && entry.os && entry.cpu && entry.integrity;
    if (!isComplete)
      problems.push(`${name} ${version} is not complete: delete package-lock.json and node_modules, npm install.`);
  }
}
