import type { Slices } from '../scheduling/slices.ts';

/** A small graph by places: neighbours ascending, so that the order of places is the order of paths. */
interface Places {
  readonly ids: readonly string[];
  readonly neighbours: readonly (readonly number[])[];
  /** Steps of each place from the start: no path reaches it sooner. */
  readonly ahead: readonly number[];
  readonly from: number;
  readonly to: number;
}

/** A path found, and where it left the one that it was found beside. */
interface Candidate {
  readonly path: readonly number[];
  readonly leftAt: number;
  /** Next places that were taken already by paths with the same beginning. */
  readonly taken: ReadonlySet<number>;
}

async function placesOf(
  steps: ReadonlyMap<string, ReadonlySet<string>>,
  from: string,
  to: string,
  slices: Slices,
): Promise<Places | null> {
  const ids = await slices.sorted([...steps.keys()], (a, b) => (a < b ? -1 : 1));
  const places = new Map(ids.map((id, place) => [id, place]));
  const [start, end] = [places.get(from), places.get(to)];
  if (start === undefined || end === undefined) return null;
  const neighbours = await slices.map(ids, (id) =>
    [...steps.get(id)!].map((other) => places.get(other)!).sort((a, b) => a - b),
  );
  return { ids, neighbours, ahead: await stepsFrom(start, neighbours, slices), from: start, to: end };
}

async function stepsFrom(start: number, neighbours: readonly (readonly number[])[], slices: Slices): Promise<number[]> {
  const steps = neighbours.map(() => Number.POSITIVE_INFINITY);
  steps[start] = 0;
  const queue = [start];
  // A list may grow while it is gone through: what is added is visited too.
  await slices.each(queue, (place) => {
    for (const neighbour of neighbours[place]!) {
      if (steps[neighbour] !== Number.POSITIVE_INFINITY) continue;
      steps[neighbour] = steps[place]! + 1;
      queue.push(neighbour);
    }
  });
  return steps;
}

/**
 * The first in order of the shortest completions of a path's beginning to the end, never touching the beginning again,
 * and not going on as in `taken`; null when there is none within `length` steps in all.
 */
async function firstCompletion(
  { neighbours, ahead, to }: Places,
  beginning: readonly number[],
  taken: ReadonlySet<number>,
  length: number,
  slices: Slices,
): Promise<readonly number[] | null> {
  const spur = beginning.at(-1)!;
  const most = length - (beginning.length - 1);
  // Steps left to the end, spread backward from it until they reach the spur.
  const left = new Map<number, number>([[to, 0]]);
  for (const place of beginning) left.set(place, -1);
  const queue = [to];
  let found = false;
  for (let next = 0; next < queue.length && !found; next++) {
    if (slices.isOver) await slices.next();
    const place = queue[next]!;
    const steps = left.get(place)! + 1;
    if (steps > most) return null;
    for (const neighbour of neighbours[place]!) {
      if (neighbour === spur) {
        if (!taken.has(place)) found = true;
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

/** Shorter paths first, then by the first place in which they differ. */
function comesBefore(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return a.length < b.length;
  const place = a.findIndex((value, index) => value !== b[index]);
  return place >= 0 && a[place]! < b[place]!;
}

/**
 * The `count` shortest simple paths of at most `length` steps, by length and then by the identifiers along them: Yen's
 * algorithm with Lawler's partition, so that no path is found twice.
 */
export async function kShortestPaths(
  steps: ReadonlyMap<string, ReadonlySet<string>>,
  from: string,
  to: string,
  count: number,
  length: number,
  slices: Slices,
): Promise<string[][]> {
  const graph = await placesOf(steps, from, to, slices);
  if (!graph) return [];
  const found: string[][] = [];
  const candidates: Candidate[] = [];
  const propose = async (beginning: readonly number[], taken: ReadonlySet<number>): Promise<void> => {
    const path = await firstCompletion(graph, beginning, taken, length, slices);
    if (path) candidates.push({ path, leftAt: beginning.length - 1, taken });
  };
  await propose([graph.from], new Set());
  while (found.length < count && candidates.length > 0) {
    const best = candidates.reduce((one, other) => (comesBefore(other.path, one.path) ? other : one));
    candidates.splice(candidates.indexOf(best), 1);
    found.push(best.path.map((place) => graph.ids[place]!));
    if (found.length === count) break;
    for (let place = best.leftAt; place < best.path.length - 1; place++) {
      const before = place === best.leftAt ? best.taken : [];
      await propose(best.path.slice(0, place + 1), new Set([...before, best.path[place + 1]!]));
    }
  }
  return found;
}
