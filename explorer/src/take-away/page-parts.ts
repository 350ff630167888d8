import type { Table } from './csv.ts';
import type { LonePart } from './html.ts';

/** The text of an element as a reader sees it: what only screen readers hear is left out, and so are buttons. */
function textOf(element: Element): string {
  const copy = element.cloneNode(true) as Element;
  for (const left of copy.querySelectorAll('button, select, input, .unseen, summary, title')) left.remove();
  for (const item of copy.querySelectorAll('li, p, dd')) item.append(' · ');
  return (copy.textContent ?? '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/(?: · )+/g, ' · ')
    .replace(/^[ ·]+|[ ·]+$/g, '');
}

const cellsOf = (row: Element): string[] => [...row.children].map(textOf);

/** The tables and lists of facts of a part of the page. */
function tableIn(part: Element): Table | null {
  const table = part.querySelector('table');
  if (table) {
    const [head = [], ...rows] = [...table.querySelectorAll('tr')].map(cellsOf);
    return { columns: head, rows };
  }
  const facts = [...part.querySelectorAll('dl.facts > div')].map((fact) => cellsOf(fact));
  if (facts.length > 0) return { columns: ['', ''], rows: facts };
  const items = [...part.querySelectorAll('.source-items > li, .suggestions > li')].map((item) => [textOf(item)]);
  return items.length > 0 ? { columns: [''], rows: items } : null;
}

/** The parts of a record as they are shown: of a list the page that is open, and which rows these are. */
export function partsShown(): LonePart[] {
  return [...document.querySelectorAll('main .panel')].flatMap((part) => {
    const [heading, table] = [part.querySelector('h2'), tableIn(part)];
    if (!heading || !table || table.rows.length === 0) return [];
    const range = part.querySelector('.pager .quiet');
    return [{ title: textOf(heading), note: range ? textOf(range) : '', table }];
  });
}

/** The results of a search as they are shown: the rows of the table, or the hits. */
export function tableShown(): Table {
  const main = document.querySelector('main')!;
  const found = tableIn(main);
  if (found && main.querySelector('table')) return found;
  const hits = [...main.querySelectorAll('.hits > li')].map((hit) => {
    const [link] = hit.querySelectorAll('a');
    const kind = hit.querySelector('.node-kind');
    return [link ? textOf(link) : '', kind ? textOf(kind) : '', link?.getAttribute('href')?.slice(1) ?? ''];
  });
  return { columns: ['', '', 'id'], rows: hits };
}
