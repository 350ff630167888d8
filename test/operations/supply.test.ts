import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { lockedPackages } from '../../scripts/locked.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('what Grappe is made of', () => {
  it('is listed as CycloneDX, every package that is passed on, with its version and checksum', () => {
    const said = execFileSync('npm', ['run', '--silent', 'sbom'], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 50_000_000,
    });
    const { bomFormat, metadata, components } = JSON.parse(said) as {
      bomFormat: string;
      metadata: { component: { name: string; version: string } };
      components: { purl: string; hashes?: { alg: string }[] }[];
    };
    expect(bomFormat).toBe('CycloneDX');
    expect(metadata.component).toMatchObject({ name: 'grappe', version: manifest.version });
    const listed = new Map(
      components.map(({ purl, hashes = [] }) => [decodeURIComponent(purl.split('?')[0]!), hashes]),
    );
    const passedOn = lockedPackages().filter(({ isTool }) => !isTool);
    expect(passedOn.map(({ name }) => name)).toEqual(expect.arrayContaining(['graphql', 'preact']));
    const isListed = ({ name, version, integrity }: (typeof passedOn)[number]): boolean =>
      (listed.get(`pkg:npm/${name}@${version}`)?.length ?? -1) >= (integrity === undefined ? 0 : 1);
    expect(passedOn.filter((each) => !isListed(each))).toEqual([]);
  });

  it('is installed without a word about the Node of the machine, which only runs npm', () => {
    const words = ['--dry-run', '--ignore-scripts', '--offline'];
    // Both outputs: npm warns on the other one.
    const said = execFileSync('bash', ['-c', `npm ci ${words.join(' ')} 2>&1`], { cwd: root, encoding: 'utf8' });
    expect(said).not.toMatch(/warn|EBADENGINE/i);
  });
});
