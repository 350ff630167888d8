import { integer, list, oneOf, text } from '../app/address.ts';

/** Types of nodes that are listed with facets, and those that are only searched. */
export const LISTED = ['pole', 'cluster', 'organisation', 'project'] as const;
export const TYPES = [...LISTED, 'territory', 'topic'] as const;
export type ListedType = (typeof LISTED)[number];

/** Orders of a list; empty is that of its type: the first of ORDERS_OF. */
export const ORDERS = ['', 'name', 'partners', 'projects', 'networks', 'since', 'members'] as const;
export type Order = Exclude<(typeof ORDERS)[number], ''>;

/** Orders that a list of each type has, first that in which somebody who looks around finds most. */
export const ORDERS_OF = {
  pole: ['name', 'members', 'since'],
  cluster: ['name', 'members', 'since'],
  organisation: ['partners', 'projects', 'networks', 'name'],
  project: ['since', 'name'],
} as const satisfies Record<ListedType, readonly Order[]>;

/** The order of a list: what the address says if the type has it, else that of the type. */
export function orderOf<Type extends ListedType>(type: Type, said: string): (typeof ORDERS_OF)[Type][number] {
  const orders: readonly (typeof ORDERS_OF)[Type][number][] = ORDERS_OF[type];
  return orders.find((order) => order === said) ?? orders[0]!;
}

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
