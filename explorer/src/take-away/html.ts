import type { Table } from './csv.ts';

/** A part of a page under a heading. */
export interface LonePart {
  readonly title: string;
  /** What the part leaves out; empty for nothing. */
  readonly note: string;
  readonly table: Table;
}

/** What a page that stands alone shows. */
export interface LonePage {
  readonly language: string;
  readonly title: string;
  readonly lines: readonly string[];
  /** The picture as SVG; null where the view has none. */
  readonly picture: string | null;
  readonly table: Table | null;
  readonly parts: readonly LonePart[];
  readonly foot: readonly string[];
  readonly address: string;
  readonly addressLabel: string;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text for HTML: names in the data are texts, never elements. */
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign]!);

const STYLE = `
:root { color-scheme: light dark; font: 100%/1.5 system-ui, sans-serif }
body { max-width: 66rem; margin: 2rem auto; padding: 0 1rem }
svg { display: block; width: 100%; height: auto }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
th, td { padding: .3rem .75rem .3rem 0; border-bottom: 1px solid color-mix(in srgb, currentcolor 20%, transparent); text-align: start; vertical-align: baseline }
th { font-weight: 600; font-size: .85rem }
.number { text-align: end }
.quiet { opacity: .75; font-size: .9rem }
.scrolls { overflow-x: auto }`;

function tableOf({ columns, rows }: Table): string {
  const isNumber = columns.map((_, at) => rows.every((row) => row[at] === null || typeof row[at] === 'number'));
  const cell = (tag: string, text: string, at: number): string =>
    `<${tag}${tag === 'th' ? ' scope="col"' : ''}${isNumber[at] ? ' class="number"' : ''}>${escaped(text)}</${tag}>`;
  const head = columns.map((column, at) => cell('th', column, at)).join('');
  const body = rows.map((row) => `<tr>${row.map((value, at) => cell('td', String(value ?? ''), at)).join('')}</tr>`);
  return `<div class="scrolls"><table><thead><tr>${head}</tr></thead><tbody>${body.join('\n')}</tbody></table></div>`;
}

function partOf({ title, note, table }: LonePart): string {
  return `<h2>${escaped(title)}</h2>${tableOf(table)}${note === '' ? '' : `<p class="quiet">${escaped(note)}</p>`}`;
}

/** A page in one file: picture, table, sources. It asks for nothing, and its policy would not let it. */
export function lonePage({
  language,
  title,
  lines,
  picture,
  table,
  parts,
  foot,
  address,
  addressLabel,
}: LonePage): string {
  return `<!doctype html>
<html lang="${escaped(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
${lines.map((line) => `<p>${escaped(line)}</p>`).join('\n')}
${picture ?? ''}
${table ? tableOf(table) : ''}
${parts.map(partOf).join('\n')}
<footer class="quiet">
${foot.map((line) => `<p>${escaped(line)}</p>`).join('\n')}
<p><a href="${escaped(address)}">${escaped(addressLabel)}</a></p>
</footer>
</body>
</html>
`;
}
