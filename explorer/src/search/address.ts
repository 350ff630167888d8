import { integer, list, oneOf, text } from '../app/address.ts';

/** Types of nodes that are listed with facets, and those that are only searched. */
export const LISTED = ['pole', 'cluster', 'organisation', 'project'] as const;
export const TYPES = [...LISTED, 'territory', 'topic'] as const;
export type ListedType = (typeof LISTED)[number];

export const ORDERS = ['', 'partners', 'projects', 'since', 'members'] as const;

/** What is searched, and how it is narrowed down. */
export const FILTERS = {
  q: text(),
  type: oneOf(['', ...TYPES], ''),
  /** Territories of the seat, topics, kinds of organisations, programmes, organisations that one is affiliated with. */
  in: list,
  topic: list,
  kind: list,
  programme: text(),
  of: list,
  source: text(),
  /** Years in which they began. */
  from: integer,
  to: integer,
  order: oneOf(ORDERS, ''),
  /** How many results of a search are shown. */
  shown: integer,
};

/** Nothing that narrows a list down. */
export const NO_FILTERS = {
  in: [],
  topic: [],
  kind: [],
  programme: '',
  of: [],
  source: '',
  from: null,
  to: null,
} as const;

/** What a change of type takes away: it means something else elsewhere. */
export const NO_CONDITIONS = { ...NO_FILTERS, order: '', shown: null } as const;
