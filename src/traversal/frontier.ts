import type { Ask } from '../store/ask.ts';
import { type Walk, type WalkStatements, walkStatements } from '../store/traversal.ts';
import { FRONTIER_AT_ONCE } from './walk.ts';

function* chunks<Item>(items: readonly Item[], size: number): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

/** Reads the graph step by step: the neighbours of a whole frontier at once, as identifiers and nothing more. */
export class FrontierReader {
  readonly walk: Walk;
  readonly #ask: Ask;
  readonly #statements: WalkStatements;
  readonly #degrees = new Map<string, number>();
  /** How many nodes' neighbours were read. */
  expanded = 0;

  constructor(ask: Ask, walk: Walk) {
    this.walk = walk;
    this.#ask = ask;
    this.#statements = walkStatements(walk);
  }

  /** The neighbours of each node, each once, without those that the walk avoids. */
  async neighbours(frontier: readonly string[]): Promise<Map<string, readonly string[]>> {
    this.expanded += frontier.length;
    const { neighbours, parameters } = this.#statements;
    const found = new Map<string, readonly string[]>();
    for (const some of chunks(frontier, FRONTIER_AT_ONCE)) {
      for (const row of await this.#ask(neighbours, { ...parameters, frontier: some })) {
        const distinct = new Set(row.neighbours);
        for (const id of this.walk.avoid) distinct.delete(id);
        found.set(row.id, [...distinct]);
      }
    }
    return found;
  }

  /** How many relationships of the walk's types each node has. Kept, so that none is counted twice. */
  async degrees(ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const unknown = ids.filter((id) => !this.#degrees.has(id));
    for (const some of chunks(unknown, FRONTIER_AT_ONCE)) {
      const rows = await this.#ask(this.#statements.degrees, { frontier: some });
      for (const { id, degree } of rows) this.#degrees.set(id, degree);
    }
    return this.#degrees;
  }

  /** Those of the nodes at which the walk goes on: `ends` always, others unless they are hubs. */
  async passable(ids: readonly string[], ends: ReadonlySet<string>): Promise<readonly string[]> {
    const { avoidHubsOver } = this.walk;
    if (avoidHubsOver === null) return ids;
    const degrees = await this.degrees(ids.filter((id) => !ends.has(id)));
    return ids.filter((id) => ends.has(id) || (degrees.get(id) ?? 0) <= avoidHubsOver);
  }
}
