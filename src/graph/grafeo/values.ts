import type { GrafeoValue } from '@grafeo-db/js';
import type { GraphValue } from '../statement.ts';

/** A value of a row as the port promises it: integers beyond 2^53, the only foreign kind that we could meet, become floats. */
export function portValue(value: GrafeoValue): GraphValue {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) {
    for (let place = 0; place < value.length; place++) value[place] = portValue(value[place] ?? null) as GrafeoValue;
    return value as GraphValue;
  }
  return value as GraphValue;
}
