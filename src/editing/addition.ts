import type { Addition } from '../changes/addition.ts';
import { typeOfRelationshipId } from '../domain/relationship.ts';
import type { StoredNode } from '../store/node.ts';
import type { StoredRelationship } from '../store/write.ts';
import type { Effect, Properties } from './effect.ts';

/** Its entry in the change log, and the counts that it renewed. */
type Logged = Pick<Addition, 'sequence' | 'counts'>;

/** All that a change did, if it only added records; null if it changed or deleted any. `nodes` has at least those that it added. */
export function additionOf(
  { edits, created, updated, deleted, touched }: Effect,
  nodes: Iterable<Readonly<Properties>>,
  logged: Logged,
): Addition | null {
  if (updated > 0 || deleted > 0 || created !== edits.size) return null;
  const relationships = [...edits].flatMap(([id, { after }]): StoredRelationship[] => {
    const type = typeOfRelationshipId(id);
    if (type === null) return [];
    const { from, to, ...properties } = after!;
    return [{ type, from: String(from), to: String(to), properties: { ...properties, id } }];
  });
  const added = new Set([...edits.keys(), ...relationships.flatMap(({ from, to }) => [from, to])]);
  if (!touched.isSubsetOf(added)) return null;
  const own = [...nodes].filter(({ id }) => edits.has(String(id))) as unknown as StoredNode[];
  return { ...logged, nodes: own, relationships };
}
