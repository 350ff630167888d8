import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

/** What a script says that changes nothing. */
const check = (script: string): string =>
  execFileSync(process.execPath, [fileURLToPath(new URL(`../scripts/${script}`, import.meta.url)), '--check'], {
    encoding: 'utf8',
  });

it('names every platform package and no registry, so that npm ci takes it', () => {
  expect(check('mend-lock.ts')).toBe('package-lock.json is complete.\n');
});

it('has packages with allowed licences, which docs/licences.md lists', () => {
  expect(check('licences.ts')).toBe('Every package has an allowed licence.\n');
});
