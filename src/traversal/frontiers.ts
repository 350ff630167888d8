import type { EdgesInMemory, Walker } from '../store/ask.ts';
import type { NodeSummary } from '../store/node-summary.ts';
import { degreesOn, neighboursOn, type Walk } from '../store/traversal.ts';
import { FRONTIER_AT_ONCE } from './bounds.ts';
import { FrontierReader } from './frontier.ts';

/** The search cannot go on in memory: the snapshot does not equal the graph any more, or lacks a node. */
class NotInMemory extends Error {}

/** Reads the snapshot, and uses its numbers. */
class SnapshotFrontier extends FrontierReader {
  readonly #walker: Walker;
  readonly #first: EdgesInMemory;

  constructor(walker: Walker, walk: Walk, edges: EdgesInMemory) {
    super(walk);
    this.#walker = walker;
    this.#first = edges;
  }

  number(id: string): number {
    const found = this.#first.find(id);
    if (found < 0) throw new NotInMemory();
    return found;
  }

  id(node: number): string {
    return this.#first.id(node);
  }

  read(frontier: readonly number[]): Promise<readonly number[][]> {
    return this.#each(frontier, (edges, node) => edges.neighbours(node));
  }

  count(nodes: readonly number[]): Promise<readonly number[]> {
    return this.#each(nodes, (edges, node) => edges.degree(node));
  }

  summaries(nodes: readonly number[]): Promise<readonly NodeSummary[]> {
    return this.#each(nodes, (edges, node) => edges.summary(node));
  }

  async #edges(): Promise<EdgesInMemory> {
    const edges = await this.#walker.inMemory(this.walk);
    if (edges === null || edges.numbering !== this.#first.numbering) throw new NotInMemory();
    return edges;
  }

  /** What `read` gives for each node, in slices. */
  async #each<Value>(
    nodes: readonly number[],
    read: (edges: EdgesInMemory, node: number) => Value,
  ): Promise<readonly Value[]> {
    const { slices } = this.#walker;
    const found: Value[] = [];
    let edges = await this.#edges();
    for (const node of nodes) {
      if (slices.isOver) {
        await slices.next();
        edges = await this.#edges();
      }
      found.push(read(edges, node));
    }
    return found;
  }
}

/** Reads the database, and numbers the nodes as it meets them. */
class DatabaseFrontier extends FrontierReader {
  readonly #walker: Walker;
  readonly #ids: string[] = [];
  readonly #numbers = new Map<string, number>();

  constructor(walker: Walker, walk: Walk) {
    super(walk);
    this.#walker = walker;
  }

  number(id: string): number {
    const known = this.#numbers.get(id);
    if (known !== undefined) return known;
    this.#numbers.set(id, this.#ids.length);
    return this.#ids.push(id) - 1;
  }

  id(node: number): string {
    return this.#ids[node]!;
  }

  async read(frontier: readonly number[]): Promise<readonly number[][]> {
    const { statement, parameters } = neighboursOn(this.walk);
    const found = new Map<string, number[]>();
    for (const some of this.#chunks(frontier)) {
      const rows = await this.#walker.ask(statement, { ...parameters, frontier: some });
      await this.#walker.slices.each(rows, ({ id, neighbours }) => {
        found.set(
          id,
          [...new Set(neighbours)].map((neighbour) => this.number(neighbour)),
        );
      });
    }
    return frontier.map((node) => found.get(this.id(node))!);
  }

  async count(nodes: readonly number[]): Promise<readonly number[]> {
    const found = new Map<string, number>();
    for (const some of this.#chunks(nodes)) {
      const rows = await this.#walker.ask(degreesOn(this.walk), { frontier: some });
      for (const { id, degree } of rows) found.set(id, degree);
    }
    return nodes.map((node) => found.get(this.id(node)) ?? 0);
  }

  async summaries(): Promise<readonly NodeSummary[]> {
    return [];
  }

  *#chunks(nodes: readonly number[]): Generator<string[]> {
    for (let start = 0; start < nodes.length; start += FRONTIER_AT_ONCE) {
      yield nodes.slice(start, start + FRONTIER_AT_ONCE).map((node) => this.id(node));
    }
  }
}

/**
 * Searches in the snapshot where it equals the graph; in the database otherwise, and from the start where the snapshot does
 * not equal the graph until the end.
 */
export async function inMemoryOrDatabase<Found>(
  walker: Walker,
  walk: Walk,
  search: (reader: FrontierReader) => Promise<Found>,
): Promise<Found> {
  const edges = await walker.inMemory(walk);
  if (edges !== null) {
    try {
      return await search(new SnapshotFrontier(walker, walk, edges));
    } catch (error) {
      if (!(error instanceof NotInMemory)) throw error;
    }
  }
  return search(new DatabaseFrontier(walker, walk));
}
