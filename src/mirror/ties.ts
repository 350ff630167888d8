import { compareTexts } from '../domain/fold.ts';
import { ACTOR_TYPES, nodeTypeOf } from '../domain/vocabulary.ts';
import type { GraphEngine, RunOptions } from '../graph/engine.ts';
import { Slices } from '../scheduling/slices.ts';
import { idsOfType } from '../store/node.ts';
import { LISTED_PROPERTIES, listedById, type NodeSummary, summaryReader } from '../store/node-summary.ts';
import { ACTOR_EDGE_TYPES, type TieEnd, type TieEnds, type TiesRow, type TieType, tiesOf } from '../store/ties.ts';
import { Mirror } from './mirror.ts';

/** Nodes that are read at once: their thousands of ties are taken in without anybody waiting for it. */
const PAGE = 500;
/** Touched nodes whose ties are read again; after more, all are read anew as fast. */
const MOST_TOUCHED = 20_000;
const [NAME_AT, SORT_KEY_AT] = [LISTED_PROPERTIES.indexOf('name'), LISTED_PROPERTIES.indexOf('sortKey')];
const NONE: readonly number[] = [];

const noLists = (): Record<TieType, Ends[]> =>
  Object.fromEntries(ACTOR_EDGE_TYPES.map((type) => [type, []])) as unknown as Record<TieType, Ends[]>;

/** The properties by which lists show and order an actor. */
type Listed = readonly unknown[];
const summaryOf = summaryReader(LISTED_PROPERTIES);

/** Tells one property of a summary without the others. */
function teller(property: keyof NodeSummary): (listed: Listed) => string | null {
  if (property === 'type') return ([id]) => nodeTypeOf(id as string);
  const place = LISTED_PROPERTIES.indexOf(property);
  return (listed) => (listed[place] ?? null) as string | null;
}

/** Numbers of the nodes at the far ends of one node's ties, a node once for each tie. */
type Ends = readonly number[];

/** What joins actors to each other, to networks and to projects, held in the process: by numbers, 16 bytes a tie. */
export class Ties {
  readonly #numbers = new Map<string, number>();
  readonly #ids: string[] = [];
  /** Kinds, dates and acronyms, each once. */
  readonly #texts = new Map<string, string>();
  /** Of actors, and of what else was touched. */
  readonly #listed: (Listed | undefined)[] = [];
  /** Of each node that has some. */
  readonly #ends: Record<TieEnd, Record<TieType, Ends[]>> = { out: noLists(), in: noLists() };
  /** Lists that are in the order of names: those that somebody has paged through. */
  readonly #inOrder = new WeakSet<Ends>();

  /** How many nodes are at the far ends of its ties, each once. */
  neighbourCount(id: string, types: readonly TieType[], which: TieEnds): number {
    return new Set(this.#lists(id, types, which).flat()).size;
  }

  /** How many ties of some types a node has. */
  degree(id: string, types: readonly TieType[], which: TieEnds = 'both'): number {
    let degree = 0;
    for (const list of this.#lists(id, types, which)) degree += list.length;
    return degree;
  }

  /** The nodes at the far ends of its ties, a node once for each tie, in no order. */
  neighbours(id: string, types: readonly TieType[]): string[] {
    const found: string[] = [];
    for (const list of this.#lists(id, types, 'both')) for (const end of list) found.push(this.#ids[end]!);
    return found;
  }

  /** What lists show of an actor, and what orders it; undefined for an unknown one, and for what is no actor. */
  listed(id: string): Listed | undefined {
    const number = this.#numbers.get(id);
    return number === undefined ? undefined : this.#listed[number];
  }

  summary(id: string): NodeSummary | null {
    const listed = this.listed(id);
    return listed ? summaryOf(listed) : null;
  }

  /** How many of the actors at the far ends, each once, have each value of a property that lists show. */
  tally(id: string, types: readonly TieType[], which: TieEnds, property: keyof NodeSummary): Map<string, number> {
    const tell = teller(property);
    const counts = new Map<string, number>();
    for (const end of new Set(this.#lists(id, types, which).flat())) {
      const listed = this.#listed[end];
      const value = listed ? tell(listed) : null;
      if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return counts;
  }

  /**
   * The actors at the far ends of the ties of one type, in the order of their names, each once: as many as the limit,
   * from the first one, or from the one at a sort key. In the opposite order, from the last one.
   */
  following(
    id: string,
    type: TieType,
    which: TieEnds,
    { from, direction, limit }: { from: string | null; direction: 'ASC' | 'DESC'; limit: number },
  ): string[] {
    const sign = direction === 'ASC' ? 1 : -1;
    const lists = this.#lists(id, [type], which).map((list) => this.#sorted(list));
    const places = lists.map((list) => this.#placeOf(list, from, direction));
    const found: string[] = [];
    while (found.length < limit) {
      let next = -1;
      for (let turn = 0; turn < lists.length; turn++) {
        const end = lists[turn]![places[turn]!];
        if (end === undefined) continue;
        if (next < 0 || sign * this.#compare(end, lists[next]![places[next]!]!) < 0) next = turn;
      }
      if (next < 0) break;
      const id = this.#ids[lists[next]![places[next]!]!]!;
      if (id !== found.at(-1)) found.push(id);
      places[next]! += sign;
    }
    return found;
  }

  /** Takes in what a node is, an actor or nothing any more, and where its ties lead. */
  replace(id: string, listed: Listed | undefined, side: TieEnd, ends: TiesRow['ends']): void {
    const number = this.#numberOf(id);
    if (this.#listed[number]?.[SORT_KEY_AT] !== listed?.[SORT_KEY_AT]) this.#disorderAround(number);
    if (listed) this.#listed[number] = listed.map((value, place) => this.#shared(value, place, number));
    else delete this.#listed[number];
    for (const [place, type] of ACTOR_EDGE_TYPES.entries()) {
      const lists = this.#ends[side][type];
      const far = ends[place]!;
      if (far.length > 0) lists[number] = far.map((end) => this.#numberOf(end));
      else delete lists[number];
    }
  }

  /** Makes the ends of all ties from their beginnings. */
  async invert(slices: Slices): Promise<void> {
    for (const type of ACTOR_EDGE_TYPES) {
      const inverted: number[][] = [];
      await slices.each(this.#ends.out[type].entries(), ([number, list]) => {
        for (const end of list ?? NONE) {
          inverted[end] ??= [];
          inverted[end].push(number);
        }
      });
      this.#ends.in[type] = inverted;
    }
  }

  #lists(id: string, types: readonly TieType[], which: TieEnds): Ends[] {
    const number = this.#numbers.get(id);
    if (number === undefined) return [];
    const sides: readonly TieEnd[] = which === 'both' ? ['out', 'in'] : [which];
    return types.flatMap((type) => sides.map((side) => this.#ends[side][type][number] ?? NONE));
  }

  #numberOf(id: string): number {
    const known = this.#numbers.get(id);
    if (known !== undefined) return known;
    const number = this.#ids.length;
    this.#ids.push(id);
    this.#numbers.set(id, number);
    return number;
  }

  /** The same text where it is held already: thousands of actors are of one kind. */
  #shared(value: unknown, place: number, number: number): unknown {
    if (place === 0) return this.#ids[number];
    if (typeof value !== 'string' || place === NAME_AT || place === SORT_KEY_AT) return value;
    const known = this.#texts.get(value);
    if (known === undefined) this.#texts.set(value, value);
    return known ?? value;
  }

  #sorted(list: Ends): Ends {
    if (!this.#inOrder.has(list)) {
      (list as number[]).sort((a, b) => this.#compare(a, b));
      this.#inOrder.add(list);
    }
    return list;
  }

  #keyOf(number: number): string {
    return (this.#listed[number]?.[SORT_KEY_AT] as string | undefined) ?? '';
  }

  #compare(a: number, b: number): number {
    return a === b ? 0 : compareTexts(this.#keyOf(a), this.#keyOf(b));
  }

  /** Where a list goes on from a sort key: at the first that has it, or at the last one in the opposite order. */
  #placeOf(list: Ends, from: string | null, direction: 'ASC' | 'DESC'): number {
    if (from === null) return direction === 'ASC' ? 0 : list.length - 1;
    let [low, high] = [0, list.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const compared = compareTexts(this.#keyOf(list[middle]!), from);
      if (compared < 0 || (compared === 0 && direction === 'DESC')) low = middle + 1;
      else high = middle;
    }
    return direction === 'ASC' ? low : low - 1;
  }

  /** Where a node is called otherwise, the lists in which it stands are no longer in order. */
  #disorderAround(number: number): void {
    for (const [side, opposite] of [
      ['out', 'in'],
      ['in', 'out'],
    ] as const) {
      for (const type of ACTOR_EDGE_TYPES) {
        for (const end of this.#ends[side][type][number] ?? NONE) {
          const list = this.#ends[opposite][type][end];
          if (list) this.#inOrder.delete(list);
        }
      }
    }
  }
}

/** Reads some nodes, and the ties at one of their ends, into what is held. */
async function take(
  engine: GraphEngine,
  ties: Ties,
  ids: readonly string[],
  side: TieEnd,
  options: RunOptions,
): Promise<void> {
  const [nodes, rows] = await Promise.all([
    engine.read(listedById, { ids }, options),
    engine.read(tiesOf[side], { ids }, options),
  ]);
  const known = new Map(nodes.map(({ listed }) => [listed[0] as string, listed]));
  for (const row of rows) ties.replace(row.id, known.get(row.id), side, row.ends);
}

async function load(engine: GraphEngine, options: RunOptions): Promise<Ties> {
  const ties = new Ties();
  for (const type of ACTOR_TYPES) {
    const [row] = await engine.read(idsOfType[type], {}, options);
    for (let start = 0; start < row!.ids.length; start += PAGE) {
      await take(engine, ties, row!.ids.slice(start, start + PAGE), 'out', options);
    }
  }
  await ties.invert(new Slices());
  return ties;
}

const held = new WeakMap<GraphEngine, Mirror<Ties>>();

/**
 * Begins to hold the ties of a graph whose engine leaves lists in order to this process, the only one that writes.
 * Resolves when they have been read: of a million, in some seconds.
 */
export async function holdTies(engine: GraphEngine): Promise<void> {
  if (engine.readsInOrder) return;
  const mirror =
    held.get(engine) ??
    new Mirror<Ties>(engine, {
      most: MOST_TOUCHED,
      load: (options) => load(engine, options),
      renew: async (ties, touched, options) => {
        for (let start = 0; start < touched.length; start += PAGE) {
          const some = touched.slice(start, start + PAGE);
          for (const side of ['out', 'in'] as const) await take(engine, ties, some, side, options);
        }
      },
    });
  held.set(engine, mirror);
  await mirror.asOf(await engine.version());
}

/**
 * The ties as of a version that the caller has just been told; null where they are not held, or have not caught up with
 * it. Then the engine is asked, and they catch up for those who come later: nobody waits for them.
 */
export function tiesAt(engine: GraphEngine, version: string): Ties | null {
  return held.get(engine)?.standing(version) ?? null;
}

/** Whether any ties are held, or begin to be. */
export function holdsTies(engine: GraphEngine): boolean {
  return held.has(engine);
}

/** The same as of now: the version, a trip to some engines, is asked for only where any ties are held. */
export async function tiesNow(engine: GraphEngine, version: () => Promise<string>): Promise<Ties | null> {
  return held.has(engine) ? tiesAt(engine, await version()) : null;
}
