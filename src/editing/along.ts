import type { Problem } from '../domain/problem.ts';
import { RELATIONSHIP_SHAPES } from '../domain/relationship.ts';
import { FACT_RELATIONSHIPS, type FactNoun, newFact, type Standing, standingFact } from './facts.ts';
import { type CheckedInput, checkInput, type Input } from './input.ts';
import type { Edit } from './mutation.ts';
import type { Draft } from './nouns.ts';
import type { Submission } from './records.ts';

/** A fact that is told together with a new record, which stands at one of its ends. */
export interface FactAlong {
  readonly noun: FactNoun;
  /** Its fields, the far end among them. */
  readonly values: CheckedInput['values'];
  /** What the end of the new record is called, and the far one. */
  readonly own: string;
  readonly far: string;
  /** Where it is in the input. */
  readonly path: readonly string[];
}

/** Lists of an input that tell facts of the record that it makes. */
const LISTS = { memberships: 'membership', partnerships: 'partnership' } as const satisfies Record<string, FactNoun>;

const within = (path: readonly string[], { path: own, ...problem }: Problem): Problem => ({
  ...problem,
  path: [...path, ...own],
});

function factAlong(edit: Edit, noun: FactNoun, input: Input, path: readonly string[]): FactAlong[] {
  const { values, problems } = checkInput(noun, input, true);
  edit.problems.push(...problems.map((each) => within(path, each)));
  const { from, to } = RELATIONSHIP_SHAPES[FACT_RELATIONSHIPS[noun]];
  const told = [from.name, to.name].filter((end) => typeof values[end] === 'string');
  if (told.length !== 1) {
    const message = `Give ${from.name} or ${to.name}, not both: the new record stands at the end that is left out.`;
    edit.refuse('INVALID', path, message);
    return [];
  }
  const [own, far] = told[0] === from.name ? [to.name, from.name] : [from.name, to.name];
  return [{ noun, values, own, far, path }];
}

/**
 * The facts that a checked input tells of the record that it makes; what is wrong with them is refused, where it is in
 * the input. They have the record's sources where they name none.
 */
export function factsAlong(edit: Edit, record: CheckedInput['values']): FactAlong[] {
  return Object.entries(LISTS).flatMap(([list, noun]) =>
    ((record[list] ?? []) as unknown as readonly Input[]).flatMap((input, place) => {
      const path = [list, String(place)];
      const { sources = null, ...fields } = input;
      if (sources !== null) edit.checkSources(sources as readonly string[], true, [...path, 'sources']);
      return factAlong(edit, noun, { ...fields, sources: sources ?? record.sources }, path);
    }),
  );
}

/** What is to be written of them when the new record has its identifier; those at the far ends must be held. */
export function submissionsAlong(edit: Edit, id: string, facts: readonly FactAlong[]): Submission[] {
  /** The facts of a noun that are told of the same two records. */
  const told = new Map<string, Standing[]>();
  return facts.map(({ noun, values, own, far, path }) => {
    const partner = edit.survivor(values[far] as string);
    const earlier = told.get(`${noun} ${partner}`) ?? [];
    const draft = { ...values, [own]: id, [far]: partner };
    const records = newFact(edit, noun, draft as Draft, earlier);
    told.set(`${noun} ${partner}`, [...earlier, ...records.relationships.map(standingFact)]);
    edit.along.push(...records.relationships.map((relationship) => relationship.id!));
    const refuse = (each: Problem): void => {
      // That its own end is not there says only that the record itself was refused.
      if (each.path[0] !== own) edit.problems.push(within(path, each));
    };
    return { records, refuse };
  });
}
