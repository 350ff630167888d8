import { NODE_TYPES } from '../domain/vocabulary.ts';
import type { Adjacency } from '../snapshot/adjacency.ts';
import { float64, int32, uint8 } from '../snapshot/columns.ts';
import type { Edges } from '../snapshot/edges.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { SnapshotType } from '../store/snapshot.ts';
import { CountedSources } from './counted-sources.ts';
import { SelectedGraph, type SelectedNode } from './selected-graph.ts';
import { isActorType, type Selection, selectionKey } from './selection.ts';

/** Lets other work have its turn; false where the snapshot has changed meanwhile, so that the reading begins again. */
export type Pause = () => Promise<boolean>;

/** Nodes between two looks at the clock. */
const LOOK = 256;

/** The relationships of one type that are followed, from each of their ends. */
interface Followed {
  readonly name: SnapshotType;
  readonly index: number;
  readonly edges: Edges;
  readonly lists: readonly Adjacency[];
  readonly kinds: ReadonlySet<number> | null;
  readonly isPartnership: boolean;
}

/** A relationship of a node that leads to a later one. */
interface Later {
  readonly node: number;
  readonly followed: Followed;
  readonly edge: number;
}

const ACTOR_CODES: ReadonlySet<number> = new Set(
  NODE_TYPES.flatMap((type, index) => (isActorType(type) ? [index + 1] : [])),
);

/** One reading of a snapshot for a selection. */
class Selecting {
  readonly #snapshot: Snapshot;
  readonly #selection: Selection;
  readonly #followed: readonly Followed[];
  /** Those of them along which the conditions find nodes. */
  readonly #finding: readonly Followed[];
  /** The dense number of each selected node of the snapshot; -1 of the others. */
  readonly #dense: Int32Array;
  readonly sources: CountedSources;

  constructor(snapshot: Snapshot, selection: Selection) {
    this.#snapshot = snapshot;
    this.#selection = selection;
    const kinds =
      selection.partnershipKinds && new Set(selection.partnershipKinds.map((kind) => snapshot.kinds.find(kind)));
    this.#followed = selection.types.map((name, index) => {
      const type = snapshot.type(name);
      const isPartnership = name === 'PARTNERS_WITH';
      const lists = type.lists().map(([, adjacency]) => adjacency);
      return { name, index, edges: type.edges, lists, kinds: isPartnership ? kinds : null, isPartnership };
    });
    const { nodeTypes } = selection;
    this.#finding = nodeTypes ? this.#followed.filter(({ name }) => nodeTypes.includes(name)) : this.#followed;
    this.#dense = new Int32Array(snapshot.nodes.size).fill(-1);
    this.sources = new CountedSources(snapshot.dictionary);
  }

  /** Whether a relationship meets the conditions on relationships. */
  #isFollowed({ edges, kinds }: Followed, edge: number): boolean {
    const { days } = this.#selection;
    if (kinds !== null && !kinds.has(edges.kind.items[edge]!)) return false;
    return days === null || edges.isValid(edge, days.first, days.last);
  }

  #isValid(node: number): boolean {
    const { days } = this.#selection;
    return days === null || this.#snapshot.nodes.isValid(node, days.first, days.last);
  }

  /** Numbers of named nodes that exist. */
  #numbersOf(ids: Iterable<string>): number[] {
    return [...ids].map((id) => this.#snapshot.nodes.find(id)).filter((node) => node >= 0);
  }

  /** Members of some networks on the days of the selection. */
  #membersOf(networks: readonly string[]): Set<number> {
    const memberships = this.#snapshot.type('MEMBER_OF');
    const found = new Set<number>();
    for (const network of this.#numbersOf(networks)) {
      for (const member of memberships.neighbours(network, 'in', this.#selection.days)) found.add(member);
    }
    return found;
  }

  /** The nodes within some steps of others along the relationships; null where the snapshot has changed. */
  async #near({ of, depth }: NonNullable<Selection['near']>, pause: Pause): Promise<Set<number> | null> {
    const found = new Set(this.#numbersOf(of));
    let level = [...found];
    let looked = 0;
    for (let step = 0; step < depth && level.length > 0; step++) {
      const next: number[] = [];
      for (const node of level) {
        if (++looked % LOOK === 0 && !(await pause())) return null;
        for (const followed of this.#finding) {
          for (const adjacency of followed.lists) {
            for (const edge of adjacency.list(node)) {
              const neighbour = adjacency.neighbour(edge, node);
              if (found.has(neighbour) || !this.#isFollowed(followed, edge)) continue;
              found.add(neighbour);
              next.push(neighbour);
            }
          }
        }
      }
      level = next;
    }
    return found;
  }

  /** Marks nodes that a relationship joins to a marked actor, but are none. */
  #markOthers(actors: readonly number[]): void {
    const { type } = this.#snapshot.nodes;
    for (const node of actors) {
      for (const followed of this.#finding) {
        for (const adjacency of followed.lists) {
          for (const edge of adjacency.list(node)) {
            const neighbour = adjacency.neighbour(edge, node);
            if (ACTOR_CODES.has(type.items[neighbour]!) || !this.#isFollowed(followed, edge)) continue;
            this.#dense[neighbour] = 0;
          }
        }
      }
    }
  }

  /** Marks the nodes of the expansions and their neighbours, those that exist in the days of the selection. */
  #markAlso(): void {
    const { also } = this.#selection;
    const mark = (node: number): void => {
      if (!ACTOR_CODES.has(this.#snapshot.nodes.type.items[node]!) || this.#isValid(node)) this.#dense[node] = 0;
    };
    for (const { of, types } of also) {
      const along = this.#followed.filter(({ name }) => types.includes(name));
      for (const node of this.#numbersOf(of)) {
        mark(node);
        for (const followed of along) {
          for (const adjacency of followed.lists) {
            for (const edge of adjacency.list(node)) {
              if (this.#isFollowed(followed, edge)) mark(adjacency.neighbour(edge, node));
            }
          }
        }
      }
    }
  }

  /** The selected nodes in the order of names; null where the snapshot has changed. */
  async nodes(pause: Pause): Promise<Int32Array | null> {
    const { among, membersOf, near, isOfActors } = this.#selection;
    const { nodes, order } = this.#snapshot;
    const conditions: Set<number>[] = [];
    if (among !== null) conditions.push(new Set(this.#numbersOf(among)));
    if (membersOf !== null) conditions.push(this.#membersOf(membersOf));
    const around = near && (await this.#near(near, pause));
    if (near !== null && around === null) return null;
    if (around) conditions.push(around);
    const marked: number[] = [];
    for (const node of conditions[0] ?? order.all) {
      if (isOfActors && !(ACTOR_CODES.has(nodes.type.items[node]!) && this.#isValid(node))) continue;
      if (!conditions.every((condition) => condition.has(node))) continue;
      this.#dense[node] = 0;
      marked.push(node);
    }
    if (!(await pause())) return null;
    if (isOfActors && this.#finding.some(({ name }) => name === 'PARTICIPATES_IN' || name === 'LABELS')) {
      this.#markOthers(marked);
      if (!(await pause())) return null;
    }
    this.#markAlso();
    for (const node of this.#numbersOf(this.#selection.without)) this.#dense[node] = -1;
    const selected = order.all.filter((node) => this.#dense[node] === 0);
    for (let dense = 0; dense < selected.length; dense++) this.#dense[selected[dense]!] = dense;
    return selected;
  }

  /** The relationships of a selected node that lead to later ones, by these. */
  #later(node: number): Later[] {
    const found: Later[] = [];
    const own = this.#dense[node]!;
    for (const followed of this.#followed) {
      for (const adjacency of followed.lists) {
        for (const edge of adjacency.list(node)) {
          const neighbour = this.#dense[adjacency.neighbour(edge, node)]!;
          if (neighbour > own && this.#isFollowed(followed, edge)) found.push({ node: neighbour, followed, edge });
        }
      }
    }
    // Parallel ones by strength, so that sums are the same to the last digit, in whatever order they were written.
    const strength = ({ followed, edge }: Later): number =>
      followed.isPartnership ? followed.edges.strength.items[edge]! : 1;
    return found.sort((a, b) => a.node - b.node || a.followed.index - b.followed.index || strength(a) - strength(b));
  }

  /** The pairs among selected nodes, with their relationships; null where the snapshot has changed. */
  async pairs(selected: Int32Array, pause: Pause) {
    const { minStrength, minProjects } = this.#selection;
    const pairs = { from: int32(), to: int32(), strength: float64(), projects: int32(), start: int32() };
    const columns = {
      ...{ type: uint8(), first: int32(), last: int32(), isForward: uint8() },
      ...{ strength: float64(), projects: int32() },
    };
    const texts = { kind: [] as (string | null)[], since: [] as (string | null)[], until: [] as (string | null)[] };
    for (let own = 0; own < selected.length; own++) {
      if (own % LOOK === 0 && !(await pause())) return null;
      const later = this.#later(selected[own]!);
      for (let [start, end] = [0, 0]; start < later.length; start = end) {
        let [strength, projects] = [0, 0];
        for (end = start; end < later.length && later[end]!.node === later[start]!.node; end++) {
          const { followed, edge } = later[end]!;
          strength += followed.isPartnership ? followed.edges.strength.items[edge]! : 1;
          projects += followed.isPartnership ? followed.edges.projectCount.items[edge]! : 0;
        }
        if (strength < minStrength || projects < minProjects) continue;
        pairs.from.push(own);
        pairs.to.push(later[start]!.node);
        pairs.strength.push(strength);
        pairs.projects.push(projects);
        pairs.start.push(columns.type.length);
        for (let at = start; at < end; at++) {
          const { followed, edge } = later[at]!;
          const { edges, index } = followed;
          this.sources.add(edges.sources.items[edge]!);
          columns.type.push(index);
          columns.strength.push(followed.isPartnership ? edges.strength.items[edge]! : 1);
          columns.projects.push(followed.isPartnership ? edges.projectCount.items[edge]! : 0);
          columns.first.push(edges.validFrom.items[edge]!);
          columns.last.push(edges.validTo.items[edge]!);
          columns.isForward.push(edges.from.items[edge] === selected[own] ? 1 : 0);
          for (const name of ['kind', 'since', 'until'] as const) {
            texts[name].push(edges.text(edge, name));
          }
        }
      }
    }
    pairs.start.push(columns.type.length);
    return { pairs, columns, texts };
  }

  /** A node, whose sources are counted. */
  node(number: number): SelectedNode {
    const { nodes } = this.#snapshot;
    this.sources.add(nodes.sources.items[number]!);
    const kind = nodes.text(number, 'kind');
    const type = nodes.nodeType(number);
    return { id: nodes.id(number), type, name: nodes.name(number), kind: type === 'Organisation' ? kind : null };
  }
}

/** The items of a column that are in use. */
const items = <Items extends { slice(start: number, end: number): Items }>(column: {
  readonly items: Items;
  readonly length: number;
}): Items => column.items.slice(0, column.length);

/** What a selection selects of a snapshot of a version, in slices; null where the snapshot has changed meanwhile. */
export async function selectFrom(
  snapshot: Snapshot,
  version: string,
  selection: Selection,
  pause: Pause,
): Promise<SelectedGraph | null> {
  const selecting = new Selecting(snapshot, selection);
  const selected = await selecting.nodes(pause);
  const found = selected && (await selecting.pairs(selected, pause));
  if (!selected || !found) return null;
  const { pairs, columns, texts } = found;
  const [from, to] = [items(pairs.from), items(pairs.to)];
  let remaining = selected;
  if (selection.connectedOnly) {
    const dense = new Int32Array(selected.length).fill(-1);
    for (const ends of [from, to]) for (const end of ends) dense[end] = 0;
    remaining = selected.filter((_, node) => dense[node] === 0);
    for (let [node, next] = [0, 0]; node < dense.length; node++) if (dense[node] === 0) dense[node] = next++;
    for (const ends of [from, to]) for (let at = 0; at < ends.length; at++) ends[at] = dense[ends[at]!]!;
  }
  const nodes: SelectedNode[] = [];
  for (const number of remaining) {
    if (nodes.length % LOOK === 0 && !(await pause())) return null;
    nodes.push(selecting.node(number));
  }
  return new SelectedGraph({
    key: selectionKey(version, selection),
    selection: selectionKey(null, selection),
    version,
    types: selection.types,
    days: selection.days,
    nodes,
    sources: selecting.sources.counts,
    pairs: { from, to, strength: items(pairs.strength), projects: items(pairs.projects), start: items(pairs.start) },
    relationships: {
      ...texts,
      type: items(columns.type),
      strength: items(columns.strength),
      projects: items(columns.projects),
      first: items(columns.first),
      last: items(columns.last),
      isForward: items(columns.isForward),
    },
  });
}
