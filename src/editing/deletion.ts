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
import type { Edit } from './edit.ts';
import { FACT_RELATIONSHIPS, type FactEntityType, removeFact } from './facts.ts';
import { NO_RECORDS, type NodeChange } from './records.ts';
import { relationshipsTouching, removeNodes } from './removal.ts';

/** Maximum of references to a source that a deletion counts or removes. */
const MAX_REFERENCES = 10_000;

const FACT_ENTITY_TYPES = new Map(
  Object.entries(FACT_RELATIONSHIPS).map(([entityType, type]): [RelationshipType, FactEntityType] => [
    type,
    entityType as FactEntityType,
  ]),
);

/** Whether a relationship is part of a node's own record, and is deleted with it. */
function isOwn(id: string, relationship: StoredRelationship): boolean {
  const { type } = relationship;
  const isAnnotation = type === 'CLAIMED' || type === 'OBSERVED';
  if (!isAnnotation && !(OWNED_TYPES as readonly RelationshipType[]).includes(type)) return false;
  return relationship[RELATIONSHIP_SHAPES[type].anchor] === id;
}

function addInUseProblem(edit: Edit, id: string, uses: readonly string[]): void {
  const counts = Object.entries(Object.groupBy(uses, (use) => use)).map(([use, all]) => `${all!.length} ${use}`);
  edit.addProblem(
    'IN_USE',
    ['id'],
    `"${id}" is in use (${counts.sort().join(', ')}): take these away first, or delete it with cascade.`,
  );
}

/** Removes a source from the records and facts that name it. A fact of which it is the last source is a problem. */
async function removeSource(edit: Edit, source: string, cascade: boolean): Promise<void> {
  // Until this transaction ends, no other commits a fact that names the source: see confirmSources.
  await edit.transaction.run(holdChanges);
  const parameters = { source, limit: MAX_REFERENCES };
  const nodes = await edit.transaction.run(nodesNaming, parameters);
  const lastSource = nodes.filter(({ sources }) => sources.length === 1).map(({ id }) => id);
  const uses: string[] = nodes.map(() => 'records');
  const rows: { type: RelationshipType; anchor: string; id: string }[] = [];
  for (const type of RELATIONSHIP_TYPES) {
    for (const { id, sources, ...ends } of await edit.transaction.run(relationshipsNaming[type], parameters)) {
      uses.push(type);
      // Own links have the sources of their record.
      if ((OWNED_TYPES as readonly RelationshipType[]).includes(type)) continue;
      if (sources.length === 1 && !id.startsWith('partnership/project-')) lastSource.push(id);
      rows.push({ type, anchor: ends[RELATIONSHIP_SHAPES[type].anchor], id });
    }
  }
  if (uses.length === 0) return;
  if (!cascade) return addInUseProblem(edit, source, uses);
  if (lastSource.length > 0) {
    edit.addProblem(
      'IN_USE',
      ['id'],
      `"${source}" is all that ${lastSource.length} facts rest on, such as ${lastSource[0]}: give them another source, or delete them.`,
    );
    return;
  }
  const without = (sources: readonly unknown[] | undefined): string[] =>
    ((sources ?? []) as string[]).filter((id) => id !== source);
  const locked = await edit.lock(nodes.map(({ id }) => id));
  const records = nodes.flatMap(({ id }): NodeChange[] => {
    const node = locked.get(id);
    return node ? [{ id, type: node.type, fields: { sources: without(node.sources) } }] : [];
  });
  await edit.submit({ ...NO_RECORDS, nodes: records });
  for (const [type, some] of Map.groupBy(rows, (row) => row.type)) {
    const anchors = [...new Set(some.map(({ anchor }) => anchor))].sort();
    await edit.transaction.run(lockNodes, { ids: anchors });
    const ids = new Set(some.map(({ id }) => id));
    const { anchor } = RELATIONSHIP_SHAPES[type];
    const existing = await edit.transaction.run(relationshipsAtAnchors[type], { anchors });
    const changed = existing.filter(({ properties }) => ids.has(properties.id));
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

/** The claims and figures about a node, which are deleted with it. Removes the node as producer. */
async function annotationsOf(
  edit: Edit,
  node: StoredNode,
  touching: readonly StoredRelationship[],
): Promise<StoredNode[]> {
  const annotations = touching.filter(
    ({ type, from }) => (type === 'CLAIMED' || type === 'OBSERVED') && from === node.id,
  );
  const nodes = await edit.lock(annotations.map(({ to }) => to));
  const produced = node.type === 'Organisation' ? await edit.transaction.run(productionsBy, { ids: [node.id] }) : [];
  await edit.submit({
    ...NO_RECORDS,
    relationships: produced.map(({ id, from, to }) => ({ id, type: 'PRODUCED_AT', from, to, fields: { by: null } })),
  });
  return annotations.flatMap(({ to }) => nodes.get(to) ?? []);
}

/** Notes the pairs of actors that met in a deleted project. */
function separateParticipants(edit: Edit, project: string, touching: readonly StoredRelationship[]): void {
  const participants = touching.filter(({ type }) => type === 'PARTICIPATES_IN').map(({ from }) => from);
  const sorted = [...new Set(participants)].sort();
  for (const [index, from] of sorted.entries()) {
    for (const to of sorted.slice(index + 1)) edit.separatedPairs.push([from, to]);
  }
  edit.effect.projects.delete(project);
}

/** Records the identifiers of a deleted record and of those merged into it, so that none is given again. */
async function retire(edit: Edit, id: string): Promise<void> {
  const merged = await edit.transaction.run(mergedIds, { into: id });
  const author = edit.by === null ? {} : { by: edit.by };
  const rows = [id, ...merged.map((each) => each.id)].map((each) => ({ id: each, at: edit.now, ...author }));
  await edit.transaction.run(rememberDeleted, { rows });
  await edit.transaction.run(forgetMerged, { ids: [id] });
}

async function deleteEntity(edit: Edit, id: string, cascade: boolean): Promise<string | null> {
  const node = (await edit.lock([id])).get(id);
  if (!node) {
    edit.addProblem('NOT_FOUND', ['id'], `There is no "${id}".`);
    return null;
  }
  if (node.id !== id) {
    edit.addProblem('NOT_FOUND', ['id'], `"${id}" was merged into "${node.id}": delete that one, if you mean it.`);
    return null;
  }
  if ((node.type satisfies NodeType) === 'Source') await removeSource(edit, id, cascade);
  const touching = await relationshipsTouching(edit.transaction, [id]);
  const foreign = touching.filter((relationship) => !isOwn(id, relationship));
  if (foreign.length > 0 && !cascade) {
    addInUseProblem(
      edit,
      id,
      foreign.map(({ type }) => type),
    );
  }
  if (edit.problems.length > 0) return null;
  await edit.lock(touching.flatMap(({ from, to }) => [from, to]));
  const annotations = await annotationsOf(edit, node, touching);
  await removeNodes(edit.transaction, edit.effect, [node, ...annotations], touching);
  if (node.type === 'Project') separateParticipants(edit, id, touching);
  if (!(NAMED_BY_CONTENT as readonly NodeType[]).includes(node.type)) await retire(edit, id);
  return id;
}

/**
 * Deletes a record, or a fact that was recorded in error. References to a record are a problem, except with `cascade`.
 */
export async function deleteNode(edit: Edit, id: string, cascade: boolean): Promise<string | null> {
  const type = typeOfRelationshipId(id);
  if (type === null) return deleteEntity(edit, id, cascade);
  const entityType = FACT_ENTITY_TYPES.get(type);
  if (entityType) return removeFact(edit, entityType, id);
  edit.addProblem('INVALID', ['id'], `"${id}" belongs to a record: update that one without it.`);
  return null;
}
