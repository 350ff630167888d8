// Prints what an installation of Grappe consists of as CycloneDX: what npm lists; what it leaves out since tests import it too;
// and the packages that the explorer's files contain.
//   node scripts/sbom.ts > grappe.cdx.json
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { lockedPackages } from './locked.ts';

interface Component {
  readonly 'bom-ref': string;
  readonly [key: string]: unknown;
}

const words = [
  'sbom',
  '--sbom-format',
  'cyclonedx',
  '--sbom-type',
  'application',
  '--omit',
  'dev',
  '--package-lock-only',
];
const said = execFileSync('npm', words, { cwd: fileURLToPath(new URL('..', import.meta.url)), encoding: 'utf8' });
const bom = JSON.parse(said) as { metadata: { component: Component }; components: Component[] };
const passedOn = lockedPackages()
  .filter(({ isTool }) => !isTool)
  .map(({ name, version, license, integrity, isBundled }) => ({
    'bom-ref': `${name}@${version}`,
    type: 'library',
    name,
    version,
    scope: 'required',
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    ...(isBundled && { properties: [{ name: 'cdx:npm:package:bundled', value: 'true' }] }),
    ...(integrity && {
      hashes: [{ alg: 'SHA-512', content: Buffer.from(integrity.replace('sha512-', ''), 'base64').toString('hex') }],
    }),
    ...(license && { licenses: [{ license: { id: license } }] }),
  }));
const known = new Set(bom.components.map((component) => component['bom-ref']));
const components = [...bom.components, ...passedOn.filter((component) => !known.has(component['bom-ref']))];
// npm names the program by the folder in which it lies.
const component = { ...bom.metadata.component, name: 'grappe' };
console.log(JSON.stringify({ ...bom, metadata: { ...bom.metadata, component }, components }, null, 2));
