import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/config.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (file: string): string => readFileSync(`${root}${file}`, 'utf8');
const readAll = (pattern: string): string => globSync(pattern, { cwd: root }).map(read).join('\n');

// The formatter pads the cells of tables.
const doc = read('docs/errors.md').replace(/ {2,}/g, ' ');
const explained = new Set([...doc.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, code]) => code!));

/** The members of a union of literals in a source file. */
function union(file: string, name: string): string[] {
  const [, body = ''] = new RegExp(`type ${name} =([^;]*);`).exec(read(file)) ?? [];
  return [...body.matchAll(/'([A-Z_]+)'/g)].map(([, member]) => member!);
}

describe('docs/errors.md', () => {
  const declared = [
    ...union('src/server/client-error.ts', 'ErrorCode'),
    ...union('src/server/readiness.ts', 'NotReady'),
  ];
  const used = [
    ...readAll('{src,schema}/**/*.ts').matchAll(/\b(?:code: |clientError\(|beyondLimit\(\s*|code = )'([A-Z_]+)'/g),
  ]
    .map(([, code]) => code!)
    // Codes of the graph's port and of Yoga, which are answered under names of ours.
    .filter((code) => !['UNAVAILABLE', 'FAILED', 'REQUEST_ENTITY_TOO_LARGE'].includes(code));

  it('explains every code that an answer may carry, and no other', () => {
    expect(declared.length).toBeGreaterThan(25);
    expect([...explained].sort()).toEqual([...new Set([...declared, ...used])].sort());
  });

  it('explains nothing that is not tested', () => {
    const tests = readAll('test/**/*.test.ts');
    expect([...explained].filter((code) => !tests.includes(`'${code}'`))).toEqual([]);
  });

  it('has the limits as they are', () => {
    const variables = [...read('src/config.ts').matchAll(/(\w+): '(GRAPPE_(?:MAX_\w+|REQUEST_TIMEOUT_MS))'/g)];
    expect(variables).toHaveLength(Object.keys(DEFAULT_LIMITS).length);
    for (const [, limit, variable] of variables) {
      const number = DEFAULT_LIMITS[limit as keyof typeof DEFAULT_LIMITS].toLocaleString('en');
      expect(doc).toContain(`| ${number} | \`${variable}\` |`);
    }
  });
});
