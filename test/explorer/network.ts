import { readFileSync } from 'node:fs';
import type { Locator } from 'playwright-core';
import { expect, it } from 'vitest';
import { type Reader, reader } from './explorer.ts';

const AEROSPACE = '/network?ids=pole/aerospace-valley';

/** The picture, which the keyboard walks. */
const picture = ({ page }: Reader) => page.getByRole('application');

/** The numbers in a text, without the spaces between their digits. */
const numbersIn = (text: string | null): number[] =>
  [...(text ?? '').matchAll(/\d[\d\s]*/g)].map(([digits]) => Number(digits.replaceAll(/\D/g, '')));

/** The numbers of nodes and edges that the picture says it shows, and those of the table. */
async function counts({ page }: Reader): Promise<{ picture: number[]; table: number[] }> {
  const numbers = (text: string | null): number[] =>
    [...(text ?? '').matchAll(/(\d[\d\s ]*) (?:nœud|lien)/g)].map(([, digits]) =>
      Number(digits!.replaceAll(/\D/g, '')),
    );
  const label = await page.getByRole('application').getAttribute('aria-label');
  const tabs = await page.locator('.network-tabs button').allTextContents();
  return { picture: numbers(label), table: tabs.flatMap((tab) => numbers(tab)) };
}

const parameter = ({ page }: Reader, name: string): string | null => new URL(page.url()).searchParams.get(name);

/** The tests of the network view. */
export function testNetwork(): void {
  it('shows a network as a picture and a table that say the same, filtered by the legend', async () => {
    const one = await reader();
    await one.open(AEROSPACE);
    await picture(one).waitFor();
    const all = await counts(one);
    expect(all.picture[0]).toBeGreaterThan(20);
    expect(all.table).toEqual(all.picture);
    await one.page.getByRole('heading', { name: 'Autour d’Aerospace Valley' }).waitFor();
    await one.accessible();
    await one.page.getByRole('button', { name: /^entreprise/ }).click();
    await one.page.getByText(/écartés par la légende/).waitFor();
    expect(parameter(one, 'off')).toBe('COMPANY');
    const fewer = await counts(one);
    expect(fewer.picture[0]).toBeLessThan(all.picture[0]!);
    expect(fewer.table).toEqual(fewer.picture);
    await one.page.goBack();
    await one.page.getByText(/écartés par la légende/).waitFor({ state: 'detached' });
    expect(await counts(one)).toEqual(all);
    await one.close();
  });

  it('has a choice of what it shows, from all collaborations to the members of a pole', async () => {
    const one = await reader({ locale: 'en-GB' });
    await one.open('/network');
    await one.page.getByRole('heading', { name: 'All collaborations' }).waitFor();
    await one.page.getByRole('combobox', { name: 'Members of these networks' }).fill('aqua valley');
    await one.page
      .getByRole('option', { name: /Aqua-Valley/ })
      .first()
      .click();
    await one.page.getByRole('heading', { name: 'Members of Aqua-Valley' }).waitFor();
    await picture(one).waitFor();
    expect(parameter(one, 'members')).toBe('pole/aqua-valley');
    await one.accessible();
    await one.close();
  });

  it('is walked, opened, hidden and restored with the keyboard alone, saying where one is', async () => {
    const one = await reader();
    await one.open(AEROSPACE);
    await picture(one).focus();
    const all = await counts(one);
    await one.page.keyboard.press('ArrowRight');
    const said = one.page.locator('.network-stage [role=status]');
    await said.filter({ hasText: 'Aerospace Valley, pôle' }).waitFor();
    await one.page.keyboard.press('ArrowRight');
    await said.filter({ hasText: /Voisin \d+ sur \d+/ }).waitFor();
    await one.page.keyboard.press('Enter');
    const panel = one.page.getByRole('complementary');
    await panel.getByRole('link', { name: 'Ouvrir la fiche' }).waitFor();
    await one.accessible();
    const open = parameter(one, 'open')!;
    expect(await said.textContent()).toContain(await panel.getByRole('heading', { level: 2 }).textContent());
    await one.page.keyboard.press('Delete');
    await one.page.getByRole('button', { name: /Montrer de nouveau/ }).waitFor();
    expect(parameter(one, 'hide')).toBe(open);
    expect((await counts(one)).picture[0]).toBe(all.picture[0]! - 1);
    await one.page.keyboard.press('Control+z');
    await one.page.getByRole('button', { name: /Montrer de nouveau/ }).waitFor({ state: 'detached' });
    expect(await counts(one)).toEqual(all);
    await one.page.keyboard.press('Control+y');
    await one.page.getByRole('button', { name: /Montrer de nouveau/ }).waitFor();
    await one.close();
  });

  it('opens an edge with its facts, periods and sources, and a link restores what is open', async () => {
    const one = await reader({ locale: 'en-GB', colorScheme: 'dark' });
    await one.open(AEROSPACE);
    await one.page.getByRole('button', { name: /edges$/ }).click();
    await one.page.locator('tbody .network-cell-link').first().click();
    const panel = one.page.getByRole('complementary');
    await panel.locator('.network-fact').first().waitFor();
    await panel.locator('.sources').first().waitFor();
    await one.accessible();
    const title = await panel.getByRole('heading', { level: 2 }).textContent();
    const other = await reader({ locale: 'en-GB' });
    await other.open(one.page.url().slice(new URL(one.page.url()).origin.length));
    await other.page.getByRole('complementary').locator('.network-fact').first().waitFor();
    expect(await other.page.getByRole('complementary').getByRole('heading', { level: 2 }).textContent()).toBe(title);
    await other.close();
    // On a phone the panel is above the table: it is brought into the window.
    const phone = await reader({
      locale: 'en-GB',
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    await phone.open(`${AEROSPACE}&tab=edges`);
    await phone.page.locator('tbody .network-cell-link').first().tap();
    const opened = phone.page.getByRole('complementary');
    await opened.locator('.network-fact').first().waitFor();
    const { y } = (await opened.boundingBox())!;
    expect([y > 0, y < 844 / 2]).toEqual([true, true]);
    await phone.close();
    await one.close();
  });

  it('says of an edge what holds in the year that is chosen, as the table does, and in which year', async () => {
    const one = await reader();
    const panel = one.page.getByRole('complementary');
    const strengths = () => panel.getByText(/^Force /).allTextContents();
    const row = one.page.locator('tbody tr').first();
    for (const [years, named] of [
      ['', ['toutes dates']],
      ['&year=2014', ['2014']],
      ['&year=2014&versus=2016&overlaid=1', ['2014', '2016']],
    ] as const) {
      await one.open(`${AEROSPACE}&tab=edges${years}`);
      await row.locator('.network-cell-link').first().click();
      await panel.locator('.network-fact').first().waitFor();
      const said = await strengths();
      const cells = await row.locator('td').allTextContents();
      expect(said).toHaveLength(named.length);
      for (const [place, year] of named.entries()) {
        const [, strength = ''] = /^Force (\S+) \((.+)\)/.exec(said[place]!.replaceAll(/\s/g, ' ')) ?? [];
        expect(said[place]).toContain(`(${year})`);
        expect(cells.map((cell) => cell.trim())).toContain(strength);
      }
    }
    await one.close();
  });

  it('is selected with a lasso and zoomed; the address has all of it', async () => {
    const one = await reader();
    await one.open(AEROSPACE);
    const box = (await picture(one).boundingBox())!;
    const { mouse } = one.page;
    await expect.poll(() => one.page.locator('.network-rows tbody tr').count()).toBeGreaterThan(20);
    await one.page.keyboard.down('Shift');
    const corners = [
      [4, 4],
      [box.width - 60, 4],
      [box.width - 60, box.height - 4],
      [4, box.height - 4],
    ] as const;
    for (const [place, [x, y]] of corners.entries()) {
      await mouse.move(box.x + x, box.y + y);
      if (place === 0) await mouse.down();
    }
    await mouse.up();
    await one.page.keyboard.up('Shift');
    const panel = one.page.getByRole('complementary');
    await panel.getByRole('heading', { name: /^Sélection : \d+ nœuds/ }).waitFor();
    const selected = parameter(one, 'select')!.split(',').length;
    expect(selected).toBeGreaterThan(20);
    expect(await one.page.locator('.network-check input:checked').count()).toBe(Math.min(50, selected));
    await panel.getByRole('button', { name: 'Désélectionner' }).click();
    await picture(one).focus();
    await one.page.keyboard.press('Home');
    await expect.poll(() => parameter(one, 'at')).toBe('pole/aerospace-valley');
    await one.page.getByRole('button', { name: 'Agrandir', exact: true }).click();
    await expect.poll(() => parameter(one, 'view')).toMatch(/^-?[\d.]+~-?[\d.]+~1\.4$/);
    await one.page.getByRole('button', { name: 'Tout voir' }).click();
    await expect.poll(() => parameter(one, 'view')).toBeNull();
    await one.close();
  });

  it('sorts the table, shows the columns that are chosen, and copies and exports all rows', async () => {
    const one = await reader();
    await one.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await one.open(`${AEROSPACE}&size=page_rank`);
    const first = one.page.locator('.network-rows tbody th').first();
    await first.filter({ hasText: 'Aerospace Valley' }).waitFor();
    await one.page.getByRole('button', { name: 'Nom', exact: true }).click();
    await first.filter({ hasText: 'Absolut Sensing' }).waitFor();
    expect(await one.page.getByRole('columnheader', { name: 'Nom', exact: true }).getAttribute('aria-sort')).toBe(
      'ascending',
    );
    await one.page.getByText('Colonnes').click();
    await one.page.getByRole('checkbox', { name: 'Région' }).uncheck();
    await one.page.getByRole('checkbox', { name: 'Communauté' }).check();
    await one.page.getByRole('columnheader', { name: 'Communauté' }).waitFor();
    expect(await one.page.getByRole('columnheader', { name: 'Région' }).count()).toBe(0);
    await one.page.getByRole('button', { name: 'Copier' }).click();
    await one.page.getByText('Copié').waitFor();
    const lines = String(await one.page.evaluate('navigator.clipboard.readText()')).split('\n');
    expect(lines[0]).toMatch(/^Nom\tType\tCommunauté\t/);
    expect(lines).toHaveLength((await counts(one)).picture[0]! + 1);
    const [download] = await Promise.all([
      one.page.waitForEvent('download'),
      one.page.getByRole('button', { name: 'CSV', exact: true }).click(),
    ]);
    const file = readFileSync(await download.path(), 'utf8');
    expect(file).toContain('pole/aerospace-valley');
    expect(file.trim().split('\n')).toHaveLength(lines.length);
    await one.close();
  });

  it('pins what is dragged, takes it back, and colours and sizes nodes by each attribute', async () => {
    const one = await reader();
    await one.open(AEROSPACE);
    await picture(one).focus();
    await one.page.keyboard.press('Home');
    await expect.poll(() => parameter(one, 'at')).toBe('pole/aerospace-valley');
    const box = (await picture(one).boundingBox())!;
    const { mouse } = one.page;
    // A pixel well within the largest pole, by the colour of poles.
    const at = await one.page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('.network-layer-nodes')!;
      const { data, width, height } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      const isPole = (x: number, y: number): boolean =>
        [0x88, 0x22, 0x55].every((value, channel) => data[4 * (y * width + x) + channel] === value);
      for (let y = 12; y < height - 12; y++) {
        for (let x = 12; x < width - 12; x++) {
          if ([-12, 12].every((far) => isPole(x + far, y) && isPole(x, y + far))) return { x, y };
        }
      }
      throw new Error('no pole is painted');
    });
    await mouse.move(box.x + at.x, box.y + at.y);
    await mouse.down();
    await mouse.move(box.x + at.x + 60, box.y + at.y + 40, { steps: 4 });
    await mouse.up();
    await expect.poll(() => parameter(one, 'pin')).toMatch(/^pole\/aerospace-valley~-?[\d.]+~-?[\d.]+$/);
    await one.page.getByRole('button', { name: 'Annuler' }).click();
    await expect.poll(() => parameter(one, 'pin')).toBeNull();
    const legend = one.page.getByRole('region', { name: 'Légende' });
    for (const [colour, group] of [
      ['community', /^Aerospace Valley|\(/],
      ['region', /^Occitanie/],
      ['measure', /^à partir de/],
    ] as const) {
      await legend.getByLabel('Couleur').selectOption(colour);
      await legend.getByRole('button', { name: group }).first().waitFor();
    }
    await legend.getByLabel('Taille').selectOption('betweenness');
    await one.page.getByRole('columnheader', { name: 'intermédiarité' }).waitFor();
    await one.close();
  });

  it('adds with an expansion exactly as many nodes as it said', async () => {
    const one = await reader();
    await one.open(`${AEROSPACE}&open=pole/aerospace-valley`);
    const before = await counts(one).catch(() => null);
    const button = one.page.locator('.network-expansions button').first();
    await button.waitFor();
    const {
      picture: [nodes = 0],
    } = before?.picture.length ? before : await counts(one);
    const added = Number(/\+ ([\d\s ]+)/.exec((await button.textContent()) ?? '')![1]!.replaceAll(/\D/g, ''));
    expect(added).toBeGreaterThan(0);
    await button.click();
    await expect.poll(async () => (await counts(one)).picture[0], { timeout: 20_000 }).toBe(nodes + added);
    await one.page.getByRole('button', { name: 'Annuler' }).click();
    await expect.poll(async () => (await counts(one)).picture[0], { timeout: 20_000 }).toBe(nodes);
    await one.close();
  });

  it('shows the members of networks with these, and a project with those who take part in it alone', async () => {
    const one = await reader();
    await one.open('/network?members=pole/axelera,pole/techtera&tab=edges');
    await one.page.getByRole('heading', { name: 'Membres d’Axelera et Techtera' }).waitFor();
    await one.page.getByRole('cell', { name: 'adhésion' }).first().waitFor();
    await one.page.getByRole('button', { name: /nœuds$/ }).click();
    for (const name of ['Axelera', 'Techtera']) await one.page.getByRole('button', { name, exact: true }).waitFor();
    await one.open('/network?around=project/locary');
    await picture(one).waitFor();
    const names = await one.page.locator('tbody tr').allTextContents();
    expect(names.filter((name) => name.includes('projet'))).toHaveLength(1);
    expect(names.length).toBeGreaterThan(1);
    await one.close();
  });

  it('moves through the years, and shows what came and went between two', async () => {
    const one = await reader();
    await one.open(AEROSPACE);
    const slider = one.page.getByRole('slider', { name: 'Année' });
    await slider.focus();
    await one.page.keyboard.press('Home');
    const first = Number(await slider.getAttribute('min'));
    await expect.poll(() => parameter(one, 'year')).toBe(String(first));
    const early = await counts(one);
    await one.page.getByLabel('Comparer avec').selectOption(String(new Date().getFullYear()));
    await one.page
      .locator('.network-changes')
      .filter({ hasText: /apparu/ })
      .waitFor();
    // Two pictures: what holds in the one year, what in the other, and the table has both.
    const [left, right] = [picture(one).first(), picture(one).last()];
    const edges = async (of: Locator): Promise<number> =>
      numbersIn(((await of.getAttribute('aria-label')) ?? '').replace(/^\d+\. /, ''))[1]!;
    const [came, went, both] = numbersIn(await one.page.locator('.network-changes').textContent());
    expect(await left.getAttribute('aria-label')).toMatch(new RegExp(`^${first}\\. `));
    expect([await edges(left), await edges(right)]).toEqual([both! + went!, both! + came!]);
    // Nodes without edges in a year are faded there: those that are counted are said to have some.
    expect(await left.getAttribute('aria-label')).toMatch(/nœuds? reliés?/);
    expect(came).toBeGreaterThan(0);
    const before = await right.screenshot();
    await left.focus();
    await one.page.keyboard.press('+');
    await expect.poll(async () => (await right.screenshot()).equals(before)).toBe(false);
    await one.page.getByRole('checkbox', { name: 'En une seule image' }).check();
    await right.waitFor();
    expect(await picture(one).count()).toBe(1);
    expect((await counts(one)).picture[1]).toBe(came! + went! + both!);
    expect(early.picture[1]).toBe(both! + went!);
    await one.page.getByRole('button', { name: /liens$/ }).click();
    await one.page.getByRole('columnheader', { name: 'Changement' }).waitFor();
    await one.accessible();
    const [download] = await Promise.all([
      one.page.waitForEvent('download'),
      one.page.getByRole('button', { name: 'CSV', exact: true }).click(),
    ]);
    const [head = '', ...rows] = readFileSync(await download.path(), 'utf8')
      .trim()
      .split('\r\n');
    expect(head).toMatch(new RegExp(`,Force ${first},Force ${new Date().getFullYear()},.*,Changement$`));
    expect(rows).toHaveLength(came! + went! + both!);
    await one.close();
  });
}
