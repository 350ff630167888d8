import type { Slices } from '../scheduling/slices.ts';

/** Between which nodes paths are searched, and the steps that they may take: each node that may be on one, with the next ones. */
export interface PathSearch {
  readonly steps: ReadonlyMap<number, ReadonlySet<number>>;
  readonly from: number;
  readonly to: number;
  /** The identifier of a node, by which paths of one length are ordered. */
  idOf(node: number): string;
}

/** A small graph by node indexes: neighbours ascending, so that the order of indexes is the order of paths. */
interface IndexedGraph {
  readonly nodes: readonly number[];
  readonly neighbours: readonly (readonly number[])[];
  /** Steps of each node from the start: no path reaches it sooner. */
  readonly ahead: readonly number[];
  readonly from: number;
  readonly to: number;
}

/** A path, and where it leaves the path from which it was derived. */
interface Candidate {
  readonly path: readonly number[];
  readonly leftAt: number;
  /** Next nodes that other paths with the same beginning have taken. */
  readonly taken: ReadonlySet<number>;
}

async function indexedGraphOf({ steps, from, to, idOf }: PathSearch, slices: Slices): Promise<IndexedGraph | null> {
  const nodes = await slices.sorted([...steps.keys()], (a, b) => (idOf(a) < idOf(b) ? -1 : 1));
  const indexes = new Map(nodes.map((node, index) => [node, index]));
  const [start, end] = [indexes.get(from), indexes.get(to)];
  if (start === undefined || end === undefined) return null;
  const neighbours = await slices.map(nodes, (node) =>
    [...steps.get(node)!].map((other) => indexes.get(other)!).sort((a, b) => a - b),
  );
  return { nodes, neighbours, ahead: await stepsFrom(start, neighbours, slices), from: start, to: end };
}

async function stepsFrom(start: number, neighbours: readonly (readonly number[])[], slices: Slices): Promise<number[]> {
  const steps = neighbours.map(() => Number.POSITIVE_INFINITY);
  steps[start] = 0;
  const queue = [start];
  // A list may grow during iteration: what is added is visited too.
  await slices.each(queue, (index) => {
    for (const neighbour of neighbours[index]!) {
      if (steps[neighbour] !== Number.POSITIVE_INFINITY) continue;
      steps[neighbour] = steps[index]! + 1;
      queue.push(neighbour);
    }
  });
  return steps;
}

/**
 * The first of the shortest completions of the beginning of a path, which must not touch the beginning again nor
 * continue with a node in `taken`; null if there is none within `length` steps in total.
 */
async function firstCompletion(
  { neighbours, ahead, to }: IndexedGraph,
  beginning: readonly number[],
  taken: ReadonlySet<number>,
  length: number,
  slices: Slices,
): Promise<readonly number[] | null> {
  const spur = beginning.at(-1)!;
  const most = length - (beginning.length - 1);
  // Steps left to the end, spread backward from it until they reach the spur.
  const left = new Map<number, number>([[to, 0]]);
  for (const index of beginning) left.set(index, -1);
  const queue = [to];
  let found = false;
  for (let next = 0; next < queue.length && !found; next++) {
    if (slices.isOver) await slices.next();
    const index = queue[next]!;
    const steps = left.get(index)! + 1;
    if (steps > most) return null;
    for (const neighbour of neighbours[index]!) {
      if (neighbour === spur) {
        if (!taken.has(index)) found = true;
      } else if (ahead[neighbour]! + steps <= length && !left.has(neighbour)) {
        left.set(neighbour, steps);
        queue.push(neighbour);
      }
    }
    if (found) {
      const path = [...beginning];
      for (let rest = steps - 1; rest >= 0; rest--) {
        const isFirst = rest === steps - 1;
        const choices = neighbours[path.at(-1)!]!;
        path.push(choices.find((choice) => left.get(choice) === rest && !(isFirst && taken.has(choice)))!);
      }
      return path;
    }
  }
  return null;
}

/** Shorter paths first, then by the first node in which they differ. */
function comesBefore(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return a.length < b.length;
  const index = a.findIndex((value, at) => value !== b[at]);
  return index >= 0 && a[index]! < b[index]!;
}

/**
 * The `count` shortest simple paths of at most `length` steps, by length and then by the identifiers along them: Yen's
 * algorithm with Lawler's partition, so that no path is found twice.
 */
export async function kShortestPaths(
  search: PathSearch,
  count: number,
  length: number,
  slices: Slices,
): Promise<number[][]> {
  const graph = await indexedGraphOf(search, slices);
  if (!graph) return [];
  const found: number[][] = [];
  const candidates: Candidate[] = [];
  const propose = async (beginning: readonly number[], taken: ReadonlySet<number>): Promise<void> => {
    const path = await firstCompletion(graph, beginning, taken, length, slices);
    if (path) candidates.push({ path, leftAt: beginning.length - 1, taken });
  };
  await propose([graph.from], new Set());
  while (found.length < count && candidates.length > 0) {
    const best = candidates.reduce((one, other) => (comesBefore(other.path, one.path) ? other : one));
    candidates.splice(candidates.indexOf(best), 1);
    found.push(best.path.map((index) => graph.nodes[index]!));
    if (found.length === count) break;
    for (let index = best.leftAt; index < best.path.length - 1; index++) {
      const before = index === best.leftAt ? best.taken : [];
      await propose(best.path.slice(0, index + 1), new Set([...before, best.path[index + 1]!]));
    }
  }
  return found;
}
