import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { reader } from './explorer.ts';

/** The words of the pages on the way, by language. */
const WAY = {
  'fr-FR': {
    box: 'Chercher',
    onMap: 'Sur la carte',
    network: 'Voir le réseau',
    linked: /^Lié à/,
    to: 'À',
    year: 'Année',
    takeAway: 'Emporter',
    link: 'Lien vers cette vue',
  },
  'en-GB': {
    box: 'Search',
    onMap: 'On the map',
    network: 'Show the network',
    linked: /^Linked to/,
    to: 'To',
    year: 'Year',
    takeAway: 'Take away',
    link: 'Link to this view',
  },
} as const;

/** Whether the browser has WebGL. */
const HAS_WEBGL = "document.createElement('canvas').getContext('webgl') !== null";

/**
 * What a person does in the first minute, each page reached from the one before: find a pole, see its members on a map and as
 * a network, move through the years, find how it is linked to another and by which documents, send somebody the link.
 */
export function testMinute(): void {
  it.each([
    ['fr-FR', 'plain'],
    ['en-GB', 'webgl'],
  ] as const)('leads from a name to a link for a colleague (%s, %s)', async (locale, graphics) => {
    const words = WAY[locale];
    const { page, open, close } = await reader({ locale }, graphics);
    await open('/');
    expect(await page.evaluate(HAS_WEBGL)).toBe(graphics === 'webgl');
    await page.getByRole('combobox', { name: words.box }).fill('aerospace valley');
    await page
      .getByRole('option', { name: /Aerospace Valley/ })
      .first()
      .click();
    const record = page.getByRole('heading', { name: 'Aerospace Valley', level: 1 });
    await record.waitFor();
    await page.getByRole('link', { name: words.onMap }).click();
    // Its members, where they have their seats.
    await page.getByRole('button', { name: /^Haute-Garonne ?: [1-9]\d* / }).waitFor();
    expect(new URL(page.url()).searchParams.get('members')).toBe('pole/aerospace-valley');
    await page.goBack();
    await record.waitFor();
    await page.getByRole('link', { name: words.network }).click();
    await page.getByRole('application').waitFor();
    expect(await page.getByRole('row').count()).toBeGreaterThan(20);
    const slider = page.getByRole('slider', { name: words.year });
    await slider.focus();
    await page.keyboard.press('Home');
    await page.waitForURL(/year=/);
    await page.getByRole('button', { name: words.takeAway }).click();
    const shown = await page.getByLabel(words.link).inputValue();
    expect(shown).toBe(page.url());
    await page.keyboard.press('Escape');
    // A colleague gets the address, and sees the same picture; where no graphics processor rounds, every pixel of it.
    const colleague = await reader({ locale }, graphics);
    await colleague.page.goto(shown);
    await colleague.page.getByRole('application').waitFor();
    expect(await colleague.page.getByRole('slider', { name: words.year }).inputValue()).toBe(
      new URL(shown).searchParams.get('year'),
    );
    const picture = async (of: Page): Promise<string | null> =>
      graphics === 'plain'
        ? (await of.getByRole('application').screenshot()).toString('base64')
        : of.getByRole('application').getAttribute('aria-label');
    // Nothing is pointed at.
    await page.getByRole('heading', { level: 1 }).click();
    await expect.poll(async () => (await picture(colleague.page)) === (await picture(page))).toBe(true);
    await colleague.close();
    await page.goBack();
    await record.waitFor();
    await page.getByRole('link', { name: words.linked }).click();
    await page.getByRole('combobox', { name: words.to, exact: true }).fill('minalogic');
    await page
      .getByRole('option', { name: /Minalogic/ })
      .first()
      .click();
    const path = page.locator('.path').first();
    await path.waitFor();
    // Through whom, by which documents: each step has its own.
    const steps = await path.locator('.network-fact').count();
    expect(await path.locator('.path-node').count()).toBe(steps + 1);
    expect(await path.locator('.sources').count()).toBe(steps);
    await path.locator('.sources summary').first().click();
    await path.locator('.source-items').first().getByRole('link').first().waitFor();
    await close();
  });
}
