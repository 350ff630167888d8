import { isSingle } from '../domain/field.ts';
import { IDENTIFIER_FIELDS } from '../domain/identifier.ts';
import { type Problem, problem } from '../domain/problem.ts';
import { fieldsOf as recordFieldsOf } from '../domain/record-fields.ts';
import { MAX_ITEMS } from '../domain/text.ts';
import type { GraphValue } from '../graph/statement.ts';
import type { StoredNode } from '../store/node.ts';
import { NO_RECORDS, type Records } from './records.ts';
import { TO_RECORDS } from './to-records.ts';

/** Fields of which a record shows one value: where two records differ, both say so in a claim. */
const SINGLE_FIELDS = recordFieldsOf('organisation')
  .filter(([name, field]) => name !== 'name' && isSingle(field))
  .map(([name]) => name);
const IDENTIFIERS = Object.values(IDENTIFIER_FIELDS);

type Stored = Readonly<Record<string, GraphValue | undefined>>;
/** The fields of a stored record, by name. */
export function storedFields(node: StoredNode): Stored;
export function storedFields(node: StoredNode | undefined): Stored | undefined;
export function storedFields(node: StoredNode | undefined): Stored | undefined {
  return node as Stored | undefined;
}

/** The value of a field; an UNKNOWN kind counts as none. */
const valueIn = (node: StoredNode, field: string): GraphValue => {
  const value = storedFields(node)[field] ?? null;
  return field === 'kind' && value === 'UNKNOWN' ? null : value;
};

/** The different texts of some lists, in their order. */
export const unionOf = (...lists: readonly (readonly string[] | null | undefined)[]): string[] => [
  ...new Set(lists.flatMap((list) => list ?? [])),
];

/** What one record of a merge said of a field, as a claim about the survivor. */
export interface MergedValue {
  readonly about: string;
  readonly field: string;
  readonly value: GraphValue;
  /** Whether the survivor shows it. */
  readonly preferred: boolean;
  readonly by: StoredNode;
  readonly now: string;
}

export function claimOf({ about, field, value, preferred, by, now }: MergedValue): Records {
  const day = now.slice(0, 10);
  const note = preferred
    ? `What ${by.name ?? by.id} said when another record was merged into it on ${day}.`
    : `What ${by.name ?? by.id} (${by.id}) said before it was merged on ${day}.`;
  return TO_RECORDS.claim({ about, field, value: String(value), preferred, note, sources: by.sources ?? [] });
}

/** What two records of a merge that have different identifiers of a registry mean: that they may be two, or that one is out of date. */
export type IdentifierRule = 'must agree' | 'those of the survivor stay';

/** The identifiers of registries after the merge. Two different ones of a registry are a problem, unless the survivor's stay. */
function identifiersAfter(
  records: readonly StoredNode[],
  rule: IdentifierRule,
): {
  readonly fields: Record<string, GraphValue>;
  readonly problems: readonly Problem[];
} {
  const fields: Record<string, GraphValue> = {};
  const problems: Problem[] = [];
  for (const field of IDENTIFIERS) {
    const values = unionOf(records.flatMap((node) => node[field] ?? []));
    if (values.length > 1 && rule === 'must agree') {
      const both = values.join(' and ');
      const message = `The records have different identifiers, ${field} ${both}: take out the wrong one before merging them.`;
      problems.push(problem('CONFLICT', ['others'], message));
    } else if (values[0] !== undefined) fields[field] = values[0];
  }
  return { fields, problems };
}

/** The record of the survivor after a merge, with its sources, claims where the records differed, and problems. */
export interface MergedRecord {
  readonly records: readonly Records[];
  readonly sources: readonly string[];
  readonly problems: readonly Problem[];
}

/**
 * The fields of the survivor after a merge: its own, else the first of the others in their order; names of the others
 * become aliases, and values that differ become claims.
 */
export function fieldsAfter(
  survivor: StoredNode,
  others: readonly StoredNode[],
  now: string,
  rule: IdentifierRule = 'must agree',
): MergedRecord {
  const about = survivor.id;
  const claims: Records[] = [];
  const fields: Record<string, GraphValue> = {};
  for (const field of SINGLE_FIELDS) {
    let holder = valueIn(survivor, field) === null ? null : survivor;
    for (const other of others) {
      const value = valueIn(other, field);
      if (value === null) continue;
      if (holder === null) {
        holder = other;
        fields[field] = value;
      } else if (valueIn(holder, field) !== value) {
        claims.push(claimOf({ about, field, value: valueIn(holder, field), preferred: true, by: holder, now }));
        claims.push(claimOf({ about, field, value, preferred: false, by: other, now }));
      }
    }
  }
  const identifiers = identifiersAfter([survivor, ...others], rule);
  Object.assign(fields, identifiers.fields);
  const names = others.flatMap(({ name, acronym, aliases }) => [name ?? '', acronym ?? '', ...(aliases ?? [])]);
  fields.aliases = unionOf(survivor.aliases, names)
    .filter((name) => name !== '' && name !== survivor.name && name !== (fields.acronym ?? survivor.acronym))
    .slice(0, MAX_ITEMS);
  const sources = unionOf(survivor.sources, ...others.map((other) => other.sources));
  const record = { id: about, type: survivor.type, fields: { ...fields, sources } };
  return { records: [{ ...NO_RECORDS, nodes: [record] }, ...claims], sources, problems: identifiers.problems };
}
