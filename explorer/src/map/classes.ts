/** One class of a map's legend: values from `from` to `to`, both included. */
export interface ValueClass {
  readonly from: number;
  readonly to: number;
  /** Number of territories in it. */
  readonly count: number;
}

/** Values into classes of about as many territories each, with limits that stand among the values. Without zeros. */
export function classesOf(values: readonly number[], most = 5): readonly ValueClass[] {
  const sorted = values.filter((value) => value > 0).sort((a, b) => a - b);
  const different = [...new Set(sorted)];
  if (different.length === 0) return [];
  if (different.length <= most) {
    return different.map((value) => ({ from: value, to: value, count: sorted.filter((one) => one === value).length }));
  }
  const classes: ValueClass[] = [];
  let start = 0;
  for (let place = 1; place <= most && start < sorted.length; place++) {
    const left = most - place + 1;
    let end = place === most ? sorted.length : start + Math.max(1, Math.round((sorted.length - start) / left));
    // Equal values are of one class.
    while (end < sorted.length && sorted[end] === sorted[end - 1]) end++;
    classes.push({ from: sorted[start]!, to: sorted[end - 1]!, count: end - start });
    start = end;
  }
  return classes;
}

/** The class of a value; -1 for none. */
export function classOf(classes: readonly ValueClass[], value: number): number {
  if (value <= 0) return -1;
  return classes.findIndex(({ to }) => value <= to);
}
