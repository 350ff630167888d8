import { RELATIONSHIP_SHAPES, typeOfRelationshipId } from '../domain/relationship.ts';
import { NAMED_BY_CONTENT, type NodeType, RELATIONSHIP_TYPES, type RelationshipType } from '../domain/vocabulary.ts';
import { holdChanges } from '../store/closing.ts';
import { rememberDeleted } from '../store/deleted.ts';
import { forgetMerged, mergedIds } from '../store/merge.ts';
import type { StoredNode } from '../store/node.ts';
import { nodesNaming, productionsBy, relationshipsNaming } from '../store/removal.ts';
import { lockNodes, relationshipsAtAnchors, type StoredRelationship, updateRelationships } from '../store/write.ts';
import {
  annotationsAbout,
  decideSource,
  missingProblems,
  recordsWithout,
  referenceProblems,
  type SourceUses,
  separatedPairs,
  withoutSource,
} from './deletion-decision.ts';
import type { Edit } from './edit.ts';
import { FACT_RELATIONSHIPS, type FactEntityType, removeFact } from './facts.ts';
import { NO_RECORDS } from './records.ts';
import { relationshipsTouching, removeNodes } from './removal.ts';

/** Maximum of references to a source that a deletion counts or removes. */
const MAX_REFERENCES = 10_000;

const FACT_ENTITY_TYPES = new Map(
  Object.entries(FACT_RELATIONSHIPS).map(([entityType, type]): [RelationshipType, FactEntityType] => [
    type,
    entityType as FactEntityType,
  ]),
);

/** Reads what names a source. Until this transaction ends, no other commits a fact that does: see confirmSources. */
async function usesOf(edit: Edit, source: string): Promise<SourceUses> {
  await edit.transaction.run(holdChanges);
  const parameters = { source, limit: MAX_REFERENCES };
  const records = await edit.transaction.run(nodesNaming, parameters);
  const relationships: SourceUses['relationships'][number][] = [];
  for (const type of RELATIONSHIP_TYPES) {
    const found = await edit.transaction.run(relationshipsNaming[type], parameters);
    relationships.push(...found.map((each) => ({ type, ...each })));
  }
  return { records, relationships };
}

/** Removes a source from the records and facts that name it. */
async function removeSource(edit: Edit, source: string, cascade: boolean): Promise<void> {
  const uses = await usesOf(edit, source);
  const { problems, losing } = decideSource(source, uses, cascade);
  edit.problems.push(...problems);
  if (problems.length > 0 || uses.records.length + uses.relationships.length === 0) return;
  const locked = await edit.lock(uses.records.map(({ id }) => id));
  const records = uses.records.flatMap(({ id }) => locked.get(id) ?? []);
  await edit.submit({ ...NO_RECORDS, nodes: recordsWithout(records, source) });
  for (const [type, { ids, anchors }] of losing) {
    await edit.transaction.run(lockNodes, { ids: anchors });
    const { anchor } = RELATIONSHIP_SHAPES[type];
    const existing = await edit.transaction.run(relationshipsAtAnchors[type], { anchors });
    const changed = existing.filter(({ properties }) => ids.has(properties.id));
    await edit.transaction.run(updateRelationships[type], {
      rows: changed.map((fact) => ({
        anchor: fact[anchor],
        id: fact.properties.id,
        properties: {
          ...fact.properties,
          sources: withoutSource(fact.properties.sources as string[] | undefined, source),
        },
      })),
    });
    for (const { from, to } of changed) edit.effect.touched.add(from).add(to);
  }
}

/** Locks the claims and figures about a node, and removes it as producer. */
async function annotationsOf(
  edit: Edit,
  node: StoredNode,
  touching: readonly StoredRelationship[],
): Promise<StoredNode[]> {
  const annotations = annotationsAbout(node.id, touching);
  const nodes = await edit.lock(annotations);
  const produced = node.type === 'Organisation' ? await edit.transaction.run(productionsBy, { ids: [node.id] }) : [];
  await edit.submit({
    ...NO_RECORDS,
    relationships: produced.map(({ id, from, to }) => ({ id, type: 'PRODUCED_AT', from, to, fields: { by: null } })),
  });
  return annotations.flatMap((id) => nodes.get(id) ?? []);
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
  const missing = missingProblems(id, node);
  edit.problems.push(...missing);
  if (!node || missing.length > 0) return null;
  if ((node.type satisfies NodeType) === 'Source') await removeSource(edit, id, cascade);
  const touching = await relationshipsTouching(edit.transaction, [id]);
  edit.problems.push(...referenceProblems(id, touching, cascade));
  if (edit.problems.length > 0) return null;
  await edit.lock(touching.flatMap(({ from, to }) => [from, to]));
  const annotations = await annotationsOf(edit, node, touching);
  await removeNodes(edit.transaction, edit.effect, [node, ...annotations], touching);
  if (node.type === 'Project') {
    edit.separatedPairs.push(...separatedPairs(touching));
    edit.effect.projects.delete(id);
  }
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
