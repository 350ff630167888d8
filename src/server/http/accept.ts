/** A value that a header such as Accept names, and its weight from 0 to 1. */
interface Weighted {
  readonly value: string;
  readonly weight: number;
}

/** The values of a header with weights, in its order, in lower case (RFC 9110, section 12.4.2). */
export function weightedValues(header: string): readonly Weighted[] {
  return header
    .toLowerCase()
    .split(',')
    .map((each) => {
      const [value = '', ...parameters] = each.split(';').map((part) => part.trim());
      const weight = parameters.map((parameter) => /^q=([\d.]+)$/.exec(parameter)?.[1]).find((q) => q !== undefined);
      return { value, weight: weight === undefined ? 1 : Number(weight) };
    });
}

/** The media types that a header Accept names, those of the greatest weight first; those of weight 0 are left out (section 12.5.1). */
export function acceptedTypes(accept: string | null): readonly string[] {
  return weightedValues(accept ?? '*/*')
    .filter(({ value, weight }) => value !== '' && weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ value }) => value);
}

/** Whether a type that a client accepts, such as `text/*`, is one of some types. */
export function isAmong(accepted: string, types: readonly string[]): boolean {
  if (accepted === '*/*' || accepted === '*') return true;
  const [group, kind] = accepted.split('/');
  return types.some((type) => type === accepted || (kind === '*' && type.startsWith(`${group}/`)));
}
