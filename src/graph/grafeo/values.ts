import type { GrafeoValue } from '@grafeo-db/js';
import type { GraphValue } from '../statement.ts';

/** Converts a value of a row to those of the port. Integers beyond 2^53, the only foreign kind, become floats. */
export function portValue(value: GrafeoValue): GraphValue {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) value[index] = portValue(value[index] ?? null) as GrafeoValue;
    return value as GraphValue;
  }
  return value as GraphValue;
}
