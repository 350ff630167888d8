import { isDeepStrictEqual } from 'node:util';
import { entriesBetween } from '../changes/log.ts';
import { OWNED_TYPES, RELATIONSHIP_SHAPES, typeOfRelationshipId } from '../domain/relationship.ts';
import type { RelationshipType } from '../domain/vocabulary.ts';
import type { StoredNode } from '../store/node.ts';
import type { Edit } from './edit.ts';
import type { Properties } from './effect.ts';
import { FACT_RELATIONSHIPS, type FactEntityType, lockFact } from './facts.ts';
import type { ExistingRelationship } from './known-graph.ts';
import { type Fields, NO_RECORDS, type OwnedLinks, type RelationshipChange } from './records.ts';

/** The fields of one record that a change has replaced, as its entry in the change log has them. */
interface Replaced {
  readonly id: string;
  /** Null where the change created it. */
  readonly before: Readonly<Properties> | null;
  /** Null where the change deleted it. */
  readonly after: Readonly<Properties> | null;
}

const PATH = ['sequence'];
/** The store sets these by the other fields. */
const DERIVED_OF_CLAIM: readonly string[] = ['preferred'];

const isOwned = (type: RelationshipType | null): boolean => (OWNED_TYPES as readonly (string | null)[]).includes(type);

/** The entity type of the fact that an identifier names, or null. */
function factTypeOf(id: string): FactEntityType | null {
  const type = typeOfRelationshipId(id);
  const found = Object.entries(FACT_RELATIONSHIPS).find(([, each]) => each === type);
  return (found?.[0] as FactEntityType | undefined) ?? null;
}

/** What the entry with a sequence has replaced. A problem where there is none, or where it cannot be taken back as a whole. */
async function replacedBy(edit: Edit, sequence: number): Promise<readonly Replaced[]> {
  const ask = edit.transaction.run.bind(edit.transaction);
  const [entry] = sequence < 1 ? [] : await entriesBetween(ask, sequence - 1, sequence);
  if (!entry) {
    edit.addProblem('NOT_FOUND', PATH, `There is no change ${sequence} in the change log.`);
    return [];
  }
  const read = (text: string | null) => JSON.parse(text ?? '{}') as Readonly<Record<string, Properties>>;
  const [before, after] = [read(entry.before), read(entry.after)];
  const ids = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const replaced = ids.map((id) => ({ id, before: before[id] ?? null, after: after[id] ?? null }));
  if (replaced.length === 0) {
    const message = `Change ${sequence} (${entry.action}) does not say what it replaced: it cannot be taken back.`;
    edit.addProblem('INVALID', PATH, message);
  }
  for (const each of replaced) {
    if (isOwned(typeOfRelationshipId(each.id)) || (each.before && each.after)) continue;
    const message = each.before
      ? `Change ${sequence} deleted "${each.id}": record it again.`
      : `Change ${sequence} recorded "${each.id}": delete it with nodeDelete, or record its end.`;
    edit.addProblem('INVALID', PATH, message);
  }
  return edit.problems.length > 0 ? [] : replaced;
}

/** Adds a problem for each field that is no longer as the change left it. */
function expectAfter(edit: Edit, { id, after }: Replaced, now: Readonly<Record<string, unknown>>): void {
  const isClaim = id.startsWith('claim/');
  const others = Object.entries(after ?? {}).filter(
    ([field, value]) =>
      !isDeepStrictEqual(now[field] ?? null, value ?? null) && !(isClaim && DERIVED_OF_CLAIM.includes(field)),
  );
  if (others.length === 0) return;
  const fields = others.map(([field]) => field).join(', ');
  edit.addProblem(
    'CONFLICT',
    PATH,
    `${fields} of "${id}" changed again since: take the later change back first, or correct the record.`,
  );
}

function missing(edit: Edit, id: string): void {
  edit.addProblem('CONFLICT', PATH, `"${id}" was merged or deleted since: there is nothing to take back.`);
}

/** A link as the log has it, with its ends. */
function linkOf(id: string, logged: Readonly<Properties>): RelationshipChange {
  const { from, to, id: _, ...fields } = logged;
  return { id, type: typeOfRelationshipId(id)!, from: String(from), to: String(to), fields: fields as Fields };
}

/** All links of the owners whose links the change has replaced, as they were before it. */
async function linksBefore(edit: Edit, replaced: readonly Replaced[]): Promise<readonly OwnedLinks[]> {
  const links = replaced.flatMap(({ id, before, after }) => {
    const type = typeOfRelationshipId(id);
    return type !== null && isOwned(type) && !(before && after)
      ? [{ id, type, before, link: linkOf(id, (before ?? after)!) }]
      : [];
  });
  await edit.lock(links.flatMap(({ link }) => [link.from, link.to]));
  const owned: OwnedLinks[] = [];
  for (const [key, some] of Map.groupBy(
    links,
    ({ type, link }) => `${type} ${link[RELATIONSHIP_SHAPES[type].anchor]}`,
  )) {
    const [{ type }] = some as [(typeof some)[number]];
    const owner = key.slice(type.length + 1);
    const { anchor } = RELATIONSHIP_SHAPES[type];
    if (edit.locked(owner)?.id !== owner) {
      missing(edit, owner);
      continue;
    }
    const now = (await edit.existingAt(type, owner)).filter((each) => each[anchor] === owner);
    const ids = new Set(now.map(({ properties }) => properties.id));
    // Each link that the change recorded is to be there, and none that it deleted.
    for (const { id, before } of some) {
      if (ids.has(id) === (before === null)) continue;
      edit.addProblem('CONFLICT', PATH, `"${owner}" has other links of type ${type} since: correct the record.`);
    }
    const recorded = new Set(some.flatMap(({ id, before }) => (before === null ? [id] : [])));
    const existing = now
      .filter(({ properties }) => !recorded.has(properties.id))
      .map(({ from, to, properties }) => linkOf(properties.id, { ...properties, from, to }));
    const deleted = some.flatMap(({ before, link }) => (before === null ? [] : [link]));
    owned.push({ owner, type, links: [...existing, ...deleted] });
  }
  return owned;
}

/** The stored relationship that a change has updated, locked; null with a problem where it is gone. */
async function relationshipNow(edit: Edit, id: string): Promise<ExistingRelationship | null> {
  const entityType = factTypeOf(id);
  const count = edit.problems.length;
  const found = entityType === null ? null : await lockFact(edit, entityType, id);
  if (found) return found;
  edit.problems.splice(count);
  missing(edit, id);
  return null;
}

/**
 * Takes back the corrections of one change: each field that it replaced is again what it was, sources too, and so are the
 * links that belong to a record. Fields that changed again since are a CONFLICT, and nothing is written. Returns the
 * identifier of the first of the records.
 */
export async function undoChange(edit: Edit, sequence: number): Promise<string | null> {
  const replaced = await replacedBy(edit, sequence);
  if (replaced.length === 0) return null;
  const nodes = replaced.filter(({ id }) => typeOfRelationshipId(id) === null);
  const locked = await edit.lock(nodes.map(({ id }) => id));
  const stored = nodes.flatMap((each): (Replaced & { readonly now: StoredNode })[] => {
    const now = locked.get(each.id);
    if (now?.id === each.id) return [{ ...each, now }];
    missing(edit, each.id);
    return [];
  });
  for (const { now, ...each } of stored) expectAfter(edit, each, now as unknown as Readonly<Properties>);
  const relationships: RelationshipChange[] = [];
  for (const each of replaced) {
    const type = typeOfRelationshipId(each.id);
    if (type === null || !(each.before && each.after)) continue;
    const now = await relationshipNow(edit, each.id);
    if (!now) continue;
    expectAfter(edit, each, now.properties);
    relationships.push({ id: each.id, type, from: now.from, to: now.to, fields: each.before as Fields });
  }
  const owned = await linksBefore(edit, replaced);
  for (const { before } of replaced) {
    if (Array.isArray(before?.sources)) edit.checkSources(before.sources as string[], false, PATH);
  }
  if (edit.problems.length > 0) return null;
  const changed = new Set(stored.map(({ id }) => id));
  // Their links are read with their records, also where the records stay as they are.
  const owners = [...new Set(owned.map(({ owner }) => owner))].filter((id) => !changed.has(id));
  await edit.submit({
    ...NO_RECORDS,
    nodes: [
      ...stored.map(({ id, before, now }) => ({ id, type: now.type, fields: before as Fields })),
      ...owners.map((id) => ({ id, type: edit.locked(id)!.type, fields: {} })),
    ],
    relationships,
    owned,
  });
  // What the rules say of a field is about the change that is taken back.
  for (const [index, each] of edit.problems.entries()) edit.problems[index] = { ...each, path: PATH };
  return replaced[0]!.id;
}
