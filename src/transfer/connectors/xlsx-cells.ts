/** Formats of dates that a workbook need not define (ECMA-376, part 1, 18.8.30). */
const BUILT_IN_DATES: ReadonlySet<number> = new Set([14, 15, 16, 17, 22, 27, 30, 36, 50, 57]);
const MS_PER_DAY = 86_400_000;
/** Day 0 of a workbook: serial 60 is the 29 February 1900, which never was, so that all later days count from here. */
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);

/** Whether numbers of a format are days: its code has a year or a day outside of texts and brackets. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return BUILT_IN_DATES.has(id);
  const bare = code.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, '');
  return /[yd]/i.test(bare) && !/[#0?]/.test(bare.replace(/\.0+/g, ''));
}

/** A day, with the time where it has one: 2021-03-01, 2021-03-01T14:30:00. */
export function dateOfSerial(serial: number, is1904: boolean): string {
  const date = new Date((is1904 ? EPOCH_1904 : EPOCH_1900) + Math.round(serial * 86_400) * 1000);
  if (Number.isNaN(date.getTime())) return '';
  const [day, time] = date.toISOString().slice(0, 19).split('T') as [string, string];
  return date.getTime() % MS_PER_DAY === 0 ? day : `${day}T${time}`;
}

/** The number of a column: A is 0, AA is 26. */
export function columnOf(reference: string): number {
  let column = 0;
  for (const letter of /^[A-Z]+/.exec(reference)?.[0] ?? '') column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

/** What the cells of a workbook refer to. */
export interface CellContext {
  readonly strings: readonly string[];
  /** Whether numbers of a style are dates, by its number. */
  readonly dateStyles: readonly boolean[];
  readonly is1904: boolean;
}

/** A cell as text, as the same value stands in a CSV: dates by ISO 8601, numbers with a point, without a style's rounding. */
export function cellText(
  { type, style, value }: { readonly type: string; readonly style: number; readonly value: string },
  { strings, dateStyles, is1904 }: CellContext,
): string {
  if (type === 's') return strings[Number(value)] ?? '';
  if (type === 'b') return value === '1' ? 'true' : 'false';
  // An error such as #N/A says nothing.
  if (type === 'e') return '';
  if (type !== 'n' || value === '') return value;
  const number = Number(value);
  if (dateStyles[style]) return dateOfSerial(number, is1904);
  // 0.1 + 0.2 is stored with 17 digits: the shortest text of the same number is what was written.
  return Number.isFinite(number) && /[.e]/i.test(value) ? String(number) : value;
}
