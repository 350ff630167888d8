import { isSingle } from '../domain/field.ts';
import { IDENTIFIER_FIELDS } from '../domain/identifier.ts';
import { fieldsOf as recordFieldsOf } from '../domain/record-fields.ts';
import { MAX_ITEMS } from '../domain/text.ts';
import type { RelationshipType } from '../domain/vocabulary.ts';
import type { GraphValue } from '../graph/statement.ts';
import { keepMerged, repointMerged } from '../store/merge.ts';
import type { StoredNode } from '../store/node.ts';
import { productionsBy } from '../store/removal.ts';
import type { StoredRelationship } from '../store/write.ts';
import type { Edit } from './edit.ts';
import { isDerived } from './partnerships.ts';
import { NO_RECORDS, type NodeChange, type Records, type RelationshipChange } from './records.ts';
import { relationshipsTouching, removeNodes, removeRelationships } from './removal.ts';
import { type ResolvedInput, TO_RECORDS } from './to-records.ts';
import { unite } from './union.ts';

/** Fields of which a record shows one value: where two records differ, both say so in a claim. */
const SINGLE_FIELDS = recordFieldsOf('organisation')
  .filter(([name, field]) => name !== 'name' && isSingle(field))
  .map(([name]) => name);
const IDENTIFIERS = Object.values(IDENTIFIER_FIELDS);
/** Facts, which keep their identifiers when they move. Own links are created again at the survivor. */
const FACTS: readonly RelationshipType[] = ['MEMBER_OF', 'AFFILIATED_WITH', 'PARTNERS_WITH', 'PARTICIPATES_IN'];

type Stored = Readonly<Record<string, GraphValue | undefined>>;
function fieldsOf(node: StoredNode): Stored;
function fieldsOf(node: StoredNode | undefined): Stored | undefined;
function fieldsOf(node: StoredNode | undefined): Stored | undefined {
  return node as Stored | undefined;
}

/** The value of a field; an UNKNOWN kind counts as none. */
const valueIn = (node: StoredNode, field: string): GraphValue => {
  const value = fieldsOf(node)[field] ?? null;
  return field === 'kind' && value === 'UNKNOWN' ? null : value;
};

const unionOf = (...lists: readonly (readonly string[] | null | undefined)[]): string[] => [
  ...new Set(lists.flatMap((list) => list ?? [])),
];

function claimOf(about: string, field: string, value: GraphValue, preferred: boolean, by: StoredNode, now: string) {
  const note = preferred
    ? `What ${by.name ?? by.id} said when another record was merged into it on ${now.slice(0, 10)}.`
    : `What ${by.name ?? by.id} (${by.id}) said before it was merged on ${now.slice(0, 10)}.`;
  return TO_RECORDS.claim({ about, field, value: String(value), preferred, note, sources: by.sources ?? [] });
}

/** The fields of the survivor after the merge, and claims where the records differed. */
function fieldsAfter(edit: Edit, survivor: StoredNode, others: readonly StoredNode[]): Records[] {
  const claims: Records[] = [];
  const fields: Record<string, GraphValue> = {};
  for (const field of SINGLE_FIELDS) {
    let holder = valueIn(survivor, field) === null ? null : survivor;
    for (const other of others) {
      const value = valueIn(other, field);
      if (value === null) continue;
      if (holder === null) {
        holder = other;
        fields[field] = value;
      } else if (valueIn(holder, field) !== value) {
        claims.push(claimOf(survivor.id, field, valueIn(holder, field), true, holder, edit.now));
        claims.push(claimOf(survivor.id, field, value, false, other, edit.now));
      }
    }
  }
  for (const field of IDENTIFIERS) {
    const values = unionOf([survivor, ...others].flatMap((node) => (node[field] ? [[node[field]]] : [])).flat());
    if (values.length > 1) {
      edit.addProblem(
        'CONFLICT',
        ['others'],
        `The records have different identifiers, ${field} ${values.join(' and ')}: take out the wrong one before merging them.`,
      );
    } else if (values[0] !== undefined) fields[field] = values[0];
  }
  const names = others.flatMap(({ name, acronym, aliases }) => [name ?? '', acronym ?? '', ...(aliases ?? [])]);
  fields.aliases = unionOf(survivor.aliases, names)
    .filter((name) => name !== '' && name !== survivor.name && name !== (fields.acronym ?? survivor.acronym))
    .slice(0, MAX_ITEMS);
  fields.sources = unionOf(survivor.sources, ...others.map(({ sources }) => sources));
  return [{ ...NO_RECORDS, nodes: [{ id: survivor.id, type: survivor.type, fields }] }, ...claims];
}

/** Facts with the survivor in place of the merged records. A fact between two of these disappears. */
function movedFacts(
  facts: readonly StoredRelationship[],
  survivor: string,
  gone: ReadonlySet<string>,
): StoredRelationship[] {
  const target = (id: string): string => (gone.has(id) ? survivor : id);
  return facts
    .map((fact) => ({ ...fact, from: target(fact.from), to: target(fact.to) }))
    .filter(({ from, to }) => from !== to);
}

const asRecord = ({ type, from, to, properties }: StoredRelationship): RelationshipChange => {
  const { validFrom: _from, validTo: _to, version: _version, ...fields } = properties;
  return { id: properties.id, type, from, to, fields };
};

/**
 * The seats and topics of the merged records at the survivor, with its sources. An organisation has one seat at a time:
 * another one of the same time becomes a claim.
 */
async function linksAfter(
  edit: Edit,
  survivor: StoredNode,
  links: readonly StoredRelationship[],
  others: ReadonlyMap<string, StoredNode>,
  sources: readonly string[],
): Promise<Records[]> {
  const claims: Records[] = [];
  const relationships: RelationshipChange[] = [];
  const seats = links.filter(({ type, from }) => type === 'LOCATED_IN' && from === survivor.id);
  const touching = (a: StoredRelationship, b: StoredRelationship): boolean =>
    String(a.properties.validFrom) <= String(b.properties.validTo) &&
    String(b.properties.validFrom) <= String(a.properties.validTo);
  for (const link of links) {
    const owner = others.get(link.from);
    if (!owner) continue;
    if (link.type === 'LOCATED_IN') {
      const competing = seats.filter((seat) => touching(seat, link));
      if (competing.some(({ to }) => to === link.to)) continue;
      const [competitor] = competing;
      if (competitor) {
        const places = await edit.lock([competitor.to, link.to]);
        claims.push(claimOf(survivor.id, 'territory', places.get(link.to)?.name ?? link.to, false, owner, edit.now));
        if (competitor.from === survivor.id) {
          claims.push(
            claimOf(
              survivor.id,
              'territory',
              places.get(competitor.to)?.name ?? competitor.to,
              true,
              survivor,
              edit.now,
            ),
          );
        }
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

/** The claims and figures of the merged records at the survivor. Equal ones become one, with the sources of both. */
async function annotationsAfter(
  edit: Edit,
  survivor: StoredNode,
  links: readonly StoredRelationship[],
  others: ReadonlyMap<string, StoredNode>,
): Promise<{ readonly records: Records[]; readonly replaced: StoredNode[] }> {
  const theirs = links.filter(({ from }) => others.has(from));
  const nodes = await edit.lock(theirs.map(({ to }) => to));
  const records: Records[] = [];
  const replaced: StoredNode[] = [];
  for (const { type, to, from } of theirs) {
    const node = nodes.get(to);
    if (!node) continue;
    const make = (about: string, id: string | undefined): Records =>
      type === 'CLAIMED'
        ? TO_RECORDS.claim({ ...fieldsOf(node), about, id } as ResolvedInput)
        : TO_RECORDS.indicator({ ...fieldsOf(node), from: node.since, to: node.until, about, id } as ResolvedInput);
    const isNamedByContent = make(from, undefined).nodes[0]!.id === node.id;
    const moved = make(survivor.id, isNamedByContent ? undefined : node.id);
    const [record] = moved.nodes as [Records['nodes'][number]];
    const twin = record.id === node.id ? undefined : (await edit.lock([record.id])).get(record.id);
    if (record.id !== node.id) replaced.push(node);
    const sources = unionOf(twin?.sources, node.sources);
    // Another figure of the same measure and date: the survivor's remains, this one becomes a claim.
    if (twin && type === 'OBSERVED' && twin.value !== node.value) {
      records.push(claimOf(survivor.id, String(node.measure), node.value ?? '', false, node, edit.now));
      continue;
    }
    const isShown =
      type !== 'CLAIMED' ||
      node.preferred !== true ||
      String(fieldsOf(survivor)[node.field ?? ''] ?? '') === node.value;
    const preferred = twin ? twin.preferred === true : isShown && node.preferred === true;
    const fields = { ...record.fields, sources, ...(type === 'CLAIMED' ? { preferred } : {}) };
    records.push({ ...moved, nodes: [{ ...record, fields }] });
  }
  return { records, replaced };
}

const byTime = ({ properties: a }: StoredRelationship, { properties: b }: StoredRelationship): number =>
  `${a.validFrom} ${a.id}` < `${b.validFrom} ${b.id}` ? -1 : 1;

async function facts(
  edit: Edit,
  survivor: StoredNode,
  existing: readonly StoredRelationship[],
  gone: ReadonlySet<string>,
): Promise<RelationshipChange[]> {
  const theirs = existing.filter(({ type, properties }) => FACTS.includes(type) && !isDerived(properties));
  const records: RelationshipChange[] = [];
  const removed: StoredRelationship[] = [];
  for (const type of FACTS) {
    const some = theirs.filter((fact) => fact.type === type).sort(byTime);
    // The survivor's own come first: their identifiers and fields remain.
    const own = some.filter(({ from, to }) => !gone.has(from) && !gone.has(to));
    const rest = some.filter(({ from, to }) => gone.has(from) || gone.has(to));
    const { remaining, absorbed } = unite([...own, ...movedFacts(rest, survivor.id, gone)]);
    const unchanged = new Set(own);
    records.push(...remaining.filter((fact) => !unchanged.has(fact)).map(asRecord));
    removed.push(...own.filter(({ properties }) => absorbed.includes(properties.id)));
  }
  await removeRelationships(edit.transaction, edit.effect, removed);
  return records;
}

/** Unites equal claims, also with existing ones: one of each, with all sources. */
async function combined(edit: Edit, nodes: readonly NodeChange[]): Promise<NodeChange[]> {
  const claims = new Map<string, NodeChange>();
  const known = await edit.lock(nodes.filter(({ type }) => type === 'Claim').map(({ id }) => id));
  for (const node of nodes) {
    const before = node.type === 'Claim' ? (claims.get(node.id)?.fields ?? fieldsOf(known.get(node.id))) : undefined;
    if (!before) {
      claims.set(node.id, node);
      continue;
    }
    const sources = unionOf(before.sources as string[] | undefined, node.fields.sources as string[]);
    const preferred = before.preferred === true || node.fields.preferred === true;
    claims.set(node.id, { ...node, fields: { ...node.fields, note: before.note ?? null, sources, preferred } });
  }
  return [...claims.values()];
}

/** The productions of the merged records, with the survivor as producer. */
async function productions(edit: Edit, survivor: StoredNode, gone: ReadonlySet<string>): Promise<RelationshipChange[]> {
  const found = await edit.transaction.run(productionsBy, { ids: [...gone].sort() });
  return found.map(({ id, from, to }) => ({ id, type: 'PRODUCED_AT', from, to, fields: { by: survivor.id } }));
}

/**
 * Merges organisations into one: relationships, claims, figures and sources move to the survivor, names become aliases,
 * differing values become claims, and the old identifiers find the survivor. What is merged already changes nothing.
 */
export async function mergeOrganisations(
  edit: Edit,
  id: string,
  otherIds: readonly string[],
  recorded: { readonly name?: string | null; readonly at?: string | null; readonly by?: string | null } = {},
): Promise<string | null> {
  if (otherIds.length === 0) edit.addProblem('INVALID', ['others'], 'others is empty: name the records to merge.');
  await edit.lock([id, ...otherIds]);
  const survivor = await edit.node(id, ['Organisation'], ['id']);
  const others = new Map<string, StoredNode>();
  for (const other of otherIds) {
    if (other === id) edit.addProblem('INVALID', ['others'], `"${id}" cannot be merged into itself.`);
    const node = await edit.node(other, ['Organisation'], ['others']);
    if (node && node.id !== survivor?.id) others.set(node.id, node);
  }
  if (!survivor || edit.problems.length > 0 || others.size === 0) return survivor?.id ?? null;
  const gone = new Set(others.keys());
  const existing = await relationshipsTouching(edit.transaction, [survivor.id, ...gone].sort());
  await edit.lock(existing.flatMap(({ from, to }) => [from, to]));

  const nodes = fieldsAfter(edit, survivor, [...others.values()]);
  if (edit.problems.length > 0) return null;
  const sources = nodes[0]!.nodes[0]!.fields.sources as string[];
  const ofTypes = (...types: RelationshipType[]) => existing.filter(({ type }) => types.includes(type));
  const links = await linksAfter(edit, survivor, ofTypes('LOCATED_IN', 'ABOUT'), others, sources);
  const annotations = await annotationsAfter(edit, survivor, ofTypes('CLAIMED', 'OBSERVED'), others);
  const filed = ofTypes('FILED').filter(({ from }) => gone.has(from));
  const filings = filed.map(
    ({ to, properties }): RelationshipChange => ({
      id: null,
      type: 'FILED',
      from: survivor.id,
      to,
      fields: { sources: properties.sources ?? [] },
    }),
  );
  const moving = await facts(edit, survivor, existing, gone);

  const leaving = existing.filter(({ from, to }) => gone.has(from) || gone.has(to));
  await removeNodes(edit.transaction, edit.effect, [...others.values(), ...annotations.replaced], leaving);
  const produced = await productions(edit, survivor, gone);
  const batches = [...nodes, ...links, ...annotations.records];
  await edit.submit({
    nodes: await combined(
      edit,
      batches.flatMap((records) => records.nodes),
    ),
    relationships: [...batches.flatMap((records) => records.relationships), ...filings, ...moving, ...produced],
    owned: batches.flatMap((records) => records.owned),
  });
  const at = recorded.at ?? edit.now;
  const by = recorded.at ? (recorded.by ?? null) : edit.by;
  const rows = [...others.values()].map((other) => ({
    id: other.id,
    into: survivor.id,
    name: recorded.name ?? other.name ?? other.id,
    at,
    ...(by === null ? {} : { by }),
  }));
  await edit.transaction.run(repointMerged, { ids: [...gone].sort(), into: survivor.id });
  await edit.transaction.run(keepMerged, { rows });
  edit.effect.touched.add(survivor.id);
  return survivor.id;
}
