import { newestSequence } from '../changes/log.ts';
import { IDENTIFIER_FIELDS, type IdentifierField } from '../domain/identifier.ts';
import type { NodeType, RelationshipType } from '../domain/vocabulary.ts';
import type { GraphEngine, GraphTransaction } from '../graph/engine.ts';
import { anyEntity } from '../store/marks.ts';
import type { StoredNode } from '../store/node.ts';
import { BloomFilter } from './bloom-filter.ts';
import type { AlreadyRead, ExistingRelationship, KnownGraph } from './known-graph.ts';

type Run = GraphTransaction['run'];

/** Bits of the filters: 16 MiB, enough for 16 million texts. */
const FILTER_BITS = 2 ** 27;
/** Nodes in memory at the most, about a kilobyte each. */
const MAX_NODES = 100_000;

const NONE: readonly ExistingRelationship[] = [];

const pairKey = (type: RelationshipType, a: string, b: string): string =>
  a < b ? `${type} ${a} ${b}` : `${type} ${b} ${a}`;

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
    return this.#written !== null && !this.#written.has(id) ? null : undefined;
  }

  relationships(type: RelationshipType, node: string): readonly ExistingRelationship[] | undefined {
    return this.#isUnwritten(type, `${type} ${node}`) ? NONE : undefined;
  }

  hasNoneBetween(type: RelationshipType, a: string, b: string): boolean {
    return this.#isUnwritten(type, pairKey(type, a, b));
  }

  isUnused(field: IdentifierField, value: string): boolean {
    return this.#written !== null && !this.#written.has(`${field}:${value}`);
  }

  /** The type of a node, or null where there is none; undefined where that is not known. */
  typeOf(id: string): NodeType | null | undefined {
    const known = this.node(id);
    return known ? known.type : known;
  }

  #isUnwritten(type: RelationshipType, key: string): boolean {
    return this.#written !== null && !this.#derived.has(type) && !this.#written.has(key);
  }

  /** Takes over what a batch has read and written, once it is committed. `sequence` is its entry; null if it has none. */
  committed(graph: Pick<KnownGraph, 'nodes' | 'relationships'>, sequence: number | null): void {
    // Another has committed in between: the next batch will see that.
    if (sequence !== null && sequence !== this.#sequence + 1) return;
    if (sequence !== null) this.#sequence = sequence;
    for (const [id, { after }] of graph.nodes()) {
      this.#remember(id, after as unknown as StoredNode);
      if (this.#written === null) continue;
      this.#written.add(id);
      for (const field of Object.values(IDENTIFIER_FIELDS)) {
        if (after[field]) this.#written.add(`${field}:${String(after[field])}`);
      }
    }
    if (this.#written === null) return;
    for (const { type, from, to } of graph.relationships()) {
      this.#written.add(`${type} ${from}`);
      this.#written.add(`${type} ${to}`);
      this.#written.add(pairKey(type, from, to));
    }
  }

  #remember(id: string, node: StoredNode): void {
    // On a shared database a node must be locked, which reads it, but where nobody else has written.
    if (this.#isShared && this.#written === null) return;
    // The first of the map are those that were not used for the longest time.
    this.#nodes.delete(id);
    this.#nodes.set(id, node);
    if (this.#nodes.size <= MAX_NODES) return;
    for (const first of this.#nodes.keys()) {
      this.#nodes.delete(first);
      break;
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
  for (const [, { after }] of graph.nodes()) {
    for (const field of Object.values(IDENTIFIER_FIELDS)) if (after[field]) identifiers.add(`${field}:${after[field]}`);
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
