import { isDeepStrictEqual } from 'node:util';
import type { IdentifierField } from '../domain/identifier.ts';
import { RELATIONSHIP_SHAPES } from '../domain/relationship.ts';
import type { NodeType, RelationshipType } from '../domain/vocabulary.ts';
import type { GraphTransaction } from '../graph/engine.ts';
import type { StoredNode } from '../store/node.ts';
import { lockNodes, relationshipsAtAnchors, relationshipsOfNodes, type StoredRelationship } from '../store/write.ts';
import type { Properties } from './effect.ts';

/** An existing relationship, where its type is known. */
export type ExistingRelationship = Pick<StoredRelationship, 'from' | 'to' | 'properties'>;

/** What a transaction has locked and read already. Valid while the transaction has written nothing. */
export interface AlreadyRead {
  /** A node as it is stored; null where there is none, undefined where that is not known. */
  node(id: string): StoredNode | null | undefined;
  /** All relationships of a type at a node, from either end; undefined where they have not been read. */
  relationships(type: RelationshipType, node: string): readonly ExistingRelationship[] | undefined;
  /** Whether there is certainly no relationship of a type between two nodes. */
  hasNoneBetween?(type: RelationshipType, a: string, b: string): boolean;
  /** Whether certainly no record has a registry's identifier. */
  isUnused?(field: IdentifierField, value: string): boolean;
  /** Whether certainly nothing was ever merged away or deleted. */
  readonly hasNoFormer?: boolean;
}

/** Nothing has been read yet. */
export const NOTHING_READ: AlreadyRead = { node: () => undefined, relationships: () => undefined };

/** A node before and after the batch; `before` is null for a new one. */
export interface NodeState {
  readonly id: string;
  readonly type: NodeType;
  before: Readonly<Properties> | null;
  after: Readonly<Properties>;
}

/** A relationship before and after the batch; `before` is null for a new one, `after` for a deleted one. */
export interface RelationshipState {
  readonly id: string;
  readonly type: RelationshipType;
  readonly from: string;
  readonly to: string;
  before: StoredRelationship['properties'] | null;
  after: StoredRelationship['properties'] | null;
}

/** Whether a state differs from what is stored. */
export const isChanged = ({ before, after }: Pick<NodeState | RelationshipState, 'before' | 'after'>): boolean =>
  before !== after && (before === null || after === null || !isDeepStrictEqual(before, after));

/** What is known of the nodes' relationships of one type, each found from both of its ends. */
class OfType {
  readonly atNode = new Map<string, RelationshipState[]>();
  /** Nodes whose relationships have been read from their anchor, and from either end. */
  readonly readAtAnchor = new Set<string>();
  readonly readAtEither = new Set<string>();

  addTo(node: string, state: RelationshipState): void {
    const known = this.atNode.get(node);
    if (known) known.push(state);
    else this.atNode.set(node, [state]);
  }

  removeFrom(node: string, state: RelationshipState): void {
    const known = this.atNode.get(node)?.filter((other) => other !== state) ?? [];
    if (known.length > 0) this.atNode.set(node, known);
    else this.atNode.delete(node);
  }
}

const NONE: readonly RelationshipState[] = [];

/** What the rules read to decide: nodes and relationships that were locked and read, as the batch has changed them. */
export interface GraphAsDecided {
  node(id: string): Pick<NodeState, 'type'> | undefined;
  /** The properties of a node after the batch; empty for an unknown one. */
  after(id: string): Readonly<Properties>;
  relationship(id: string): RelationshipState | undefined;
  /** The known relationships between two nodes after the batch, in either direction. */
  between(type: RelationshipType, a: string, b: string): readonly RelationshipState[];
}

/**
 * The part of the graph that a batch has read under its locks, with the changes of the batch. Rules read it; at the end
 * the differences are written.
 */
export class KnownGraph implements GraphAsDecided {
  #run: GraphTransaction['run'];
  #alreadyRead: AlreadyRead;
  readonly #nodes = new Map<string, NodeState>();
  readonly #relationships = new Map<string, RelationshipState>();
  readonly #byType = new Map<RelationshipType, OfType>();
  /** Nodes and relationships that earlier batches of a dry run changed: the database does not have these changes. */
  readonly #staged = new Set<string>();

  constructor(run: GraphTransaction['run'], alreadyRead: AlreadyRead) {
    this.#run = run;
    this.#alreadyRead = alreadyRead;
  }

  /** Lets go of what it was read from, which may have all earlier batches in memory: it is to be read no more. */
  complete(): void {
    this.#alreadyRead = NOTHING_READ;
    this.#run = async () => {
      throw new Error('This part of the graph is complete.');
    };
  }

  #of(type: RelationshipType): OfType {
    let known = this.#byType.get(type);
    if (known === undefined) {
      known = new OfType();
      this.#byType.set(type, known);
    }
    return known;
  }

  node(id: string): NodeState | undefined {
    return this.#nodes.get(id);
  }

  /** The properties of a node after the batch; empty for an unknown one. */
  after(id: string): Readonly<Properties> {
    return this.#nodes.get(id)?.after ?? {};
  }

  /** Whether a node existed before the batch. */
  isStored(id: string): boolean {
    return Boolean(this.#nodes.get(id)?.before);
  }

  nodes(): Iterable<NodeState> {
    return this.#nodes.values();
  }

  relationships(): Iterable<RelationshipState> {
    return this.#relationships.values();
  }

  setNode(id: string, type: NodeType, after: Readonly<Properties>): void {
    const state = this.#nodes.get(id);
    if (state) state.after = after;
    else this.#nodes.set(id, { id, type, before: null, after });
  }

  relationship(id: string): RelationshipState | undefined {
    return this.#relationships.get(id);
  }

  /** The known relationships of a type at a node, from either end, deleted ones too. */
  touching(type: RelationshipType, node: string): RelationshipState[] {
    return [...(this.#byType.get(type)?.atNode.get(node) ?? NONE)];
  }

  /** The known relationships of a type at a node after the batch. */
  at(type: RelationshipType, node: string): RelationshipState[] {
    const known = this.#byType.get(type)?.atNode.get(node);
    return known === undefined ? [] : known.filter(({ after }) => after !== null);
  }

  /** The known relationships between two nodes after the batch, in either direction. */
  between(type: RelationshipType, a: string, b: string): readonly RelationshipState[] {
    const known = this.#byType.get(type)?.atNode;
    const [atA, atB] = [known?.get(a), known?.get(b)];
    if (atA === undefined || atB === undefined) return NONE;
    // A hub has thousands, whom it meets has few.
    return (atA.length < atB.length ? atA : atB).filter(
      ({ from, to, after }) => after !== null && ((from === a && to === b) || (from === b && to === a)),
    );
  }

  add(state: RelationshipState): void {
    const { id, type, from, to } = state;
    this.#relationships.set(id, state);
    const known = this.#of(type);
    known.addTo(from, state);
    if (from !== to) known.addTo(to, state);
  }

  /** Locks and reads nodes that are not known yet, in the order of their identifiers. */
  async lock(ids: Iterable<string>): Promise<void> {
    const missing = new Set<string>();
    for (const id of ids) {
      if (this.#nodes.has(id)) continue;
      const node = this.#alreadyRead.node(id);
      if (node === undefined) missing.add(id);
      else if (node !== null) this.#know(node);
    }
    if (missing.size === 0) return;
    for (const { node } of await this.#run(lockNodes, { ids: [...missing].sort() })) this.#know(node);
  }

  #know(node: StoredNode): void {
    if (this.#nodes.has(node.id)) return;
    const before = node as unknown as Properties;
    this.#nodes.set(node.id, { id: node.id, type: node.type, before, after: before });
  }

  #learn(type: RelationshipType, rows: readonly ExistingRelationship[]): void {
    for (const { from, to, properties } of rows) {
      const { id } = properties;
      // The state that the batch has is newer than the stored one.
      if (!this.#relationships.has(id)) this.add({ id, type, from, to, before: properties, after: properties });
    }
  }

  /** Whether all relationships of a type at a node, from either end, are known without reading. */
  #isFullyRead(type: RelationshipType, node: string): boolean {
    const { readAtEither } = this.#of(type);
    if (readAtEither.has(node)) return true;
    const rows = this.#alreadyRead.relationships(type, node);
    if (!rows) return false;
    readAtEither.add(node);
    this.#learn(type, rows);
    return true;
  }

  /** Reads the relationships of a type at stored nodes that are its anchors. */
  async readAtAnchors(type: RelationshipType, nodes: Iterable<string>): Promise<void> {
    const { readAtAnchor } = this.#of(type);
    const unread = [...new Set(nodes)].filter(
      (id) => this.isStored(id) && !readAtAnchor.has(id) && !this.#isFullyRead(type, id),
    );
    if (unread.length === 0) return;
    this.#learn(type, await this.#run(relationshipsAtAnchors[type], { anchors: unread }));
    for (const id of unread) readAtAnchor.add(id);
  }

  /** Reads the relationships of a type that touch stored nodes, from either end. */
  async readTouching(type: RelationshipType, nodes: Iterable<string>): Promise<void> {
    const unread = [...new Set(nodes)].filter((id) => this.isStored(id) && !this.#isFullyRead(type, id));
    if (unread.length === 0) return;
    this.#learn(type, await this.#run(relationshipsOfNodes[type], { ids: unread }));
    const { readAtEither } = this.#of(type);
    for (const id of unread) readAtEither.add(id);
  }

  /**
   * Reads the relationships between the given pairs of nodes: from the anchor, and for an undirected type from the
   * other end too. Nothing is read where all relationships of one end are known, or where one end is new.
   */
  async readBetween(
    type: RelationshipType,
    ends: readonly { readonly from: string; readonly to: string }[],
  ): Promise<void> {
    const { anchor } = RELATIONSHIP_SHAPES[type];
    const unknown = ends.filter(
      ({ from, to }) =>
        this.isStored(from) &&
        this.isStored(to) &&
        this.#alreadyRead.hasNoneBetween?.(type, from, to) !== true &&
        !this.#isFullyRead(type, from) &&
        !this.#isFullyRead(type, to),
    );
    const eitherWay = type === 'PARTNERS_WITH';
    await this.readAtAnchors(
      type,
      unknown.flatMap((each) => (eitherWay ? [each.from, each.to] : [each[anchor]])),
    );
  }

  /**
   * Ends a batch of a dry run: its changes are what the next batch starts from. Unchanged states are dropped, since
   * they can be read again.
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
    for (const { readAtAnchor, readAtEither } of this.#byType.values()) {
      readAtAnchor.clear();
      readAtEither.clear();
    }
  }

  #remove(state: RelationshipState): void {
    const { id, type, from, to } = state;
    this.#relationships.delete(id);
    this.#of(type).removeFrom(from, state);
    this.#of(type).removeFrom(to, state);
  }
}
