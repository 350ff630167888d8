/** Kinds of organisations that records of a type cannot be; `archive`, `funder` and `other` say nothing of the kind. */
const OTHER_KINDS: Readonly<Record<string, readonly string[]>> = {
  company: ['RESEARCH', 'TRAINING', 'PUBLIC_BODY', 'ASSOCIATION'],
  education: ['COMPANY'],
  facility: ['COMPANY'],
  government: ['COMPANY', 'ASSOCIATION', 'TRAINING'],
  healthcare: ['COMPANY', 'TRAINING'],
  nonprofit: ['COMPANY', 'TRAINING'],
};

/** Whether an organisation of a kind can be a record of these types of ROR. */
export function isOfTypes(kind: string, types: readonly string[]): boolean {
  const telling = types.filter((type) => type in OTHER_KINDS);
  return telling.length === 0 || telling.some((type) => !OTHER_KINDS[type]!.includes(kind));
}

/** The kind of a matched organisation: an establishment of education trains, whatever a project says of it. */
export function kindByTypes(kind: string, types: readonly string[]): string {
  const has = (type: string): boolean => types.includes(type);
  if (has('education') && !has('facility') && kind !== 'COMPANY') return 'TRAINING';
  if (kind !== 'UNKNOWN' && kind !== 'OTHER') return kind;
  if (has('facility')) return 'RESEARCH';
  if (has('company')) return 'COMPANY';
  if (has('government')) return 'PUBLIC_BODY';
  return has('nonprofit') ? 'ASSOCIATION' : kind;
}
