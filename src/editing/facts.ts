import { RELATIONSHIP_SHAPES, typeOfRelationshipId } from '../domain/relationship.ts';
import type { RelationshipType } from '../domain/vocabulary.ts';
import { findRelationships } from '../store/endpoint-hints.ts';
import type { StoredRelationship } from '../store/write.ts';
import { checkInput, type Input } from './input.ts';
import type { Edit } from './mutation.ts';
import { type Draft, NOUNS } from './nouns.ts';
import { isDerived } from './partnerships.ts';
import type { Records, RelationshipRecord } from './records.ts';
import { relationshipId } from './relationship-decision.ts';
import { removeRelationships } from './removal.ts';
import { withSources } from './sources.ts';

/** Nouns that are relationships: facts between two records that are there. */
export type FactNoun = 'membership' | 'partnership' | 'participation' | 'production' | 'succession' | 'label';

/** What each of them is in the graph. */
export const FACT_RELATIONSHIPS: Readonly<Record<FactNoun, RelationshipType>> = {
  membership: 'MEMBER_OF',
  partnership: 'PARTNERS_WITH',
  participation: 'PARTICIPATES_IN',
  production: 'PRODUCED_AT',
  succession: 'SUCCEEDED_BY',
  label: 'HOLDS_LABEL',
};

/** A relationship that stands, or is about to. */
export type Standing = Pick<StoredRelationship, 'from' | 'to' | 'properties'>;

/** The name that a new fact has by its identity, or that with the first number which makes it free. */
function freeId(type: RelationshipType, { from, to, properties }: Standing, standing: readonly Standing[]): string {
  const wished = relationshipId(type, from, to, properties);
  const taken = new Set(standing.map((other) => other.properties.id));
  for (let number = 1; ; number++) {
    const id = number === 1 ? wished : `${wished}-${number}`;
    if (!taken.has(id)) return id;
  }
}

/** A fact as it stands when it is written: without what is null. */
export function standingFact({ id, from, to, fields }: RelationshipRecord): Standing {
  const known = Object.entries(fields).filter(([, value]) => value !== null);
  return { from, to, properties: { ...Object.fromEntries(known), id: id ?? '' } };
}

/** A new fact as it is to be written, under an identifier that none of the existing ones has. */
export function newFact(edit: Edit, noun: FactNoun, draft: Draft, existing: readonly Standing[]): Records {
  const records = NOUNS[noun](draft);
  const relationship = records.relationships[0]!;
  const fact = standingFact(relationship);
  const id = freeId(FACT_RELATIONSHIPS[noun], fact, existing);
  edit.hints?.note(id, fact.from);
  return { ...records, relationships: [{ ...relationship, id, isNew: true }] };
}

/** Records a new fact between two records. */
export async function startFact(edit: Edit, noun: FactNoun, input: Input): Promise<string | null> {
  const type = FACT_RELATIONSHIPS[noun];
  const { from, to } = RELATIONSHIP_SHAPES[type];
  const { values, problems } = checkInput(noun, input, true);
  edit.problems.push(...problems);
  const ends = [String(values[from.name] ?? ''), String(values[to.name] ?? '')] as const;
  const by = typeof values.by === 'string' ? [values.by] : [];
  edit.checkSources(values.sources as readonly string[] | null, true);
  await edit.holdStanding(type, [...ends, ...by]);
  for (const id of by) await edit.node(id, ['Organisation'], ['by']);
  const [source, target] = ends.map((id) => edit.survivor(id)) as [string, string];
  const draft = { ...values, [from.name]: source, [to.name]: target, ...(by[0] ? { by: edit.survivor(by[0]) } : {}) };
  const records = newFact(edit, noun, draft as Draft, await edit.standingAt(type, source));
  await edit.submit(records);
  return records.relationships[0]!.id;
}

/** Finds a fact by its identifier and holds both of its ends; refuses an unknown one, and one of another noun. */
export async function heldFact(edit: Edit, noun: FactNoun, id: string): Promise<Standing | null> {
  const type = FACT_RELATIONSHIPS[noun];
  if (typeOfRelationshipId(id) !== type) {
    edit.refuse('NOT_FOUND', ['id'], `"${id}" is not the identifier of a ${noun}.`);
    return null;
  }
  const [found] = await findRelationships(type, [id], edit.hints, (...call) => edit.transaction.run(...call));
  if (found) {
    await edit.holdStanding(type, [found.from, found.to]);
    // What was read before the locks were taken may have changed since.
    const now = (await edit.standingAt(type, found.from)).find(({ properties }) => properties.id === id);
    if (now) return now;
  }
  edit.refuse('NOT_FOUND', ['id'], `There is no "${id}".`);
  return null;
}

/** Changes the fields of a fact that an input gives; its two ends stay. */
export async function updateFact(edit: Edit, noun: FactNoun, id: string, input: Input): Promise<string | null> {
  const type = FACT_RELATIONSHIPS[noun];
  const { from, to } = RELATIONSHIP_SHAPES[type];
  const { values, problems } = checkInput(noun, input, false);
  edit.problems.push(...problems);
  edit.checkSources(values.sources as readonly string[] | null | undefined, false);
  const known = await heldFact(edit, noun, id);
  if (!known) return null;
  if (isDerived(known.properties)) {
    edit.refuse('INVALID', ['id'], `"${id}" is derived from common projects: change who takes part in them instead.`);
    return null;
  }
  if (!edit.expect(id, known.properties.version ?? 1, input.expectedVersion)) return null;
  const draft = {
    ...known.properties,
    ...values,
    id,
    [from.name]: known.from,
    [to.name]: known.to,
    sources: withSources(known.properties.sources as readonly string[] | undefined, values.sources),
  };
  await edit.submit(NOUNS[noun](draft as unknown as Draft));
  return id;
}

/** Ends a fact on a date; whoever says so joins its sources. */
export async function endFact(
  edit: Edit,
  noun: 'membership' | 'partnership' | 'label',
  id: string,
  { on, sources }: Input,
): Promise<string | null> {
  const ended = await updateFact(edit, noun, id, { until: on, sources: sources ?? [] });
  // The caller gave the end as `on`.
  const problems = edit.problems.splice(0).map((each) => (each.path[0] === 'until' ? { ...each, path: ['on'] } : each));
  edit.problems.push(...problems);
  return ended;
}

/** Takes a fact out of the graph: for what was recorded by mistake, since an end is a fact too. */
export async function removeFact(edit: Edit, noun: FactNoun, id: string): Promise<string | null> {
  const known = await heldFact(edit, noun, id);
  if (!known) return null;
  if (isDerived(known.properties)) {
    edit.refuse('INVALID', ['id'], `"${id}" is derived from common projects: change who takes part in them instead.`);
    return null;
  }
  const type = FACT_RELATIONSHIPS[noun];
  if (type === 'PARTICIPATES_IN') {
    for (const { from } of await edit.standingAt(type, known.to)) {
      if (from !== known.from) edit.parted.push(from < known.from ? [from, known.from] : [known.from, from]);
    }
  }
  await removeRelationships(edit.transaction, edit.effect, [{ type, ...known }]);
  return id;
}
