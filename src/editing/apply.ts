import { isDeepStrictEqual } from 'node:util';
import { sortKeyOf } from '../domain/fold.ts';
import { digest } from '../domain/global-id.ts';
import { IDENTIFIER_FIELDS, type IdentifierField } from '../domain/identifier.ts';
import type { PartialDate } from '../domain/partial-date.ts';
import { isInverted, overlaps, type Span } from '../domain/period.ts';
import { type Problem, problem } from '../domain/problem.ts';
import { OWNED_TYPES, RELATIONSHIP_SHAPES, sameStatement } from '../domain/relationship.ts';
import { withArticle } from '../domain/text.ts';
import {
  NETWORK_TYPES,
  type NodeType,
  RELATIONSHIP_ID_PREFIXES,
  RELATIONSHIP_TYPES,
  type RelationshipType,
} from '../domain/vocabulary.ts';
import type { GraphTransaction, WriteTransaction } from '../graph/engine.ts';
import { nodesById, nodesByIdentifier, type StoredNode } from '../store/node.ts';
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
import { type Effect, noEffect, type Properties, touch } from './effect.ts';
import { lifeOf, relationshipSpan, validityOf } from './life.ts';
import { inverted } from './nouns.ts';
import type { Fields, NodeRecord, RelationshipRecord, Submission } from './records.ts';
import { Sending } from './sending.ts';

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

/** A relationship by its ends and what it says. */
type Ends = Pick<StoredRelationship, 'from' | 'to'> & { readonly properties: Readonly<Properties> };
type Standing = Pick<StoredRelationship, 'from' | 'to' | 'properties'>;

/** What a transaction holds and has read under its locks: it needs neither again as long as it has written nothing. */
export interface Held {
  node(id: string): StoredNode | undefined;
  /** All relationships of a type at a node, from either end; undefined where they have not been read. */
  relationships(type: RelationshipType, node: string): readonly Standing[] | undefined;
}

const NOTHING_HELD: Held = { node: () => undefined, relationships: () => undefined };

interface Draft {
  readonly type: NodeType;
  readonly before: Properties | null;
  after: Properties;
}

const isNetwork = ({ type }: NodeRecord): boolean => (NETWORK_TYPES as readonly NodeType[]).includes(type);

/** One batch at work: reads what is there, holds it, decides, and writes at the end. */
class Batch {
  readonly #transaction: Sending;
  readonly #held: Held;
  readonly #now: string;
  readonly effect = noEffect();
  /** Every node of the batch and every end of a relationship that exists or will. */
  readonly #nodes = new Map<string, Draft>();
  readonly #staged: Map<string, Draft>;
  /** Those of them that are made under an identifier which nothing had: no relationship stands there. */
  readonly #new = new Set<string>();
  /** Those of networks whose life is to change, by the identifiers of both ends and by their own. */
  readonly #memberships = new Map<string, Map<string, Ends>>();

  constructor(transaction: Sending, now: string, held: Held, staged = new Map<string, Draft>()) {
    this.#transaction = transaction;
    this.#held = held;
    this.#now = now;
    this.#staged = staged;
  }

  async hold(ids: Iterable<string>): Promise<void> {
    const wanted = [...new Set(ids)].filter((id) => !this.#nodes.has(id));
    for (const id of wanted) if (this.#staged.has(id)) this.#nodes.set(id, this.#staged.get(id)!);
    for (const id of wanted) this.#know(this.#held.node(id));
    const missing = wanted.filter((id) => !this.#nodes.has(id)).sort();
    if (missing.length === 0) return;
    for (const { node } of await this.#transaction.run(lockNodes, { ids: missing })) this.#know(node);
  }

  #know(node: StoredNode | undefined): void {
    if (!node) return;
    const before = node as unknown as Properties;
    this.#nodes.set(node.id, { type: node.type, before, after: before });
  }

  /** Every node that the batch holds, as it is when all is written; but for counts, which are renewed at the end. */
  nodes(): Properties[] {
    return [...this.#nodes.values()].map(({ after }) => after);
  }

  /** What forbids a submission, given what the graph holds and what the batch has accepted so far. */
  problemsOf(submission: Submission, taken: Map<string, string>): Problem[] {
    const { nodes, relationships, owned } = submission.records;
    const problems: Problem[] = [];
    const made = new Map(nodes.map((node) => [node.id, node.type]));
    for (const node of nodes) {
      const known = this.#nodes.get(node.id);
      if (known && known.type !== node.type) {
        problems.push(
          problem('TAKEN', ['id'], `"${node.id}" is already the identifier of ${withArticle(known.type)}.`),
        );
      }
      for (const field of Object.values(IDENTIFIER_FIELDS)) {
        const holder = taken.get(`${field}:${node.fields[field]}`);
        if (node.fields[field] && holder !== undefined && holder !== node.id) {
          problems.push(problem('TAKEN', [field], `${field} ${node.fields[field]} already belongs to ${holder}.`));
        }
      }
    }
    for (const relationship of [...relationships, ...owned.flatMap(({ links }) => links)]) {
      problems.push(...this.#faultsOf(relationship, made));
    }
    for (const node of nodes) problems.push(...this.#strandedBy(node));
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
        const wanted = end.types.map(withArticle).join(' or ');
        problems.push(problem('INVALID', [end.name], `"${id}" is ${withArticle(itsType)}; ${wanted} is needed here.`));
      }
    }
    for (const id of makerIn(fields)) {
      if (!made.has(id) && !this.#nodes.has(id)) problems.push(problem('NOT_FOUND', ['by'], `There is no "${id}".`));
    }
    if (problems.length > 0) return problems;
    if (from === to) {
      problems.push(problem('INVALID', [shape.to.name], `"${from}" cannot be at both ends of one relationship.`));
    }
    const [source, target] = [this.#nodes.get(from)?.after ?? {}, this.#nodes.get(to)?.after ?? {}];
    const period = {
      since: (fields.since ?? null) as PartialDate | null,
      until: (fields.until ?? null) as PartialDate | null,
    };
    if (isInverted(period)) return [...problems, inverted(period)];
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

  /** Reads the memberships of networks whose life the records would change: they may come to lie outside of it. */
  async holdMemberships(nodes: readonly NodeRecord[]): Promise<void> {
    const relived = nodes.filter((node) => {
      const before = this.#nodes.get(node.id)?.before;
      return before && isNetwork(node) && !isDeepStrictEqual(lifeOf(before), lifeOf(this.#after(node)));
    });
    const ids = [...new Set(relived.map(({ id }) => id))].sort();
    if (ids.length === 0) return;
    const found = await this.#transaction.run(relationshipsOfNodes.MEMBER_OF, { ids });
    await this.hold(found.flatMap(({ from, to }) => [from, to]));
    for (const membership of found) {
      for (const id of [membership.from, membership.to]) {
        const known = this.#memberships.get(id) ?? new Map();
        this.#memberships.set(id, known.set(membership.properties.id, membership));
      }
    }
  }

  /** A life that is shortened must not leave a membership outside that was inside. */
  #strandedBy(node: NodeRecord): Problem[] {
    const memberships = this.#memberships.get(node.id);
    if (!memberships) return [];
    const after = this.#after(node);
    const place = (id: string): Properties => (id === node.id ? after : (this.#nodes.get(id)?.after ?? {}));
    const isEmpty = ({ from, to }: Span): boolean => from > to;
    // What follows from a period that is wrong anyway need not be told.
    if (isEmpty(lifeOf(after))) return [];
    const stranded = [...memberships.values()].filter(
      (membership) =>
        !isEmpty(this.#spanOf('MEMBER_OF', membership)) &&
        isEmpty(relationshipSpan('MEMBER_OF', membership.properties, place(membership.from), place(membership.to))),
    );
    const [some] = stranded;
    if (!some) return [];
    const message = `${stranded.length} memberships would lie outside the life of "${node.id}", such as ${some.properties.id}: put their dates right first.`;
    return [problem('INVALID', ['since'], message)];
  }

  isKnown(id: string): boolean {
    return this.#nodes.has(id);
  }

  accept(node: NodeRecord): void {
    if (node.isNew) this.#new.add(node.id);
    const before = this.#nodes.get(node.id)?.before ?? null;
    this.#nodes.set(node.id, { type: node.type, before, after: this.#after(node) });
  }

  #after({ id, type, fields }: NodeRecord): Properties {
    const after = withFields(this.#nodes.get(id)?.after ?? { id, type }, fields);
    after.sortKey = sortKeyOf(String(after.name), id);
    return Object.assign(after, validityOf(type, after));
  }

  /** Keeps what would be written for the batches to come. */
  stage(): void {
    for (const [id, draft] of this.#nodes) if (draft.after !== draft.before) this.#staged.set(id, draft);
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
      this.effect.edits.set(id, { before, after });
      this.effect.touched.add(id);
      if (type === 'Project') this.effect.projects.add(id);
    }
    for (const [type, rows] of created) this.#transaction.send(createNodes[type], { rows });
    if (updated.length > 0) this.#transaction.send(updateNodes, { rows: updated });
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
    const mayStand = wanted.filter(({ from, to }) => !this.#new.has(from) && !this.#new.has(to));
    const anchors = new Set([...mayStand.map((relationship) => relationship[anchor]), ...owners]);
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
    const drafts = new Map<string, Properties>();
    for (const record of wanted) {
      const { id, from, to, fields, tentative } = record;
      const identity = identityOf(type, from, to, fields);
      const ownId = `${RELATIONSHIP_ID_PREFIXES[type]}/${identity}`;
      const known = (id !== null ? byId.get(id) : undefined) ?? byIdentity.get(identity);
      // Where the name is taken, what the record tells was there, and somebody has put its dates right since.
      const corrected = known === undefined && id === null ? byId.get(ownId) : undefined;
      const alike =
        tentative && !known ? this.#alike(type, record, [...standing, ...created.values()]) : (corrected ?? null);
      if (alike !== null || (tentative && known)) {
        kept.add(String((known ?? alike!).properties.id));
        this.effect.unchanged++;
        continue;
      }
      const itsId = known?.properties.id ?? id ?? ownId;
      // A batch may tell of one thing twice: the later record goes on from the earlier.
      const before = drafts.get(itsId) ?? known?.properties ?? { id: itsId };
      const after = this.#clipped(type, from, to, withFields(before, fields));
      drafts.set(itsId, after);
      kept.add(itsId);
      if (!known) created.set(itsId, { from, to, properties: after });
      else if (isDeepStrictEqual(after, known.properties)) {
        updated.delete(itsId);
        this.effect.unchanged++;
      } else {
        const version = Number(known.properties.version ?? 1) + 1;
        updated.set(itsId, { anchor: known[anchor], id: itsId, properties: { ...after, version } });
      }
    }
    const deleted = standing.filter(({ properties, ...ends }) => owners.has(ends[anchor]) && !kept.has(properties.id));
    if (created.size > 0) this.#transaction.send(createRelationships[type], { rows: [...created.values()] });
    if (updated.size > 0) this.#transaction.send(updateRelationships[type], { rows: [...updated.values()] });
    if (deleted.length > 0) {
      const rows = deleted.map((relationship) => ({ anchor: relationship[anchor], id: relationship.properties.id }));
      this.#transaction.send(deleteRelationships[type], { rows });
    }
    const endsOf = new Map(standing.map((relationship) => [relationship.properties.id, relationship]));
    for (const [id, { from, to, properties }] of created) {
      touch(this.effect, type, from, to);
      this.effect.edits.set(id, { before: null, after: { ...properties, from, to } });
    }
    for (const { id, properties } of updated.values()) {
      const standing = endsOf.get(id)!;
      touch(this.effect, type, standing.from, standing.to);
      this.effect.edits.set(id, { before: standing.properties, after: properties });
    }
    for (const { from, to, properties } of deleted) {
      touch(this.effect, type, from, to);
      this.effect.edits.set(properties.id, { before: { ...properties, from, to }, after: null });
    }
    this.effect.created += created.size;
    this.effect.updated += updated.size;
    this.effect.deleted += deleted.length;
  }

  async #standing(type: RelationshipType, anchors: readonly string[]): Promise<StoredRelationship[]> {
    const { anchor } = RELATIONSHIP_SHAPES[type];
    const known = anchors.flatMap(
      (id) => this.#held.relationships(type, id)?.filter((row) => row[anchor] === id) ?? [],
    );
    const unread = anchors.filter((id) => !this.#held.relationships(type, id));
    const read =
      unread.length > 0 ? await this.#transaction.run(relationshipsAtAnchors[type], { anchors: unread }) : [];
    return [...known, ...read].map((row) => ({ type, ...row }));
  }

  #clipped(type: RelationshipType, from: string, to: string, properties: Properties): Properties {
    const span = this.#spanOf(type, { from, to, properties });
    return { ...properties, validFrom: span.from, validTo: span.to };
  }

  /** A relationship that says of an overlapping period what the record says, if there is one. */
  #alike<Found extends Ends>(
    type: RelationshipType,
    record: RelationshipRecord,
    among: readonly Found[],
  ): Found | null {
    const { from, to, fields } = record;
    const properties = withFields({}, fields);
    const span = this.#spanOf(type, { from, to, properties });
    return (
      among.find(
        (one) => sameStatement(type, one, { from, to, properties }) && overlaps(span, this.#spanOf(type, one)),
      ) ?? null
    );
  }

  #spanOf(type: RelationshipType, { from, to, properties }: Ends): Span {
    return relationshipSpan(type, properties, this.#nodes.get(from)?.after ?? {}, this.#nodes.get(to)?.after ?? {});
  }

  /** Gives the links that are part of a record its sources, where those have changed. */
  async resource(): Promise<void> {
    const resourced = [...this.#nodes].filter(
      ([, { before, after }]) => before && !isDeepStrictEqual(before.sources, after.sources),
    );
    if (resourced.length === 0) return;
    for (const type of OWNED_TYPES) {
      const { anchor, ...ends } = RELATIONSHIP_SHAPES[type];
      const anchors = resourced.filter(([, draft]) => ends[anchor].types.includes(draft.type)).map(([id]) => id);
      const standing = await this.#standing(type, anchors);
      const rows = standing.flatMap((link) => {
        const { sources = null } = this.#nodes.get(link[anchor])!.after;
        if (isDeepStrictEqual(link.properties.sources ?? null, sources)) return [];
        return [{ anchor: link[anchor], id: link.properties.id, properties: withFields(link.properties, { sources }) }];
      });
      if (rows.length > 0) this.#transaction.send(updateRelationships[type], { rows });
    }
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
      this.#transaction.send(updateRelationships[type], {
        rows: rows.map((row) => ({ anchor: row[anchor], id: row.before.id, properties: row.after })),
      });
      for (const { from, to } of rows) {
        touch(this.effect, type, from, to);
      }
    }
  }
}

/** Who carries each registry's identifier that the submissions name. */
async function holdersOf(
  transaction: GraphTransaction,
  submissions: readonly Submission[],
): Promise<Map<string, string>> {
  const holders = new Map<string, string>();
  await Promise.all(
    (Object.values(IDENTIFIER_FIELDS) as IdentifierField[]).map(async (field) => {
      const values = submissions.flatMap(({ records }) =>
        records.nodes.flatMap(({ fields }) => (typeof fields[field] === 'string' ? [fields[field]] : [])),
      );
      if (values.length === 0) return;
      for (const { value, id } of await transaction.run(nodesByIdentifier[field], { values }))
        holders.set(`${field}:${value}`, id);
    }),
  );
  return holders;
}

/** Who made something, of a relationship that tells so by name: held like its ends, lest it go meanwhile. */
const makerIn = ({ by }: Fields): string[] => (typeof by === 'string' ? [by] : []);

/** Every node that submissions name. What is new is not there to be held: where it is by then, it is not unique. */
function named(submissions: readonly Submission[]): Set<string> {
  const ids = new Set(
    submissions.flatMap(({ records: { nodes, relationships, owned } }) => [
      ...nodes.map(({ id }) => id),
      ...relationships.flatMap(({ from, to, fields }) => [from, to, ...makerIn(fields)]),
      ...owned.flatMap(({ links }) => links.flatMap(({ from, to }) => [from, to])),
    ]),
  );
  for (const { records } of submissions) for (const { id, isNew } of records.nodes) if (isNew) ids.delete(id);
  return ids;
}

/** Which of the submissions are accepted; the others are there already, or hear of their problems. */
async function judge(
  batch: Batch,
  submissions: readonly Submission[],
  taken: Map<string, string>,
): Promise<Submission[]> {
  await batch.hold(named(submissions));
  await batch.holdMemberships(submissions.flatMap(({ records }) => records.nodes));
  const accepted: Submission[] = [];
  for (const submission of submissions) {
    const { nodes, relationships } = submission.records;
    // What two records had to do with each other before they became one, or what is known of the one, needs no telling.
    const isKnown = nodes.some((node) => node.tentative && batch.isKnown(node.id));
    if (isKnown || relationships.some(({ tentative, from, to }) => tentative && from === to)) {
      batch.effect.unchanged++;
      continue;
    }
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
  return accepted;
}

/** What the batches of a rehearsal would have written so far: it is in no store. */
export class Stage {
  readonly nodes = new Map<string, Draft>();
  readonly holders = new Map<string, string>();
}

/**
 * Judges submissions as `apply` would and writes nothing. Returns those that are accepted; what they would have written
 * is kept on the stage for the next.
 */
export async function rehearse(
  read: GraphTransaction['run'],
  submissions: readonly Submission[],
  stage: Stage,
): Promise<readonly Submission[]> {
  // Who only reads need not hold anything.
  const run: GraphTransaction['run'] = (statement, parameters) =>
    read((statement as object) === lockNodes ? (nodesById as unknown as typeof statement) : statement, parameters);
  const batch = new Batch(new Sending({ run, commitWith: run }), '', NOTHING_HELD, stage.nodes);
  for (const [key, id] of await holdersOf({ run }, submissions)) {
    if (!stage.holders.has(key)) stage.holders.set(key, id);
  }
  const accepted = await judge(batch, submissions, stage.holders);
  batch.stage();
  return accepted;
}

/**
 * Brings the graph to what the submissions say, inside a transaction, and tells what that touched. A submission with a
 * problem is left out whole and hears of it; the others are written. What is there already is not written again.
 */
export async function apply(
  transaction: WriteTransaction,
  submissions: readonly Submission[],
  now: string,
): Promise<Effect> {
  const sending = new Sending(transaction);
  const batch = await applied(sending, submissions, now, NOTHING_HELD);
  await sending.arrived();
  return batch.effect;
}

/** What a batch did, and every node that it holds as it is now, but for counts. */
export type Applied = Pick<Batch, 'effect' | 'nodes'>;

/** The same, where it need not have been written yet when the next statements go out, by somebody who holds some of it. */
export async function applied(
  sending: Sending,
  submissions: readonly Submission[],
  now: string,
  held: Held,
): Promise<Applied> {
  const batch = new Batch(sending, now, held);
  // Sent together: whose identifiers they are is asked before the locks are there, which may have to wait.
  const [taken] = await Promise.all([holdersOf(sending, submissions), batch.hold(named(submissions))]);
  const accepted = await judge(batch, submissions, taken);
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
  await batch.resource();
  if (relived.length > 0) await batch.reclip(relived);
  return batch;
}
