import { DUSK } from '../domain/partial-date.ts';
import { NETWORK_TYPES, type NodeType, TERRITORY_LEVELS, type TerritoryLevel } from '../domain/vocabulary.ts';
import type { NodeValues } from '../measures/assortativity.ts';
import { dayNumber, int32 } from '../snapshot/columns.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { SnapshotType } from '../store/snapshot.ts';
import type { Pause } from './select.ts';
import type { SelectedGraph } from './selected-graph.ts';
import type { Days } from './selection.ts';

/** By what nodes are alike or differ: kind, sector, any topic, networks, or territories of one level that hold the seat. */
export type AttributeName = 'KIND' | 'SECTOR' | 'TOPIC' | 'NETWORK' | TerritoryLevel;

const isNetwork = (type: NodeType): boolean => (NETWORK_TYPES as readonly NodeType[]).includes(type);

const isLevel = (name: AttributeName): name is TerritoryLevel =>
  (TERRITORY_LEVELS as readonly AttributeName[]).includes(name);

/** Values of an attribute, of each node of a selected graph. */
export interface Attribute extends NodeValues {
  /** The kind of actor or organisation, or the identifier of the topic or territory, by number. */
  readonly labels: readonly string[];
}

/** Values by small numbers, gathered node by node. */
class Gathered {
  readonly #numbers = new Map<string, number>();
  readonly #values = int32();
  readonly #offsets = int32();
  readonly #labels: string[] = [];

  constructor() {
    this.#offsets.push(0);
  }

  /** The values of the next node. */
  add(labels: Iterable<string>): void {
    for (const label of labels) {
      let number = this.#numbers.get(label);
      if (number === undefined) {
        number = this.#labels.length;
        this.#labels.push(label);
        this.#numbers.set(label, number);
      }
      this.#values.push(number);
    }
    this.#offsets.push(this.#values.length);
  }

  get attribute(): Attribute {
    const { items: values, length } = this.#values;
    const offsets = this.#offsets.items.slice(0, this.#offsets.length);
    return { offsets, values: values.slice(0, length), count: this.#labels.length, labels: this.#labels };
  }
}

/** The kinds of the nodes of a graph: of an organisation its own, of others their type. */
export function kindsOf(graph: SelectedGraph): Attribute {
  const gathered = new Gathered();
  for (const { type, kind } of graph.nodes)
    gathered.add([type === 'Organisation' ? (kind ?? 'UNKNOWN') : type.toUpperCase()]);
  return gathered.attribute;
}

/** A day that only what has no known end reaches. */
const OPEN_END = { first: dayNumber(DUSK), last: dayNumber(DUSK) };

/** Reads what a snapshot joins to nodes, on the last day of a selection; without a selection of days, what has no known end. */
class Joined {
  readonly #snapshot: Snapshot;
  readonly #at: typeof OPEN_END;

  constructor(snapshot: Snapshot, days: Days | null) {
    this.#snapshot = snapshot;
    this.#at = days === null ? OPEN_END : { first: days.last, last: days.last };
  }

  /** The ends of a node's relationships of a type; with `days`, those valid then. */
  ends(type: SnapshotType, node: number, days: typeof OPEN_END | null = null): Iterable<number> {
    return this.#snapshot.type(type).neighbours(node, 'out', days);
  }

  /** The topics of a node of a scheme, or of any; with those of its projects, where these count. */
  topics(node: number, scheme: string | null, withProjects: boolean): Set<string> {
    const { nodes } = this.#snapshot;
    const found = new Set<string>();
    const take = (subject: number): void => {
      for (const topic of this.ends('ABOUT', subject)) {
        if (scheme === null || nodes.text(topic, 'kind') === scheme) found.add(nodes.id(topic));
      }
    };
    take(node);
    if (withProjects) for (const project of this.ends('PARTICIPATES_IN', node)) take(project);
    return found;
  }

  /** The networks that a node is a member of on some day of the selection, and itself if it is one. */
  networks(node: number, days: Days | null): Set<string> {
    const { nodes } = this.#snapshot;
    const found = new Set<string>();
    if (isNetwork(nodes.nodeType(node))) found.add(nodes.id(node));
    for (const network of this.ends('MEMBER_OF', node, days)) found.add(nodes.id(network));
    return found;
  }

  readonly #around = new Map<number, ReadonlySet<number>>();

  /** The territories of a level in which a territory lies, or which it is. */
  #aroundOf(territory: number, level: TerritoryLevel, depth = 0): ReadonlySet<number> {
    const known = this.#around.get(territory);
    if (known) return known;
    const { nodes } = this.#snapshot;
    const found = new Set<number>();
    if (nodes.text(territory, 'kind') === level) found.add(territory);
    else if (depth < MAX_LEVELS) {
      for (const whole of this.ends('PART_OF', territory, this.#at)) {
        for (const around of this.#aroundOf(whole, level, depth + 1)) found.add(around);
      }
    }
    this.#around.set(territory, found);
    return found;
  }

  /** The territories of a level that hold a node's seat; to be asked of one level. */
  territories(node: number, level: TerritoryLevel): Set<string> {
    const found = new Set<string>();
    for (const territory of this.ends('LOCATED_IN', node, this.#at)) {
      for (const around of this.#aroundOf(territory, level)) found.add(this.#snapshot.nodes.id(around));
    }
    return found;
  }
}

/** More levels than territories have. */
const MAX_LEVELS = 10;
/** Nodes between two looks at the clock. */
const LOOK = 64;

/** An attribute of the nodes of a graph, from a snapshot, in slices; null where the snapshot has changed meanwhile. */
export async function attributeOf(
  graph: SelectedGraph,
  name: Exclude<AttributeName, 'KIND'>,
  snapshot: Snapshot,
  pause: Pause,
): Promise<Attribute | null> {
  const joined = new Joined(snapshot, graph.days);
  const gathered = new Gathered();
  for (const [index, { id }] of graph.nodes.entries()) {
    if (index % LOOK === 0 && !(await pause())) return null;
    const node = snapshot.nodes.find(id);
    if (node < 0) gathered.add([]);
    else if (name === 'NETWORK') gathered.add(joined.networks(node, graph.days));
    else if (isLevel(name)) gathered.add(joined.territories(node, name));
    else gathered.add(joined.topics(node, name === 'SECTOR' ? 'SECTOR' : null, name === 'TOPIC'));
  }
  return gathered.attribute;
}
