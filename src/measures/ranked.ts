/** Nodes in the order of a value. */
export interface Ranked {
  readonly values: Float64Array<ArrayBuffer>;
  /** Nodes, the best first, those with the same value by number. Nodes without a value (NaN) are left out. */
  readonly order: Int32Array<ArrayBuffer>;
  /** The rank of each node: one more than the number of nodes with a better value; 0 for one without. */
  readonly ranks: Int32Array<ArrayBuffer>;
}

/** Orders nodes by a value: the highest first, or the lowest. */
export function ranked(values: Float64Array<ArrayBuffer>, lowestFirst = false): Ranked {
  const sign = lowestFirst ? 1 : -1;
  const order = Int32Array.from(values.keys())
    .filter((node) => !Number.isNaN(values[node]!))
    .sort((a, b) => sign * (values[a]! - values[b]!) || a - b);
  const ranks = new Int32Array(values.length);
  for (let index = 0; index < order.length; index++) {
    const [node, before] = [order[index]!, order[index - 1]];
    ranks[node] = before !== undefined && values[before] === values[node] ? ranks[before]! : index + 1;
  }
  return { values, order, ranks };
}
