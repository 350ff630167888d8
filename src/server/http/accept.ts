/** The media types that a header Accept names, most wanted first; those of weight 0 are left out (RFC 9110, 12.5.1). */
export function acceptedTypes(accept: string | null): readonly string[] {
  const named = (accept ?? '*/*')
    .toLowerCase()
    .split(',')
    .map((each) => {
      const [type = '', ...parameters] = each.split(';').map((part) => part.trim());
      const weight = parameters.map((parameter) => /^q=([\d.]+)$/.exec(parameter)?.[1]).find((q) => q !== undefined);
      return { type, weight: weight === undefined ? 1 : Number(weight) };
    });
  return named
    .filter(({ type, weight }) => type !== '' && weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ type }) => type);
}

/** Whether a type that a client accepts, such as `text/*`, is one of some types. */
export function isAmong(accepted: string, types: readonly string[]): boolean {
  if (accepted === '*/*' || accepted === '*') return true;
  const [group, kind] = accepted.split('/');
  return types.some((type) => type === accepted || (kind === '*' && type.startsWith(`${group}/`)));
}
