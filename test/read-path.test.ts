import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ARCHITECTURE, readPath, withReadPath } from '../scripts/read-path.ts';
import { CHOICES } from '../src/loaders/plan.ts';

it('ARCHITECTURE.md draws how lists are read as the plan decides it: node scripts/read-path.ts draws it', () => {
  const page = readFileSync(ARCHITECTURE, 'utf8');
  expect(page).toContain(readPath());
  expect(withReadPath(page)).toBe(page);
});

it('the drawing is made again where it is stale', () => {
  const page = readFileSync(ARCHITECTURE, 'utf8');
  expect(withReadPath(page.replace('it has all columns', 'it has none'))).toBe(page);
});

it('a page is read in at most four ways, and the last of each part is always possible', () => {
  for (const choices of Object.values(CHOICES)) {
    expect(new Set(choices.map(({ by }) => by)).size).toBeLessThanOrEqual(4);
    expect(choices.at(-1)!.isTaken({} as never)).toBe(true);
  }
});
