import { OWNED_TYPES, RELATIONSHIP_SHAPES, typeOfRelationshipId } from '../domain/relationship.ts';
import { NAMED_BY_CONTENT, type NodeType, RELATIONSHIP_TYPES, type RelationshipType } from '../domain/vocabulary.ts';
import { rememberDeleted } from '../store/deleted.ts';
import { forgetMerged, mergedIds } from '../store/merge.ts';
import type { StoredNode } from '../store/node.ts';
import { nodesNaming, productionsBy, relationshipsNaming } from '../store/removal.ts';
import {
  holdChanges,
  lockNodes,
  relationshipsAtAnchors,
  type StoredRelationship,
  updateRelationships,
} from '../store/write.ts';
import { FACT_RELATIONSHIPS, type FactNoun, removeFact } from './facts.ts';
import type { Edit } from './mutation.ts';
import { NO_RECORDS, type NodeRecord } from './records.ts';
import { relationshipsTouching, removeNodes } from './removal.ts';

/** What may stand in the way of a deletion, as many as are named or mended at once. */
const MOST_REFERENCES = 10_000;

const FACT_NOUNS = new Map(
  Object.entries(FACT_RELATIONSHIPS).map(([noun, type]): [RelationshipType, FactNoun] => [type, noun as FactNoun]),
);

/** Whether a relationship is part of a node's own record, so that it goes with it. */
function isOwn(id: string, relationship: StoredRelationship): boolean {
  const { type } = relationship;
  const isAnnotation = type === 'CLAIMED' || type === 'OBSERVED';
  if (!isAnnotation && !(OWNED_TYPES as readonly RelationshipType[]).includes(type)) return false;
  return relationship[RELATIONSHIP_SHAPES[type].anchor] === id;
}

function refuseInUse(edit: Edit, id: string, uses: readonly string[]): void {
  const counts = Object.entries(Object.groupBy(uses, (use) => use)).map(([use, all]) => `${all!.length} ${use}`);
  edit.refuse(
    'IN_USE',
    ['id'],
    `"${id}" is in use (${counts.sort().join(', ')}): take these away first, or delete it with cascade.`,
  );
}

/** Takes a source out of what names it. Refused where it is all that a fact rests on. */
async function unname(edit: Edit, source: string, cascade: boolean): Promise<void> {
  // Until this transaction ends nobody commits a fact that names it: see confirmSources.
  await edit.transaction.run(holdChanges);
  const parameters = { source, limit: MOST_REFERENCES };
  const nodes = await edit.transaction.run(nodesNaming, parameters);
  const bereft = nodes.filter(({ sources }) => sources.length === 1).map(({ id }) => id);
  const uses: string[] = nodes.map(() => 'records');
  const rows: { type: RelationshipType; anchor: string; id: string }[] = [];
  for (const type of RELATIONSHIP_TYPES) {
    for (const { id, sources, ...ends } of await edit.transaction.run(relationshipsNaming[type], parameters)) {
      uses.push(type);
      // What belongs to a record follows its sources.
      if ((OWNED_TYPES as readonly RelationshipType[]).includes(type)) continue;
      if (sources.length === 1 && !id.startsWith('partnership/project-')) bereft.push(id);
      rows.push({ type, anchor: ends[RELATIONSHIP_SHAPES[type].anchor], id });
    }
  }
  if (uses.length === 0) return;
  if (!cascade) return refuseInUse(edit, source, uses);
  if (bereft.length > 0) {
    edit.refuse(
      'IN_USE',
      ['id'],
      `"${source}" is all that ${bereft.length} facts rest on, such as ${bereft[0]}: give them another source, or delete them.`,
    );
    return;
  }
  const without = (sources: readonly unknown[] | undefined): string[] =>
    ((sources ?? []) as string[]).filter((id) => id !== source);
  const held = await edit.hold(nodes.map(({ id }) => id));
  const records = nodes.flatMap(({ id }): NodeRecord[] => {
    const node = held.get(id);
    return node ? [{ id, type: node.type, fields: { sources: without(node.sources) } }] : [];
  });
  await edit.submit({ ...NO_RECORDS, nodes: records });
  for (const [type, some] of Map.groupBy(rows, (row) => row.type)) {
    const anchors = [...new Set(some.map(({ anchor }) => anchor))].sort();
    await edit.transaction.run(lockNodes, { ids: anchors });
    const ids = new Set(some.map(({ id }) => id));
    const { anchor } = RELATIONSHIP_SHAPES[type];
    const standing = await edit.transaction.run(relationshipsAtAnchors[type], { anchors });
    const changed = standing.filter(({ properties }) => ids.has(properties.id));
    await edit.transaction.run(updateRelationships[type], {
      rows: changed.map((fact) => ({
        anchor: fact[anchor],
        id: fact.properties.id,
        properties: { ...fact.properties, sources: without(fact.properties.sources as string[]) },
      })),
    });
    for (const { from, to } of changed) edit.effect.touched.add(from).add(to);
  }
}

/** Takes away what goes with a node: the claims and figures about it, and its name where it produces. */
async function companions(
  edit: Edit,
  node: StoredNode,
  touching: readonly StoredRelationship[],
): Promise<StoredNode[]> {
  const hung = touching.filter(({ type, from }) => (type === 'CLAIMED' || type === 'OBSERVED') && from === node.id);
  const nodes = await edit.hold(hung.map(({ to }) => to));
  const produced = node.type === 'Organisation' ? await edit.transaction.run(productionsBy, { ids: [node.id] }) : [];
  await edit.submit({
    ...NO_RECORDS,
    relationships: produced.map(({ id, from, to }) => ({ id, type: 'PRODUCED_AT', from, to, fields: { by: null } })),
  });
  return hung.flatMap(({ to }) => nodes.get(to) ?? []);
}

/** Pairs of actors that met in a project which goes. */
function part(edit: Edit, project: string, touching: readonly StoredRelationship[]): void {
  const participants = touching.filter(({ type }) => type === 'PARTICIPATES_IN').map(({ from }) => from);
  const sorted = [...new Set(participants)].sort();
  for (const [place, from] of sorted.entries()) {
    for (const to of sorted.slice(place + 1)) edit.parted.push([from, to]);
  }
  edit.effect.projects.delete(project);
}

/** Remembers the identifier of a deleted record, and those of the records merged into it: none is given again. */
async function retire(edit: Edit, id: string): Promise<void> {
  const merged = await edit.transaction.run(mergedIds, { into: id });
  const author = edit.by === null ? {} : { by: edit.by };
  const rows = [id, ...merged.map((each) => each.id)].map((each) => ({ id: each, at: edit.now, ...author }));
  await edit.transaction.run(rememberDeleted, { rows });
  await edit.transaction.run(forgetMerged, { ids: [id] });
}

async function deleteEntity(edit: Edit, id: string, cascade: boolean): Promise<string | null> {
  const node = (await edit.hold([id])).get(id);
  if (!node) {
    edit.refuse('NOT_FOUND', ['id'], `There is no "${id}".`);
    return null;
  }
  if (node.id !== id) {
    edit.refuse('NOT_FOUND', ['id'], `"${id}" was merged into "${node.id}": delete that one, if you mean it.`);
    return null;
  }
  if ((node.type satisfies NodeType) === 'Source') await unname(edit, id, cascade);
  const touching = await relationshipsTouching(edit.transaction, [id]);
  const foreign = touching.filter((relationship) => !isOwn(id, relationship));
  if (foreign.length > 0 && !cascade) {
    refuseInUse(
      edit,
      id,
      foreign.map(({ type }) => type),
    );
  }
  if (edit.problems.length > 0) return null;
  await edit.hold(touching.flatMap(({ from, to }) => [from, to]));
  const going = await companions(edit, node, touching);
  await removeNodes(edit.transaction, edit.effect, [node, ...going], touching);
  if (node.type === 'Project') part(edit, id, touching);
  if (!(NAMED_BY_CONTENT as readonly NodeType[]).includes(node.type)) await retire(edit, id);
  return id;
}

/** Deletes a record, or a fact that was recorded by mistake. Refused while others refer to a record, unless they may go too. */
export async function deleteNode(edit: Edit, id: string, cascade: boolean): Promise<string | null> {
  const type = typeOfRelationshipId(id);
  if (type === null) return deleteEntity(edit, id, cascade);
  const noun = FACT_NOUNS.get(type);
  if (noun) return removeFact(edit, noun, id);
  edit.refuse('INVALID', ['id'], `"${id}" belongs to a record: update that one without it.`);
  return null;
}
