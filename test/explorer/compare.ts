import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { reader } from './explorer.ts';

/** Comparisons and measures: from a link, by the keyboard, in both languages. */
export function compareTests(): void {
  it('compares networks that are chosen by the keyboard, and says who joins them', async () => {
    const { page, open, accessible, close } = await reader();
    await open('/compare?ids=pole/aqua-valley');
    const box = page.getByRole('combobox', { name: /Pôles et clusters à comparer/ });
    await box.fill('dream eau');
    await page.getByRole('option', { name: /DREAM Eau/ }).waitFor();
    // What is shown is for the text before: it is not chosen. In the page itself, since on a busy machine the new text is
    // answered before a key from outside.
    await box.evaluate(async (input) => {
      Object.assign(input, { value: 'minalogic' });
      input.dispatchEvent(new Event('input', { bubbles: true }));
      await new Promise((rendered) => setTimeout(rendered));
      input.dispatchEvent(Object.assign(new Event('keydown', { bubbles: true, cancelable: true }), { key: 'Enter' }));
    });
    await page.getByRole('option', { name: /Minalogic/ }).waitFor();
    expect(new URL(page.url()).searchParams.get('ids')).toBe('pole/aqua-valley');
    await box.fill('dream eau');
    await page.getByRole('option', { name: /DREAM Eau/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Aqua-Valley et DREAM Eau & Milieux comparés' }).waitFor();
    expect(new URL(page.url()).searchParams.get('ids')).toBe('pole/aqua-valley,pole/dream');
    await page.getByText('Les aires des cercles et de leur intersection sont exactes.').waitFor();
    await page.getByRole('heading', { name: 'Organisations qui relient', exact: true }).waitFor();
    await page.getByRole('link', { name: 'Biotope' }).first().waitFor();
    await page.getByRole('img', { name: /^Au fil des années/ }).waitFor();
    await accessible();
    await close();
  });

  it('measures a selection, with definitions at hand, and leads into the network coloured by a measure', async () => {
    const { page, open, accessible, close } = await reader({ locale: 'en-GB', colorScheme: 'dark' });
    await open('/measures?members=pole/aqua-valley,pole/dream&types=PARTNERS_WITH,MEMBER_OF');
    await page.getByText('Members of Aqua-Valley and DREAM Eau & Milieux, by partnership and membership').waitFor();
    await page.getByRole('heading', { name: /^1\. /, level: 2 }).waitFor();
    await accessible();
    for (const [view, seen] of [
      ['Ranking', 'Values are exact.'],
      ['Brokers', 'Values are exact.'],
      ['Likeness', 'By région of the seat'],
      ['Through the years', 'Nodes with a link'],
    ] as const) {
      await page.getByRole('link', { name: view, exact: true }).click();
      // Titles of drawings have the same words, and are not seen.
      await page.getByText(seen).filter({ visible: true }).first().waitFor();
    }
    await accessible();
    await page.goBack();
    await page.goBack();
    await page.goBack();
    await page.getByText('Definition').click();
    await page.getByText(/Brin and Page 1998/).waitFor();
    await page.getByRole('link', { name: 'The network coloured by this measure' }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(new URL(page.url()).searchParams.get('colour')).toBe('measure');
    await close();
  });

  it('shows how far a long measure is, stops it, and computes it after all', async () => {
    const { page, open, accessible, close } = await reader();
    // Measures of the tests' graph are ready at once: a stream that says otherwise stands in for that of a long one.
    const streams: ServerResponse[] = [];
    const server = createServer((_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      streams.push(response);
      const measureProgress = [{ measure: 'BETWEENNESS', share: 0.4, isWaiting: false }];
      response.write(`event: next\ndata: ${JSON.stringify({ data: { measureProgress } })}\n\n`);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    let isLong = true;
    let asked = 0;
    await page.route('**/graphql', async (route) => {
      const text = route.request().postData() ?? '';
      if (text.includes('measureProgress')) {
        return route.continue({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` });
      }
      if (!text.includes('MeasuredRanking')) return route.continue();
      asked++;
      if (!isLong) return route.continue();
    });
    await open('/measures?show=ranking&measure=BETWEENNESS');
    const bar = page.getByRole('progressbar', { name: 'Intermédiarité' });
    await bar.waitFor();
    expect(Number(await bar.getAttribute('value'))).toBe(0.4);
    await page.getByText(/^40\s%$/).waitFor();
    await accessible();
    const [given] = await Promise.all([
      page.waitForEvent('requestfailed', (request) => (request.postData() ?? '').includes('MeasuredRanking')),
      page.getByRole('button', { name: 'Arrêter' }).click(),
    ]);
    expect(given.failure()?.errorText).toMatch(/ABORTED/);
    await page.getByText('Calcul arrêté.').waitFor();
    await expect.poll(() => streams.every(({ destroyed }) => destroyed)).toBe(true);
    expect([asked, streams.length]).toEqual([1, 1]);
    await accessible();
    isLong = false;
    await page.getByRole('button', { name: 'Calculer' }).click();
    await page.getByText(/^Valeurs (?:exactes|estimées)/).waitFor();
    server.close();
    server.closeAllConnections();
    await close();
  });
}
