import type { DatedReference, Field } from '../domain/field.ts';
import { checkedValue, missingProblem } from '../domain/field-value.ts';
import { type Problem, problem } from '../domain/problem.ts';
import { fieldOf, fieldsOf } from '../domain/record-fields.ts';
import { MAX_ITEMS } from '../domain/text.ts';
import type { GraphValue } from '../graph/statement.ts';
import type { Noun } from './nouns.ts';

/** What a caller gave for a noun, by field; a field that was left out is absent, one to be emptied is null. */
export type Input = Readonly<Record<string, unknown>>;

/** An input with its texts trimmed and its identifiers in their registry's spelling, and what is wrong with it. */
export interface CheckedInput {
  readonly values: Record<string, GraphValue | readonly DatedReference[] | undefined>;
  readonly problems: Problem[];
}

const NAMES_NODES: ReadonlySet<Field['kind']> = new Set(['id', 'reference', 'references', 'dated references']);

/** Whether mutations refuse a record without this field. Those that name nodes are never null in the schema. */
const isNeeded = (field: Field): boolean =>
  (field.kind === 'choice' && field.default !== undefined) ||
  (field.isRequired === true && !NAMES_NODES.has(field.kind));

/** Lists that are no field: facts that are recorded with a record, places with their periods. */
function listProblem(name: string, value: unknown, most = MAX_ITEMS): string | null {
  const isLong = Array.isArray(value) && value.length > most;
  return isLong ? `${name} has ${value.length} items; ${most} is the most.` : null;
}

function checkOne(noun: Noun, name: string, value: unknown, { values, problems }: CheckedInput): void {
  const field = fieldOf(noun, name);
  // An input has fields of its own that no record has; the API's short forms of dated references are single identifiers.
  if (field === null || field.kind === 'dated references') {
    const message = listProblem(name, value, field?.most);
    if (message === null) values[name] = value as GraphValue;
    else problems.push(problem('INVALID', [name], message));
    return;
  }
  // Money is given as an amount with its currency: whoever makes the record takes it apart.
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    values[name] = value as unknown as GraphValue;
    return;
  }
  const checked = checkedValue(name, field, value);
  if ('problem' in checked) problems.push(problem('INVALID', [name], checked.problem));
  else values[name] = checked.value as GraphValue | readonly DatedReference[];
}

/**
 * Checks the fields of an input one by one, by the rules that the columns of an import follow. `isNew` asks for every
 * field that the noun cannot be without; an update may leave them out, not empty them.
 */
export function checkInput(noun: Noun, input: Input, isNew: boolean): CheckedInput {
  const checked: CheckedInput = { values: {}, problems: [] };
  for (const [name, value] of Object.entries(input)) if (value !== undefined) checkOne(noun, name, value, checked);
  const { values, problems } = checked;
  const refused = new Set(problems.map(({ path }) => path[0]));
  for (const [name, field] of fieldsOf(noun)) {
    if (!isNeeded(field) || refused.has(name)) continue;
    if (values[name] !== null && (values[name] !== undefined || !isNew)) continue;
    problems.push(problem('INVALID', [name], missingProblem(noun, name)));
    delete values[name];
  }
  return checked;
}
