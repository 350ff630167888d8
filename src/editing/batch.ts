import { isDeepStrictEqual } from 'node:util';
import { sortKeyOf } from '../domain/fold.ts';
import { IDENTIFIER_FIELDS } from '../domain/identifier.ts';
import type { Span } from '../domain/period.ts';
import { type Problem, problem } from '../domain/problem.ts';
import { nodeProblems } from '../domain/record-rules.ts';
import { RELATIONSHIP_SHAPES } from '../domain/relationship.ts';
import { withArticle } from '../domain/text.ts';
import { NETWORK_TYPES, type NodeType, RELATIONSHIP_TYPES, type RelationshipType } from '../domain/vocabulary.ts';
import type { Slices } from '../scheduling/slices.ts';
import { circleProblem, mayCircle, readTargets } from './circles.ts';
import { type Properties, withFields } from './effect.ts';
import { isChanged, type KnownGraph, type NodeState, type RelationshipState } from './known-graph.ts';
import { lifespanOf, relationshipSpan, validityOf } from './lifespan.ts';
import { followRecords, preferenceProblems, readClaims, subjectsOf } from './preferred.ts';
import type { ChangeRequest, NodeChange, OwnedLinks, RelationshipChange } from './records.ts';
import { type Decision, decide, recordProblems } from './relationship-decision.ts';

const IDENTIFIERS = Object.values(IDENTIFIER_FIELDS);

const NOTHING: ReadonlyMap<string, string> = new Map();

const isEmpty = ({ from, to }: Span): boolean => from > to;
const isNetwork = (type: NodeType): boolean => (NETWORK_TYPES as readonly NodeType[]).includes(type);

const isUnchanged = (state: NodeState | RelationshipState | undefined): boolean =>
  state !== undefined && state.before !== null && !isChanged(state);

/** All relationships of a request, with those that belong to its records. */
const relationshipsIn = ({ records: { relationships, owned } }: ChangeRequest): readonly RelationshipChange[] =>
  owned.length === 0 ? relationships : [...relationships, ...owned.flatMap(({ links }) => links)];

/**
 * Every existing node that requests name. New ones cannot be locked: if another record takes the id, the write fails.
 */
export function namedIn(requests: readonly ChangeRequest[]): Set<string> {
  const ids = new Set<string>();
  for (const request of requests) {
    for (const { id } of request.records.nodes) ids.add(id);
    for (const { from, to, fields } of relationshipsIn(request)) {
      ids.add(from).add(to);
      if (typeof fields.by === 'string') ids.add(fields.by);
    }
  }
  for (const { records } of requests) for (const { id, isNew } of records.nodes) if (isNew) ids.delete(id);
  return ids;
}

/** Decides on change requests in a known graph: each is accepted as a unit, or rejected with its problems. */
export class ChangeBatch {
  readonly graph: KnownGraph;
  /** The record that has each registry identifier named by the requests, by `field:value`. */
  readonly #holders: Map<string, string>;
  /** Identifiers of deleted records, and when they were deleted. */
  readonly #deleted: ReadonlyMap<string, string>;
  /** Targets of the nodes that later requests of the batch create, by node. */
  readonly #pending = new Map<string, string[]>();
  /** The last decision, made in looking for problems. */
  #decision: Decision | null = null;
  /** Number of requests and relationships that change nothing, because the graph says the same already. */
  settled = 0;
  /** Nodes and relationships of the accepted requests. */
  readonly accepted = { nodes: new Set<string>(), relationships: new Set<string>() };

  /** Number of accepted records that the graph has already. */
  get unchanged(): number {
    const { nodes, relationships } = this.accepted;
    let unchanged = this.settled;
    for (const id of nodes) if (isUnchanged(this.graph.node(id))) unchanged++;
    for (const id of relationships) if (isUnchanged(this.graph.relationship(id))) unchanged++;
    return unchanged;
  }

  constructor(graph: KnownGraph, holders: Map<string, string>, deleted: ReadonlyMap<string, string>) {
    this.graph = graph;
    this.#holders = holders;
    this.#deleted = deleted;
  }

  /** Reads what the rules need: relationships between the ends, what targets lead to, claims. */
  async #read(requests: readonly ChangeRequest[]): Promise<void> {
    const records = requests.flatMap(relationshipsIn);
    const byType = Map.groupBy(records, ({ type }) => type);
    const ownersByType = new Map<RelationshipType, string[]>();
    for (const { owner, type } of requests.flatMap((each) => each.records.owned)) {
      const owners = ownersByType.get(type);
      if (owners) owners.push(owner);
      else ownersByType.set(type, [owner]);
    }
    for (const type of RELATIONSHIP_TYPES) {
      const [some, owners] = [byType.get(type), ownersByType.get(type)];
      if (some) await this.graph.readBetween(type, some);
      if (owners) await this.graph.readAtAnchors(type, owners);
    }
    await readTargets(this.graph, records.filter(mayCircle));
    await this.#readMemberships(requests.flatMap((each) => each.records.nodes));
  }

  /** Reads the memberships of networks whose lifespan the records change: they may lie outside the new one. */
  async #readMemberships(nodes: readonly NodeChange[]): Promise<void> {
    const changed = nodes.filter((node) => {
      const before = this.graph.node(node.id)?.before;
      return before && isNetwork(node.type) && !isDeepStrictEqual(lifespanOf(before), lifespanOf(this.#after(node)));
    });
    const ids = [...new Set(changed.map(({ id }) => id))].sort();
    if (ids.length === 0) return;
    await this.graph.readTouching('MEMBER_OF', ids);
    const found = ids.flatMap((id) => this.graph.at('MEMBER_OF', id));
    await this.graph.lock(found.flatMap(({ from, to }) => [from, to]));
  }

  /** Accepts or rejects the requests, in the order given and in slices. Returns the accepted ones. */
  async decide(requests: readonly ChangeRequest[], slices: Slices): Promise<ChangeRequest[]> {
    slices.begin();
    await this.#read(requests);
    const records = requests.map((each) => each.records);
    const subjects = subjectsOf(this.graph, records);
    await readClaims(this.graph, subjects, records);
    for (const { type, from, to } of requests.flatMap(relationshipsIn).filter(mayCircle)) {
      if (type === 'BROADER') this.#pending.set(from, [...(this.#pending.get(from) ?? []), to]);
    }
    const accepted: ChangeRequest[] = [];
    await slices.each(requests, (request) => {
      if (this.#isSettled(request)) {
        this.settled++;
        return;
      }
      const problems = this.#problemsOf(request);
      for (const each of problems) request.reject(each);
      if (problems.length > 0) for (const { id } of request.records.nodes) this.#pending.delete(id);
      else {
        this.#accept(request);
        accepted.push(request);
      }
    });
    followRecords(this.graph, subjects);
    return accepted;
  }

  /** Whether a tentative record changes nothing: its node exists, or a merge has made its two ends one. */
  #isSettled({ records: { nodes, relationships } }: ChangeRequest): boolean {
    const isKnown = nodes.some(({ id, tentative }) => tentative && this.graph.node(id));
    return isKnown || relationships.some(({ tentative, from, to }) => tentative && from === to);
  }

  #problemsOf(request: ChangeRequest): Problem[] {
    const { nodes } = request.records;
    const created = nodes.length === 0 ? NOTHING : new Map(nodes.map(({ id, type }) => [id, type]));
    this.#decision = null;
    const onDecision = (decision: Decision): void => {
      this.#decision = decision;
    };
    const relationships = relationshipsIn(request);
    const problems = nodes.flatMap((node) => this.#nodeProblems(node));
    const circles = relationships
      .filter(mayCircle)
      .flatMap((record) => circleProblem(this.graph, record, this.#pending) ?? []);
    problems.push(...circles);
    if (circles.length === 0) {
      for (const record of relationships) problems.push(...recordProblems(this.graph, record, created, onDecision));
    }
    for (const node of nodes) problems.push(...this.#strandedBy(node));
    if (nodes.length > 0) problems.push(...preferenceProblems(this.graph, request.records));
    return problems;
  }

  #nodeProblems(node: NodeChange): Problem[] {
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
    for (const field of IDENTIFIERS) {
      const holder = this.#holders.get(`${field}:${fields[field]}`);
      if (fields[field] && holder !== undefined && holder !== id) {
        problems.push(problem('TAKEN', [field], `${field} ${fields[field]} already belongs to ${holder}.`));
      }
    }
    return problems;
  }

  /** A record without an identifier is about the one whose id its name makes, but only if that has the same name. */
  #otherOfThatName({ id, fields, identifiedBy }: NodeChange): Problem | null {
    if (identifiedBy === undefined) return null;
    const { acronym = null, aliases = null, ...known } = this.graph.after(id);
    const name = fields[identifiedBy];
    const names = [known[identifiedBy], acronym, ...((aliases ?? []) as readonly string[])];
    if (names.includes(name ?? null)) return null;
    const message = `"${String(name)}" would be ${id}, which is "${String(known[identifiedBy])}": give ${id} as its id if it is the same, or an id of its own.`;
    return problem('TAKEN', ['id'], message);
  }

  /** The problem of a shortened lifespan that no longer meets a membership which it met before. */
  #strandedBy(node: NodeChange): Problem[] {
    if (!isNetwork(node.type)) return [];
    const after = this.#after(node);
    // The lifespan itself is wrong, and has its own problem.
    if (isEmpty(lifespanOf(after))) return [];
    const changed = (id: string): Readonly<Properties> => (id === node.id ? after : this.graph.after(id));
    const stranded = this.graph
      .at('MEMBER_OF', node.id)
      .filter(
        ({ from, to, after: membership }) =>
          !isEmpty(relationshipSpan('MEMBER_OF', membership!, this.graph.after(from), this.graph.after(to))) &&
          isEmpty(relationshipSpan('MEMBER_OF', membership!, changed(from), changed(to))),
      );
    const [some] = stranded;
    if (!some) return [];
    const message = `${stranded.length} memberships would lie outside the lifespan of "${node.id}", such as ${some.id}: put their dates right first.`;
    return [problem('INVALID', ['since'], message)];
  }

  #accept({ records }: ChangeRequest): void {
    for (const node of records.nodes) {
      this.graph.setNode(node.id, node.type, this.#after(node));
      this.accepted.nodes.add(node.id);
      for (const field of IDENTIFIERS) {
        if (node.fields[field]) this.#holders.set(`${field}:${node.fields[field]}`, node.id);
      }
    }
    const isAlone = records.nodes.length === 0 && records.owned.length === 0 && records.relationships.length === 1;
    for (const record of records.relationships) this.#acceptRelationship(record, isAlone);
    for (const owned of records.owned) this.#acceptOwned(owned);
  }

  /** Returns the identifier of the relationship. */
  #acceptRelationship(record: RelationshipChange, isAlone = false): string {
    // Nothing has changed since the problems of a request were looked for that is this one relationship.
    const { known, id, after, isSettled } = (isAlone ? this.#decision : null) ?? decide(this.graph, record);
    // An earlier request of the batch may have deleted it.
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

  /** Replaces all links of a type that belong to a record by those listed. */
  #acceptOwned({ owner, type, links }: OwnedLinks): void {
    const listed = new Set(links.map((link) => this.#acceptRelationship(link)));
    for (const state of this.graph.at(type, owner)) {
      if (state[RELATIONSHIP_SHAPES[type].anchor] === owner && !listed.has(state.id)) state.after = null;
    }
  }

  #after({ id, type, fields }: NodeChange): Properties {
    const after = withFields(this.graph.node(id)?.after ?? { id, type }, fields);
    after.sortKey = sortKeyOf(String(after.name), id);
    return Object.assign(after, validityOf(type, after));
  }
}
