/** What every asOf argument means. */
export const asOfArgument =
  'Only facts valid at this date, or on some day of this month or year. Omitted: all dates. Facts without a known end count as still valid.';
