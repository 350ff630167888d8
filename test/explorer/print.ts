import { expect, it } from 'vitest';
import { reader } from './explorer.ts';

/** A page of this part of the explorer, with what must be on paper. */
const PRINTED = [
  [
    '/network?members=pole/aqua-valley,pole/dream',
    '.network-layer-nodes',
    '.network-rows tbody tr',
    '.network-legend li',
  ],
  [
    '/network?ids=pole/aerospace-valley&year=2012&versus=2024',
    '.network-pair .network-layer-nodes',
    '.network-changes',
  ],
  ['/map', '.map-layout svg', '.swatch', '.credit'],
  ['/path?a=organisation/onera&b=organisation/airbus-defence-and-space', '.path-node', '.source-items'],
  ['/compare?ids=pole/aqua-valley,pole/dream', '.sets', '.matrix'],
  ['/measures?members=pole/aqua-valley,pole/dream&show=ranking', 'tbody tr'],
] as const;

/** Pages whose tables may be wider than such a window, without a link in them. */
const WIDE = [...PRINTED, ['/measures?members=pole/aqua-valley,pole/dream&show=series', 'tbody tr']] as const;

/** Pages on paper, and in a window as narrow as 400 % of zoom makes it. */
export function testPrint(): void {
  it('prints what is shown and where it comes from, without what only a screen can do', async () => {
    const { page, open, close } = await reader({ colorScheme: 'dark', viewport: { width: 794, height: 1123 } });
    for (const [path, ...shown] of PRINTED) {
      await page.emulateMedia({ media: 'screen' });
      await open(path);
      await page.locator(shown[0]).first().waitFor();
      await page.emulateMedia({ media: 'print' });
      await page.evaluate("dispatchEvent(new Event('beforeprint'))");
      for (const part of shown) await page.locator(part).first().waitFor();
      expect(await page.getByRole('navigation', { name: 'Pages principales' }).isVisible(), path).toBe(false);
      expect(await page.getByRole('combobox', { name: 'Chercher' }).isVisible(), path).toBe(false);
      expect(await page.getByText('Emporter').filter({ visible: true }).count(), path).toBe(0);
      expect(await page.evaluate('getComputedStyle(document.body).color'), path).toMatch(/^rgb\((?:\d|[1-5]\d), /);
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), path).toBe(true);
      expect((await page.pdf({ format: 'A4' })).subarray(0, 5).toString()).toBe('%PDF-');
      await page.evaluate("dispatchEvent(new Event('afterprint'))");
    }
    await close();
  });

  it('scrolls in one direction only at 400 % zoom and on a tablet', async () => {
    const { page, open, accessible, close } = await reader({ locale: 'en-GB', hasTouch: true });
    for (const width of [320, 820]) {
      await page.setViewportSize({ width, height: width === 320 ? 256 : 1180 });
      for (const [path, first] of WIDE) {
        await open(path);
        await page.locator(first).first().waitFor();
        expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), `${path} ${width}`).toBe(
          true,
        );
        // What scrolls by itself is scrolled by the keyboard, too.
        if (width === 320 && path.startsWith('/measures')) await accessible();
      }
    }
    await close();
  });
}
