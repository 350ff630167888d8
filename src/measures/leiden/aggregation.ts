import type { Level, Search } from './search.ts';

/** The graph of the groups: between two of them the sum of the weights, within one nothing but its strength. */
export function aggregated(level: Level, groups: Int32Array, count: number, search: Search): Level {
  const { size, offsets, neighbours, weights, strength } = level;
  const { weightTo } = search;
  const first = new Int32Array(count + 1);
  for (let node = 0; node < size; node++) first[groups[node]! + 1] = first[groups[node]! + 1]! + 1;
  for (let group = 0; group < count; group++) first[group + 1] = first[group + 1]! + first[group]!;
  const members = new Int32Array(size);
  const next = first.slice();
  for (let node = 0; node < size; node++) {
    const group = groups[node]!;
    members[next[group]!] = node;
    next[group] = next[group]! + 1;
  }
  const sums = new Float64Array(count);
  const starts = new Int32Array(count + 1);
  const rows = search.rows(neighbours.length);
  const { neighbours: ends, weights: totals } = rows;
  let length = 0;
  for (let group = 0; group < count; group++) {
    const start = length;
    let sum = 0;
    for (let at = first[group]!; at < first[group + 1]!; at++) {
      const node = members[at]!;
      sum += strength[node]!;
      const end = offsets[node + 1]!;
      for (let index = offsets[node]!; index < end; index++) {
        const other = groups[neighbours[index]!]!;
        if (other === group) continue;
        const before = weightTo[other]!;
        if (before === 0) ends[length++] = other;
        weightTo[other] = before + weights[index]!;
      }
    }
    for (let index = start; index < length; index++) {
      const other = ends[index]!;
      totals[index] = weightTo[other]!;
      weightTo[other] = 0;
    }
    sums[group] = sum;
    starts[group + 1] = length;
  }
  return {
    ...{ size: count, offsets: starts, strength: sums },
    ...{ neighbours: ends.subarray(0, length), weights: totals.subarray(0, length) },
  };
}
