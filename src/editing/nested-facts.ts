import type { Problem } from '../domain/problem.ts';
import { RELATIONSHIP_SHAPES } from '../domain/relationship.ts';
import type { Edit } from './edit.ts';
import { asStored, FACT_RELATIONSHIPS, type FactEntityType, newFact } from './facts.ts';
import { type CheckedInput, checkInput, type Input, namesNodes } from './input.ts';
import type { ExistingRelationship } from './known-graph.ts';
import type { ChangeRequest } from './records.ts';
import type { ResolvedInput } from './to-records.ts';

/** A fact that is given together with a new record, which is one of its ends. */
export interface NestedFact {
  readonly entityType: FactEntityType;
  /** Its fields, with the other end. */
  readonly values: CheckedInput['values'];
  /** Name of the end that is the new record, and of the other end. */
  readonly ownEnd: string;
  readonly otherEnd: string;
  /** Its path in the input. */
  readonly path: readonly string[];
}

/** Fields of an input that list nested facts, and their type. */
const LISTS = {
  memberships: 'membership',
  affiliations: 'affiliation',
  partnerships: 'partnership',
} as const satisfies Record<string, FactEntityType>;

const within = (outer: readonly string[], { path, ...problem }: Problem): Problem => ({
  ...problem,
  path: [...outer, ...path],
});

function nestedFact(edit: Edit, entityType: FactEntityType, input: Input, path: readonly string[]): NestedFact[] {
  const checked = checkInput(entityType, input, true);
  const { values, problems } = checked;
  const { from, to } = RELATIONSHIP_SHAPES[FACT_RELATIONSHIPS[entityType]];
  const given = [from.name, to.name].filter((end) => (input[end] ?? '') !== '');
  const isComplete = namesNodes(entityType, checked, given);
  edit.problems.push(...problems.map((each) => within(path, each)));
  if (given.length !== 1) {
    const message = `Give ${from.name} or ${to.name}, not both: the new record stands at the end that is left out.`;
    edit.addProblem('INVALID', path, message);
    return [];
  }
  const [ownEnd, otherEnd] = given[0] === from.name ? [to.name, from.name] : [from.name, to.name];
  return isComplete ? [{ entityType, values, ownEnd, otherEnd, path }] : [];
}

/**
 * The facts nested in the checked input of a new record. Adds their problems to the edit, with their paths. A fact
 * without sources has those of the record.
 */
export function nestedFacts(edit: Edit, record: CheckedInput['values']): NestedFact[] {
  return Object.entries(LISTS).flatMap(([list, entityType]) =>
    ((record[list] ?? []) as unknown as readonly Input[]).flatMap((input, index) => {
      const path = [list, String(index)];
      const { sources = null, ...fields } = input;
      if (sources !== null) edit.checkSources(sources as readonly string[], true, [...path, 'sources']);
      return nestedFact(edit, entityType, { ...fields, sources: sources ?? record.sources }, path);
    }),
  );
}

/**
 * The change requests of nested facts, given the identifier of the new record. The records at the other ends must be
 * locked.
 */
export function nestedRequests(edit: Edit, id: string, facts: readonly NestedFact[]): ChangeRequest[] {
  /** Earlier facts of the same type with the same other end. */
  const earlierFacts = new Map<string, ExistingRelationship[]>();
  return facts.map(({ entityType, values, ownEnd, otherEnd, path }) => {
    const partner = edit.survivor(values[otherEnd] as string);
    const earlier = earlierFacts.get(`${entityType} ${partner}`) ?? [];
    const resolved = { ...values, [ownEnd]: id, [otherEnd]: partner };
    const records = newFact(edit, entityType, resolved as ResolvedInput, earlier);
    earlierFacts.set(`${entityType} ${partner}`, [...earlier, ...records.relationships.map(asStored)]);
    edit.nested.push(...records.relationships.map((relationship) => relationship.id!));
    const reject = (each: Problem): void => {
      // The new record does not exist if it was rejected: its own problems say so.
      if (each.path[0] !== ownEnd) edit.problems.push(within(path, each));
    };
    return { records, reject };
  });
}
