import { readdirSync, readFileSync, statSync } from 'node:fs';
import { expect, it } from 'vitest';

const DOCS = new URL('../docs/', import.meta.url);
const PAGES = ['explorer.md', 'explorer-network.md', 'explorer-views.md'];

it('shows each picture of the explorer in its documentation, of 60 kB at the most', () => {
  const shown = PAGES.flatMap((page) =>
    [...readFileSync(new URL(page, DOCS), 'utf8').matchAll(/!\[[^\]]+\]\(explorer\/([^)]+)\)/g)].map(
      ([, name]) => name!,
    ),
  );
  expect(shown.sort()).toEqual(readdirSync(new URL('explorer/', DOCS)).sort());
  for (const name of shown) expect(statSync(new URL(`explorer/${name}`, DOCS)).size, name).toBeLessThanOrEqual(60_000);
});
