/** What every asOf argument means. */
export const asOfArgument =
  'The answer as the world was at that date, or at some day of that month or year; omitted, all times. What has no known end counts as holding.';
