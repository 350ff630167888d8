import { missingProblem } from '../domain/field-value.ts';
import { digest, slug } from '../domain/global-id.ts';
import { type Problem, problem } from '../domain/problem.ts';
import { typeOfRelationshipId } from '../domain/relationship.ts';
import { withArticle } from '../domain/text.ts';
import { type NodeType, nodeTypeOf, type RelationshipType } from '../domain/vocabulary.ts';
import type { GraphEngine, GraphTransaction, RunOptions, WriteTransaction } from '../graph/engine.ts';
import { GraphError } from '../graph/errors.ts';
import type { EndpointHints } from '../store/endpoint-hints.ts';
import { mergedInto, type NodeRecord, nodeRecord, type StoredNode, takenIds, typesById } from '../store/node.ts';
import { keepResult, takeOnce, takeTurn } from '../store/once.ts';
import { type RelationshipRecord, relationshipRecord } from '../store/relationship.ts';
import {
  type Counted,
  lockNodes,
  lockNodesReading,
  relationshipsOfNodes,
  type StoredRelationship,
} from '../store/write.ts';
import { type Applied, applied } from './apply.ts';
import { type Authorship, logMutation } from './change.ts';
import { derivePartnerships } from './derive.ts';
import { addEffect, noEffect } from './effect.ts';
import { mayHaveLife } from './lifespan.ts';
import type { Records, Submission } from './records.ts';
import { Sending } from './sending.ts';

/** Records as a mutation left them: what it made, changed, or held while it did. */
export interface Written {
  readonly nodes: readonly NodeRecord[];
  readonly relationships: readonly RelationshipRecord[];
}

/** What a mutation did: the record that it made, changed or found in conflict, and what the caller has to put right. */
export interface Outcome {
  readonly id: string | null;
  readonly problems: readonly Problem[];
  /** Identifiers of the facts that were recorded together with it, in the order of the input. */
  readonly along?: readonly string[];
  /** Need not be read again; what is not among it may have changed all the same. */
  readonly written?: Written;
}

/** A mutation as somebody asked for it. */
export interface Request extends Authorship {
  /** Sent twice by the same author, a key does the same thing once. */
  readonly idempotencyKey: string | null;
  /** What was asked, to tell a repetition from another question under the same key. */
  readonly input: unknown;
}

/** Sees what a transaction sends, on its way. */
export type Watch = (transaction: WriteTransaction) => WriteTransaction;

/** Who asks for a mutation, who calls it off, and who sees what it sends. */
export interface MutateOptions extends Pick<RunOptions, 'signal' | 'requester'> {
  readonly watch?: Watch | undefined;
  /** Where relationships were last seen, for an engine that has no index of them. */
  readonly hints?: EndpointHints | null | undefined;
  /** Find the problems, and leave nothing. */
  readonly isRehearsal?: boolean;
}

/** Mutations meet thousands of relationships at the most; longer is a database that is not well. */
const TIMEOUT_MS = 30_000;
/** How often a mutation that lost a race for a unique value, or fell victim to a deadlock, begins anew. */
const MAX_TRIES = 6;
/** Identifiers tried at once when the readable one is taken. */
const SUFFIXES_AT_ONCE = 20;

/** Leaves a transaction without a trace; never seen outside of `mutate`. */
class Refused extends Error {
  override readonly name = 'Refused';
  readonly outcome: Outcome;

  constructor(outcome: Outcome) {
    super(outcome.problems.map(({ message }) => message).join(' '));
    this.outcome = outcome;
  }
}

/** What was presumed of an identifier is not so; never seen outside of `mutate`. */
class Presumed extends Error {
  override readonly name = 'Presumed';
}

type Standing = Pick<StoredRelationship, 'from' | 'to' | 'properties'>;

/**
 * How a mutation learns of what identifiers name. Hardly any that it gives to a new record is taken, and nearly all that it
 * is given are there: who presumes so saves trips, and begins anew where it was wrong. Whether a record has a new one is
 * told by the store, which keeps it unique; whether one had it, and whether what is named is there, at the end.
 */
type Manner = 'presuming' | 'asking';

/** One mutation at work in its transaction: what it holds, what it did, and what speaks against it. */
export class Edit {
  readonly transaction: Sending;
  readonly now: string;
  readonly by: string | null;
  /** Where relationships were last seen, on an engine that has no index of them. */
  readonly hints: EndpointHints | null;
  readonly #manner: Manner;
  /** Identifiers that were given without asking. */
  readonly #given: string[] = [];
  /** Nodes that were locked without waiting for them. */
  readonly #presumed = new Map<string, Promise<readonly StoredNode[]>>();
  readonly problems: Problem[] = [];
  /** Facts that are recorded together with the record that the edit makes. */
  readonly along: string[] = [];
  readonly effect = noEffect();
  /** Pairs of actors that no longer meet in a project that was changed. */
  readonly parted: (readonly [from: string, to: string])[] = [];
  /** The record whose present state the payload shows beside a CONFLICT. */
  conflicting: string | null = null;
  readonly #held = new Map<string, StoredNode>();
  readonly #standing = new Map<string, readonly Standing[]>();
  readonly #batches: Applied[] = [];
  #counts: readonly Counted[] = [];
  /** Sources that the input names, and where it first does. */
  readonly #sources = new Map<string, readonly string[]>();
  /** How many problems there were when the sources were named: theirs come next. */
  #sourcesAt = 0;

  constructor(
    transaction: WriteTransaction,
    now: string,
    by: string | null,
    hints: EndpointHints | null,
    manner: Manner,
  ) {
    this.#manner = manner;
    this.transaction = new Sending(transaction);
    this.now = now;
    this.by = by;
    this.hints = hints;
  }

  refuse(...[code, path, message]: Parameters<typeof problem>): void {
    this.problems.push(problem(code, path, message));
  }

  /** Locks nodes, in the order of their identifiers; that of a record merged away leads to its survivor. */
  async hold(ids: Iterable<string>): Promise<ReadonlyMap<string, StoredNode>> {
    const wanted = this.#unheld(ids);
    await this.#lock(wanted);
    await this.#followMerged(wanted);
    return this.#held;
  }

  /** The same, and reads the relationships of a type at the first of them when it is held. */
  async holdStanding(type: RelationshipType, ids: readonly [first: string, ...others: string[]]): Promise<void> {
    const [first] = ids;
    const wanted = this.#unheld(ids);
    const [read] = await this.transaction.run(lockNodesReading[type], { ids: wanted, at: [first] });
    for (const node of read!.nodes) this.#held.set(node.id, node);
    this.#standing.set(`${type} ${first}`, read!.standing);
    await this.#followMerged(wanted);
  }

  /**
   * Holds nodes of which no more matters than that they are there, with the type that their identifiers tell: since
   * they have no lifespan, nothing is clipped to it. They are locked, but not waited for.
   */
  async holdNamed(ids: Iterable<string>): Promise<void> {
    const wanted = this.#unheld(ids);
    const types = new Map(wanted.map((id) => [id, nodeTypeOf(id)]));
    if (this.#manner === 'asking' || [...types.values()].some((type) => type === null || mayHaveLife(type))) {
      await this.hold(wanted);
    } else if (wanted.length > 0) {
      const locked = this.transaction.lock(wanted);
      for (const [id, type] of types) {
        this.#held.set(id, { id, type } as StoredNode);
        this.#presumed.set(id, locked);
      }
    }
  }

  /** Waits for the nodes that were not waited for, and begins anew where one is not there. */
  async #confirmNamed(): Promise<void> {
    for (const [id, locked] of this.#presumed) {
      const found = (await locked).find((node) => node.id === id);
      if (found?.type !== this.#held.get(id)?.type) throw new Presumed(`There is no ${id} of its type.`);
      this.#held.set(id, found!);
    }
  }

  /** Those that are not held yet, in the order in which they are to be locked. */
  #unheld(ids: Iterable<string>): string[] {
    return [...new Set(ids)].filter((id) => !this.#held.has(id)).sort();
  }

  async #lock(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    for (const { node } of await this.transaction.run(lockNodes, { ids })) this.#held.set(node.id, node);
  }

  async #followMerged(wanted: readonly string[]): Promise<void> {
    const missing = wanted.filter((id) => !this.#held.has(id));
    if (missing.length === 0) return;
    const merged = await this.transaction.run(mergedInto, { ids: missing });
    await this.#lock(this.#unheld(merged.map(({ into }) => into)));
    for (const { id, into } of merged) if (this.#held.has(into)) this.#held.set(id, this.#held.get(into)!);
  }

  /** A node that is held, as it was when it was locked. */
  held(id: string): StoredNode | undefined {
    return this.#held.get(id);
  }

  /** The identifier under which a record is kept, of one that is held. */
  survivor(id: string): string {
    return this.#held.get(id)?.id ?? id;
  }

  /** Holds a node of one of the types; refuses another, and an unknown one. */
  async node(id: string, types: readonly NodeType[], path: readonly string[]): Promise<StoredNode | null> {
    const node = (await this.hold([id])).get(id);
    if (!node) this.refuse('NOT_FOUND', path, `There is no "${id}".`);
    else if (!types.includes(node.type)) {
      this.refuse(
        'INVALID',
        path,
        `"${id}" is ${withArticle(node.type)}; ${types.map(withArticle).join(' or ')} is needed here.`,
      );
      return null;
    }
    return node ?? null;
  }

  /** Whether a record is still as the caller read it; refuses the edit where it is not, which is to be decided anew. */
  expect(id: string, version: unknown, expected: unknown): boolean {
    if (typeof expected !== 'number' || expected === version) return true;
    this.conflicting = id;
    this.refuse(
      'CONFLICT',
      ['expectedVersion'],
      `"${id}" has version ${version}, not ${expected}: it was changed since you read it. Read it again, then decide.`,
    );
    return false;
  }

  /**
   * Takes note of the sources that the edit names. Whether they are sources is asked once, at the end, when the change
   * log has the entry: nobody can delete them any more. A fact without any is refused.
   */
  checkSources(
    ids: readonly string[] | null | undefined,
    isNeeded: boolean,
    path: readonly string[] = ['sources'],
  ): void {
    if (ids === undefined && !isNeeded) return;
    if (!ids || ids.length === 0) {
      this.refuse('INVALID', path, missingProblem('membership', 'sources'));
      return;
    }
    this.#sourcesAt = this.problems.length;
    for (const id of ids) if (!this.#sources.has(id)) this.#sources.set(id, path);
  }

  /** Refuses sources that are none, given those of them that are there. */
  #judgeSources(there: readonly { readonly id: string; readonly type: NodeType }[]): void {
    const types = new Map(there.map(({ id, type }) => [id, type]));
    const problems = [...this.#sources].flatMap(([id, path]) => {
      const type = types.get(id);
      if (type === 'Source') return [];
      return type === undefined
        ? [problem('NOT_FOUND', path, `There is no source "${id}": record it first with sourceCreate.`)]
        : [problem('INVALID', path, `"${id}" is ${withArticle(type)}, not a source.`)];
    });
    this.problems.splice(this.#sourcesAt, 0, ...problems);
  }

  /** Looks for the sources where nothing is going to be written: because of other problems, or since all is as told. */
  async #seekSources(): Promise<void> {
    if (this.#sources.size === 0) return;
    this.#judgeSources(await this.transaction.run(typesById, { ids: [...this.#sources.keys()] }));
  }

  /** All relationships of a type at a node, from either end; read once while the edit has not written. Held nodes only. */
  async standingAt(type: RelationshipType, id: string): Promise<readonly Standing[]> {
    const key = `${type} ${id}`;
    const known = this.#hasWritten ? undefined : this.#standing.get(key);
    if (known) return known;
    const found = await this.transaction.run(relationshipsOfNodes[type], { ids: [id] });
    this.#standing.set(key, found);
    return found;
  }

  get #hasWritten(): boolean {
    return this.effect.touched.size > 0 || this.effect.edits.size > 0;
  }

  /** The identifier as wished, or with the first number that makes it one that nothing has or had. */
  async freeId(wished: string): Promise<string> {
    if (this.#manner === 'presuming') {
      this.#given.push(wished);
      return wished;
    }
    // Hardly any is taken: the others are looked for only where it is.
    for (let first = 1, count = 1; ; first += count, count = SUFFIXES_AT_ONCE) {
      const ids = Array.from({ length: count }, (_, place) => first + place).map((number) =>
        number === 1 ? wished : `${wished}-${number}`,
      );
      const taken = new Set((await this.transaction.run(takenIds, { ids })).map(({ id }) => id));
      const free = ids.find((id) => !taken.has(id));
      if (free !== undefined) return free;
    }
  }

  /** Brings the graph to what the records say, and to what goes along; what the graph says against them is refused. */
  async submit(records: Records, along: readonly Submission[] = []): Promise<void> {
    const submission = { records, refuse: (each: Problem) => void this.problems.push(each) };
    const hasWritten = this.#hasWritten;
    const batch = await applied(this.transaction, [submission, ...along], this.now, {
      node: (id) => {
        const node = hasWritten ? undefined : this.#held.get(id);
        return node?.id === id ? node : undefined;
      },
      relationships: (type, node) => (hasWritten ? undefined : this.#standing.get(`${type} ${node}`)),
    });
    this.#batches.push(batch);
    addEffect(this.effect, batch.effect);
  }

  /** Tells what is known of the records when all is written. Of several batches the later may have changed what the earlier told. */
  get written(): Written | null {
    const [batch, ...more] = this.#batches;
    if (!batch || more.length > 0 || this.effect.deleted > 0) return null;
    const counts = new Map(this.#counts.map((each) => [each.id, each]));
    const nodes = batch.nodes().map((node) => {
      const id = String(node.id);
      const known = this.#presumed.has(id) ? this.#held.get(id) : node;
      return nodeRecord({ ...known, ...counts.get(id) } as StoredNode);
    });
    const edits = [...this.effect.edits];
    // Where a record changes, its lifespan may, and with it the period of what it is joined with.
    if (edits.some(([, { before }]) => before !== null)) return { nodes, relationships: [] };
    const relationships = edits.flatMap(([id, { after }]) => {
      const type = typeOfRelationshipId(id);
      if (type === null || after === null) return [];
      const { from, to, ...properties } = after;
      return [relationshipRecord(type, { from: String(from), to: String(to), properties })];
    });
    return { nodes, relationships };
  }

  /**
   * What every write ends with: partnerships derived, counts renewed, and at last the entry in the change log. What
   * speaks against it, by then too, leaves nothing of it.
   */
  async finish(authorship: Authorship): Promise<void> {
    if (this.problems.length > 0) {
      this.transaction.giveUp();
      await this.#confirmNamed();
      await this.#seekSources();
    } else await this.#close(authorship);
    if (this.problems.length > 0) throw new Refused({ id: this.conflicting, problems: distinct(this.problems) });
  }

  async #close(authorship: Authorship): Promise<void> {
    const { projects, counted, touched } = this.effect;
    if (projects.size > 0 || this.parted.length > 0) {
      const changed = await derivePartnerships(this.transaction, [...projects].sort(), this.parted);
      for (const actor of changed) {
        counted.add(actor);
        touched.add(actor);
      }
    }
    if (touched.size === 0) await Promise.all([this.#seekSources(), this.transaction.arrived()]);
    else await this.#log(authorship);
    await this.#confirmNamed();
  }

  async #log(authorship: Authorship): Promise<void> {
    const asked = { sources: [...this.#sources.keys()], given: this.#given };
    // Sent with the writes: it needs not know what they answer.
    const [{ counts, sources, merged, deleted }] = await Promise.all([
      logMutation(this.transaction, authorship, this.effect, this.now, asked),
      this.transaction.arrived(),
    ]);
    const gone = [...merged, ...deleted];
    if (gone.length > 0) throw new Presumed(`${gone.join(', ')} belonged to records that are gone.`);
    this.#counts = counts;
    this.#judgeSources(sources);
  }
}

/** Problems without repetition: a noun and the graph may find the same. */
const distinct = (problems: readonly Problem[]): Problem[] => [
  ...new Map(problems.map((each) => [JSON.stringify(each), each])).values(),
];

/** A readable identifier from a name; one without letters or digits gives its fingerprint. */
export function idOfName(prefix: string, name: string): string {
  return `${prefix}/${slug(name) || digest([name])}`;
}

interface Key {
  readonly id: string;
  readonly input: string;
}

function keyOf({ by, action, idempotencyKey, input }: Request): Key | null {
  if (idempotencyKey === null) return null;
  return { id: digest([by, idempotencyKey]), input: digest([action, JSON.stringify(input)]) };
}

/** The outcome of an earlier mutation under the same key; null when this is the first. */
async function earlier(transaction: GraphTransaction, key: Key, now: string): Promise<Outcome | null> {
  const [once] = await transaction.run(takeOnce, { id: key.id, input: key.input, now });
  if (!once || once.result === null) return null;
  if (once.input === key.input) return { ...JSON.parse(once.result), problems: [] };
  const message = 'The idempotency key was used for another input: give every request a key of its own.';
  return { id: null, problems: [problem('CONFLICT', ['idempotencyKey'], message)] };
}

/**
 * Runs a mutation in one transaction. Problems are returned, all that were found, and then nothing is written. Whoever
 * loses a race for an identifier or a registry's number is told of it as if he had come later.
 */
export async function mutate(
  engine: GraphEngine,
  request: Request,
  { signal, requester, watch = (transaction) => transaction, hints = null, isRehearsal = false }: MutateOptions,
  work: (edit: Edit) => Promise<string | null>,
): Promise<Outcome> {
  const key = keyOf(request);
  let attempts = 0;
  let manner: Manner = 'presuming';
  const once = (): Promise<Outcome> =>
    engine.write(
      async (own) => {
        const transaction = watch(own);
        if (attempts++ > 0) await transaction.run(takeTurn);
        const edit = new Edit(transaction, new Date().toISOString(), request.by, hints, manner);
        const known = key && (await earlier(transaction, key, edit.now));
        if (known) return known;
        const id = await work(edit);
        if (key && edit.problems.length === 0)
          edit.transaction.send(keepResult, { id: key.id, result: JSON.stringify({ id, along: edit.along }) });
        if (isRehearsal) edit.transaction.giveUp();
        if (isRehearsal) throw new Refused({ id, problems: edit.problems });
        await edit.finish(request);
        const { along, written } = edit;
        return { id, problems: [], along, ...(written ? { written } : {}) };
      },
      { signal, requester, timeoutMs: TIMEOUT_MS },
    );
  for (let tries = 1; ; tries++) {
    try {
      return await once();
    } catch (error) {
      if (error instanceof Refused) return error.outcome;
      const isOtherwise = error instanceof Presumed || (error instanceof GraphError && error.code === 'NOT_UNIQUE');
      if (isOtherwise && manner === 'presuming') {
        manner = 'asking';
        // Nobody need have been in the way: no reason to wait for a turn.
        attempts = 0;
        continue;
      }
      // Whether it was committed is found out by sending it again: the key lets it be made once.
      if (key && error instanceof GraphError && error.code === 'OUTCOME_UNKNOWN' && tries === 1) continue;
      const collided = error instanceof GraphError && (error.code === 'NOT_UNIQUE' || error.code === 'CONTENTION');
      if (!collided || tries === MAX_TRIES) throw error;
    }
  }
}
