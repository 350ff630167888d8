import type { Addition } from '../changes/addition.ts';
import { missingProblem } from '../domain/field-value.ts';
import { digest, slug } from '../domain/global-id.ts';
import { type Problem, problem } from '../domain/problem.ts';
import { typeOfRelationshipId } from '../domain/relationship.ts';
import { withArticle } from '../domain/text.ts';
import { type NodeType, nodeTypeOf, type RelationshipType } from '../domain/vocabulary.ts';
import type { WriteTransaction } from '../graph/engine.ts';
import { countBookkeeping } from '../store/bookkeeping.ts';
import type { Counted } from '../store/counts.ts';
import type { EndpointHints } from '../store/endpoint-hints.ts';
import { mergedInto, nodeRecord, type StoredNode, takenIds, typesById } from '../store/node.ts';
import { relationshipRecord } from '../store/relationship.ts';
import { lockNodes, lockNodesReading, relationshipsOfNodes } from '../store/write.ts';
import { additionOf } from './addition.ts';
import { type Applied, applied } from './apply.ts';
import { type Authorship, logMutation } from './change.ts';
import { derivePartnerships } from './derive.ts';
import { addEffect, noEffect } from './effect.ts';
import type { ExistingRelationship } from './known-graph.ts';
import { mayHaveLifespan } from './lifespan.ts';
import { type Mode, RolledBack, type Written, WrongAssumption } from './outcome.ts';
import { PipelinedTransaction } from './pipelined-transaction.ts';
import type { ChangeRequest, Records } from './records.ts';

/** Identifiers tried at once when the readable one is taken. */
const SUFFIXES_AT_ONCE = 20;

/** One mutation in its transaction: the nodes that it has locked, its effect, and its problems. */
export class Edit {
  readonly transaction: PipelinedTransaction;
  readonly now: string;
  readonly by: string | null;
  /** Endpoints of relationships as last seen, for an engine without an index of relationships. */
  readonly hints: EndpointHints | null;
  readonly #mode: Mode;
  /** Identifiers of new records that are assumed to be free. */
  readonly #given: string[] = [];
  /** Nodes that are assumed to exist, with the answer of the statement that locks them. */
  readonly #assumed = new Map<string, Promise<readonly StoredNode[]>>();
  readonly problems: Problem[] = [];
  /** Identifiers of the facts that are recorded with the new record. */
  readonly nested: string[] = [];
  readonly effect = noEffect();
  /** Pairs of actors that no longer meet in a changed project. */
  readonly separatedPairs: (readonly [from: string, to: string])[] = [];
  /** The record whose current state the payload shows with a CONFLICT. */
  conflicting: string | null = null;
  readonly #locked = new Map<string, StoredNode>();
  readonly #existing = new Map<string, readonly ExistingRelationship[]>();
  readonly #batches: Applied[] = [];
  #counts: readonly Counted[] = [];
  /** The number of the entry in the change log; null before it is written. */
  #sequence: number | null = null;
  /** Sources that the input names, each with the path where it first occurs. */
  readonly #sources = new Map<string, readonly string[]>();
  /** Number of problems before the sources were named: theirs are inserted there. */
  #sourcesAt = 0;

  constructor(transaction: WriteTransaction, now: string, by: string | null, hints: EndpointHints | null, mode: Mode) {
    this.#mode = mode;
    this.transaction = new PipelinedTransaction(transaction);
    this.now = now;
    this.by = by;
    this.hints = hints;
  }

  addProblem(...[code, path, message]: Parameters<typeof problem>): void {
    this.problems.push(problem(code, path, message));
  }

  /** Locks nodes, in the order of their identifiers. For a record merged away, its survivor is locked. */
  async lock(ids: Iterable<string>): Promise<ReadonlyMap<string, StoredNode>> {
    const unlocked = this.#unlocked(ids);
    await this.#runLock(unlocked);
    await this.#followMerged(unlocked);
    return this.#locked;
  }

  /** Locks nodes, and reads the relationships of a type at the first one once it is locked. */
  async lockAndRead(type: RelationshipType, ids: readonly [first: string, ...others: string[]]): Promise<void> {
    const [first] = ids;
    const unlocked = this.#unlocked(ids);
    const [read] = await this.transaction.run(lockNodesReading[type], { ids: unlocked, at: [first] });
    for (const node of read!.nodes) this.#locked.set(node.id, node);
    this.#existing.set(`${type} ${first}`, read!.existing);
    await this.#followMerged(unlocked);
  }

  /**
   * Locks nodes that must exist, and whose fields do not matter: their identifiers say their type, and types without a
   * lifespan clip nothing. Optimistic edits do not wait for the lock.
   */
  async lockNamed(ids: Iterable<string>): Promise<void> {
    const unlocked = this.#unlocked(ids);
    const types = new Map(unlocked.map((id) => [id, nodeTypeOf(id)]));
    if (this.#mode === 'pessimistic' || [...types.values()].some((type) => type === null || mayHaveLifespan(type))) {
      await this.lock(unlocked);
    } else if (unlocked.length > 0) {
      const answer = this.transaction.lock(unlocked);
      for (const [id, type] of types) {
        this.#locked.set(id, { id, type } as StoredNode);
        this.#assumed.set(id, answer);
      }
    }
  }

  /** Waits for the locks of `lockNamed`. Throws a WrongAssumption if a node does not exist. */
  async #validateNamed(): Promise<void> {
    for (const [id, answer] of this.#assumed) {
      const found = (await answer).find((node) => node.id === id);
      if (found?.type !== this.#locked.get(id)?.type) throw new WrongAssumption(`There is no ${id} of its type.`);
      this.#locked.set(id, found!);
    }
  }

  /** The identifiers that are not locked yet, in the order in which to lock them. */
  #unlocked(ids: Iterable<string>): string[] {
    return [...new Set(ids)].filter((id) => !this.#locked.has(id)).sort();
  }

  async #runLock(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    for (const { node } of await this.transaction.run(lockNodes, { ids })) this.#locked.set(node.id, node);
  }

  async #followMerged(unlocked: readonly string[]): Promise<void> {
    const missing = unlocked.filter((id) => !this.#locked.has(id));
    if (missing.length === 0) return;
    const merged = await this.transaction.run(mergedInto, { ids: missing });
    await this.#runLock(this.#unlocked(merged.map(({ into }) => into)));
    for (const { id, into } of merged) if (this.#locked.has(into)) this.#locked.set(id, this.#locked.get(into)!);
  }

  /** A locked node, as it was when it was locked. */
  locked(id: string): StoredNode | undefined {
    return this.#locked.get(id);
  }

  /** The identifier of a locked record, or of the survivor that it was merged into. */
  survivor(id: string): string {
    return this.#locked.get(id)?.id ?? id;
  }

  /** Locks a node of one of the types. Another type, or an unknown node, is a problem. */
  async node(id: string, types: readonly NodeType[], path: readonly string[]): Promise<StoredNode | null> {
    const node = (await this.lock([id])).get(id);
    if (!node) this.addProblem('NOT_FOUND', path, `There is no "${id}".`);
    else if (!types.includes(node.type)) {
      this.addProblem(
        'INVALID',
        path,
        `"${id}" is ${withArticle(node.type)}; ${types.map(withArticle).join(' or ')} is needed here.`,
      );
      return null;
    }
    return node ?? null;
  }

  /** Whether a record still has the version that the caller read. Where it has not, that is a CONFLICT. */
  expect(id: string, version: unknown, expected: unknown): boolean {
    if (typeof expected !== 'number' || expected === version) return true;
    this.conflicting = id;
    this.addProblem(
      'CONFLICT',
      ['expectedVersion'],
      `"${id}" has version ${version}, not ${expected}: it was changed since you read it. Read it again, then decide.`,
    );
    return false;
  }

  /**
   * Notes the sources that the edit names. They are checked once, after the entry of the change log is written: from
   * then on no other transaction can delete them. A fact without sources is a problem.
   */
  checkSources(
    ids: readonly string[] | null | undefined,
    isNeeded: boolean,
    path: readonly string[] = ['sources'],
  ): void {
    if (ids === undefined && !isNeeded) return;
    if (!ids || ids.length === 0) {
      this.addProblem('INVALID', path, missingProblem('membership', 'sources'));
      return;
    }
    this.#sourcesAt = this.problems.length;
    for (const id of ids) if (!this.#sources.has(id)) this.#sources.set(id, path);
  }

  /** Adds a problem for each named source that is not among those found, or is not a source. */
  #checkFoundSources(found: readonly { readonly id: string; readonly type: NodeType }[]): void {
    const types = new Map(found.map(({ id, type }) => [id, type]));
    const problems = [...this.#sources].flatMap(([id, path]) => {
      const type = types.get(id);
      if (type === 'Source') return [];
      return type === undefined
        ? [problem('NOT_FOUND', path, `There is no source "${id}": record it first with sourceCreate.`)]
        : [problem('INVALID', path, `"${id}" is ${withArticle(type)}, not a source.`)];
    });
    this.problems.splice(this.#sourcesAt, 0, ...problems);
  }

  /** Checks the sources of an edit that writes nothing: it has problems, or changes nothing. */
  async #readSources(): Promise<void> {
    if (this.#sources.size === 0) return;
    this.#checkFoundSources(await this.transaction.run(typesById, { ids: [...this.#sources.keys()] }));
  }

  /** All relationships of a type at a locked node, from either end; read once until the edit writes. */
  async existingAt(type: RelationshipType, id: string): Promise<readonly ExistingRelationship[]> {
    const key = `${type} ${id}`;
    const known = this.#hasWritten ? undefined : this.#existing.get(key);
    if (known) return known;
    const found = await this.transaction.run(relationshipsOfNodes[type], { ids: [id] });
    this.#existing.set(key, found);
    return found;
  }

  get #hasWritten(): boolean {
    return this.effect.touched.size > 0 || this.effect.edits.size > 0;
  }

  /** The preferred identifier, or the same with the first number that no record has or had. */
  async freeId(preferred: string): Promise<string> {
    if (this.#mode === 'optimistic') {
      this.#given.push(preferred);
      return preferred;
    }
    // The first is nearly always free; the others are looked up only if it is not.
    for (let first = 1, count = 1; ; first += count, count = SUFFIXES_AT_ONCE) {
      const ids = Array.from({ length: count }, (_, index) => first + index).map((number) =>
        number === 1 ? preferred : `${preferred}-${number}`,
      );
      const taken = new Set((await this.transaction.run(takenIds, { ids })).map(({ id }) => id));
      const free = ids.find((id) => !taken.has(id));
      if (free !== undefined) return free;
    }
  }

  /** Applies records and the requests nested in them. Adds the problems that the graph shows. */
  async submit(records: Records, nested: readonly ChangeRequest[] = []): Promise<void> {
    const request = { records, reject: (each: Problem) => void this.problems.push(each) };
    const hasWritten = this.#hasWritten;
    const batch = await applied(this.transaction, [request, ...nested], this.now, {
      node: (id) => {
        const node = hasWritten ? undefined : this.#locked.get(id);
        return node?.id === id ? node : undefined;
      },
      relationships: (type, node) => (hasWritten ? undefined : this.#existing.get(`${type} ${node}`)),
    });
    this.#batches.push(batch);
    addEffect(this.effect, batch.effect);
  }

  /**
   * The records after all writes; null if unknown, since a later batch may have changed the records of an earlier one.
   */
  get written(): Written | null {
    const [batch, ...more] = this.#batches;
    if (!batch || more.length > 0 || this.effect.deleted > 0) return null;
    const counts = new Map(this.#counts.map((each) => [each.id, each]));
    const nodes = batch.nodes().map((node) => {
      const id = String(node.id);
      const known = this.#assumed.has(id) ? this.#locked.get(id) : node;
      return nodeRecord({ ...known, ...counts.get(id) } as StoredNode);
    });
    const edits = [...this.effect.edits];
    // A changed record may have another lifespan, which changes the periods of its relationships.
    if (edits.some(([, { before }]) => before !== null)) return { nodes, relationships: [] };
    const relationships = edits.flatMap(([id, { after }]) => {
      const type = typeOfRelationshipId(id);
      if (type === null || after === null) return [];
      const { from, to, ...properties } = after;
      return [relationshipRecord(type, { from: String(from), to: String(to), properties })];
    });
    return { nodes, relationships };
  }

  /** All that the edit did, if it only added records; null if it changed, deleted or derived anything. */
  get addition(): Addition | null {
    const [batch, ...more] = this.#batches;
    if (this.#sequence === null || !batch || more.length > 0 || this.effect.projects.size > 0) return null;
    return additionOf(this.effect, batch.nodes(), { sequence: this.#sequence, counts: this.#counts });
  }

  /**
   * Ends the edit: derives partnerships, renews counts, and adds the entry to the change log as the last statement. If
   * there are problems, throws to roll everything back.
   */
  async finish(authorship: Authorship): Promise<void> {
    if (this.problems.length > 0) {
      this.transaction.dropWrites();
      await this.#validateNamed();
      await this.#readSources();
    } else await this.#close(authorship);
    if (this.problems.length > 0) throw new RolledBack({ id: this.conflicting, problems: distinct(this.problems) });
  }

  async #close(authorship: Authorship): Promise<void> {
    const { projects, counted, touched } = this.effect;
    if (projects.size > 0 || this.separatedPairs.length > 0) {
      const changed = await derivePartnerships(this.transaction, [...projects].sort(), this.separatedPairs);
      for (const actor of changed) {
        counted.add(actor);
        touched.add(actor);
      }
    }
    if (touched.size === 0) {
      // Locks are commits, too.
      this.transaction.send(countBookkeeping, {});
      await Promise.all([this.#readSources(), this.transaction.allWritten()]);
    } else await this.#log(authorship);
    await this.#validateNamed();
  }

  async #log(authorship: Authorship): Promise<void> {
    const checks = { sources: [...this.#sources.keys()], given: this.#given };
    // Sent with the writes: it does not depend on their answers.
    const [{ sequence, counts, sources, merged, deleted }] = await Promise.all([
      logMutation(this.transaction, authorship, this.effect, this.now, checks),
      this.transaction.allWritten(),
    ]);
    const gone = [...merged, ...deleted];
    if (gone.length > 0) throw new WrongAssumption(`${gone.join(', ')} belonged to records that are gone.`);
    this.#counts = counts;
    this.#sequence = sequence;
    this.#checkFoundSources(sources);
  }
}

/** Problems without repetition: the check of the input and that against the graph may find the same. */
const distinct = (problems: readonly Problem[]): Problem[] => [
  ...new Map(problems.map((each) => [JSON.stringify(each), each])).values(),
];

/** A readable identifier from a name; of a name without letters or digits, a digest. */
export function idOfName(prefix: string, name: string): string {
  return `${prefix}/${slug(name) || digest([name])}`;
}
