/** How many poles had the label by the State's own count, at a date or on some day of it. */
export const STATE_COUNTS = [
  ['2007', 71],
  ['2011', 71],
  ['2012', 71],
  ['2013', 71],
  ['2018-12', 66],
  ['2019-03', 56],
  ['2022', 54],
  ['2023-04', 55],
  ['2024-06', 56],
] as const;
