import { isDeepStrictEqual } from 'node:util';
import { RELATIONSHIP_SHAPES } from '../domain/relationship.ts';
import type { NodeType, RelationshipType } from '../domain/vocabulary.ts';
import type { GraphTransaction } from '../graph/engine.ts';
import type { StoredNode } from '../store/node.ts';
import { lockNodes, relationshipsAtAnchors, relationshipsOfNodes, type StoredRelationship } from '../store/write.ts';
import type { Properties } from './effect.ts';

/** What a transaction has locked and read already: it need not be read again while the transaction has written nothing. */
export interface Held {
  node(id: string): StoredNode | undefined;
  /** All relationships of a type at a node, from either end; undefined where they have not been read. */
  relationships(
    type: RelationshipType,
    node: string,
  ): readonly Pick<StoredRelationship, 'from' | 'to' | 'properties'>[] | undefined;
}

/** Nothing was read before. */
export const NOTHING_HELD: Held = { node: () => undefined, relationships: () => undefined };

/** A node as it is stored and as it will be; `before` is null where there is none of its identifier. */
export interface NodeState {
  readonly type: NodeType;
  before: Readonly<Properties> | null;
  after: Readonly<Properties>;
}

/** A relationship as it is stored and as it will be; `after` is null where it will be deleted. */
export interface RelationshipState {
  readonly id: string;
  readonly type: RelationshipType;
  readonly from: string;
  readonly to: string;
  before: StoredRelationship['properties'] | null;
  after: StoredRelationship['properties'] | null;
}

/** Whether a state would change what is stored. */
export const isChanged = ({ before, after }: Pick<NodeState | RelationshipState, 'before' | 'after'>): boolean =>
  before !== after && !isDeepStrictEqual(before, after);

const pairKey = (type: RelationshipType, a: string, b: string): string =>
  a < b ? `${type} ${a} ${b}` : `${type} ${b} ${a}`;

/**
 * The part of the graph that a batch has read under its locks, with what the batch makes of it: rules look here, and what
 * is written at the end is what differs.
 */
export class KnownGraph {
  readonly #run: GraphTransaction['run'];
  readonly #held: Held;
  readonly #nodes = new Map<string, NodeState>();
  readonly #relationships = new Map<string, RelationshipState>();
  readonly #atEnds = new Map<string, Set<RelationshipState>>();
  readonly #ofPairs = new Map<string, Set<RelationshipState>>();
  /** Nodes whose relationships of a type have been read, from their anchor or from either end. */
  readonly #read = new Set<string>();
  /** Nodes and relationships that earlier batches of a rehearsal changed: they are not stored so. */
  readonly #staged = new Set<string>();

  constructor(run: GraphTransaction['run'], held: Held) {
    this.#run = run;
    this.#held = held;
  }

  node(id: string): NodeState | undefined {
    return this.#nodes.get(id);
  }

  /** A node as it will be; empty where there is none. */
  after(id: string): Readonly<Properties> {
    return this.#nodes.get(id)?.after ?? {};
  }

  /** Whether a node was there before the batch. */
  isStored(id: string): boolean {
    return Boolean(this.#nodes.get(id)?.before);
  }

  nodes(): Iterable<readonly [id: string, state: NodeState]> {
    return this.#nodes;
  }

  relationships(): Iterable<RelationshipState> {
    return this.#relationships.values();
  }

  setNode(id: string, type: NodeType, after: Readonly<Properties>): void {
    const state = this.#nodes.get(id);
    if (state) state.after = after;
    else this.#nodes.set(id, { type, before: null, after });
  }

  relationship(id: string): RelationshipState | undefined {
    return this.#relationships.get(id);
  }

  /** The relationships of a type that touch a node, or did, as far as they have been read. */
  touching(type: RelationshipType, node: string): RelationshipState[] {
    return [...(this.#atEnds.get(`${type} ${node}`) ?? [])];
  }

  /** Those of them that will be there. */
  at(type: RelationshipType, node: string): RelationshipState[] {
    return this.touching(type, node).filter(({ after }) => after !== null);
  }

  /** Those between two nodes, in either direction. */
  between(type: RelationshipType, a: string, b: string): RelationshipState[] {
    return [...(this.#ofPairs.get(pairKey(type, a, b)) ?? [])].filter(({ after }) => after !== null);
  }

  add(state: RelationshipState): void {
    const { id, type, from, to } = state;
    this.#relationships.set(id, state);
    for (const [index, key] of [
      [this.#atEnds, `${type} ${from}`],
      [this.#atEnds, `${type} ${to}`],
      [this.#ofPairs, pairKey(type, from, to)],
    ] as const) {
      const known = index.get(key);
      if (known) known.add(state);
      else index.set(key, new Set([state]));
    }
  }

  /** Locks and reads nodes that are not known yet, in the order of their identifiers. */
  async hold(ids: Iterable<string>): Promise<void> {
    const unknown = [...new Set(ids)].filter((id) => !this.#nodes.has(id));
    for (const id of unknown) this.#know(this.#held.node(id));
    const missing = unknown.filter((id) => !this.#nodes.has(id)).sort();
    if (missing.length === 0) return;
    for (const { node } of await this.#run(lockNodes, { ids: missing })) this.#know(node);
  }

  #know(node: StoredNode | undefined): void {
    if (!node || this.#nodes.has(node.id)) return;
    const before = node as unknown as Properties;
    this.#nodes.set(node.id, { type: node.type, before, after: before });
  }

  #learn(type: RelationshipType, rows: readonly Pick<StoredRelationship, 'from' | 'to' | 'properties'>[]): void {
    for (const { from, to, properties } of rows) {
      const { id } = properties;
      // What the batch knows of it already is later than what is stored.
      if (!this.#relationships.has(id)) this.add({ id, type, from, to, before: properties, after: properties });
    }
  }

  /** Whether all relationships of a type at a node, from either end, are known without reading. */
  #isHeld(type: RelationshipType, node: string): boolean {
    if (this.#read.has(`${type} ${node} either`)) return true;
    const rows = this.#held.relationships(type, node);
    if (!rows) return false;
    this.#read.add(`${type} ${node} either`);
    this.#learn(type, rows);
    return true;
  }

  /** Reads the relationships of a type at stored nodes that are its anchors. */
  async readAtAnchors(type: RelationshipType, nodes: Iterable<string>): Promise<void> {
    const unread = [...new Set(nodes)].filter(
      (id) => this.isStored(id) && !this.#read.has(`${type} ${id}`) && !this.#isHeld(type, id),
    );
    if (unread.length === 0) return;
    this.#learn(type, await this.#run(relationshipsAtAnchors[type], { anchors: unread }));
    for (const id of unread) this.#read.add(`${type} ${id}`);
  }

  /** Reads the relationships of a type that touch stored nodes, from either end. */
  async readTouching(type: RelationshipType, nodes: Iterable<string>): Promise<void> {
    const unread = [...new Set(nodes)].filter((id) => this.isStored(id) && !this.#isHeld(type, id));
    if (unread.length === 0) return;
    this.#learn(type, await this.#run(relationshipsOfNodes[type], { ids: unread }));
    for (const id of unread) this.#read.add(`${type} ${id} either`);
  }

  /**
   * Reads what may be recorded between the ends of relationships: from the anchor, and where both directions say the same
   * from the other end too. Where everything at one of the ends is known, that is enough; at a new node there is nothing.
   */
  async readBetween(
    type: RelationshipType,
    ends: readonly { readonly from: string; readonly to: string }[],
  ): Promise<void> {
    const { anchor } = RELATIONSHIP_SHAPES[type];
    const unknown = ends.filter(
      ({ from, to }) =>
        this.isStored(from) && this.isStored(to) && !this.#isHeld(type, from) && !this.#isHeld(type, to),
    );
    const eitherWay = type === 'PARTNERS_WITH';
    await this.readAtAnchors(
      type,
      unknown.flatMap((each) => (eitherWay ? [each.from, each.to] : [each[anchor]])),
    );
  }

  /**
   * Makes what the batch decided the ground of the next one, of a rehearsal that writes nothing. What did not change is
   * forgotten: it can be read again.
   */
  settle(): void {
    for (const [id, state] of this.#nodes) {
      if (isChanged(state)) this.#staged.add(id);
      state.before = state.after;
      if (!this.#staged.has(id)) this.#nodes.delete(id);
    }
    for (const state of this.#relationships.values()) {
      if (isChanged(state)) this.#staged.add(state.id);
      state.before = state.after;
      if (!this.#staged.has(state.id)) this.#remove(state);
    }
    this.#read.clear();
  }

  #remove(state: RelationshipState): void {
    const { id, type, from, to } = state;
    this.#relationships.delete(id);
    this.#atEnds.get(`${type} ${from}`)?.delete(state);
    this.#atEnds.get(`${type} ${to}`)?.delete(state);
    this.#ofPairs.get(pairKey(type, from, to))?.delete(state);
  }
}
