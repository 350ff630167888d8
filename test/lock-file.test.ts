import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

it('names every platform package and no registry, so that npm ci takes it', () => {
  const script = fileURLToPath(new URL('../scripts/mend-lock.ts', import.meta.url));
  const said = execFileSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
  expect(said).toBe('package-lock.json is complete.\n');
});
