import { newestSequence } from '../changes/log.ts';
import { IDENTIFIER_FIELDS, type IdentifierField } from '../domain/identifier.ts';
import { RELATIONSHIP_TYPES, type RelationshipType } from '../domain/vocabulary.ts';
import type { GraphEngine, GraphTransaction } from '../graph/engine.ts';
import { anyEntity } from '../store/marks.ts';
import type { StoredNode } from '../store/node.ts';
import { BloomFilter, type Hashes, hashesOf, joined } from './bloom-filter.ts';
import type { AlreadyRead, ExistingRelationship, KnownGraph } from './known-graph.ts';

type Run = GraphTransaction['run'];

/** Bits of the filters: 16 MiB, enough for 16 million texts. */
const FILTER_BITS = 2 ** 27;
/** Nodes in memory at the most, about a kilobyte each. */
const MAX_NODES = 100_000;
const FORGOTTEN_AT_ONCE = 2_000;

const NONE: readonly ExistingRelationship[] = [];

const IDENTIFIERS = Object.values(IDENTIFIER_FIELDS);

const ofTypes = new Map(RELATIONSHIP_TYPES.map((type) => [type, hashesOf(type)]));

/**
 * What stands in the filter for a relationship of a type at a node. For one between two nodes it is this of the smaller
 * identifier, joined with the other one.
 */
const atNode = (type: RelationshipType, node: Hashes): Hashes => joined(ofTypes.get(type)!, node);

const identifierHashes = (field: IdentifierField, value: string): Hashes => hashesOf(`${field}:${value}`);

/**
 * What the batches of an import know of the store without asking it again: nodes that an earlier batch read or wrote, and,
 * where the store was empty at the beginning, what is certainly not in it. Its memory does not grow with the import. It is of
 * one entry of the change log, and is forgotten where another has been added to the log.
 */
export class KnownStore implements AlreadyRead {
  readonly #isShared: boolean;
  readonly #nodes = new Map<string, StoredNode>();
  /** All that was written since the store was empty; null where it was not. */
  #written: BloomFilter | null;
  /** Types of which others than batches have written relationships. */
  readonly #derived = new Set<RelationshipType>();
  #sequence: number;
  /** How often it was forgotten: what was decided before is then no longer of now. */
  #generation = 0;

  private constructor(engine: GraphEngine, { isEmpty, sequence }: { isEmpty: boolean; sequence: number }) {
    this.#isShared = engine.isShared;
    this.#written = isEmpty ? new BloomFilter(FILTER_BITS) : null;
    this.#sequence = sequence;
  }

  /** Knows nothing yet but whether the store is empty. */
  static async of(engine: GraphEngine): Promise<KnownStore> {
    const sequence = await newestSequence((statement, parameters) => engine.read(statement, parameters));
    // A store without any change may still hold what no change log names.
    const isEmpty = sequence === 0 && (await engine.read(anyEntity)).length === 0;
    return new KnownStore(engine, { isEmpty, sequence });
  }

  /** The entry of the change log that it is of. */
  get sequence(): number {
    return this.#sequence;
  }

  /** Whether nothing was ever merged or deleted in the store. */
  get hasNoFormer(): boolean {
    return this.#written !== null;
  }

  /** Forgets everything if the log has another entry than those of the caller. Returns whether it is of now. */
  async validate(run: Run): Promise<boolean> {
    const newest = await newestSequence(run);
    if (newest === this.#sequence) return true;
    this.forget();
    this.#sequence = newest;
    return false;
  }

  /** Changes whenever it is forgotten. */
  get generation(): number {
    return this.#generation;
  }

  forget(): void {
    this.#generation++;
    this.#nodes.clear();
    this.#written = null;
  }

  node(id: string): StoredNode | null | undefined {
    const known = this.#nodes.get(id);
    if (known !== undefined) return known;
    return this.#written !== null && !this.#written.has(hashesOf(id)) ? null : undefined;
  }

  relationships(type: RelationshipType, node: string): readonly ExistingRelationship[] | undefined {
    if (this.#written === null || this.#derived.has(type)) return undefined;
    return this.#written.has(atNode(type, hashesOf(node))) ? undefined : NONE;
  }

  hasNoneBetween(type: RelationshipType, a: string, b: string): boolean {
    if (this.#written === null || this.#derived.has(type)) return false;
    const [first, second] = a < b ? [a, b] : [b, a];
    return !this.#written.has(joined(atNode(type, hashesOf(first)), hashesOf(second)));
  }

  isUnused(field: IdentifierField, value: string): boolean {
    return this.#written !== null && !this.#written.has(identifierHashes(field, value));
  }

  /** Takes over what a batch has read and written, once it is committed. `sequence` is its entry; null if it has none. */
  committed(graph: Pick<KnownGraph, 'nodes' | 'relationships'>, sequence: number | null): void {
    // Another has committed in between: the next batch will see that.
    if (sequence !== null && sequence !== this.#sequence + 1) return;
    if (sequence !== null) this.#sequence = sequence;
    for (const { id, before, after } of graph.nodes()) {
      this.#remember(id, after as unknown as StoredNode);
      if (this.#written === null || before === after) continue;
      this.#written.add(hashesOf(id));
      for (const field of IDENTIFIERS) {
        if (after[field]) this.#written.add(identifierHashes(field, String(after[field])));
      }
    }
    if (this.#written === null) return;
    for (const { type, from, to } of graph.relationships()) {
      const [first, second] = from < to ? [from, to] : [to, from];
      const other = hashesOf(second);
      const atFirst = atNode(type, hashesOf(first));
      this.#written.add(atFirst);
      this.#written.add(atNode(type, other));
      this.#written.add(joined(atFirst, other));
    }
  }

  #remember(id: string, node: StoredNode): void {
    // On a shared database a node must be locked, which reads it, but where nobody else has written.
    if (this.#isShared && this.#written === null) return;
    this.#nodes.set(id, node);
    if (this.#nodes.size <= MAX_NODES) return;
    // The first of the map are those that have been known for the longest time. What is deleted stays in the map's way for a
    // while: to find the first again for each would take longer each time.
    let left = FORGOTTEN_AT_ONCE;
    for (const first of this.#nodes.keys()) {
      if (left-- === 0) break;
      this.#nodes.delete(first);
    }
  }

  /** Notes an entry of the import's own derivation, which changes counts and partnerships. */
  derived(sequence: number): void {
    if (sequence === this.#sequence + 1) this.#sequence = sequence;
    this.#nodes.clear();
    this.#derived.add('PARTNERS_WITH');
  }
}

/** What is known of the store as it will be once a batch is committed. */
export function knownAfter(store: KnownStore, graph: KnownGraph): AlreadyRead {
  const identifiers = new Set<string>();
  for (const { before, after } of graph.nodes()) {
    if (before === after) continue;
    for (const field of IDENTIFIERS) if (after[field]) identifiers.add(`${field}:${after[field]}`);
  }
  return {
    node: (id) => (graph.node(id)?.after as unknown as StoredNode | undefined) ?? store.node(id),
    relationships: (type, node) => {
      const earlier = store.relationships(type, node);
      const own = graph.at(type, node).map(({ from, to, after }) => ({ from, to, properties: after! }));
      return earlier && [...earlier, ...own];
    },
    hasNoneBetween: (type, a, b) => store.hasNoneBetween(type, a, b) && graph.between(type, a, b).length === 0,
    isUnused: (field, value) => store.isUnused(field, value) && !identifiers.has(`${field}:${value}`),
    get hasNoFormer() {
      return store.hasNoFormer;
    },
  };
}
