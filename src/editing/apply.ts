import { isDeepStrictEqual } from 'node:util';
import { sortKeyOf } from '../domain/fold.ts';
import { digest } from '../domain/global-id.ts';
import { IDENTIFIER_FIELDS, type IdentifierField } from '../domain/identifier.ts';
import { type Problem, problem } from '../domain/problem.ts';
import { RELATIONSHIP_SHAPES } from '../domain/relationship.ts';
import {
  type NodeType,
  RELATIONSHIP_ID_PREFIXES,
  RELATIONSHIP_TYPES,
  type RelationshipType,
} from '../domain/vocabulary.ts';
import type { GraphTransaction } from '../graph/engine.ts';
import type { GraphValue } from '../graph/statement.ts';
import { nodesByIdentifier } from '../store/node.ts';
import {
  createNodes,
  createRelationships,
  deleteRelationships,
  lockNodes,
  relationshipsAtAnchors,
  relationshipsOfNodes,
  type StoredRelationship,
  updateNodes,
  updateRelationships,
} from '../store/write.ts';
import { lifeOf, relationshipSpan, validityOf } from './life.ts';
import type { Fields, NodeRecord, RelationshipRecord, Submission } from './records.ts';

type Properties = Record<string, GraphValue>;

/** What a batch did: how many records it made or changed, and which nodes and projects that touched. */
export interface Effect {
  created: number;
  updated: number;
  unchanged: number;
  deleted: number;
  /** Nodes whose fields, relationships or degree changed. */
  readonly touched: Set<string>;
  /** Projects whose participants or period changed: their partnerships are to be derived. */
  readonly projects: Set<string>;
  /** Actors whose counts may have changed. */
  readonly counted: Set<string>;
}

/** An effect of nothing yet. */
export function noEffect(): Effect {
  return {
    created: 0,
    updated: 0,
    unchanged: 0,
    deleted: 0,
    touched: new Set(),
    projects: new Set(),
    counted: new Set(),
  };
}

/** Properties after a change: null takes one away. */
function withFields(before: Properties, fields: Fields): Properties {
  const after = { ...before };
  for (const [field, value] of Object.entries(fields)) {
    if (value === null || (Array.isArray(value) && value.length === 0)) delete after[field];
    else after[field] = value;
  }
  return after;
}

const identityOf = (type: RelationshipType, from: string, to: string, properties: Fields): string =>
  digest([
    from,
    to,
    ...RELATIONSHIP_SHAPES[type].identity.map((field) => (properties[field] as string | undefined) ?? null),
  ]);

interface Draft {
  readonly type: NodeType;
  readonly before: Properties | null;
  after: Properties;
}

/** One batch at work: reads what is there, holds it, decides, and writes at the end. */
class Batch {
  readonly #transaction: GraphTransaction;
  readonly #now: string;
  readonly effect = noEffect();
  /** Every node of the batch and every end of a relationship that exists or will. */
  readonly #nodes = new Map<string, Draft>();

  constructor(transaction: GraphTransaction, now: string) {
    this.#transaction = transaction;
    this.#now = now;
  }

  async hold(ids: Iterable<string>): Promise<void> {
    const missing = [...new Set(ids)].filter((id) => !this.#nodes.has(id)).sort();
    if (missing.length === 0) return;
    for (const { node } of await this.#transaction.run(lockNodes, { ids: missing })) {
      const before = node as unknown as Properties;
      this.#nodes.set(node.id, { type: node.type, before, after: before });
    }
  }

  /** What forbids a submission, given what the graph holds and what the batch has accepted so far. */
  problemsOf(submission: Submission, taken: Map<string, string>): Problem[] {
    const { nodes, relationships, owned } = submission.records;
    const problems: Problem[] = [];
    const made = new Map(nodes.map((node) => [node.id, node.type]));
    for (const node of nodes) {
      const known = this.#nodes.get(node.id);
      if (known && known.type !== node.type) {
        problems.push(problem('TAKEN', ['id'], `"${node.id}" is the identifier of a ${known.type} already.`));
      }
      for (const field of Object.values(IDENTIFIER_FIELDS)) {
        const holder = taken.get(`${field}:${node.fields[field]}`);
        if (node.fields[field] && holder !== undefined && holder !== node.id) {
          problems.push(problem('TAKEN', [field], `${field} ${node.fields[field]} belongs to ${holder} already.`));
        }
      }
    }
    for (const relationship of [...relationships, ...owned.flatMap(({ links }) => links)]) {
      problems.push(...this.#faultsOf(relationship, made));
    }
    return problems;
  }

  #faultsOf({ type, from, to, fields }: RelationshipRecord, made: Map<string, NodeType>): Problem[] {
    const shape = RELATIONSHIP_SHAPES[type];
    const problems: Problem[] = [];
    for (const [end, id] of [
      [shape.from, from],
      [shape.to, to],
    ] as const) {
      const itsType = made.get(id) ?? this.#nodes.get(id)?.type;
      if (itsType === undefined) {
        problems.push(problem('NOT_FOUND', [end.name], `There is no "${id}".`));
      } else if (!end.types.includes(itsType)) {
        const wanted = end.types.join(' or ');
        problems.push(problem('INVALID', [end.name], `"${id}" is a ${itsType}; a ${wanted} is needed here.`));
      }
    }
    if (problems.length > 0) return problems;
    if (from === to) {
      problems.push(problem('INVALID', [shape.to.name], `"${from}" cannot be at both ends of one relationship.`));
    }
    const [source, target] = [this.#nodes.get(from)?.after ?? {}, this.#nodes.get(to)?.after ?? {}];
    const span = relationshipSpan(type, fields, source, target);
    if (span.from > span.to) {
      const lives = [from, to]
        .map((id, place) => ({ id, life: lifeOf(place === 0 ? source : target) }))
        .filter(({ life }) => life.from > '0000-01-01' || life.to < '9999-12-31')
        .map(({ id, life }) => `${id} lived from ${life.from} to ${life.to}`);
      const when = `${fields.since ?? 'the beginning'} to ${fields.until ?? 'the end'}`;
      problems.push(
        problem(
          'INVALID',
          ['since'],
          `The period from ${when} lies outside the life of its ends: ${lives.join('; ')}.`,
        ),
      );
    }
    return problems;
  }

  accept(node: NodeRecord): void {
    const known = this.#nodes.get(node.id);
    const before = known?.before ?? null;
    const after = withFields(known?.after ?? { id: node.id, type: node.type }, node.fields);
    after.sortKey = sortKeyOf(String(after.name), node.id);
    Object.assign(after, validityOf(node.type, after));
    this.#nodes.set(node.id, { type: node.type, before, after });
  }

  async writeNodes(): Promise<void> {
    const created = new Map<NodeType, Properties[]>();
    const updated: Properties[] = [];
    for (const [id, draft] of this.#nodes) {
      const { type, before, after } = draft;
      if (before === null) {
        after.version = 1;
        after.createdAt = this.#now;
        after.updatedAt = this.#now;
        const rows = created.get(type) ?? [];
        rows.push(after);
        created.set(type, rows);
      } else if (after !== before && !isDeepStrictEqual(before, after)) {
        after.version = Number(before.version ?? 0) + 1;
        after.updatedAt = this.#now;
        updated.push(after);
      } else continue;
      this.effect.touched.add(id);
      if (type === 'Project') this.effect.projects.add(id);
    }
    for (const [type, rows] of created) await this.#transaction.run(createNodes[type], { rows });
    if (updated.length > 0) await this.#transaction.run(updateNodes, { rows: updated });
    this.effect.created += [...created.values()].reduce((sum, rows) => sum + rows.length, 0);
    this.effect.updated += updated.length;
  }

  /** Nodes that were there and whose life has changed: all their relationships are to be clipped anew. */
  relived(): string[] {
    return [...this.#nodes]
      .filter(([, { before, after }]) => before && !isDeepStrictEqual(lifeOf(before), lifeOf(after)))
      .map(([id]) => id);
  }

  countUnchanged(nodes: readonly NodeRecord[]): void {
    for (const { id } of nodes) {
      const draft = this.#nodes.get(id);
      if (draft?.before && isDeepStrictEqual(draft.before, draft.after)) this.effect.unchanged++;
    }
  }

  /** The relationships of one type that the batch wants, against those that stand at the same anchors. */
  async writeRelationships(
    type: RelationshipType,
    wanted: readonly RelationshipRecord[],
    owners: ReadonlySet<string>,
  ): Promise<void> {
    const { anchor } = RELATIONSHIP_SHAPES[type];
    const anchors = new Set([...wanted.map((relationship) => relationship[anchor]), ...owners]);
    const standing = await this.#standing(
      type,
      [...anchors].filter((id) => this.#nodes.get(id)?.before),
    );
    const byId = new Map(standing.map((relationship) => [relationship.properties.id, relationship]));
    const byIdentity = new Map(
      standing.map((relationship) => [
        identityOf(type, relationship.from, relationship.to, relationship.properties),
        relationship,
      ]),
    );
    const kept = new Set<string>();
    const created = new Map<string, { from: string; to: string; properties: Properties }>();
    const updated = new Map<string, { anchor: string; id: string; properties: Properties }>();
    for (const { id, from, to, fields } of wanted) {
      const identity = identityOf(type, from, to, fields);
      const known = (id !== null ? byId.get(id) : undefined) ?? byIdentity.get(identity);
      const itsId = known?.properties.id ?? id ?? `${RELATIONSHIP_ID_PREFIXES[type]}/${identity}`;
      const after = this.#clipped(
        type,
        from,
        to,
        withFields(known?.properties ?? created.get(itsId)?.properties ?? { id: itsId }, fields),
      );
      kept.add(itsId);
      if (!known) created.set(itsId, { from, to, properties: after });
      else if (isDeepStrictEqual(after, known.properties)) this.effect.unchanged++;
      else updated.set(itsId, { anchor: known[anchor], id: itsId, properties: after });
    }
    const deleted = standing.filter(({ properties, ...ends }) => owners.has(ends[anchor]) && !kept.has(properties.id));
    if (created.size > 0) await this.#transaction.run(createRelationships[type], { rows: [...created.values()] });
    if (updated.size > 0) await this.#transaction.run(updateRelationships[type], { rows: [...updated.values()] });
    if (deleted.length > 0) {
      const rows = deleted.map((relationship) => ({ anchor: relationship[anchor], id: relationship.properties.id }));
      await this.#transaction.run(deleteRelationships[type], { rows });
    }
    const endsOf = new Map(standing.map((relationship) => [relationship.properties.id, relationship]));
    for (const { from, to } of created.values()) this.#touch(type, from, to);
    for (const { id } of updated.values()) this.#touch(type, endsOf.get(id)!.from, endsOf.get(id)!.to);
    for (const { from, to } of deleted) this.#touch(type, from, to);
    this.effect.created += created.size;
    this.effect.updated += updated.size;
    this.effect.deleted += deleted.length;
  }

  async #standing(type: RelationshipType, anchors: readonly string[]): Promise<StoredRelationship[]> {
    if (anchors.length === 0) return [];
    const rows = await this.#transaction.run(relationshipsAtAnchors[type], { anchors });
    return rows.map((row) => ({ type, ...row }));
  }

  #clipped(type: RelationshipType, from: string, to: string, properties: Properties): Properties {
    const span = relationshipSpan(
      type,
      properties,
      this.#nodes.get(from)?.after ?? {},
      this.#nodes.get(to)?.after ?? {},
    );
    return { ...properties, validFrom: span.from, validTo: span.to };
  }

  #touch(type: RelationshipType, from: string, to: string): void {
    this.effect.touched.add(from).add(to);
    if (type === 'PARTICIPATES_IN') this.effect.projects.add(to);
    if (type === 'MEMBER_OF') this.effect.counted.add(to);
    if (type === 'PARTNERS_WITH') this.effect.counted.add(from).add(to);
    if (type === 'PARTICIPATES_IN') this.effect.counted.add(from);
  }

  /** Clips the relationships of nodes whose life has changed; those of projects are derived anew later. */
  async reclip(ids: readonly string[]): Promise<void> {
    for (const type of RELATIONSHIP_TYPES) {
      const found = await this.#transaction.run(relationshipsOfNodes[type], { ids });
      if (found.length === 0) continue;
      await this.hold(found.flatMap(({ from, to }) => [from, to]));
      const rows = found
        .map(({ from, to, properties }) => ({
          from,
          to,
          before: properties,
          after: this.#clipped(type, from, to, properties as Properties),
        }))
        .filter(({ before, after }) => !isDeepStrictEqual(before, after));
      if (rows.length === 0) continue;
      const { anchor } = RELATIONSHIP_SHAPES[type];
      await this.#transaction.run(updateRelationships[type], {
        rows: rows.map((row) => ({ anchor: row[anchor], id: row.before.id, properties: row.after })),
      });
      for (const { from, to } of rows) this.#touch(type, from, to);
    }
  }
}

/** Who carries each registry's identifier that the submissions name. */
async function holdersOf(
  transaction: GraphTransaction,
  submissions: readonly Submission[],
): Promise<Map<string, string>> {
  const holders = new Map<string, string>();
  for (const field of Object.values(IDENTIFIER_FIELDS) as IdentifierField[]) {
    const values = submissions.flatMap(({ records }) =>
      records.nodes.flatMap(({ fields }) => (typeof fields[field] === 'string' ? [fields[field]] : [])),
    );
    if (values.length === 0) continue;
    for (const { value, id } of await transaction.run(nodesByIdentifier[field], { values }))
      holders.set(`${field}:${value}`, id);
  }
  return holders;
}

/**
 * Brings the graph to what the submissions say, inside a transaction, and tells what that touched. A submission with a
 * problem is left out whole and hears of it; the others are written. What is there already is not written again.
 */
export async function apply(
  transaction: GraphTransaction,
  submissions: readonly Submission[],
  now: string,
): Promise<Effect> {
  const batch = new Batch(transaction, now);
  await batch.hold(
    submissions.flatMap(({ records: { nodes, relationships, owned } }) => [
      ...nodes.map(({ id }) => id),
      ...relationships.flatMap(({ from, to }) => [from, to]),
      ...owned.flatMap(({ links }) => links.flatMap(({ from, to }) => [from, to])),
    ]),
  );
  const taken = await holdersOf(transaction, submissions);
  const accepted: Submission[] = [];
  for (const submission of submissions) {
    const problems = batch.problemsOf(submission, taken);
    for (const each of problems) submission.refuse(each);
    if (problems.length > 0) continue;
    accepted.push(submission);
    for (const node of submission.records.nodes) {
      batch.accept(node);
      for (const field of Object.values(IDENTIFIER_FIELDS)) {
        if (node.fields[field]) taken.set(`${field}:${node.fields[field]}`, node.id);
      }
    }
  }
  const relived = batch.relived();
  batch.countUnchanged(accepted.flatMap(({ records }) => records.nodes));
  await batch.writeNodes();
  for (const type of RELATIONSHIP_TYPES) {
    const owned = accepted.flatMap(({ records }) => records.owned.filter((links) => links.type === type));
    const wanted = [
      ...accepted.flatMap(({ records }) => records.relationships.filter((relationship) => relationship.type === type)),
      ...owned.flatMap(({ links }) => links),
    ];
    const owners = new Set(owned.map(({ owner }) => owner));
    if (wanted.length > 0 || owners.size > 0) await batch.writeRelationships(type, wanted, owners);
  }
  if (relived.length > 0) await batch.reclip(relived);
  return batch.effect;
}
