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

/** The properties of the node `n` by their names: one list, since each name in a map takes as long as a value. */
export const packed = (names: readonly string[]): string =>
  `{packed: [${names.map((name) => `n.${name}`).join(', ')}]}`;

/** A value that may hold packed properties. Those that a node does not have are left out. */
export function unpacked(value: GrafeoValue, names: readonly string[]): GraphValue {
  if (Array.isArray(value)) return value.map((item) => unpacked(item, names));
  const values = (value as { readonly packed?: GrafeoValue[] } | null)?.packed;
  if (values === undefined) return portValue(value);
  const properties: Record<string, GraphValue> = {};
  for (let index = 0; index < names.length; index++) {
    const item = values[index] ?? null;
    if (item !== null) properties[names[index]!] = portValue(item);
  }
  return properties;
}
