// Makes a release: dates the section `Unreleased` of CHANGELOG.md, sets the version in package.json, the lock file and the
// manifests of ops/kubernetes, and says what to run next. Commits and sends nothing.
//   node scripts/release.ts 0.2.0
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A version by semantic versioning. */
const VERSION = /^(\d+)\.(\d+)\.(\d+)(?:-[\w.]+)?$/;
const UNRELEASED = '## Unreleased\n';

/** Whether a version comes after another. One with a suffix comes before the same without. */
function isLater(version: string, than: string): boolean {
  const [one, other] = [version, than].map((text) => VERSION.exec(text)!.slice(1, 4).map(Number)) as [
    number[],
    number[],
  ];
  const place = one.findIndex((number, index) => number !== other[index]);
  return place >= 0 ? one[place]! > other[place]! : than.includes('-') && !version.includes('-');
}

/** The changelog with its unreleased section under the version, and the text of that section. */
export function released(
  changelog: string,
  version: string,
  day: string,
): { readonly text: string; readonly notes: string } {
  const start = changelog.indexOf(UNRELEASED);
  if (start < 0) throw new Error('CHANGELOG.md has no section `## Unreleased`.');
  const after = start + UNRELEASED.length;
  const next = changelog.indexOf('\n## ', after);
  const end = next < 0 ? changelog.length : next + 1;
  const notes = changelog.slice(after, end).trim();
  if (notes === '') throw new Error('Nothing is unreleased: CHANGELOG.md has no line under `## Unreleased`.');
  const section = `${UNRELEASED}\n## ${version} (${day})\n\n${notes}\n`;
  const rest = changelog.slice(end);
  return { text: `${changelog.slice(0, start)}${section}${rest === '' ? '' : `\n${rest}`}`, notes };
}

/** Writes the release into a folder with the project's files, and returns what to do next. */
export function release(root: string, version: string, day: string): string {
  if (!VERSION.test(version)) throw new Error(`"${version}" is no version such as 0.2.0.`);
  const read = (file: string): string => readFileSync(join(root, file), 'utf8');
  const before = JSON.parse(read('package.json')).version as string;
  if (!isLater(version, before))
    throw new Error(`${version} does not come after ${before}, the version of package.json.`);
  const { text, notes } = released(read('CHANGELOG.md'), version, day);
  const changes = new Map([['CHANGELOG.md', text]]);
  const versioned = (file: string, from: string, to: string): void => {
    const old = read(file);
    if (!old.includes(from)) throw new Error(`${file} does not contain ${from}.`);
    changes.set(file, old.replaceAll(from, to));
  };
  changes.set('package.json', read('package.json').replace(`"version": "${before}"`, `"version": "${version}"`));
  const lock = JSON.parse(read('package-lock.json'));
  lock.version = version;
  lock.packages[''].version = version;
  changes.set('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
  for (const file of globSync('ops/kubernetes/*.yaml', { cwd: root })) {
    versioned(file, `image: grappe:${before}`, `image: grappe:${version}`);
  }
  for (const [file, content] of changes) writeFileSync(join(root, file), content);
  return `Version ${version}. Look at \`git diff\`, then:

node_modules/.bin/node schema/print.ts --release
git commit -am 'release: ${version}' && git tag -a v${version} -F - <<'NOTES'
Grappe ${version}

${notes}
NOTES
docker build --build-arg VERSION=${version} --build-arg REVISION=$(git rev-parse HEAD) --build-arg CREATED=$(date -u +%FT%TZ) \\
  --build-arg NODE_IMAGE=$(docker buildx imagetools inspect node:24-slim --format 'node:24-slim@{{.Manifest.Digest}}') -t grappe:${version} .
npm run package && npm run --silent sbom > build/grappe-${version}.cdx.json
`;
}

if (import.meta.main) {
  const [version = ''] = process.argv.slice(2);
  const root = fileURLToPath(new URL('..', import.meta.url));
  if (!existsSync(join(root, 'CHANGELOG.md'))) throw new Error('This is no working copy of Grappe.');
  process.stdout.write(release(root, version, new Date().toISOString().slice(0, 10)));
}
