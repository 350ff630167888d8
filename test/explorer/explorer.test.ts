import { statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EXPLORER_FOLDER } from '../../src/server/http/explorer.ts';
import { compareTests } from './compare.ts';
import { editTests } from './edit.ts';
import { entityTests } from './entity.ts';
import { chromium, reader, startExplorer } from './explorer.ts';
import { reportFigures } from './figures.ts';
import { findTests } from './find.ts';
import { mapTests } from './map.ts';
import { testNetwork } from './network.ts';
import { testPaths } from './paths.ts';
import { testPrint } from './print.ts';
import { selectionTests } from './selection.ts';

// One server and one browser for all: the tests of a room are in a file beside this one, and are called here.
describe.skipIf(chromium === null)('the explorer', () => {
  startExplorer();

  it('speaks the language of the browser, and switches language and theme', async () => {
    const { page, open, close } = await reader();
    await open('/');
    await page.getByRole('heading', { name: 'Les réseaux d’innovation en France' }).waitFor();
    expect(await page.title()).toBe('Les réseaux d’innovation en France · Grappe');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Innovation networks in France' }).waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe('en');
    const ground = (): Promise<unknown> => page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
    const light = await ground();
    await page.getByLabel('Appearance').selectOption('dark');
    expect(await ground()).not.toBe(light);
    await page.reload();
    await page.getByRole('heading', { name: 'Innovation networks in France' }).waitFor();
    expect(await ground()).not.toBe(light);
    await close();
  });

  it('takes 60 kB of script, packed, before it shows the first page', async () => {
    const { page, open, close } = await reader();
    const names: string[] = [];
    page.on('response', (response) => {
      const [, name] = /\/assets\/(.+\.js)$/.exec(response.url()) ?? [];
      if (name !== undefined) names.push(name);
    });
    await open('/');
    await page.waitForLoadState('networkidle');
    const sizes = names.map((name) => statSync(new URL(`assets/${name}.gz`, EXPLORER_FOLDER)).size);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    console.log(`explorer: ${(total / 1_000).toFixed(1)} kB of script for the first view, ${names.length} files`);
    expect(names.length).toBeGreaterThan(1);
    expect(total).toBeLessThan(60_000);
    await close();
  });

  it('leaves the window of a phone to the page: one line of pages below the name', async () => {
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
    for (const locale of ['fr-FR', 'en-GB']) {
      const { page, open, accessible, close } = await reader({ ...phone, locale });
      await open('/pole/aerospace-valley');
      await page.getByRole('heading', { name: 'Aerospace Valley', level: 1 }).waitFor();
      const links = page.locator('header nav a').filter({ visible: true });
      const boxes = await Promise.all((await links.all()).map((link) => link.boundingBox()));
      expect(boxes.length).toBe(5);
      expect(new Set(boxes.map((box) => box!.y)).size, locale).toBe(1);
      expect((await page.locator('header').boundingBox())!.height).toBeLessThan(844 / 6);
      await accessible();
      await close();
    }
  });

  it('has what is taken away within the window of a phone and of a tablet', async () => {
    for (const width of [390, 820]) {
      const { page, open, close } = await reader({ viewport: { width, height: 1_000 } });
      for (const path of ['/pole/aerospace-valley', '/network?members=pole/aerospace-valley']) {
        await open(path);
        await page.getByRole('button', { name: 'Emporter' }).click();
        const box = (await page.locator('.take-away-panel').boundingBox())!;
        expect([path, width, box.x >= 0, box.x + box.width <= width]).toEqual([path, width, true, true]);
      }
      await close();
    }
  });

  it('says that there is nothing at an unknown address, with the status 404', async () => {
    const { page, open, accessible } = await reader({ locale: 'en-GB' });
    const [response] = await Promise.all([page.waitForResponse(/nowhere/), open('/nowhere')]);
    expect(response.status()).toBe(404);
    await page.getByText('There is nothing at this address').waitFor();
    await accessible();
    await page.context().close();
  });

  describe('finds', findTests);
  describe('shows records', entityTests);
  mapTests();
  testNetwork();
  testPaths();
  compareTests();
  testPrint();
  selectionTests();
  describe('edits', editTests);
  reportFigures();
});
