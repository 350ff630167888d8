import type { DatedReference, Field } from '../domain/field.ts';
import { checkedValue, missingProblem } from '../domain/field-value.ts';
import { type Problem, problem } from '../domain/problem.ts';
import { fieldOf, fieldsOf } from '../domain/record-fields.ts';
import { MAX_ITEMS } from '../domain/text.ts';
import type { GraphValue } from '../graph/statement.ts';
import type { EntityType } from './to-records.ts';

/** The fields that a caller gave for a record. A field left out is absent; null empties it. */
export type Input = Readonly<Record<string, unknown>>;

/** An input with its texts trimmed and its identifiers in their registry's spelling, and what is wrong with it. */
export interface CheckedInput {
  readonly values: Record<string, GraphValue | readonly DatedReference[] | undefined>;
  readonly problems: Problem[];
}

const NAMES_NODES: ReadonlySet<Field['kind']> = new Set(['id', 'reference', 'references', 'dated references']);

/** Whether mutations reject a record without this field. Fields that name nodes are never null in the schema. */
const isNeeded = (field: Field): boolean =>
  (field.kind === 'choice' && field.default !== undefined) ||
  (field.isRequired === true && !NAMES_NODES.has(field.kind));

/** The problem of a list that is no field of a record: nested facts, places with their periods. */
function listProblem(name: string, value: unknown, most = MAX_ITEMS): string | null {
  const isLong = Array.isArray(value) && value.length > most;
  return isLong ? `${name} has ${value.length} items; ${most} is the most.` : null;
}

function checkOne(entityType: EntityType, name: string, value: unknown, { values, problems }: CheckedInput): void {
  const field = fieldOf(entityType, name);
  // Some fields belong to inputs alone; the API's short forms of dated references are single identifiers.
  if (field === null || field.kind === 'dated references') {
    const message = listProblem(name, value, field?.most);
    if (message === null) values[name] = value as GraphValue;
    else problems.push(problem('INVALID', [name], message));
    return;
  }
  // Money is an amount with its currency: entities.ts splits it into two fields.
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    values[name] = value as unknown as GraphValue;
    return;
  }
  const checked = checkedValue(name, field, value);
  if ('problem' in checked) problems.push(problem('INVALID', [name], checked.problem));
  else values[name] = checked.value as GraphValue | readonly DatedReference[];
}

/**
 * Checks the fields of an input one by one, by the same rules as the columns of an import. With `isNew`, every required
 * field must be given; an update may leave it out, but not empty it.
 */
export function checkInput(entityType: EntityType, input: Input, isNew: boolean): CheckedInput {
  const checked: CheckedInput = { values: {}, problems: [] };
  for (const [name, value] of Object.entries(input))
    if (value !== undefined) checkOne(entityType, name, value, checked);
  const { values, problems } = checked;
  const rejected = new Set(problems.map(({ path }) => path[0]));
  for (const [name, field] of fieldsOf(entityType)) {
    if (!isNeeded(field) || rejected.has(name)) continue;
    if (values[name] !== null && (values[name] !== undefined || !isNew)) continue;
    problems.push(problem('INVALID', [name], missingProblem(entityType, name)));
    delete values[name];
  }
  return checked;
}

/**
 * Whether an input names the nodes in these fields, without which there is nothing further to check. An empty one is a problem;
 * one that was rejected has its own.
 */
export function namesNodes(
  entityType: EntityType,
  { values, problems }: CheckedInput,
  fields: readonly string[],
): boolean {
  const empty = fields.filter((name) => values[name] === null);
  problems.push(...empty.map((name) => problem('INVALID', [name], missingProblem(entityType, name))));
  return fields.every((name) => typeof values[name] === 'string');
}
