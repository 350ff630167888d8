import { keepMerged, repointMerged } from '../store/merge.ts';
import type { StoredNode } from '../store/node.ts';
import { productionsBy } from '../store/removal.ts';
import type { Edit } from './edit.ts';
import { decideMerge, type MergeDecision } from './merge-decision.ts';
import type { IdentifierRule } from './merge-fields.ts';
import { annotationIds, combinedClaims, type MergeState } from './merge-links.ts';
import { relationshipsTouching, removeNodes, removeRelationships } from './removal.ts';

/** How a merge is recorded that was made before, as an import reads it. */
interface Recorded {
  readonly name?: string | null;
  readonly at?: string | null;
  readonly by?: string | null;
}

/** How a merge is recorded, and what different identifiers of the records mean. */
interface Merging extends Recorded {
  readonly identifiers?: IdentifierRule | undefined;
}

/** Locks the records of a merge. What cannot be merged is a problem; what is merged already is left out. */
async function lockRecords(
  edit: Edit,
  id: string,
  otherIds: readonly string[],
): Promise<{ readonly survivor: StoredNode | null; readonly others: ReadonlyMap<string, StoredNode> }> {
  if (otherIds.length === 0) edit.addProblem('INVALID', ['others'], 'others is empty: name the records to merge.');
  await edit.lock([id, ...otherIds]);
  const survivor = await edit.node(id, ['Organisation'], ['id']);
  const others = new Map<string, StoredNode>();
  for (const other of otherIds) {
    if (other === id) edit.addProblem('INVALID', ['others'], `"${id}" cannot be merged into itself.`);
    const node = await edit.node(other, ['Organisation'], ['others']);
    if (node && node.id !== survivor?.id) others.set(node.id, node);
  }
  return { survivor, others };
}

/** Reads what the records are related to, locks it, and decides. */
async function decide(
  edit: Edit,
  survivor: StoredNode,
  others: ReadonlyMap<string, StoredNode>,
  identifiers: IdentifierRule | undefined,
): Promise<MergeDecision> {
  const gone = [...others.keys()].sort();
  const existing = await relationshipsTouching(edit.transaction, [survivor.id, ...gone].sort());
  const nodes = await edit.lock(existing.flatMap(({ from, to }) => [from, to]));
  const state: MergeState = { survivor, others, nodes, now: edit.now, identifiers };
  const annotations = existing.filter(({ type }) => type === 'CLAIMED' || type === 'OBSERVED');
  await edit.lock(annotationIds(state, annotations));
  return decideMerge(state, existing, await edit.transaction.run(productionsBy, { ids: gone }));
}

/** Writes what was decided. */
async function write(edit: Edit, decision: MergeDecision): Promise<void> {
  const { absorbed, removed, leaving, nodes, relationships, owned } = decision;
  const claims = await edit.lock(nodes.filter(({ type }) => type === 'Claim').map(({ id }) => id));
  const combined = combinedClaims(nodes, claims);
  await removeRelationships(edit.transaction, edit.effect, absorbed);
  await removeNodes(edit.transaction, edit.effect, removed, leaving);
  await edit.submit({ nodes: combined, relationships, owned });
}

/** Records which records were merged away: their identifiers find the survivor. */
async function recordMerged(
  edit: Edit,
  survivor: StoredNode,
  others: readonly StoredNode[],
  recorded: Recorded,
): Promise<void> {
  const at = recorded.at ?? edit.now;
  const by = recorded.at ? (recorded.by ?? null) : edit.by;
  const rows = others.map((other) => ({
    id: other.id,
    into: survivor.id,
    name: recorded.name ?? other.name ?? other.id,
    at,
    ...(by === null ? {} : { by }),
  }));
  await edit.transaction.run(repointMerged, { ids: others.map(({ id }) => id).sort(), into: survivor.id });
  await edit.transaction.run(keepMerged, { rows });
  edit.effect.touched.add(survivor.id);
}

/**
 * Merges organisations into one: relationships, claims, figures and sources move to the survivor, names become aliases,
 * differing values become claims, and the old identifiers find the survivor. What is merged already changes nothing.
 */
export async function mergeOrganisations(
  edit: Edit,
  id: string,
  otherIds: readonly string[],
  { identifiers, ...recorded }: Merging = {},
): Promise<string | null> {
  const { survivor, others } = await lockRecords(edit, id, otherIds);
  if (!survivor || edit.problems.length > 0 || others.size === 0) return survivor?.id ?? null;
  const decision = await decide(edit, survivor, others, identifiers);
  edit.problems.push(...decision.problems);
  if (decision.problems.length > 0) return null;
  await write(edit, decision);
  await recordMerged(edit, survivor, [...others.values()], recorded);
  return survivor.id;
}
