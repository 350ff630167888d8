import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { reader } from './explorer.ts';

/** The map: by the pointer, by the keyboard, by the address, as a file. */
export function mapTests(): void {
  it('shows on a map where poles are, and lists those of a département that is chosen by the keyboard', async () => {
    const { page, open, accessible, close } = await reader();
    await open('/map');
    const department = page.getByRole('button', { name: /^Haute-Garonne : \d+ pôles/ });
    await department.waitFor();
    await accessible();
    await department.focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toMatch(
      /^(?:Tarn|Aude|Ariège) : \d+ pôle/,
    );
    await department.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Pôles : Haute-Garonne' }).waitFor();
    await page.getByRole('listitem').getByRole('link', { name: 'Aerospace Valley' }).waitFor();
    expect(new URL(page.url()).searchParams.get('place')).toBe('territory/departement-31');
    await page.goBack();
    await page.getByRole('heading', { name: 'Pôles : Toute la France' }).waitFor();
    await close();
  });

  it('counts in the régions of the time, by density, in the other language, from a link', async () => {
    const { page, open, accessible, close } = await reader({ locale: 'en-GB', colorScheme: 'dark' });
    await open('/map?by=region&measure=density&year=2012&place=territory/region-midi-pyrenees');
    await page.getByRole('heading', { name: 'Poles: Midi-Pyrénées' }).waitFor();
    await page.getByRole('button', { name: /^Midi-Pyrénées: \d+ poles, [\d.]+ per 1,000 km²/ }).waitFor();
    expect(await page.getByRole('button', { name: /Occitanie/ }).count()).toBe(0);
    await page.getByRole('link', { name: 'Selection', exact: true }).click();
    await page.getByRole('heading', { name: 'The selection by territory, 2012' }).waitFor();
    await page.getByRole('button', { name: /^Midi-Pyrénées: \d+ node/ }).waitFor();
    await accessible();
    await close();
  });

  it('is taken away as picture, table and page that asks for nothing', async () => {
    const { page, open, accessible, close } = await reader();
    await open('/map?show=clusters');
    await page.getByRole('button', { name: /^Rhône : / }).waitFor();
    await page.getByRole('button', { name: 'Emporter' }).click();
    await accessible();
    const file = async (name: string | RegExp): Promise<string> => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name, exact: true }).click(),
      ]);
      return readFileSync(await download.path(), 'latin1');
    };
    expect(await file('PNG')).toMatch(/^.PNG/);
    const picture = Buffer.from(await file('SVG'), 'latin1').toString('utf8');
    expect(picture).toMatch(/Clusters par territoire.*CC BY 4\.0/s);
    expect(picture).not.toMatch(/class=|var\(/);
    const table = Buffer.from(await file('Tableau, CSV'), 'latin1').toString('utf8');
    expect(table).toMatch(/Rhône,\d+/);
    const lone = Buffer.from(await file('Page HTML'), 'latin1').toString('utf8');
    expect(lone).toContain("default-src 'none'");
    await page.context().setOffline(true);
    const other = await page.context().newPage();
    const asked: string[] = [];
    other.on('request', (request) => asked.push(request.url()));
    await other.setContent(lone);
    await other.getByRole('heading', { name: 'Clusters par territoire' }).waitFor();
    expect(asked.filter((url) => !url.startsWith('data:'))).toEqual([]);
    await close();
  });

  it('is a page alone under /embed', async () => {
    const { page, open, accessible, close } = await reader();
    await open('/embed/map?by=region');
    await page.getByRole('button', { name: /^Occitanie : / }).waitFor();
    expect(await page.getByRole('banner').count()).toBe(0);
    const link = page.getByRole('link', { name: 'Ouvrir dans Grappe, avec les sources' });
    expect(await link.getAttribute('href')).toBe('/map?by=region');
    await accessible();
    await close();
  });
}
