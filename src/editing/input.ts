import { IDENTIFIER_FIELDS, type IdentifierScheme, identifierFault, tidyIdentifier } from '../domain/identifier.ts';
import { type Problem, problem } from '../domain/problem.ts';
import { MAX_ITEMS, MAX_LINE, MAX_TEXT, MAX_URL, textFault } from '../domain/text.ts';
import type { GraphValue } from '../graph/statement.ts';
import type { DatedReference, Noun } from './nouns.ts';

/** What a caller gave for a noun, by field; a field that was left out is absent, one to be emptied is null. */
export type Input = Readonly<Record<string, unknown>>;

/** An input with its texts trimmed and its identifiers in their registry's spelling, and what is wrong with it. */
export interface CheckedInput {
  readonly values: Record<string, GraphValue | readonly DatedReference[] | undefined>;
  readonly problems: Problem[];
}

/** Fields that may hold a paragraph; all others are a line. */
const LONG: ReadonlySet<string> = new Set(['network.description', 'project.title', 'claim.value', 'claim.note']);
const ADDRESSES: ReadonlySet<string> = new Set(['website', 'url']);
/** What no record of the noun may be without. */
const NEEDED: Partial<Record<Noun, readonly string[]>> = {
  source: ['title'],
  organisation: ['name', 'kind'],
  network: ['name', 'type'],
  membership: ['role'],
  partnership: ['kind'],
  project: ['name'],
  participation: ['role'],
  patent: ['number'],
  succession: ['kind'],
  indicator: ['measure', 'value', 'from'],
  claim: ['field', 'value'],
};
const SCHEMES = new Map(
  (Object.entries(IDENTIFIER_FIELDS) as [IdentifierScheme, string][]).map(([scheme, field]) => [field, scheme]),
);

function textProblem(field: string, text: string, maximum: number): Problem | null {
  const fault = textFault(text, maximum);
  return fault === null ? null : problem('INVALID', [field], `${field} ${fault}`);
}

function checkText(noun: Noun, field: string, written: string, checked: CheckedInput): void {
  const text = written.trim();
  const maximum = LONG.has(`${noun}.${field}`) ? MAX_TEXT : ADDRESSES.has(field) ? MAX_URL : MAX_LINE;
  const wrong = textProblem(field, text, maximum);
  if (wrong) {
    checked.problems.push(wrong);
    return;
  }
  const scheme = SCHEMES.get(field);
  if (scheme === undefined || text === '') {
    checked.values[field] = text === '' ? null : text;
    return;
  }
  const tidy = tidyIdentifier(scheme, text);
  const fault = identifierFault(scheme, tidy);
  if (fault === null) checked.values[field] = tidy;
  else checked.problems.push(problem('INVALID', [field], fault));
}

function checkList(field: string, list: readonly unknown[], checked: CheckedInput): void {
  if (list.length > MAX_ITEMS) {
    const message = `${field} has ${list.length} items; ${MAX_ITEMS} is the most.`;
    checked.problems.push(problem('INVALID', [field], message));
    return;
  }
  const items: unknown[] = [];
  for (const item of list) {
    if (typeof item !== 'string') items.push(item);
    else {
      const text = item.trim();
      const wrong = textProblem(field, text, MAX_LINE);
      if (wrong) checked.problems.push(wrong);
      else if (text !== '') items.push(text);
    }
  }
  checked.values[field] = [...new Set(items)] as GraphValue;
}

function checkNumber(field: string, value: number, checked: CheckedInput): void {
  const isCount = field === 'participantCount' || field === 'parties';
  if (!Number.isFinite(value) || (isCount && value < 0)) {
    const message = `${field} is ${value}: it must be ${isCount ? 'a whole number such as 12' : 'a number such as 3.6'}.`;
    checked.problems.push(problem('INVALID', [field], message));
  } else checked.values[field] = value;
}

/**
 * Checks the fields of an input one by one, by the rules that the columns of an import follow. `isNew` asks for every
 * field that the noun cannot be without; an update may leave them out, not empty them.
 */
export function checkInput(noun: Noun, input: Input, isNew: boolean): CheckedInput {
  const checked: CheckedInput = { values: {}, problems: [] };
  for (const [field, value] of Object.entries(input)) {
    if (value === undefined) continue;
    if (typeof value === 'string') checkText(noun, field, value, checked);
    else if (typeof value === 'number') checkNumber(field, value, checked);
    else if (Array.isArray(value)) checkList(field, value, checked);
    else checked.values[field] = value as GraphValue;
  }
  const { values, problems } = checked;
  const faulty = new Set(problems.map(({ path }) => path[0]));
  for (const field of NEEDED[noun] ?? []) {
    if (faulty.has(field) || (values[field] !== null && (values[field] !== undefined || !isNew))) continue;
    problems.push(problem('INVALID', [field], `${field} is empty: every ${noun} needs one.`));
    delete values[field];
  }
  if (typeof values.currency === 'string' && !/^[A-Z]{3}$/.test(values.currency)) {
    problems.push(problem('INVALID', ['currency'], `"${values.currency}" is not a currency: write EUR.`));
  }
  return checked;
}
