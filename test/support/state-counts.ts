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

/** Where the graph has another number than the State, and why: seed/SOURCES.md says the same. */
export const COUNTED_OTHERWISE = [
  { date: '2005-07-12', state: 67, here: 66, why: 'No page that we found names one of the 67.' },
  {
    ...{ date: '2006-12', state: 66, here: 68 },
    why: "Mov'eo followed Normandy Motor Valley and Vestapolis in 2006, no page says when: all three count in the whole year.",
  },
] as const;
