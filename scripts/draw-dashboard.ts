// Draws the panels of ops/grafana-dashboard.json from the samples of a Prometheus into a picture for docs/operations.md:
//   node scripts/draw-dashboard.ts http://localhost:9090 2026-11-29T08:50:00Z 2026-11-29T09:00:00Z docs/dashboard.svg
// The expressions are evaluated by Prometheus, as Grafana has them evaluated; the lines are drawn here.
import { readFileSync, writeFileSync } from 'node:fs';

interface Panel {
  readonly title: string;
  readonly fieldConfig: {
    readonly defaults: {
      readonly unit: string;
      readonly max?: number;
      readonly custom: { stacking: { mode: string } };
    };
  };
  readonly targets: readonly { readonly expr: string; readonly legendFormat: string }[];
}
type Point = readonly [seconds: number, value: number];
interface Line {
  readonly name: string;
  readonly points: readonly Point[];
}

const WIDTH = 400;
const HEIGHT = 210;
const COLUMNS = 3;
/** Space beside the lines: for the title, the axes and the legend. */
const SIDES = { top: 26, right: 12, bottom: 66, left: 52 };
const COLOURS = [
  '#1f77b4',
  '#d95f02',
  '#2ca02c',
  '#7570b3',
  '#c0392b',
  '#8c6d31',
  '#17a2b8',
  '#e377c2',
  '#666666',
  '#a6761d',
];
const STEP_SECONDS = 5;

const [prometheus, from, to, target] = process.argv.slice(2);
if (!prometheus || !from || !to || !target) {
  throw new Error('Say the address of a Prometheus, from when, to when, and the file to write.');
}
const [start, end] = [from, to].map((time) => Date.parse(time) / 1_000) as [number, number];

async function linesOf({ targets }: Panel): Promise<readonly Line[]> {
  const all = targets.map(async ({ expr, legendFormat }) => {
    const query = expr.replaceAll('$__rate_interval', '30s').replaceAll('$instance', '.*');
    const form = new URLSearchParams({ query, start: String(start), end: String(end), step: String(STEP_SECONDS) });
    const answer = await fetch(`${prometheus}/api/v1/query_range`, { method: 'POST', body: form });
    const { status, error, data } = (await answer.json()) as {
      status: string;
      error?: string;
      data: { result: { metric: Record<string, string>; values: [number, string][] }[] };
    };
    if (status !== 'success') throw new Error(`${query}: ${error}`);
    return data.result.map(({ metric, values }) => ({
      name: legendFormat.replaceAll(/\{\{(\w+)\}\}/g, (_, label: string) => metric[label] ?? ''),
      points: values
        .map(([seconds, value]): Point => [seconds, Number(value)])
        .filter(([, value]) => Number.isFinite(value)),
    }));
  });
  return (await Promise.all(all)).flat().filter(({ points }) => points.length > 0);
}

/** A value as Grafana writes it with the unit of a panel. */
function written(value: number, unit: string): string {
  if (unit === 'bytes' && value >= 2 ** 33) return `${(value / 2 ** 30).toFixed(0)} GiB`;
  if (unit === 'bytes') return `${(value / 2 ** 20).toFixed(0)} MiB`;
  if (unit === 'percentunit') return `${(value * 100).toFixed(0)} %`;
  if (unit === 's')
    return value < 1 ? `${Number((value * 1_000).toPrecision(3))} ms` : `${Number(value.toPrecision(3))} s`;
  const short = value >= 1_000 ? `${Number((value / 1_000).toPrecision(3))} k` : String(Number(value.toPrecision(3)));
  return unit === 'reqps' || unit === 'ops' ? `${short}/s` : short;
}

/** Adds the values of lines one upon the other. */
function stacked(lines: readonly Line[]): readonly Line[] {
  const sums = new Map<number, number>();
  return lines.map(({ name, points }) => ({
    name,
    points: points.map(([seconds, value]): Point => {
      const sum = (sums.get(seconds) ?? 0) + value;
      sums.set(seconds, sum);
      return [seconds, sum];
    }),
  }));
}

/** Pixels of a text of the legend, at most: capitals are wider. */
const widthOf = (text: string): number => text.length * 5.2 + text.replaceAll(/[^A-Z_]/g, '').length * 1.5;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function drawn(panel: Panel, found: readonly Line[], index: number): string {
  const { unit, max, custom } = panel.fieldConfig.defaults;
  const lines = custom.stacking.mode === 'normal' ? stacked(found) : found;
  const top = max ?? (Math.max(0, ...lines.flatMap(({ points }) => points.map(([, value]) => value))) * 1.1 || 1);
  const [width, height] = [WIDTH - SIDES.left - SIDES.right, HEIGHT - SIDES.top - SIDES.bottom];
  const x = (seconds: number): string => (SIDES.left + ((seconds - start) / (end - start)) * width).toFixed(1);
  const y = (value: number): string => (SIDES.top + height - (Math.min(value, top) / top) * height).toFixed(1);
  const grid = [0, 0.5, 1].map((share) => {
    const at = y(share * top);
    return `<line x1="${SIDES.left}" x2="${WIDTH - SIDES.right}" y1="${at}" y2="${at}" class="grid"/><text x="${SIDES.left - 4}" y="${Number(at) + 3}" class="axis" text-anchor="end">${written(share * top, unit)}</text>`;
  });
  const times = [start, (start + end) / 2, end].map((seconds, place) => {
    const anchor = ['start', 'middle', 'end'][place];
    const time = new Date(seconds * 1_000).toISOString().slice(11, 16);
    return `<text x="${x(seconds)}" y="${SIDES.top + height + 13}" class="axis" text-anchor="${anchor}">${time}</text>`;
  });
  const paths = lines.map(({ points }, place) => {
    const path = points.map(([seconds, value], at) => `${at === 0 ? 'M' : 'L'}${x(seconds)} ${y(value)}`).join('');
    return `<path d="${path}" fill="none" stroke="${COLOURS[place % COLOURS.length]}" stroke-width="1.4"/>`;
  });
  let [left, row] = [SIDES.left - 40, 0];
  const legend = lines.map(({ name }, place) => {
    const text = name === '' ? 'all' : name;
    const space = 22 + widthOf(text);
    if (left + space > WIDTH - 4) [left, row] = [SIDES.left - 40, row + 1];
    const at = SIDES.top + height + 27 + row * 11;
    const item = `<rect x="${left}" y="${at - 6}" width="8" height="3" fill="${COLOURS[place % COLOURS.length]}"/><text x="${left + 11}" y="${at}" class="axis">${escaped(text)}</text>`;
    left += space;
    return row > 3 ? '' : item;
  });
  const [across, down] = [(index % COLUMNS) * WIDTH, Math.floor(index / COLUMNS) * HEIGHT];
  return `<g transform="translate(${across} ${down})"><rect x="3" y="3" width="${WIDTH - 6}" height="${HEIGHT - 6}" class="panel"/><text x="12" y="15" class="title">${escaped(panel.title)}</text>${[...grid, ...times, ...paths, ...legend].join('')}</g>`;
}

const { panels } = JSON.parse(readFileSync(new URL('../ops/grafana-dashboard.json', import.meta.url), 'utf8')) as {
  panels: Panel[];
};
const pictures: string[] = [];
for (const [index, panel] of panels.entries()) {
  const lines = await linesOf(panel);
  if (lines.length === 0) throw new Error(`The panel "${panel.title}" is empty.`);
  pictures.push(drawn(panel, lines, index));
}
const [width, height] = [COLUMNS * WIDTH, Math.ceil(panels.length / COLUMNS) * HEIGHT];
const style =
  'text{font-family:sans-serif;fill:#222}.title{font-size:12px;font-weight:bold}.axis{font-size:9px;fill:#555}.grid{stroke:#ddd}.panel{fill:#fff;stroke:#ccc}';
writeFileSync(
  target,
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img"><title>The panels of the dashboard during a load run</title><style>${style}</style><rect width="100%" height="100%" fill="#f4f4f4"/>\n${pictures.join('\n')}\n</svg>\n`,
);
console.log(`${panels.length} panels in ${target}`);
