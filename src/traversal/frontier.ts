import type { NodeSummary } from '../store/node-summary.ts';
import type { Walk } from '../store/traversal.ts';

/**
 * Reads the graph step by step: the neighbours of an entire frontier at once. Nodes have numbers, which hold for one search.
 */
export abstract class FrontierReader {
  protected readonly walk: Walk;
  /** Number of expanded nodes. */
  expanded = 0;
  readonly #degrees = new Map<number, number>();

  constructor(walk: Walk) {
    this.walk = walk;
  }

  abstract number(id: string): number;

  abstract id(node: number): string;

  /** The neighbours of each node, each once. */
  protected abstract read(frontier: readonly number[]): Promise<readonly number[][]>;

  /** The number of relationships of each node, of the types that are followed. */
  protected abstract count(nodes: readonly number[]): Promise<readonly number[]>;

  /** The summaries of nodes, if they are in memory; else none. */
  abstract summaries(nodes: readonly number[]): Promise<readonly NodeSummary[]>;

  /** The neighbours of each node of the frontier, each once, without those that the traversal avoids. */
  async neighbours(frontier: readonly number[]): Promise<readonly (readonly number[])[]> {
    this.expanded += frontier.length;
    const found = await this.read(frontier);
    if (this.walk.avoid.size === 0) return found;
    const avoided = new Set([...this.walk.avoid].map((id) => this.number(id)));
    return found.map((neighbours) => neighbours.filter((node) => !avoided.has(node)));
  }

  /** The degree of each node. Each node is counted once for a search. */
  async degrees(nodes: readonly number[]): Promise<readonly number[]> {
    const unknown = nodes.filter((node) => !this.#degrees.has(node));
    const counted = unknown.length === 0 ? [] : await this.count(unknown);
    for (const [index, node] of unknown.entries()) this.#degrees.set(node, counted[index]!);
    return nodes.map((node) => this.#degrees.get(node)!);
  }

  /** The nodes at which the traversal continues: `ends` always, others unless they are hubs. */
  async passable(nodes: readonly number[], ends: ReadonlySet<number>): Promise<readonly number[]> {
    const { avoidHubsOver } = this.walk;
    if (avoidHubsOver === null) return nodes;
    const others = nodes.filter((node) => !ends.has(node));
    const degrees = await this.degrees(others);
    const hubs = new Set(others.filter((_, index) => degrees[index]! > avoidHubsOver));
    return nodes.filter((node) => !hubs.has(node));
  }
}
