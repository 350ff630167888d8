/** Bytes of a value other than a text, with a comma or a colon: an estimate. */
const OTHER = 8;
/** Bytes around a text: its quotes, and a comma or a colon. */
const AROUND = 3;

/**
 * Whether the JSON of an answer has at most so many bytes, as an estimate: each character counts one byte, and escapes
 * are ignored. Stops as soon as there are more.
 */
export function bytesWithin(data: unknown, maximum: number): boolean {
  let left = maximum;
  const rest: unknown[] = [data];
  while (rest.length > 0) {
    const value = rest.pop();
    if (typeof value === 'string') left -= value.length + AROUND;
    else if (Array.isArray(value)) for (const item of value) rest.push(item);
    else if (typeof value === 'object' && value !== null) {
      // All are properties of the answer's own: five times as fast as a list of them.
      for (const name in value) {
        const item = (value as Record<string, unknown>)[name];
        left -= name.length + AROUND;
        if (typeof item === 'string') left -= item.length + AROUND;
        else rest.push(item);
      }
    } else left -= OTHER;
    if (left < 0) return false;
  }
  return true;
}
