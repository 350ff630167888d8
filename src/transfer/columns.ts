import type { DatedReference, Field } from '../domain/field.ts';
import { type Checked, checkedValue, type FieldValue, quoted } from '../domain/field-value.ts';
import { isGlobalId, MAX_ID_LENGTH } from '../domain/global-id.ts';
import { isPartialDate, notADate } from '../domain/partial-date.ts';
import { tidyText } from '../domain/text.ts';
import { ID_PREFIXES, RELATIONSHIP_ID_PREFIXES } from '../domain/vocabulary.ts';

/** Escapes an item of a list in a cell: `\` before each semicolon and backslash. */
export const escapeItem = (item: string): string => item.replace(/[\\;]/g, '\\$&');

const MANY_OR_ESCAPED = /[\\;]/;

/** The items of a cell, separated by semicolons. Inside an item, `\;` is a semicolon and `\\` a backslash. */
export const itemsOf = (cell: string): string[] =>
  MANY_OR_ESCAPED.test(cell) ? severalOf(cell) : [tidyText(cell)].filter((item) => item !== '');

const severalOf = (cell: string): string[] =>
  (cell.match(/(?:\\[\\;]|[^;])+/g) ?? [])
    .map((item) => tidyText(item.replace(/\\([\\;])/g, '$1')))
    .filter((item) => item !== '');

/** Splits `territory/x@2005..2022;territory/y@2023..` into references and their periods. */
function datedReferencesOf(cell: string): Checked<readonly DatedReference[]> {
  const references: DatedReference[] = [];
  for (const item of itemsOf(cell)) {
    const at = item.lastIndexOf('@');
    if (at < 0) {
      references.push({ id: item, since: null, until: null });
      continue;
    }
    const [since = '', until = '', ...rest] = item.slice(at + 1).split('..');
    if (rest.length > 0 || !item.slice(at + 1).includes('..')) {
      return { problem: `${quoted(item)} has no period after the @: write @2005..2022, @2005.. or @..2022.` };
    }
    for (const end of [since, until]) if (end !== '' && !isPartialDate(end)) return { problem: notADate(end) };
    references.push({
      id: item.slice(0, at),
      since: since === '' ? null : (since as DatedReference['since']),
      until: until === '' ? null : (until as DatedReference['until']),
    });
  }
  return { value: references };
}

/** The value that a cell represents. A cell that represents none stays a text, which the check of the field rejects. */
function valueIn(cell: string, field: Field): string | number | boolean | readonly string[] {
  switch (field.kind) {
    case 'lines':
    case 'dates':
    case 'references':
      return itemsOf(cell);
    case 'count':
    case 'number': {
      const parsed = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(cell) ? Number(cell) : Number.NaN;
      return Number.isFinite(parsed) ? parsed : cell;
    }
    case 'flag':
      return /^(true|yes|1)$/i.test(cell) ? true : /^(false|no|0)$/i.test(cell) ? false : cell;
    default:
      return cell;
  }
}

/** The problem of a record's identifier as a sentence; null if it has none. */
function idProblem(id: string, { types }: Field & { kind: 'id' }): string | null {
  const prefixes =
    types === 'relationship' ? Object.values(RELATIONSHIP_ID_PREFIXES) : types.map((type) => ID_PREFIXES[type]);
  if (isGlobalId(id) && prefixes.some((prefix) => id.startsWith(`${prefix}/`))) return null;
  const shown = types === 'relationship' ? ['membership/'] : prefixes.map((prefix) => `${prefix}/`);
  return `${quoted(id)} is not an identifier: write ${shown.join('… or ')}… with letters, digits and - . _ : ~ (${MAX_ID_LENGTH} characters at most).`;
}

/** Reads a cell that is not empty, by the rule of its field. References are resolved later, for a batch at once. */
export function readCell(name: string, field: Field, cell: string): Checked {
  if (field.kind === 'dated references') return datedReferencesOf(cell);
  if (field.kind === 'id') {
    const problem = idProblem(cell, field);
    return problem === null ? { value: cell } : { problem };
  }
  return checkedValue(name, field, valueIn(cell, field)) satisfies Checked<FieldValue>;
}
