import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { reader } from './explorer.ts';

/** GraphiQL is nine megabytes of script. */
const SLOW = { timeout: 30_000 };

/** Pages of records, with what is there to wait for. */
const RECORDS = [
  ['/cluster/mecanic-vallee', 'Mecanic Vallée'],
  ['/organisation/airbus', 'Airbus'],
  ['/project/athermo', 'ATHERMO'],
  ['/territory/region-occitanie', 'Occitanie'],
  ['/topic/concept-cluster', 'Cluster'],
  ['/source/agoravox-2016', 'Clusters et Pôles de compétitivités'],
] as const;

/** The pages of records. */
export function entityTests(): void {
  it('shows what is known of a pole, how completely, and the sources of each fact', async () => {
    const { page, open, accessible, close } = await reader();
    await open('/pole/aerospace-valley');
    await page.getByText('29 membres sont enregistrés ici, sur 830 annoncés (mars 2023)').waitFor();
    const members = page.getByRole('region', { name: /^Membres/ });
    await members.getByText('1–20 sur 29').waitFor();
    await page
      .getByRole('region', { name: /^Partenaires possibles/ })
      .getByText('partenaire commun')
      .first()
      .waitFor();
    await accessible();
    const row = members.getByRole('row', { name: /Aéroteam/ });
    await row.getByText('attesté 2018').waitFor();
    await row.getByText('Source').click();
    await row.getByRole('link', { name: 'Aéroteam absorbé par Aerospace Valley' }).waitFor();
    // Another page, and back to where one was on this one.
    const further = members.getByRole('link', { name: 'Aéroteam', exact: true });
    await further.scrollIntoViewIfNeeded();
    const scrolled = await page.evaluate('scrollY');
    expect(scrolled).toBeGreaterThan(200);
    await further.click();
    await page.getByRole('heading', { level: 1, name: 'Aéroteam' }).waitFor();
    expect(await page.evaluate('scrollY')).toBe(0);
    await page.goBack();
    await row.waitFor();
    await expect.poll(() => page.evaluate('scrollY')).toBe(scrolled);
    await members.getByRole('link', { name: /Suivants/ }).click();
    await members.getByText('21–29 sur 29').waitFor();
    await page.reload();
    await members.getByText('21–29 sur 29').waitFor();
    await page.getByLabel('À la date').fill('2006');
    await page.getByLabel('À la date').blur();
    await page.waitForURL(/asOf=2006/);
    // Its first page: the second was one of another list.
    await members.getByRole('row').nth(1).waitFor();
    expect(new URL(page.url()).searchParams.has('members')).toBe(false);
    await close();
  });

  it('is taken away: a list with all its pages as CSV, the record as a page in one file, its graph', async () => {
    const { page, open, accessible, close } = await reader();
    await open('/pole/aerospace-valley');
    const members = page.getByRole('region', { name: /^Membres/ });
    await members.getByText('1–20 sur 29').waitFor();
    const file = async (click: () => Promise<void>): Promise<string> => {
      const [download] = await Promise.all([page.waitForEvent('download'), click()]);
      return readFileSync((await download.path())!, 'utf8');
    };
    const csv = await file(() => members.getByRole('button', { name: /^CSV/ }).click());
    await members.getByText('29 enregistrées').waitFor();
    const [head = '', ...rows] = csv.trim().split('\r\n');
    expect(head).toBe('id,name,roles,city,kind,roleLabel,writtenAs,since,until,attestedOn,sources,source_urls');
    // One row a fact: some members have two.
    expect(new Set(rows.map((row) => row.split(',')[0])).size).toBe(29);
    await page.getByRole('button', { name: 'Emporter' }).click();
    await accessible();
    const html = await file(() => page.getByRole('button', { name: 'Page HTML' }).click());
    expect(html).toContain('<h1>Aerospace Valley</h1>');
    expect(html).toContain('1–20 sur 29');
    expect(html).toContain('attesté 2018');
    expect(html).toContain('Aéroteam absorbé par Aerospace Valley');
    const graph = await file(() => page.getByRole('button', { name: 'JSON-LD' }).click());
    expect(JSON.parse(graph)).toHaveProperty('@context');
    await close();
  });

  it('opens the query behind a view in GraphiQL, with its variables', async () => {
    const { page, open, close } = await reader({ locale: 'en-GB' });
    await open('/pole/aerospace-valley');
    const link = page.getByRole('region', { name: /^Members/ }).getByRole('link', { name: 'Show the query' });
    const [graphiql] = await Promise.all([page.waitForEvent('popup'), link.click()]);
    await graphiql.locator('.graphiql-execute-button').waitFor();
    const shown = async (editor: string): Promise<string> =>
      ((await graphiql.locator(editor).first().textContent()) ?? '').replaceAll('\u00a0', ' ');
    await expect.poll(() => shown('.graphiql-query-editor'), SLOW).toContain('network(id: $id)');
    await expect.poll(() => shown('.graphiql-editor-tool'), SLOW).toContain('pole/aerospace-valley');
    await close();
  });

  it('leads to no GraphiQL where the server has none, as in production', async () => {
    const { page, open, close } = await reader({ locale: 'en-GB' });
    await page.route(/\/pole\/aerospace-valley$/, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replace('<html', '<html data-graphiql="off"') });
    });
    await open('/pole/aerospace-valley');
    await page
      .getByRole('region', { name: /^Members/ })
      .getByRole('button', { name: /^CSV/ })
      .waitFor();
    expect(await page.getByRole('link', { name: /GraphiQL|Show the query/ }).count()).toBe(0);
    await close();
  });

  it.each(['light', 'dark'] as const)('has pages that everybody can read (%s)', async (colorScheme) => {
    const { page, open, accessible, close } = await reader({ colorScheme });
    // The colours are those of the light theme in another scheme: two pages have them all.
    for (const [path, name] of colorScheme === 'light' ? RECORDS : RECORDS.slice(0, 2)) {
      await open(path);
      await page.getByRole('heading', { level: 1, name }).waitFor();
      await page.waitForLoadState('networkidle');
      await accessible();
    }
    if (colorScheme === 'dark') {
      await open('/sign-in');
      await page.getByText('Le terminal où Grappe tourne').waitFor();
      await accessible();
    }
    await close();
  });

  it('leads from a topic or a label to the network, the map and the comparison of those who have it', async () => {
    const { page, open, close } = await reader({ locale: 'en-GB' });
    await open('/topic/label-pole-de-competitivite');
    const labelled = page.getByRole('region', { name: /^Networks that have or had this label/ });
    await labelled.getByText('1–20 of 96').waitFor();
    // What it is not: the other notions, each with its definition.
    await page
      .getByRole('region', { name: /^Other notions/ })
      .getByRole('link', { name: 'Cluster', exact: true })
      .waitFor();
    await open('/topic/technology-photonique');
    await page.getByRole('link', { name: 'Compare', exact: true }).last().waitFor();
    expect(await page.getByRole('link', { name: 'On the map' }).getAttribute('href')).toContain('/map?members=');
    await page.getByRole('link', { name: 'Show the network' }).click();
    await page.getByRole('application').waitFor();
    expect(new URL(page.url()).searchParams.get('members')).toContain('pole/elopsys');
    await page.getByRole('heading', { name: /^Members of .+, Elopsys, .+ and 2 others$/, level: 1 }).waitFor();
    await close();
  });

  it('has no wider line than a small window, as at 400 % of its size', async () => {
    const { page, open, close } = await reader({ viewport: { width: 320, height: 600 } });
    for (const path of ['/', '/search?type=pole', '/pole/aerospace-valley', '/project/athermo']) {
      await open(path);
      await page.waitForLoadState('networkidle');
      expect([path, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([path, 320]);
      // The chart of the years is drawn for the window, and does not scroll in it.
      const charts = await page.locator('.timeline').all();
      for (const chart of charts) expect((await chart.boundingBox())!.width, path).toBeLessThanOrEqual(320);
      if (path === '/pole/aerospace-valley') {
        // The sources of what a list says are within the window of a phone.
        await page.setViewportSize({ width: 390, height: 844 });
        const sources = (await page.locator('#labels .sources').first().boundingBox())!;
        expect(sources.x + sources.width).toBeLessThanOrEqual(390);
        await page.setViewportSize({ width: 320, height: 600 });
      }
    }
    await close();
  });

  it('says where a record is unknown, or the server does not answer', async () => {
    const { page, open, accessible } = await reader({ locale: 'en-GB' });
    await open('/pole/nowhere');
    await page.getByText('No record has the identifier pole/nowhere').waitFor();
    for (const id of ['topic/nowhere', 'source/nowhere', 'pole/%zz']) {
      await open(`/${id}`);
      await page.getByText(`No record has the identifier ${id}`).waitFor();
    }
    await open('/pole/axelera?asOf=notadate');
    await page.getByText('The address of this page is not understood').waitFor();
    await page.getByText('“notadate” is not understood').waitFor();
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
    await page.getByRole('link', { name: 'Open the page without' }).click();
    await page.getByRole('heading', { name: 'Axelera' }).waitFor();
    await page.route('**/graphql', (route) => route.abort());
    await open('/pole/axelera');
    await page.getByText('The server does not answer').waitFor();
    await accessible();
    await page.unroute('**/graphql');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Axelera' }).waitFor();
    await page.context().close();
  });

  it('shows a record in a frame, without header', async () => {
    const { page, open, close } = await reader();
    await open('/embed/pole/minalogic');
    await page.getByRole('heading', { level: 1, name: 'Minalogic' }).waitFor();
    expect(await page.getByRole('banner').count()).toBe(0);
    await close();
  });

  it('says that the server answers only with a token, and leads to where one is given', async () => {
    const { page, open, accessible } = await reader({ locale: 'en-GB' });
    const errors = [{ message: 'Say who you are.', extensions: { code: 'UNAUTHENTICATED' } }];
    await page.route('**/graphql', (route) => route.fulfill({ status: 401, json: { errors } }));
    await open('/pole/axelera');
    await page.getByText('This server answers only with a token').waitFor();
    await accessible();
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
    await page.getByRole('link', { name: 'Enter a token' }).click();
    await page.getByRole('textbox', { name: 'Token' }).or(page.getByLabel('Token')).first().waitFor();
    // A token that was good once: another is given where one is, and nothing that is open is left.
    await page.evaluate("sessionStorage.setItem('grappe-token', 'expired')");
    await open('/pole/axelera');
    await page.getByText('Your token is no longer accepted').first().waitFor();
    await accessible();
    await page.unroute('**/graphql');
    await page.getByRole('button', { name: 'Go on without a token' }).first().click();
    await page.getByRole('heading', { name: 'Axelera' }).waitFor();
    await page.context().close();
  });
}
