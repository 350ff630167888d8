import type { DatedReference, Field } from './field.ts';
import { identifierProblem, tidyIdentifier } from './identifier.ts';
import { isPartialDate, notADate } from './partial-date.ts';
import type { RecordType } from './record-fields.ts';
import { MAX_ITEMS, MAX_LINE, MAX_TEXT, MAX_URL, textProblem, tidyText, webAddressProblem } from './text.ts';

/** A value of a field as records have it; null empties the field. */
export type FieldValue = string | number | boolean | readonly string[] | readonly DatedReference[] | null;

/** A value as it is stored, or a sentence that names its problem and the remedy. */
export type Checked<Value = FieldValue> = { readonly value: Value } | { readonly problem: string };

const LONGEST: Partial<Record<Field['kind'], number>> = { text: MAX_TEXT, url: MAX_URL };

/** Quotes the beginning of an input, for a message. */
export const quoted = (value: unknown): string => {
  const text = String(value);
  return `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;
};

/** Inputs that one message quotes at the most. */
const MAX_QUOTED = 5;

/** Quotes the beginnings of the first of several inputs, for a message, and says how many more there are. */
export function quotedList(values: readonly unknown[]): string {
  const all = [...new Set(values)];
  const more = all.length > MAX_QUOTED ? ` and ${all.length - MAX_QUOTED} more` : '';
  return `${all.slice(0, MAX_QUOTED).map(quoted).join(', ')}${more}`;
}

/** The problem of a text for the kind of its field, apart from its length and characters; null if it has none. */
function kindProblem(field: Field, text: string): string | null {
  switch (field.kind) {
    case 'date':
    case 'dates':
      return isPartialDate(text) ? null : notADate(text);
    case 'instant':
      return /^\d{4}-\d{2}-\d{2}T/.test(text) && !Number.isNaN(Date.parse(text))
        ? null
        : `${quoted(text)} is not an instant: write 2026-03-14T09:26:53Z.`;
    case 'choice':
      return field.values.includes(text) ? null : `${quoted(text)} is none of ${field.values.join(', ')}.`;
    case 'identifier':
      return identifierProblem(field.scheme, text);
    case 'url':
      return webAddressProblem(text);
    case 'currency':
      return /^[A-Z]{3}$/.test(text) ? null : `${quoted(text)} is not a currency: write EUR.`;
    default:
      return null;
  }
}

function checkedText(name: string, field: Field, written: string): Checked<string | null> {
  const trimmed = tidyText(written);
  const text = field.kind === 'identifier' ? tidyIdentifier(field.scheme, trimmed) : trimmed;
  if (text === '') return { value: null };
  const charactersProblem = textProblem(text, LONGEST[field.kind] ?? MAX_LINE);
  const problem = charactersProblem === null ? kindProblem(field, text) : `${name} ${charactersProblem}`;
  return problem === null ? { value: text } : { problem };
}

function checkedList(name: string, field: Field, given: readonly unknown[]): Checked<readonly string[]> {
  const { most = MAX_ITEMS } = field;
  if (given.length > most) return { problem: `${name} has ${given.length} items; ${most} is the most.` };
  const items = new Set<string>();
  for (const item of given) {
    const checked = checkedText(name, field, String(item));
    if ('problem' in checked) return checked;
    if (checked.value !== null) items.add(checked.value);
  }
  return { value: [...items] };
}

function checkedNumber(name: string, field: Field, value: unknown): Checked<number> {
  if (field.kind === 'count') {
    const isCount = typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
    return isCount ? { value } : { problem: `${quoted(value)} is not a whole number such as 12.` };
  }
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    return { problem: `${quoted(value)} is not a number such as 2500000 or 3.6.` };
  }
  const { minimum = -Infinity, maximum = Infinity } = field.kind === 'number' ? field : {};
  if (value < minimum) return { problem: `${quoted(value)} is too small: ${name} is ${minimum} or more.` };
  return value > maximum ? { problem: `${quoted(value)} is too large: ${name} is ${maximum} at most.` } : { value };
}

/**
 * Checks a value of a field and brings it to the form in which it is stored: texts trimmed, identifiers in their
 * registry's spelling, lists without repetition. The one check of values, for imports and mutations. References are
 * checked as texts only; whether they name a node is checked against the graph.
 */
export function checkedValue(name: string, field: Field, value: unknown): Checked {
  if (value === null || value === '') return { value: null };
  switch (field.kind) {
    case 'lines':
    case 'dates':
    case 'references':
      return checkedList(name, field, Array.isArray(value) ? value : [value]);
    case 'count':
    case 'number':
      return checkedNumber(name, field, value);
    case 'flag':
      return typeof value === 'boolean' ? { value } : { problem: `${quoted(value)} is neither true nor false.` };
    case 'dated references':
      return { value: value as readonly DatedReference[] };
    default:
      return checkedText(name, field, String(value));
  }
}

/** The message for a record that lacks a required field. */
export function missingProblem(type: RecordType, name: string): string {
  if (name === 'sources') return 'Every fact needs at least one source: name who says so.';
  const words = type.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return `${name} is empty: every ${words} needs one.`;
}
