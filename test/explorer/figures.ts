import { expect, it } from 'vitest';
import { engineUnderTest } from '../support/graph.ts';
import { amount } from '../support/tier.ts';
import { reader, traced } from './explorer.ts';

interface Size {
  readonly nodes: number;
  readonly edges: number;
}

/** Generated networks that the browser gets as the server's file, the largest in a long run; null is all that the server has. */
const SIZES = [null, { nodes: 500, edges: 2_000 }, { nodes: 5_000, edges: 10_000 }].slice(
  0,
  amount({ usual: 2, long: 3 }),
);

/** Steps of a year that are measured. */
const STEPS = 10;

/** Pairs of generated nodes: each is joined to some near it in a row, and to some anywhere. */
function pairsOf({ nodes, edges }: Size): readonly [number, number][] {
  let state = 1;
  const random = (below: number): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
  const pairs = new Map<string, [number, number]>();
  for (let node = 0; pairs.size < edges; node = (node + 1) % nodes) {
    const other = random(8) === 0 ? random(nodes) : (node + 1 + random(12)) % nodes;
    const pair: [number, number] = [Math.min(node, other), Math.max(node, other)];
    if (node !== other) pairs.set(pair.join(' '), pair);
  }
  return [...pairs.values()];
}

const yearOf = (place: number): number => 2005 + (place % 20);

/** A network as the export has it that the network view reads, its nodes on a spiral. */
const fileOf = (size: Size): object => ({
  graph: { title: 'Generated', date: '2026-01-01', sources: [] },
  nodes: Array.from({ length: size.nodes }, (_, node) => ({
    ...{ id: `organisation/generated-${node}`, name: `Generated ${node}`, type: 'Organisation', kind: 'COMPANY' },
    ...{ degree: 4, page_rank: 1 / (node + 1), community: node % 40 },
    ...{ x: Math.sqrt(node) * Math.cos(node / 9), y: Math.sqrt(node) * Math.sin(node / 9) },
  })),
  edges: pairsOf(size).map(([from, to], place) => ({
    ...{ source: `organisation/generated-${from}`, target: `organisation/generated-${to}`, weight: 1, projects: 0 },
    relationships: [{ type: 'PARTNERS_WITH', kind: 'ALLIANCE', since: String(yearOf(place)), until: null }],
  })),
});

const IS_PAINTED = "performance.getEntriesByName('network-painted').length > 0";
/** Milliseconds from the start of the page until all of its picture was painted last. */
const PAINTED = "Math.round(performance.getEntriesByName('network-painted').at(-1).startTime)";

/**
 * How fast the explorer is, for people to read: the clock of a machine that runs other tests is no measure that a test could
 * insist on. The browser is the same on every engine, so that they are measured on one.
 */
export function reportFigures(): void {
  if (engineUnderTest !== 'grafeo') return;

  it('reports how fast it is, with networks of several sizes', async () => {
    const start = await reader();
    const first = await traced(start.page, async () => {
      await start.open('/');
      await start.page.getByRole('heading', { level: 1 }).waitFor();
    });
    const paint = await start.page.evaluate(
      "Math.round(performance.getEntriesByName('first-contentful-paint')[0].startTime)",
    );
    console.info(`explorer: first useful paint ${paint} ms (1,000), longest task ${first.longest} ms (100)`);
    await start.page.getByRole('combobox', { name: 'Chercher' }).fill('minalo');
    await start.page
      .getByRole('option', { name: /Minalogic/ })
      .first()
      .waitFor();
    const before = performance.now();
    await start.page.getByRole('combobox', { name: 'Chercher' }).fill('axeler');
    await start.page
      .getByRole('option', { name: /Axelera/ })
      .first()
      .waitFor();
    console.info(`explorer: suggestions ${Math.round(performance.now() - before)} ms after what was typed (100)`);
    await start.close();

    for (const size of SIZES) {
      const { page, open, close } = await reader();
      const picture = page.getByRole('application');
      if (size) await page.route(/\/exports\//, (route) => route.fulfill({ json: fileOf(size) }));
      const opening = await traced(page, async () => {
        await open('/network');
        await picture.waitFor();
        await expect.poll(() => page.evaluate(IS_PAINTED)).toBe(true);
      });
      const painted = await page.evaluate(PAINTED);
      const label = (await picture.getAttribute('aria-label')) ?? '';
      if (size) expect(label.replaceAll(/\D+/g, '')).toBe(`${size.nodes}${size.edges}`);
      const slider = page.getByRole('slider', { name: 'Année' });
      const years = await traced(page, async () => {
        await slider.focus();
        for (let step = 0; step < STEPS; step++) await page.keyboard.press('ArrowLeft');
      });
      const click = await traced(page, async () => {
        await page.locator('tbody .network-cell-link').first().click();
        await page.getByRole('complementary').waitFor();
      });
      const view = await traced(page, async () => {
        await picture.focus();
        for (let step = 0; step < STEPS; step++) await page.keyboard.press(step % 2 === 0 ? '+' : '-');
      });
      console.info(
        [
          `explorer: ${label}${size ? ', generated' : ''}: settled after ${painted} ms (1,500 for 500 nodes)`,
          `longest task of opening ${opening.longest} ms (100; ${opening.longestOnClock} on the clock)`,
          `a year ${Math.round(years.all / STEPS)} ms (60), its longest task ${years.longest} ms`,
          `longest task of a click ${click.longest} ms, of a zoom ${view.longest} ms`,
        ].join('; '),
      );
      await close();
    }
  });
}
