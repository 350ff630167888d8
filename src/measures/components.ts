import type { WeightedGraph } from './graph.ts';

/**
 * The connected component of each node: numbers from 0, the largest component first, then the one with the smaller node. With
 * groups, the connected parts of each group.
 */
export function components({ size, offsets, neighbours }: WeightedGraph, groups: Int32Array | null = null): Int32Array {
  const component = new Int32Array(size).fill(-1);
  const queue = new Int32Array(size);
  const sizes: number[] = [];
  for (let start = 0; start < size; start++) {
    if (component[start] !== -1) continue;
    const number = sizes.length;
    let [head, tail] = [0, 0];
    queue[tail++] = start;
    component[start] = number;
    while (head < tail) {
      const node = queue[head++]!;
      for (let index = offsets[node]!; index < offsets[node + 1]!; index++) {
        const neighbour = neighbours[index]!;
        if (component[neighbour] !== -1 || (groups !== null && groups[neighbour] !== groups[start])) continue;
        component[neighbour] = number;
        queue[tail++] = neighbour;
      }
    }
    sizes.push(tail);
  }
  return bySize(component, sizes);
}

/** Groups numbered again: the largest first, then the one whose first node comes first. */
export function bySize(groups: Int32Array, sizes: readonly number[]): Int32Array {
  const order = [...sizes.keys()].sort((a, b) => sizes[b]! - sizes[a]! || a - b);
  const numbers = new Int32Array(sizes.length);
  for (const [number, group] of order.entries()) numbers[group] = number;
  return groups.map((group) => numbers[group]!);
}
