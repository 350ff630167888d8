import { RELATIONSHIP_SHAPES } from '../domain/relationship.ts';
import type { RelationshipType } from '../domain/vocabulary.ts';
import { RELATIONSHIP_TYPES } from '../domain/vocabulary.ts';
import type { GraphTransaction } from '../graph/engine.ts';
import type { StoredNode } from '../store/node.ts';
import { deleteNodes } from '../store/removal.ts';
import { deleteRelationships, relationshipsOfNodes, type StoredRelationship } from '../store/write.ts';
import { type Effect, touch } from './effect.ts';
import { isDerived } from './partnerships.ts';

/** Every relationship that touches the nodes, from either end, each once. */
export async function relationshipsTouching(
  transaction: GraphTransaction,
  ids: readonly string[],
  types: readonly RelationshipType[] = RELATIONSHIP_TYPES,
): Promise<StoredRelationship[]> {
  const found = new Map<string, StoredRelationship>();
  for (const type of types) {
    for (const row of await transaction.run(relationshipsOfNodes[type], { ids })) {
      found.set(row.properties.id, { type, ...row });
    }
  }
  return [...found.values()];
}

function note(effect: Effect, { type, from, to, properties }: StoredRelationship): void {
  effect.deleted++;
  touch(effect, type, from, to);
  // Derived partnerships are not in the change log: they follow from the participations.
  if (!isDerived(properties)) effect.edits.set(properties.id, { before: { ...properties, from, to }, after: null });
}

/** Deletes relationships. The caller has locked their ends. */
export async function removeRelationships(
  transaction: GraphTransaction,
  effect: Effect,
  relationships: readonly StoredRelationship[],
): Promise<void> {
  for (const [type, some] of Map.groupBy(relationships, (relationship) => relationship.type)) {
    const { anchor } = RELATIONSHIP_SHAPES[type];
    const rows = some.map((relationship) => ({ anchor: relationship[anchor], id: relationship.properties.id }));
    await transaction.run(deleteRelationships[type], { rows });
    for (const each of some) note(effect, each);
  }
}

/** Deletes nodes with the relationships that touch them, which the caller has read. */
export async function removeNodes(
  transaction: GraphTransaction,
  effect: Effect,
  nodes: readonly StoredNode[],
  relationships: readonly StoredRelationship[],
): Promise<void> {
  await transaction.run(deleteNodes, { ids: nodes.map(({ id }) => id) });
  for (const each of relationships) note(effect, each);
  for (const node of nodes) {
    effect.deleted++;
    effect.touched.add(node.id);
    effect.edits.set(node.id, { before: node as never, after: null });
  }
}
