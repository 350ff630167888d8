import { isDeepStrictEqual } from 'node:util';
import { sortKeyOf } from '../domain/fold.ts';
import { IDENTIFIER_FIELDS } from '../domain/identifier.ts';
import type { Span } from '../domain/period.ts';
import { type Problem, problem } from '../domain/problem.ts';
import { nodeProblems } from '../domain/record-rules.ts';
import { RELATIONSHIP_SHAPES } from '../domain/relationship.ts';
import { withArticle } from '../domain/text.ts';
import { NETWORK_TYPES, type NodeType, RELATIONSHIP_TYPES } from '../domain/vocabulary.ts';
import { circleProblem, mayCircle, readAhead } from './circles.ts';
import { type Properties, withFields } from './effect.ts';
import { isChanged, type KnownGraph, type NodeState, type RelationshipState } from './known-graph.ts';
import { lifeOf, relationshipSpan, validityOf } from './lifespan.ts';
import { followRecords, preferenceProblems, readClaims, subjectsOf } from './preferred.ts';
import type { NodeRecord, OwnedLinks, RelationshipRecord, Submission } from './records.ts';
import { decide, recordProblems } from './relationship-decision.ts';

const isEmpty = ({ from, to }: Span): boolean => from > to;
const isNetwork = (type: NodeType): boolean => (NETWORK_TYPES as readonly NodeType[]).includes(type);

const isUnchanged = (state: NodeState | RelationshipState | undefined): boolean =>
  state !== undefined && state.before !== null && !isChanged(state);

/** All relationships that a submission asks for, those that belong to a record among them. */
const relationshipsIn = ({ records }: Submission): readonly RelationshipRecord[] => [
  ...records.relationships,
  ...records.owned.flatMap(({ links }) => links),
];

/** Every node that submissions name. What is new is not there to be held: where it is by then, it is not unique. */
export function namedIn(submissions: readonly Submission[]): Set<string> {
  const ids = new Set(
    submissions.flatMap((submission) => [
      ...submission.records.nodes.map(({ id }) => id),
      ...relationshipsIn(submission).flatMap(({ from, to, fields }) =>
        typeof fields.by === 'string' ? [from, to, fields.by] : [from, to],
      ),
    ]),
  );
  for (const { records } of submissions) for (const { id, isNew } of records.nodes) if (isNew) ids.delete(id);
  return ids;
}

/** Decides what submissions make of the graph that is known: each is accepted whole, or refused with its problems. */
export class Batch {
  readonly graph: KnownGraph;
  /** Who carries each registry's identifier that the submissions name, as `field:value`. */
  readonly #holders: Map<string, string>;
  /** Identifiers that belonged to records which were deleted, and when. */
  readonly #deleted: ReadonlyMap<string, string>;
  /** Targets of nodes that are still to be made, by the node. */
  readonly #pending = new Map<string, string[]>();
  /** Submissions, and relationships of them, that change nothing since something else says so. */
  settled = 0;
  /** Nodes and relationships that accepted submissions are about. */
  readonly accepted = { nodes: new Set<string>(), relationships: new Set<string>() };

  /** Of records that the batch accepts, those that are there as told. */
  get unchanged(): number {
    const { nodes, relationships } = this.accepted;
    const ofNodes = [...nodes].filter((id) => isUnchanged(this.graph.node(id)));
    const ofRelationships = [...relationships].filter((id) => isUnchanged(this.graph.relationship(id)));
    return this.settled + ofNodes.length + ofRelationships.length;
  }

  constructor(graph: KnownGraph, holders: Map<string, string>, deleted: ReadonlyMap<string, string>) {
    this.graph = graph;
    this.#holders = holders;
    this.#deleted = deleted;
  }

  /** Reads what the rules look at: what stands between the ends, what a target leads to, what claims say. */
  async #read(submissions: readonly Submission[]): Promise<void> {
    const records = submissions.flatMap(relationshipsIn);
    await this.graph.hold(namedIn(submissions));
    for (const type of RELATIONSHIP_TYPES) {
      const some = records.filter((record) => record.type === type);
      if (some.length > 0) await this.graph.readBetween(type, some);
      const owners = submissions.flatMap((each) =>
        each.records.owned.filter((owned) => owned.type === type).map(({ owner }) => owner),
      );
      if (owners.length > 0) await this.graph.readAtAnchors(type, owners);
    }
    await readAhead(this.graph, records.filter(mayCircle));
    await this.#readMemberships(submissions.flatMap((each) => each.records.nodes));
  }

  /** Reads the memberships of networks whose lifespan the records would change: they may come to lie outside of it. */
  async #readMemberships(nodes: readonly NodeRecord[]): Promise<void> {
    const changed = nodes.filter((node) => {
      const before = this.graph.node(node.id)?.before;
      return before && isNetwork(node.type) && !isDeepStrictEqual(lifeOf(before), lifeOf(this.#after(node)));
    });
    const ids = [...new Set(changed.map(({ id }) => id))].sort();
    if (ids.length === 0) return;
    await this.graph.readTouching('MEMBER_OF', ids);
    const found = ids.flatMap((id) => this.graph.at('MEMBER_OF', id));
    await this.graph.hold(found.flatMap(({ from, to }) => [from, to]));
  }

  /** Accepts what can be, in the order given; the others hear of their problems. Returns those that are accepted. */
  async decide(submissions: readonly Submission[]): Promise<Submission[]> {
    await this.#read(submissions);
    const records = submissions.map((each) => each.records);
    const subjects = subjectsOf(this.graph, records);
    await readClaims(this.graph, subjects, records);
    for (const { type, from, to } of submissions.flatMap(relationshipsIn).filter(mayCircle)) {
      if (type === 'BROADER') this.#pending.set(from, [...(this.#pending.get(from) ?? []), to]);
    }
    const accepted: Submission[] = [];
    for (const submission of submissions) {
      if (this.#isSettled(submission)) {
        this.settled++;
        continue;
      }
      const problems = this.#problemsOf(submission);
      for (const each of problems) submission.refuse(each);
      if (problems.length > 0) for (const { id } of submission.records.nodes) this.#pending.delete(id);
      else {
        this.#accept(submission);
        accepted.push(submission);
      }
    }
    followRecords(this.graph, subjects);
    return accepted;
  }

  /** What two records had to do with each other before they became one, or what is known of the one, changes nothing. */
  #isSettled({ records: { nodes, relationships } }: Submission): boolean {
    const isKnown = nodes.some(({ id, tentative }) => tentative && this.graph.node(id));
    return isKnown || relationships.some(({ tentative, from, to }) => tentative && from === to);
  }

  #problemsOf(submission: Submission): Problem[] {
    const { nodes } = submission.records;
    const made = new Map(nodes.map(({ id, type }) => [id, type]));
    const circles = relationshipsIn(submission)
      .filter(mayCircle)
      .flatMap((record) => circleProblem(this.graph, record, this.#pending) ?? []);
    return [
      ...nodes.flatMap((node) => this.#nodeProblems(node)),
      ...circles,
      ...(circles.length > 0
        ? []
        : relationshipsIn(submission).flatMap((record) => recordProblems(this.graph, record, made))),
      ...nodes.flatMap((node) => this.#strandedBy(node)),
      ...preferenceProblems(this.graph, submission.records),
    ];
  }

  #nodeProblems(node: NodeRecord): Problem[] {
    const { id, type, fields } = node;
    const known = this.graph.node(id);
    if (known && known.type !== type) {
      return [problem('TAKEN', ['id'], `"${id}" is already the identifier of ${withArticle(known.type)}.`)];
    }
    const deletedAt = known ? undefined : this.#deleted.get(id);
    if (deletedAt !== undefined) {
      const message = `"${id}" was deleted on ${deletedAt.slice(0, 10)}, and its identifier is not given again: give the record another one.`;
      return [problem('TAKEN', ['id'], message)];
    }
    const problems = nodeProblems(type, this.#after(node));
    const other = known ? this.#otherOfThatName(node) : null;
    if (other) problems.push(other);
    for (const field of Object.values(IDENTIFIER_FIELDS)) {
      const holder = this.#holders.get(`${field}:${fields[field]}`);
      if (fields[field] && holder !== undefined && holder !== id) {
        problems.push(problem('TAKEN', [field], `${field} ${fields[field]} already belongs to ${holder}.`));
      }
    }
    return problems;
  }

  /** A row without an identifier is about the record that its name leads to, if that is called so. */
  #otherOfThatName({ id, fields, identifiedBy }: NodeRecord): Problem | null {
    if (identifiedBy === undefined) return null;
    const { acronym = null, aliases = null, ...known } = this.graph.after(id);
    const name = fields[identifiedBy];
    const names = [known[identifiedBy], acronym, ...((aliases ?? []) as readonly string[])];
    if (names.includes(name ?? null)) return null;
    const message = `"${String(name)}" would be ${id}, which is "${String(known[identifiedBy])}": give ${id} as its id if it is the same, or an id of its own.`;
    return problem('TAKEN', ['id'], message);
  }

  /** A lifespan that is shortened must not leave a membership outside that was inside. */
  #strandedBy(node: NodeRecord): Problem[] {
    if (!isNetwork(node.type)) return [];
    const after = this.#after(node);
    // What follows from a period that is wrong anyway need not be said.
    if (isEmpty(lifeOf(after))) return [];
    const place = (id: string): Readonly<Properties> => (id === node.id ? after : this.graph.after(id));
    const stranded = this.graph
      .at('MEMBER_OF', node.id)
      .filter(
        ({ from, to, after: membership }) =>
          !isEmpty(relationshipSpan('MEMBER_OF', membership!, this.graph.after(from), this.graph.after(to))) &&
          isEmpty(relationshipSpan('MEMBER_OF', membership!, place(from), place(to))),
      );
    const [some] = stranded;
    if (!some) return [];
    const message = `${stranded.length} memberships would lie outside the lifespan of "${node.id}", such as ${some.id}: put their dates right first.`;
    return [problem('INVALID', ['since'], message)];
  }

  #accept({ records }: Submission): void {
    for (const node of records.nodes) {
      this.graph.setNode(node.id, node.type, this.#after(node));
      this.accepted.nodes.add(node.id);
      for (const field of Object.values(IDENTIFIER_FIELDS)) {
        if (node.fields[field]) this.#holders.set(`${field}:${node.fields[field]}`, node.id);
      }
    }
    for (const record of records.relationships) this.#acceptRelationship(record);
    for (const owned of records.owned) this.#acceptOwned(owned);
  }

  /** Returns the identifier under which the record is there now. */
  #acceptRelationship(record: RelationshipRecord): string {
    const { known, id, after, isSettled } = decide(this.graph, record);
    // Another row of the batch may just have taken it away.
    const state = known ?? this.graph.relationship(id);
    if (isSettled) {
      this.settled++;
      return id;
    }
    this.accepted.relationships.add(id);
    const { type, from, to } = record;
    if (state) state.after = after;
    else this.graph.add({ id, type, from, to, before: null, after });
    return id;
  }

  /** The links that a record lists take the place of all of their type that it has. */
  #acceptOwned({ owner, type, links }: OwnedLinks): void {
    const listed = new Set(links.map((link) => this.#acceptRelationship(link)));
    for (const state of this.graph.at(type, owner)) {
      if (state[RELATIONSHIP_SHAPES[type].anchor] === owner && !listed.has(state.id)) state.after = null;
    }
  }

  #after({ id, type, fields }: NodeRecord): Properties {
    const after = withFields(this.graph.node(id)?.after ?? { id, type }, fields);
    after.sortKey = sortKeyOf(String(after.name), id);
    return Object.assign(after, validityOf(type, after));
  }
}
