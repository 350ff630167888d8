import type { Ask, HeldTies, Walker } from '../store/ask.ts';
import type { Card } from '../store/card.ts';
import { isTieType, type TieType } from '../store/ties.ts';
import { type Walk, type WalkStatements, walkStatements } from '../store/traversal.ts';
import { FRONTIER_AT_ONCE } from './walk.ts';

function* chunks<Item>(items: readonly Item[], size: number): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
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
  readonly #tieTypes: readonly TieType[] | null;
  readonly #statements: WalkStatements;
  readonly #degrees = new Map<string, number>();
  /** How many nodes' neighbours were read. */
  expanded = 0;

  constructor({ ask, held }: Pick<Walker, 'ask' | 'held'>, walk: Walk) {
    this.walk = walk;
    this.#ask = ask;
    this.#held = held;
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
    const ties = await this.#ties();
    if (ties) {
      for (const id of frontier) take(id, ties.held.neighbours(id, ties.types));
      return found;
    }
    const { neighbours, parameters } = this.#statements;
    for (const some of chunks(frontier, FRONTIER_AT_ONCE)) {
      for (const row of await this.#ask(neighbours, { ...parameters, frontier: some })) take(row.id, row.neighbours);
    }
    return found;
  }

  /** What the process holds of the walk's types, which must be looked at before anything else is awaited. */
  async #ties(): Promise<{ readonly held: HeldTies; readonly types: readonly TieType[] } | null> {
    if (this.#tieTypes === null) return null;
    const held = await this.#held();
    return held && { held, types: this.#tieTypes };
  }

  /** How many relationships of the walk's types each node has. Kept, so that none is counted twice. */
  async degrees(ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const unknown = ids.filter((id) => !this.#degrees.has(id));
    const ties = unknown.length > 0 ? await this.#ties() : null;
    if (ties) {
      for (const id of unknown) this.#degrees.set(id, ties.held.degree(id, ties.types));
      return this.#degrees;
    }
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
