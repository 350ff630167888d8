import type { Ask, HeldTies, Walker } from '../store/ask.ts';
import type { Card } from '../store/card.ts';
import { isTieType, type TieType } from '../store/ties.ts';
import { type Walk, type WalkStatements, walkStatements } from '../store/traversal.ts';
import { FRONTIER_AT_ONCE } from './walk.ts';

function* chunks<Item>(items: readonly Item[], size: number): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

/** What the process holds, and the types of it that a walk follows. */
interface TiesOfWalk {
  readonly held: HeldTies;
  readonly types: readonly TieType[];
}

/** The types of a walk that the process may hold whole: where it follows all relationships of them, whenever they hold. */
function tieTypesOf({ types, partnershipKinds, asOf }: Walk): readonly TieType[] | null {
  const isAll = asOf === null && (partnershipKinds === null || !types.includes('PARTNERS_WITH'));
  return isAll && types.every(isTieType) ? types : null;
}

/**
 * Reads the graph step by step: the neighbours of a whole frontier at once, as identifiers and nothing more. From what the
 * process holds where that tells of all of them, and otherwise from the engine.
 */
export class FrontierReader {
  readonly walk: Walk;
  readonly #ask: Ask;
  readonly #held: Walker['held'];
  readonly #slices: Walker['slices'];
  readonly #tieTypes: readonly TieType[] | null;
  readonly #statements: WalkStatements;
  readonly #degrees = new Map<string, number>();
  /** How many nodes' neighbours were read. */
  expanded = 0;

  constructor({ ask, held, slices }: Omit<Walker, 'engineWalks'>, walk: Walk) {
    this.walk = walk;
    this.#ask = ask;
    this.#held = held;
    this.#slices = slices;
    this.#tieTypes = tieTypesOf(walk);
    this.#statements = walkStatements(walk);
  }

  /** The neighbours of each node, each once, without those that the walk avoids. */
  async neighbours(frontier: readonly string[]): Promise<Map<string, readonly string[]>> {
    this.expanded += frontier.length;
    const found = new Map<string, readonly string[]>();
    const take = (id: string, neighbours: readonly string[]): void => {
      const distinct = new Set(neighbours);
      for (const avoided of this.walk.avoid) distinct.delete(avoided);
      found.set(id, [...distinct]);
    };
    if (await this.#byTies(frontier, (id, { held, types }) => take(id, held.neighbours(id, types)))) return found;
    const { neighbours, parameters } = this.#statements;
    for (const some of chunks(frontier, FRONTIER_AT_ONCE)) {
      const rows = await this.#ask(neighbours, { ...parameters, frontier: some });
      await this.#slices.each(rows, (row) => take(row.id, row.neighbours));
    }
    return found;
  }

  /** What the process holds of the walk's types, which must be looked at before anything else is awaited. */
  async #ties(): Promise<TiesOfWalk | null> {
    if (this.#tieTypes === null) return null;
    const held = await this.#held();
    return held && { held, types: this.#tieTypes };
  }

  /** Does something with each node by what the process holds, in slices; false where that does not tell of all of them. */
  async #byTies(ids: readonly string[], take: (id: string, ties: TiesOfWalk) => void): Promise<boolean> {
    let ties = await this.#ties();
    for (const id of ids) {
      if (this.#slices.isOver) {
        await this.#slices.next();
        ties = await this.#ties();
      }
      if (ties === null) return false;
      take(id, ties);
    }
    return ties !== null;
  }

  /** How many relationships of the walk's types each node has. Kept, so that none is counted twice. */
  async degrees(ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const unknown = ids.filter((id) => !this.#degrees.has(id));
    if (unknown.length === 0) return this.#degrees;
    const isTold = await this.#byTies(unknown, (id, { held, types }) => {
      this.#degrees.set(id, held.degree(id, types));
    });
    if (isTold) return this.#degrees;
    for (const some of chunks(unknown, FRONTIER_AT_ONCE)) {
      const rows = await this.#ask(this.#statements.degrees, { frontier: some });
      for (const { id, degree } of rows) this.#degrees.set(id, degree);
    }
    return this.#degrees;
  }

  /** What lists show of those of the nodes of which the process holds it. */
  async cards(ids: readonly string[]): Promise<readonly Card[]> {
    const ties = await this.#ties();
    return ties ? ids.flatMap((id) => ties.held.card(id) ?? []) : [];
  }

  /** Those of the nodes at which the walk goes on: `ends` always, others unless they are hubs. */
  async passable(ids: readonly string[], ends: ReadonlySet<string>): Promise<readonly string[]> {
    const { avoidHubsOver } = this.walk;
    if (avoidHubsOver === null) return ids;
    const degrees = await this.degrees(ids.filter((id) => !ends.has(id)));
    return ids.filter((id) => ends.has(id) || (degrees.get(id) ?? 0) <= avoidHubsOver);
  }
}
