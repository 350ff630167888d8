import type { StoredNode } from '../store/node.ts';
import type { StoredRelationship } from '../store/write.ts';
import { claimOf, type IdentifierRule, type MergedValue, storedFields, unionOf } from './merge-fields.ts';
import { NO_RECORDS, type NodeChange, type Records, type RelationshipChange } from './records.ts';
import { type ResolvedInput, TO_RECORDS } from './to-records.ts';

/** What a merge knows of the graph: the records, and every record at the other end of their relationships. */
export interface MergeState {
  readonly survivor: StoredNode;
  /** The records that are merged into it, by identifier. */
  readonly others: ReadonlyMap<string, StoredNode>;
  readonly nodes: ReadonlyMap<string, StoredNode>;
  readonly now: string;
  /** Default: must agree. */
  readonly identifiers?: IdentifierRule | undefined;
}

const areAtOneTime = ({ properties: a }: StoredRelationship, { properties: b }: StoredRelationship): boolean =>
  String(a.validFrom) <= String(b.validTo) && String(b.validFrom) <= String(a.validTo);

/**
 * The seats and topics of the merged records at the survivor, with its sources. An organisation has one seat at a time:
 * another one of the same time becomes a claim.
 */
export function linksAfter(
  { survivor, others, nodes, now }: MergeState,
  links: readonly StoredRelationship[],
  sources: readonly string[],
): Records[] {
  const claims: Records[] = [];
  const relationships: RelationshipChange[] = [];
  const seats = links.filter(({ type, from }) => type === 'LOCATED_IN' && from === survivor.id);
  const claimSeat = ({ to }: StoredRelationship, said: Pick<MergedValue, 'preferred' | 'by'>): void => {
    const value = nodes.get(to)?.name ?? to;
    claims.push(claimOf({ about: survivor.id, field: 'territory', value, now, ...said }));
  };
  for (const link of links) {
    const owner = others.get(link.from);
    if (!owner) continue;
    if (link.type === 'LOCATED_IN') {
      const competing = seats.filter((seat) => areAtOneTime(seat, link));
      if (competing.some(({ to }) => to === link.to)) continue;
      const [competitor] = competing;
      if (competitor) {
        claimSeat(link, { preferred: false, by: owner });
        if (competitor.from === survivor.id) claimSeat(competitor, { preferred: true, by: survivor });
        continue;
      }
      seats.push(link);
    }
    const { since = null, until = null } = link.properties;
    const fields = link.type === 'LOCATED_IN' ? { since, until, sources } : { sources };
    relationships.push({ id: null, type: link.type, from: survivor.id, to: link.to, fields });
  }
  return [{ ...NO_RECORDS, relationships }, ...claims];
}

/** A claim or figure of a merged record as it is recorded about the survivor. */
function movedAnnotation({ type, from }: StoredRelationship, node: StoredNode, survivor: string): Records {
  const make = (about: string, id: string | undefined): Records =>
    type === 'CLAIMED'
      ? TO_RECORDS.claim({ ...storedFields(node), about, id } as ResolvedInput)
      : TO_RECORDS.indicator({ ...storedFields(node), from: node.since, to: node.until, about, id } as ResolvedInput);
  const isNamedByContent = make(from, undefined).nodes[0]!.id === node.id;
  return make(survivor, isNamedByContent ? undefined : node.id);
}

/** The identifiers that claims and figures of the merged records have at the survivor: records there are united with them. */
export function annotationIds(state: MergeState, links: readonly StoredRelationship[]): string[] {
  return links.flatMap((link) => {
    const node = state.others.has(link.from) ? state.nodes.get(link.to) : undefined;
    return node ? [movedAnnotation(link, node, state.survivor.id).nodes[0]!.id] : [];
  });
}

/** The claims and figures of the merged records at the survivor, and those that another record takes the place of. */
export interface MovedAnnotations {
  readonly records: readonly Records[];
  readonly replaced: readonly StoredNode[];
}

/** Equal claims and figures become one, with the sources of both; another figure of the same measure and date a claim. */
export function annotationsAfter(
  { survivor, others, nodes, now }: MergeState,
  links: readonly StoredRelationship[],
): MovedAnnotations {
  const records: Records[] = [];
  const replaced: StoredNode[] = [];
  for (const link of links) {
    const node = others.has(link.from) ? nodes.get(link.to) : undefined;
    if (!node) continue;
    const moved = movedAnnotation(link, node, survivor.id);
    const [record] = moved.nodes as [NodeChange];
    const twin = record.id === node.id ? undefined : nodes.get(record.id);
    if (record.id !== node.id) replaced.push(node);
    const sources = unionOf(twin?.sources, node.sources);
    if (twin && link.type === 'OBSERVED' && twin.value !== node.value) {
      const said = { field: String(node.measure), value: node.value ?? '', preferred: false, by: node };
      records.push(claimOf({ about: survivor.id, now, ...said }));
      continue;
    }
    const isClaim = link.type === 'CLAIMED';
    const isShown =
      !isClaim || node.preferred !== true || String(storedFields(survivor)[node.field ?? ''] ?? '') === node.value;
    const preferred = twin ? twin.preferred === true : isShown && node.preferred === true;
    const fields = { ...record.fields, sources, ...(isClaim ? { preferred } : {}) };
    records.push({ ...moved, nodes: [{ ...record, fields }] });
  }
  return { records, replaced };
}

/** Unites equal claims, also with existing ones, given by identifier: one of each, with all sources. */
export function combinedClaims(nodes: readonly NodeChange[], existing: ReadonlyMap<string, StoredNode>): NodeChange[] {
  const combined = new Map<string, NodeChange>();
  for (const node of nodes) {
    const isClaim = node.type === 'Claim';
    const before = isClaim ? (combined.get(node.id)?.fields ?? storedFields(existing.get(node.id))) : undefined;
    if (!before) {
      combined.set(node.id, node);
      continue;
    }
    const sources = unionOf(before.sources as string[] | undefined, node.fields.sources as string[]);
    const preferred = before.preferred === true || node.fields.preferred === true;
    combined.set(node.id, { ...node, fields: { ...node.fields, note: before.note ?? null, sources, preferred } });
  }
  return [...combined.values()];
}
