import { describe, expect, it } from 'vitest';
import { compareTests } from './compare.ts';
import { editTests } from './edit.ts';
import { entityTests } from './entity.ts';
import { chromium, reader, startExplorer } from './explorer.ts';
import { findTests } from './find.ts';
import { mapTests } from './map.ts';
import { testNetwork } from './network.ts';
import { testPaths } from './paths.ts';

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
  describe('edits', editTests);
});
