import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { release, released } from '../../scripts/release.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'grappe-release-'));
  mkdirSync(join(folder, 'ops'));
  for (const file of ['package.json', 'package-lock.json', 'CHANGELOG.md', 'ops/kubernetes']) {
    cpSync(join(root, file), join(folder, file), { recursive: true });
  }
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const read = (file: string): string => readFileSync(join(folder, file), 'utf8');

describe('a release', () => {
  it('has one version everywhere, a section of the changelog, and a tag with its text', () => {
    const next = release(folder, '9.1.0', '2027-01-02');
    expect(JSON.parse(read('package.json')).version).toBe('9.1.0');
    const lock = JSON.parse(read('package-lock.json'));
    expect([lock.version, lock.packages[''].version]).toEqual(['9.1.0', '9.1.0']);
    expect(read('ops/kubernetes/neo4j.yaml')).toContain('image: grappe:9.1.0');
    expect(read('CHANGELOG.md')).toMatch(/## Unreleased\n\n## 9\.1\.0 \(2027-01-02\)\n\n- /);
    expect(next).toMatch(/schema\/print\.ts --release\ngit commit/);
    expect(next).toContain('git tag -a v9.1.0');
    expect(next).toContain('--build-arg VERSION=9.1.0');
    expect(() => release(folder, '9.2.0', '2027-01-03')).toThrow('Nothing is unreleased');
  });

  it('changes nothing where its version is none, or not later', () => {
    const before = read('package.json');
    expect(() => release(folder, 'next', '2027-01-02')).toThrow('"next" is no version');
    expect(() => release(folder, '0.0.9', '2027-01-02')).toThrow('0.0.9 does not come after');
    expect(read('package.json')).toBe(before);
  });

  it('leaves earlier sections as they are', () => {
    const { text, notes } = released(
      '# Changelog\n\n## Unreleased\n\n- New.\n\n## 0.1.0 (2026-01-01)\n\n- Old.\n',
      '0.2.0',
      '2026-02-02',
    );
    expect(notes).toBe('- New.');
    expect(text).toBe(
      '# Changelog\n\n## Unreleased\n\n## 0.2.0 (2026-02-02)\n\n- New.\n\n## 0.1.0 (2026-01-01)\n\n- Old.\n',
    );
  });
});
