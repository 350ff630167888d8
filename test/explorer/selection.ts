import { expect, it } from 'vitest';
import { reader } from './explorer.ts';

/** What selects a part of the graph, without what a view adds to it. */
interface Select {
  readonly also?: unknown;
  readonly asOf?: unknown;
}

/** The part of the graph that an address means is the same on every page. */
export function selectionTests(): void {
  it('reads the part of the graph that an address selects alike in measures, network and map', async () => {
    const { page, open, close } = await reader({ locale: 'en-GB' });
    const selected: Select[] = [];
    page.on('request', (request) => {
      if (!request.url().endsWith('/graphql') || request.method() !== 'POST') return;
      const { select } = (request.postDataJSON() as { variables: { select?: Select } }).variables;
      if (select) selected.push(select);
    });
    const last = ({ also: _, ...select }: Select) => select;
    await open('/measures?members=pole/aqua-valley&orgs=COMPANY&regions=territory/region-occitanie&strength=0.1');
    await page.getByText('Members of Aqua-Valley', { exact: false }).first().waitFor();
    const [measured] = selected.map(last);
    expect(measured).toMatchObject({ membersOf: ['pole/aqua-valley'], minStrength: 0.1 });
    expect(measured).toMatchObject({ relationships: ['PARTNERS_WITH', 'MEMBER_OF'] });
    for (const [link, heading] of [
      ['On the map', /by territory/],
      ['See this network', /Aqua-Valley/],
    ] as const) {
      await open('/measures?members=pole/aqua-valley&orgs=COMPANY&regions=territory/region-occitanie&strength=0.1');
      selected.length = 0;
      await page.getByRole('link', { name: link, exact: true }).click();
      await page.getByRole('heading', { name: heading }).first().waitFor();
      await expect.poll(() => selected.map(last)).toContainEqual(measured);
    }
    await close();
  });
}
