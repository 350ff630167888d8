import { RELATIONSHIP_SHAPES, typeOfRelationshipId } from '../domain/relationship.ts';
import { withArticle } from '../domain/text.ts';
import type { RelationshipType } from '../domain/vocabulary.ts';
import { findRelationships } from '../store/endpoint-hints.ts';
import type { Edit } from './edit.ts';
import { checkInput, type Input, namesNodes } from './input.ts';
import type { ExistingRelationship } from './known-graph.ts';
import { isDerived } from './partnerships.ts';
import type { Records, RelationshipChange } from './records.ts';
import { relationshipId } from './relationship-decision.ts';
import { removeRelationships } from './removal.ts';
import { withSources } from './sources.ts';
import { type ResolvedInput, TO_RECORDS } from './to-records.ts';

/** Entity types that are relationships: facts between two existing records. */
export type FactEntityType =
  | 'membership'
  | 'affiliation'
  | 'partnership'
  | 'participation'
  | 'production'
  | 'succession'
  | 'label';

/** The relationship type of each. */
export const FACT_RELATIONSHIPS: Readonly<Record<FactEntityType, RelationshipType>> = {
  membership: 'MEMBER_OF',
  affiliation: 'AFFILIATED_WITH',
  partnership: 'PARTNERS_WITH',
  participation: 'PARTICIPATES_IN',
  production: 'PRODUCED_AT',
  succession: 'SUCCEEDED_BY',
  label: 'HOLDS_LABEL',
};

/** The identifier of a new fact: made from its identity, with the first number that makes it free where it is taken. */
function freeId(
  type: RelationshipType,
  { from, to, properties }: ExistingRelationship,
  existing: readonly ExistingRelationship[],
): string {
  const preferred = relationshipId(type, from, to, properties);
  const taken = new Set(existing.map((other) => other.properties.id));
  for (let number = 1; ; number++) {
    const id = number === 1 ? preferred : `${preferred}-${number}`;
    if (!taken.has(id)) return id;
  }
}

/** A fact as the store will have it: without null fields. */
export function asStored({ id, from, to, fields }: RelationshipChange): ExistingRelationship {
  const known = Object.entries(fields).filter(([, value]) => value !== null);
  return { from, to, properties: { ...Object.fromEntries(known), id: id ?? '' } };
}

/** The records of a new fact, under an identifier that none of the existing facts has. */
export function newFact(
  edit: Edit,
  entityType: FactEntityType,
  resolved: ResolvedInput,
  existing: readonly ExistingRelationship[],
): Records {
  const records = TO_RECORDS[entityType](resolved);
  const relationship = records.relationships[0]!;
  const fact = asStored(relationship);
  const id = freeId(FACT_RELATIONSHIPS[entityType], fact, existing);
  edit.hints?.note(id, fact.from);
  return { ...records, relationships: [{ ...relationship, id, isNew: true }] };
}

/** Records a new fact between two records. */
export async function startFact(edit: Edit, entityType: FactEntityType, input: Input): Promise<string | null> {
  const type = FACT_RELATIONSHIPS[entityType];
  const { from, to } = RELATIONSHIP_SHAPES[type];
  const checked = checkInput(entityType, input, true);
  const { values, problems } = checked;
  const isComplete = namesNodes(entityType, checked, [from.name, to.name]);
  edit.problems.push(...problems);
  edit.checkSources(values.sources as readonly string[] | null, true);
  if (!isComplete) return null;
  const ends = [String(values[from.name]), String(values[to.name])] as const;
  const by = typeof values.by === 'string' ? [values.by] : [];
  await edit.lockAndRead(type, [...ends, ...by]);
  for (const id of by) await edit.node(id, ['Organisation'], ['by']);
  const [source, target] = ends.map((id) => edit.survivor(id)) as [string, string];
  const resolved = {
    ...values,
    [from.name]: source,
    [to.name]: target,
    ...(by[0] ? { by: edit.survivor(by[0]) } : {}),
  };
  const records = newFact(edit, entityType, resolved as ResolvedInput, await edit.existingAt(type, source));
  await edit.submit(records);
  return records.relationships[0]!.id;
}

/** Finds a fact by its identifier and locks both of its ends. Rejects an unknown fact, and one of another type. */
export async function lockFact(
  edit: Edit,
  entityType: FactEntityType,
  id: string,
): Promise<ExistingRelationship | null> {
  const type = FACT_RELATIONSHIPS[entityType];
  if (typeOfRelationshipId(id) !== type) {
    edit.addProblem('NOT_FOUND', ['id'], `"${id}" is not the identifier of ${withArticle(entityType)}.`);
    return null;
  }
  const [found] = await findRelationships(type, [id], edit.hints, (...call) => edit.transaction.run(...call));
  if (found) {
    await edit.lockAndRead(type, [found.from, found.to]);
    // What was read before the locks were taken may have changed since.
    const now = (await edit.existingAt(type, found.from)).find(({ properties }) => properties.id === id);
    if (now) return now;
  }
  edit.addProblem('NOT_FOUND', ['id'], `There is no "${id}".`);
  return null;
}

/** The same; also rejects a fact that nobody wrote, because it was derived. */
async function lockWritten(edit: Edit, entityType: FactEntityType, id: string): Promise<ExistingRelationship | null> {
  const known = await lockFact(edit, entityType, id);
  if (known === null || !isDerived(known.properties)) return known;
  const message = `"${id}" is derived from common projects: change who takes part in them instead.`;
  edit.addProblem('INVALID', ['id'], message);
  return null;
}

/** Changes the given fields of a fact. Its two ends stay. */
export async function updateFact(
  edit: Edit,
  entityType: FactEntityType,
  id: string,
  input: Input,
): Promise<string | null> {
  const type = FACT_RELATIONSHIPS[entityType];
  const { from, to } = RELATIONSHIP_SHAPES[type];
  const { values, problems } = checkInput(entityType, input, false);
  edit.problems.push(...problems);
  edit.checkSources(values.sources as readonly string[] | null | undefined, false);
  const known = await lockWritten(edit, entityType, id);
  if (!known) return null;
  if (!edit.expect(id, known.properties.version ?? 1, input.expectedVersion)) return null;
  const resolved = {
    ...known.properties,
    ...values,
    id,
    [from.name]: known.from,
    [to.name]: known.to,
    sources: withSources(known.properties.sources as readonly string[] | undefined, values.sources),
  };
  await edit.submit(TO_RECORDS[entityType](resolved as unknown as ResolvedInput));
  return id;
}

/** Ends a fact on a date. The sources of the end are added to those of the fact. */
export async function endFact(
  edit: Edit,
  entityType: 'membership' | 'affiliation' | 'partnership' | 'label',
  id: string,
  { on, sources }: Input,
): Promise<string | null> {
  const ended = await updateFact(edit, entityType, id, { until: on, sources: sources ?? [] });
  // The caller gave the end as `on`.
  const problems = edit.problems.splice(0).map((each) => (each.path[0] === 'until' ? { ...each, path: ['on'] } : each));
  edit.problems.push(...problems);
  return ended;
}

/** Deletes a fact that was recorded in error. (A fact that ended is a fact still: see `endFact`.) */
export async function removeFact(edit: Edit, entityType: FactEntityType, id: string): Promise<string | null> {
  const known = await lockWritten(edit, entityType, id);
  if (!known) return null;
  const type = FACT_RELATIONSHIPS[entityType];
  if (type === 'PARTICIPATES_IN') {
    for (const { from } of await edit.existingAt(type, known.to)) {
      if (from !== known.from) edit.separatedPairs.push(from < known.from ? [from, known.from] : [known.from, from]);
    }
  }
  await removeRelationships(edit.transaction, edit.effect, [{ type, ...known }]);
  return id;
}
