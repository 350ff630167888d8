/** Bytes of what is no text, a comma or a colon and quotes included, roughly. */
const OTHER = 8;
/** Bytes around a text: its quotes, and a comma or a colon. */
const AROUND = 3;

/**
 * Whether the data of an answer is written in no more bytes than these. Characters count one, as almost all do, and what
 * must be escaped is not looked for: it is a bound on the work, not a measure. Stops where it is more.
 */
export function bytesWithin(data: unknown, maximum: number): boolean {
  let left = maximum;
  const rest: unknown[] = [data];
  while (rest.length > 0) {
    const value = rest.pop();
    if (typeof value === 'string') left -= value.length + AROUND;
    else if (Array.isArray(value)) for (const item of value) rest.push(item);
    else if (typeof value === 'object' && value !== null) {
      for (const [name, item] of Object.entries(value)) {
        left -= name.length + AROUND;
        if (typeof item === 'string') left -= item.length + AROUND;
        else rest.push(item);
      }
    } else left -= OTHER;
    if (left < 0) return false;
  }
  return true;
}
