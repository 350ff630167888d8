import { randomNumbers, shuffle } from './random.ts';

/** Some of the nodes below `size`, drawn without repeats, ascending; all of them where `count` is not smaller. */
export function drawn(size: number, count: number, seed: number): Int32Array<ArrayBuffer> {
  const all = Int32Array.from({ length: size }, (_, node) => node);
  if (count >= size) return all;
  shuffle(all, randomNumbers(seed));
  return all.slice(0, count).sort();
}
