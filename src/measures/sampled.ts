import type { SourceSums } from './betweenness.ts';

/** The estimated sum over all sources, and its standard error; 0 where all were taken. */
export interface Estimate {
  readonly values: Float64Array<ArrayBuffer>;
  readonly errors: Float64Array<ArrayBuffer>;
}

/**
 * What all `size` sources would add to each node, times `factor`, by the sums over `count` of them that were drawn without
 * repeats (simple random sampling: the error has the factor of a finite population).
 */
export function estimated({ sums, squares }: SourceSums, size: number, count: number, factor: number): Estimate {
  const values = new Float64Array(sums.length);
  const errors = new Float64Array(sums.length);
  for (let node = 0; node < sums.length; node++) {
    const mean = sums[node]! / count;
    values[node] = factor * size * mean;
    if (count >= size || count < 2) continue;
    const variance = Math.max(0, (squares[node]! - count * mean * mean) / (count - 1));
    errors[node] = factor * size * Math.sqrt((variance / count) * (1 - count / size));
  }
  return { values, errors };
}
