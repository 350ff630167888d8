import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { reader } from './explorer.ts';

/** The start page, the search box and the results. */
export function findTests(): void {
  it.each([
    ['fr-FR', 'Chercher', 'Les réseaux d’innovation en France'],
    ['en-GB', 'Search', 'Innovation networks in France'],
  ])('finds a network by a few letters, with the keyboard alone (%s)', async (locale, box, title) => {
    const { page, open, accessible, close } = await reader({ locale });
    await open('/');
    await page.getByRole('heading', { name: title }).waitFor();
    await page.getByText('Auvergne-Rhône-Alpes').waitFor();
    await accessible();
    // The first link skips to the content; the box is the first field of it.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe(box);
    await page.keyboard.type('mecanic vale');
    await page.getByRole('option', { name: /Mecanic Vallée/ }).waitFor();
    await accessible();
    await page.keyboard.press('ArrowDown');
    expect(await page.getByRole('combobox', { name: box }).getAttribute('aria-activedescendant')).toBe(
      await page.getByRole('listbox').getByRole('option', { selected: true }).getAttribute('id'),
    );
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Mecanic Vallée' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/cluster/mecanic-vallee');
    await page.goBack();
    await page.getByRole('heading', { name: title }).waitFor();
    await close();
  });

  it('keeps what is typed as soon as the box is there', async () => {
    const { page, open, close } = await reader({ locale: 'en-GB' });
    await page.addInitScript(() => {
      // biome-ignore lint/suspicious/noExplicitAny: the names of the browser
      const { document, Event, MutationObserver } = globalThis as any;
      const observer = new MutationObserver(() => {
        const box = document.querySelector('[role=combobox]');
        if (!box) return;
        observer.disconnect();
        box.value = 'aerospace';
        box.dispatchEvent(new Event('input', { bubbles: true }));
      });
      observer.observe(document, { childList: true, subtree: true });
    });
    await open('/');
    await page.getByRole('option', { name: /Aerospace Valley/ }).waitFor();
    expect(await page.getByRole('combobox', { name: 'Search' }).inputValue()).toBe('aerospace');
    await close();
  });

  it('lists what is found with the reason, and narrows a type down by facets that the address has', async () => {
    const { page, open, accessible, close } = await reader({ locale: 'en-GB' });
    await open('/');
    await page.getByRole('combobox', { name: 'Search' }).fill('aerospace');
    await page.keyboard.press('Enter');
    await page.getByRole('listitem').filter({ hasText: 'COMAT' }).getByText('also: Comat Aerospace').waitFor();
    await accessible();
    await page.getByRole('link', { name: /^Poles/ }).click();
    await page.getByRole('link', { name: 'Aerospace Valley' }).waitFor();
    await open('/search?type=pole');
    await page.getByText('96 results').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: /^CSV/ }).click(),
    ]);
    expect(
      readFileSync((await download.path())!, 'utf8')
        .trim()
        .split('\r\n'),
    ).toHaveLength(1 + 96);
    await page.getByRole('link', { name: /Agroalimentaire/ }).click();
    await page.getByText('15 results').waitFor();
    // On to all of them, whatever page is shown.
    await expect
      .poll(() => page.getByRole('link', { name: 'Show the network' }).getAttribute('href'))
      .toMatch(/^\/network\?members=(?:pole%2F[a-z0-9-]+(?:%2C)?){15}$/);
    // The whole list as a graph.
    const nodesOfGraph = async (): Promise<number> => {
      await page.getByRole('button', { name: 'Take away' }).click();
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'GEXF (Gephi)' }).click(),
      ]);
      await page.keyboard.press('Escape');
      return readFileSync((await file.path())!, 'utf8').split('<node ').length - 1;
    };
    expect(await nodesOfGraph()).toBe(15);
    expect(new URL(page.url()).searchParams.get('topic')).toBe('topic/sector-agroalimentaire');
    await accessible();
    await page.getByLabel('from').fill('2007');
    await page.getByLabel('from').blur();
    await page.waitForURL(/from=2007/);
    await page.goBack();
    await page.goBack();
    await page.getByText('96 results').waitFor();
    await page.getByRole('link', { name: 'Next' }).click();
    await page.getByText('26–50 of 96').waitFor();
    await page.reload();
    await page.getByText('26–50 of 96').waitFor();
    await page.getByRole('link', { name: 'Previous' }).click();
    await page.getByText('1–25 of 96').waitFor();
    // What is sorted otherwise begins at its first page, and shows what it is sorted by.
    await page.getByRole('link', { name: 'Next' }).click();
    await page.getByText('26–50 of 96').waitFor();
    await page.getByLabel('Order').selectOption('members');
    await page.getByText('1–25 of 96').waitFor();
    await page.getByRole('columnheader', { name: 'Members' }).waitFor();
    // Of organisations those with the most partners come first.
    await page.getByRole('link', { name: 'Organisations', exact: true }).click();
    await page.getByRole('columnheader', { name: 'Partners' }).waitFor();
    const partners = (await page.locator('tbody td:last-child').allTextContents()).map(Number);
    expect(partners[0]).toBeGreaterThan(0);
    expect(partners).toEqual(partners.toSorted((a, b) => b - a));
    await page.getByRole('link', { name: /^Research/ }).click();
    await expect
      .poll(() => page.getByRole('link', { name: 'On the map' }).getAttribute('href'))
      .toBe('/map?orgs=RESEARCH&connected=1&show=selection');
    await page.getByLabel('Order').selectOption('name');
    await page.waitForURL(/order=name/);
    await page.goBack();
    await page.getByRole('columnheader', { name: 'Partners' }).waitFor();
    await close();
  });

  it('takes away as a graph all that a search or a filter finds, not the page that is shown', async () => {
    const { page, open, close } = await reader({ locale: 'en-GB' });
    const nodesOf = async (): Promise<Set<string>> => {
      await page.getByRole('button', { name: 'Take away' }).click();
      await page.getByText('up to 2,000 results').waitFor();
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'GEXF (Gephi)' }).click(),
      ]);
      await page.keyboard.press('Escape');
      const text = readFileSync((await file.path())!, 'utf8');
      return new Set(Array.from(text.matchAll(/<node id="([^"]+)"/g), ([, id]) => id!));
    };
    const idsOf = (query: string): Promise<string[]> =>
      page.evaluate(async (text) => {
        const body = JSON.stringify({ query: text });
        const headers = { 'Content-Type': 'application/json' };
        const { data } = await (await fetch('/graphql', { method: 'POST', headers, body })).json();
        return data.found.nodes.map(({ id }: { id: string }) => id);
      }, query);
    await open('/search?q=projet');
    await page.locator('.hits > li').first().waitFor();
    const hits = await idsOf(
      '{ found: search(text: "projet", first: 200, types: [POLE, CLUSTER, ORGANISATION, PROJECT]) { nodes { id } } }',
    );
    expect(hits.length).toBeGreaterThan(await page.locator('.hits > li').count());
    const searched = await nodesOf();
    expect(hits.filter((id) => !searched.has(id))).toEqual([]);
    await open('/search?type=project');
    await page.getByRole('row').nth(1).waitFor();
    const projects = await idsOf('{ found: projects(first: 200) { nodes { id } } }');
    expect(projects.length).toBeGreaterThan(100);
    const listed = await nodesOf();
    expect(projects.filter((id) => !listed.has(id))).toEqual([]);
    // With those who take part.
    expect([...listed].some((id) => id.startsWith('organisation/'))).toBe(true);
    await close();
  });

  it('says that nothing is found, and what to try', async () => {
    const { page, open, accessible, close } = await reader();
    await open('/search?q=xyzzyplugh');
    await page.getByText('Rien ne correspond à « xyzzyplugh »').waitFor();
    await accessible();
    await close();
  });
}
