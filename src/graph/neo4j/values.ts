import neo4j from 'neo4j-driver';
import type { GraphValue, Parameters } from '../statement.ts';

/** The driver sends every JavaScript number as a float, which LIMIT rejects: integers are converted here. */
function toDriver(value: GraphValue, path: string): unknown {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`The parameter ${path} is not a finite number.`);
    return Number.isSafeInteger(value) ? neo4j.int(value) : value;
  }
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map((item, index) => toDriver(item, `${path}[${index}]`));
  // The driver would send a Date as an empty map, and leave out undefined: both are errors in our code.
  if (typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) {
    throw new TypeError(`The parameter ${path} is neither text, number, boolean, list nor plain map.`);
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toDriver(item, `${path}.${key}`)]));
}

/** Parameters for the driver. Throws a TypeError that names a value which no engine can store. */
export function driverParameters(parameters: Parameters): Record<string, unknown> {
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, toDriver(value, `$${name}`)]));
}
