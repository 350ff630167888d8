import { describe, expect, it } from 'vitest';
import { chromium, reader, startExplorer } from './explorer.ts';

import { mapTests } from './map.ts';

import { testNetwork } from './network.ts';
import { testPaths } from './paths.ts';

// One server and one browser for all: the tests of a room are in a file beside this one, and are called here.
describe.skipIf(chromium === null)('the explorer', () => {
  startExplorer();

  it('shows the poles in the language of the browser, and switches it', async () => {
    const french = await reader();
    await french.open('/');
    await french.page.getByRole('link', { name: 'Aerospace Valley' }).waitFor();
    expect(await french.page.title()).toBe('Les réseaux d’innovation en France · Grappe');
    await french.accessible();
    await french.page.getByRole('button', { name: 'English' }).click();
    await french.page.getByRole('heading', { name: 'Innovation networks in France' }).waitFor();
    expect(await french.page.getAttribute('html', 'lang')).toBe('en');
    await french.page.getByRole('link', { name: 'Aerospace Valley' }).click();
    await french.page.getByRole('heading', { name: 'Aerospace Valley' }).waitFor();
    expect(new URL(french.page.url()).pathname).toBe('/pole/aerospace-valley');
    await french.page.goBack();
    await french.page.getByRole('heading', { name: 'Innovation networks in France' }).waitFor();
    await french.close();
  });

  it('says that there is nothing at an unknown address, with the status 404', async () => {
    const { page, accessible } = await reader({ locale: 'en-GB' });
    const response = await page.goto(new URL('/nowhere', (await import('./explorer.ts')).address()).href);
    expect(response?.status()).toBe(404);
    await page.getByText('There is nothing at this address').waitFor();
    await accessible();
    await page.context().close();
  });

  mapTests();
  testNetwork();
  testPaths();
});
