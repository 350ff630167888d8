// Takes the pictures of docs/explorer.md from a running server with the full seed:
//   node scripts/explorer-pictures.ts [http://127.0.0.1:4000]
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright-core';

const [address = 'http://127.0.0.1:4000'] = process.argv.slice(2);
const folder = fileURLToPath(new URL('../docs/explorer/', import.meta.url));

async function suggest(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: 'Search' }).pressSequentially('aerospace');
  await page.getByRole('option').nth(5).waitFor();
}

/** Each picture: its name, the page, the theme, and what is done before it is taken. */
const PICTURES: readonly (readonly [string, string, 'light' | 'dark', ((page: Page) => Promise<void>)?])[] = [
  ['start', '/', 'light', suggest],
  ['results', '/search?type=organisation&kind=RESEARCH&in=territory/region-occitanie&order=partners', 'light'],
  ['record', '/pole/aerospace-valley', 'light'],
  ['record-dark', '/organisation/cnrs', 'dark'],
];

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
for (const [name, path, colorScheme, before] of PICTURES) {
  const page = await browser.newPage({ viewport: { width: 1080, height: 680 }, locale: 'en-GB', colorScheme });
  await page.goto(`${address}${path}`, { waitUntil: 'networkidle' });
  await before?.(page);
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: `${folder}${name}.png` });
  await page.close();
}
await browser.close();
