import { isGlobalId, MAX_ID_LENGTH } from '../domain/global-id.ts';
import { type IdentifierScheme, identifierFault, tidyIdentifier } from '../domain/identifier.ts';
import { isPartialDate, notADate } from '../domain/partial-date.ts';
import { MAX_ITEMS, MAX_LINE, MAX_TEXT, MAX_URL, textFault } from '../domain/text.ts';
import { ID_PREFIXES, type NodeType } from '../domain/vocabulary.ts';
import type { DatedReference } from '../editing/nouns.ts';
import type { GraphValue } from '../graph/statement.ts';

/** A cell's value, or the sentence that says what is wrong with it. */
export type Parsed<Value> = { readonly value: Value } | { readonly fault: string };

/** A reference as written, to be resolved with the others of its batch. */
export interface WrittenReference {
  readonly written: string;
  readonly types: readonly NodeType[];
}

/** One column of a file: how its cells are read. References are resolved later, all of a batch at once. */
export type Column =
  | { readonly kind: 'value'; readonly parse: (cell: string) => Parsed<GraphValue> }
  | { readonly kind: 'reference'; readonly types: readonly NodeType[] }
  | { readonly kind: 'references'; readonly types: readonly NodeType[] }
  | { readonly kind: 'dated-references'; readonly types: readonly NodeType[] };

function plainText(cell: string, maximum: number): Parsed<string> {
  const fault = textFault(cell, maximum);
  return fault === null ? { value: cell } : { fault };
}

const value = (parse: (cell: string) => Parsed<GraphValue>): Column => ({ kind: 'value', parse });

/** An item of a list as a cell holds it: a semicolon of its own, or a backslash, gets a backslash before it. */
export const escapeItem = (item: string): string => item.replace(/[\\;]/g, '\\$&');

/** The items of a cell: separated by semicolons, `\;` stands for one inside an item and `\\` for a backslash. */
const items = (cell: string): string[] =>
  (cell.match(/(?:\\[\\;]|[^;])+/g) ?? [])
    .map((item) => item.replace(/\\([\\;])/g, '$1').trim())
    .filter((item) => item !== '');

function list(parse: (item: string) => Parsed<GraphValue>): Column {
  return value((cell) => {
    const parts = items(cell);
    if (parts.length > MAX_ITEMS) return { fault: `has ${parts.length} items; ${MAX_ITEMS} is the most.` };
    const values: GraphValue[] = [];
    for (const part of parts) {
      const parsed = parse(part);
      if ('fault' in parsed) return parsed;
      values.push(parsed.value);
    }
    return { value: [...new Set(values)] };
  });
}

const parseDate = (cell: string): Parsed<string> => (isPartialDate(cell) ? { value: cell } : { fault: notADate(cell) });

function number(isFine: (parsed: number) => boolean, wanted: string): Column {
  return value((cell) => {
    const parsed = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(cell) ? Number(cell) : Number.NaN;
    return isFine(parsed) ? { value: parsed } : { fault: `"${cell}" is not ${wanted}.` };
  });
}

/** The kinds of columns, by what their cells hold. */
export const column = {
  line: value((cell) => plainText(cell, MAX_LINE)),
  text: value((cell) => plainText(cell, MAX_TEXT)),
  lines: list((item) => plainText(item, MAX_LINE)),
  date: value(parseDate),
  dates: list(parseDate),
  instant: value((cell) =>
    /^\d{4}-\d{2}-\d{2}T/.test(cell) && !Number.isNaN(Date.parse(cell))
      ? { value: cell }
      : { fault: `"${cell}" is not an instant: write 2026-03-14T09:26:53Z.` },
  ),
  count: number((parsed) => Number.isSafeInteger(parsed) && parsed >= 0, 'a whole number such as 12'),
  decimal: number(Number.isFinite, 'a number such as 2500000 or 3.6'),
  yesNo: value((cell) => {
    if (/^(true|yes|1)$/i.test(cell)) return { value: true };
    if (/^(false|no|0)$/i.test(cell)) return { value: false };
    return { fault: `"${cell}" is neither true nor false.` };
  }),
  url: value((cell) => {
    const parsed = URL.canParse(cell) ? new URL(cell) : null;
    const fault = textFault(cell, MAX_URL);
    if (fault !== null) return { fault };
    return parsed && /^https?:$/.test(parsed.protocol)
      ? { value: cell }
      : { fault: `"${cell}" is not a web address: it begins with https:// or http://.` };
  }),
  currency: value((cell) =>
    /^[A-Z]{3}$/.test(cell) ? { value: cell } : { fault: `"${cell}" is not a currency: write EUR.` },
  ),
  oneOf: (values: readonly string[]): Column =>
    value((cell) =>
      values.includes(cell) ? { value: cell } : { fault: `"${cell}" is none of ${values.join(', ')}.` },
    ),
  identifier: (scheme: IdentifierScheme): Column =>
    value((cell) => {
      const tidy = tidyIdentifier(scheme, cell);
      const fault = identifierFault(scheme, tidy);
      return fault === null ? { value: tidy } : { fault };
    }),
  id: (types: readonly NodeType[]): Column =>
    value((cell) => {
      const prefixes = types.map((type) => `${ID_PREFIXES[type]}/`);
      if (!isGlobalId(cell) || !prefixes.some((prefix) => cell.startsWith(prefix))) {
        return {
          fault: `"${cell.slice(0, 60)}" is not an identifier: write ${prefixes.join('… or ')}… with letters, digits and - . _ : ~ (${MAX_ID_LENGTH} characters at most).`,
        };
      }
      return { value: cell };
    }),
  relationshipId: value((cell) =>
    isGlobalId(cell) ? { value: cell } : { fault: `"${cell.slice(0, 60)}" is not an identifier such as membership/x.` },
  ),
  reference: (...types: NodeType[]): Column => ({ kind: 'reference', types }),
  references: (...types: NodeType[]): Column => ({ kind: 'references', types }),
  datedReferences: (...types: NodeType[]): Column => ({ kind: 'dated-references', types }),
} as const;

/** Splits `territory/x@2005..2022;territory/y@2023..` into references and their periods. */
export function parseDatedReferences(cell: string): Parsed<readonly DatedReference[]> {
  const references: DatedReference[] = [];
  for (const item of items(cell)) {
    const at = item.lastIndexOf('@');
    if (at < 0) {
      references.push({ id: item, since: null, until: null });
      continue;
    }
    const [since = '', until = '', ...rest] = item.slice(at + 1).split('..');
    if (rest.length > 0 || !item.slice(at + 1).includes('..')) {
      return { fault: `"${item}" has no period after the @: write @2005..2022, @2005.. or @..2022.` };
    }
    for (const end of [since, until]) if (end !== '' && !isPartialDate(end)) return { fault: notADate(end) };
    references.push({
      id: item.slice(0, at),
      since: since === '' ? null : (since as DatedReference['since']),
      until: until === '' ? null : (until as DatedReference['until']),
    });
  }
  return { value: references };
}

/** Splits a list of references. */
export function parseReferences(cell: string): string[] {
  return [...new Set(items(cell))];
}
