import neo4j from 'neo4j-driver';
import type { GraphValue, Parameters } from '../statement.ts';

/** What the driver must not be given, since it would store something else. */
class UnfitValue extends TypeError {}

const isPlain = (value: object): boolean => Object.getPrototypeOf(value) === Object.prototype;

/** The driver sends every JavaScript number as a float, which LIMIT rejects: integers are converted here. */
function toDriver(value: GraphValue): unknown {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new UnfitValue('is not a finite number.');
    return Number.isSafeInteger(value) ? neo4j.int(value) : value;
  }
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(toDriver);
  // The driver would send a Date as an empty map, and leave out undefined: both are errors in our code.
  if (typeof value !== 'object' || !isPlain(value)) {
    throw new UnfitValue('is neither text, number, boolean, list nor plain map.');
  }
  const map: Record<string, unknown> = {};
  for (const key in value) map[key] = toDriver((value as Record<string, GraphValue>)[key]!);
  return map;
}

/** The path to the first value that the driver must not be given: `$rows[3].since`. */
function pathOfUnfit(value: GraphValue, path: string): string {
  const items: [string, GraphValue][] = Array.isArray(value)
    ? value.map((item, index) => [`[${index}]`, item])
    : typeof value === 'object' && value !== null && isPlain(value)
      ? Object.entries(value).map(([key, item]) => [`.${key}`, item])
      : [];
  for (const [step, item] of items) {
    try {
      toDriver(item);
    } catch {
      return pathOfUnfit(item, path + step);
    }
  }
  return path;
}

/** Parameters for the driver. Throws a TypeError that names a value which no engine can store. */
export function driverParameters(parameters: Parameters): Record<string, unknown> {
  const converted: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(parameters)) {
    try {
      converted[name] = toDriver(value);
    } catch (error) {
      if (!(error instanceof UnfitValue)) throw error;
      // The path is found again: to note it for each value would cost as much as the conversion.
      throw new TypeError(`The parameter ${pathOfUnfit(value, `$${name}`)} ${error.message}`);
    }
  }
  return converted;
}
