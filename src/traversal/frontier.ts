import type { Ask, EdgesInMemory, Walker } from '../store/ask.ts';
import type { NodeSummary } from '../store/node-summary.ts';
import { degreesOn, neighboursOn, type Walk } from '../store/traversal.ts';
import { FRONTIER_AT_ONCE } from './bounds.ts';

function* chunks<Item>(items: readonly Item[], size: number): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

/**
 * Reads the graph step by step: the neighbours of an entire frontier at once, as identifiers only. Reads the snapshot
 * if it equals the graph, otherwise the database.
 */
export class FrontierReader {
  readonly walk: Walk;
  readonly #ask: Ask;
  readonly #inMemory: () => Promise<EdgesInMemory | null>;
  readonly #slices: Walker['slices'];
  readonly #degrees = new Map<string, number>();
  /** Number of expanded nodes. */
  expanded = 0;

  constructor({ ask, inMemory, slices }: Walker, walk: Walk) {
    this.walk = walk;
    this.#ask = ask;
    this.#inMemory = () => inMemory(walk);
    this.#slices = slices;
  }

  /** The neighbours of each node, each once, without those that the traversal avoids. */
  async neighbours(frontier: readonly string[]): Promise<Map<string, readonly string[]>> {
    this.expanded += frontier.length;
    const found = new Map<string, readonly string[]>();
    const take = (id: string, neighbours: Set<string>): void => {
      for (const avoided of this.walk.avoid) neighbours.delete(avoided);
      found.set(id, [...neighbours]);
    };
    if (await this.#eachInMemory(frontier, (id, edges) => take(id, edges.neighbours(id)))) return found;
    const { statement, parameters } = neighboursOn(this.walk);
    for (const some of chunks(frontier, FRONTIER_AT_ONCE)) {
      const rows = await this.#ask(statement, { ...parameters, frontier: some });
      await this.#slices.each(rows, (row) => take(row.id, new Set(row.neighbours)));
    }
    return found;
  }

  /**
   * Calls `take` for each node with the snapshot, in slices; false if the snapshot does not equal the graph until the
   * end.
   */
  async #eachInMemory(ids: readonly string[], take: (id: string, edges: EdgesInMemory) => void): Promise<boolean> {
    let edges = await this.#inMemory();
    for (const id of ids) {
      if (this.#slices.isOver) {
        await this.#slices.next();
        edges = await this.#inMemory();
      }
      if (edges === null) return false;
      take(id, edges);
    }
    return edges !== null;
  }

  /**
   * The number of relationships of each node, of the types that are followed. Each node is counted once for a search.
   */
  async degrees(ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const unknown = ids.filter((id) => !this.#degrees.has(id));
    if (unknown.length === 0) return this.#degrees;
    const isCounted = await this.#eachInMemory(unknown, (id, edges) => {
      this.#degrees.set(id, edges.degree(id));
    });
    if (isCounted) return this.#degrees;
    for (const some of chunks(unknown, FRONTIER_AT_ONCE)) {
      const rows = await this.#ask(degreesOn(this.walk), { frontier: some });
      for (const { id, degree } of rows) this.#degrees.set(id, degree);
    }
    return this.#degrees;
  }

  /** The summaries of nodes from the snapshot; empty if it cannot be used. */
  async summaries(ids: readonly string[]): Promise<readonly NodeSummary[]> {
    const edges = await this.#inMemory();
    return edges ? ids.flatMap((id) => edges.summary(id) ?? []) : [];
  }

  /** The nodes at which the traversal continues: `ends` always, others unless they are hubs. */
  async passable(ids: readonly string[], ends: ReadonlySet<string>): Promise<readonly string[]> {
    const { avoidHubsOver } = this.walk;
    if (avoidHubsOver === null) return ids;
    const degrees = await this.degrees(ids.filter((id) => !ends.has(id)));
    return ids.filter((id) => ends.has(id) || (degrees.get(id) ?? 0) <= avoidHubsOver);
  }
}
