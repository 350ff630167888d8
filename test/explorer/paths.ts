import { expect, it } from 'vitest';
import { reader } from './explorer.ts';

/** The tests of the page of paths. */
export function testPaths(): void {
  it('shows how two nodes are linked, each step with its sources, as a list and as a picture', async () => {
    const { page, open, accessible, close } = await reader();
    await open('/path');
    for (const [label, typed, name] of [
      ['De', 'onera', 'ONERA'],
      ['À', 'airbus defence', 'Airbus Defence and Space'],
    ] as const) {
      await page.getByRole('combobox', { name: label }).fill(typed);
      await page.getByRole('option', { name }).first().click();
    }
    await page.getByRole('heading', { name: 'D’ONERA à Airbus Defence and Space' }).waitFor();
    const paths = page.locator('.path');
    const first = paths.first();
    const steps = Number(/(\d+) pas/.exec((await first.getByRole('heading').textContent()) ?? '')?.[1]);
    expect(await first.locator('.network-fact').count()).toBe(steps);
    expect(await first.locator('.sources').count()).toBe(steps);
    expect(await first.locator('.path-node').first().textContent()).toContain('ONERA');
    await page.getByRole('table').first().waitFor();
    await accessible();
    const names = await page.locator('.path-node a').allTextContents();
    const label = await page.getByRole('application').getAttribute('aria-label');
    expect(label).toContain(`${new Set(names).size} nœuds`);
    await page.getByRole('button', { name: 'Inverser' }).click();
    await page.getByRole('heading', { name: 'D’Airbus Defence and Space à ONERA' }).waitFor();
    await close();
  });

  it('has an example where nothing is chosen, by the names of its ends', async () => {
    const { page, open, accessible, close } = await reader({ locale: 'en-GB' });
    await open('/path');
    await page.getByText('For example:').waitFor();
    await accessible();
    await page.getByRole('link', { name: 'INRIA and Aerospace Valley' }).click();
    await page.getByRole('heading', { name: 'From INRIA to Aerospace Valley' }).waitFor();
    await page.locator('.path').first().waitFor();
    await close();
  });

  it('has other paths in another year, and says when there is none', async () => {
    const { page, open, accessible, close } = await reader({ locale: 'en-GB' });
    await open('/path?a=organisation/onera&b=organisation/airbus-defence-and-space');
    await page.locator('.path').first().waitFor();
    await page.locator('.path-options select').nth(1).selectOption('1998');
    expect(new URL(page.url()).searchParams.get('year')).toBe('1998');
    await page.locator('.path-options select').first().selectOption('30');
    await page.getByRole('checkbox', { name: 'partnership', exact: true }).uncheck();
    await page.getByRole('checkbox', { name: 'membership', exact: true }).uncheck();
    await page.getByText('No path of at most 6 steps').waitFor();
    await accessible();
    await close();
  });
}
