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

/**
 * What a person does in the first minute, each page reached from the one before: find a pole, see its members on a map and as
 * a network, move through the years, find how it is linked to another and by which documents, send somebody the link.
 */
export function testMinute(): void {
  it.each(Object.keys(WAY) as (keyof typeof WAY)[])(
    'leads from a name to a link for a colleague (%s)',
    async (locale) => {
      const words = WAY[locale];
      const { page, open, close } = await reader({ locale });
      await open('/');
      await page.getByRole('combobox', { name: words.box }).fill('aerospace valley');
      await page
        .getByRole('option', { name: /Aerospace Valley/ })
        .first()
        .click();
      await page.getByRole('heading', { name: 'Aerospace Valley', level: 1 }).waitFor();
      await page.getByRole('link', { name: words.onMap }).click();
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(new URL(page.url()).pathname).toBe('/map');
      await page.goBack();
      await page.getByRole('heading', { name: 'Aerospace Valley', level: 1 }).waitFor();
      await page.getByRole('link', { name: words.network }).click();
      await page.getByRole('application').waitFor();
      const slider = page.getByRole('slider', { name: words.year });
      await slider.focus();
      await page.keyboard.press('Home');
      await page.waitForURL(/year=/);
      await page.getByRole('button', { name: words.takeAway }).click();
      const shown = await page.getByLabel(words.link).inputValue();
      expect(shown).toBe(page.url());
      await page.keyboard.press('Escape');
      await page.goBack();
      await page.getByRole('heading', { level: 1 }).waitFor();
      // A colleague gets the address.
      const colleague = await reader({ locale });
      await colleague.page.goto(shown);
      await colleague.page.getByRole('application').waitFor();
      expect(await colleague.page.getByRole('slider', { name: words.year }).inputValue()).toBe(
        new URL(shown).searchParams.get('year'),
      );
      await colleague.close();
      await open('/pole/aerospace-valley');
      await page.getByRole('link', { name: words.linked }).click();
      await page.getByRole('combobox', { name: words.to, exact: true }).fill('minalogic');
      await page
        .getByRole('option', { name: /Minalogic/ })
        .first()
        .click();
      await page.locator('.path').first().waitFor();
      const source = page.locator('.path').first().locator('.sources').first();
      await source.locator('summary').click();
      await source.getByRole('link').first().waitFor();
      await close();
    },
  );
}
