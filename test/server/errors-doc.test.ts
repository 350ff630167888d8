import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/config/limits.ts';
import { ERROR_CODES } from '../../src/domain/client-error.ts';

const LIST = 'src/domain/client-error.ts';
const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (file: string): string => readFileSync(`${root}${file}`, 'utf8');
const readAll = (pattern: string): string => globSync(pattern, { cwd: root }).map(read).join('\n');

// The formatter pads the cells of tables.
const doc = read('docs/errors.md').replace(/ {2,}/g, ' ');
const explained = new Set([...doc.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, code]) => code!));

describe('docs/errors.md', () => {
  it('explains every code that an answer may carry, and no other', () => {
    expect([...explained].sort()).toEqual([...ERROR_CODES].sort());
  });

  it('explains codes that are used, and each that is used', () => {
    const sources = globSync('{src,schema}/**/*.ts', { cwd: root }).filter((file) => file !== LIST);
    const text = sources.map(read).join('\n');
    const ofYoga = ['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'OPERATION_RESOLUTION_FAILURE'];
    expect(ERROR_CODES.filter((code) => !text.includes(`'${code}'`))).toEqual(ofYoga);
    const literals = text.matchAll(/\bextensions: \{ code: '([A-Z_]+)'/g);
    const unlisted = [...literals].map(([, code]) => code!).filter((code) => !explained.has(code));
    expect(unlisted).toEqual([]);
  });

  it('explains nothing that is not tested', () => {
    const tests = readAll('test/**/*.test.ts');
    expect([...explained].filter((code) => !tests.includes(`'${code}'`))).toEqual([]);
  });

  it('has the limits as they are', () => {
    const variables = [...read('src/config/limits.ts').matchAll(/(\w+): '(GRAPPE_(?:MAX_\w+|REQUEST_TIMEOUT_MS))'/g)];
    expect(variables).toHaveLength(Object.keys(DEFAULT_LIMITS).length);
    for (const [, limit, variable] of variables) {
      const number = DEFAULT_LIMITS[limit as keyof typeof DEFAULT_LIMITS].toLocaleString('en');
      expect(doc).toContain(`| ${number} | \`${variable}\` |`);
    }
  });
});
