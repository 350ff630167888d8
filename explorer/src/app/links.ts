import { PATHS } from './paths.ts';

/** Types of nodes whose relationships the graph of actors has: members of a network, else the surroundings of a node. */
const SELECTED_BY: Readonly<Record<string, 'members' | 'around' | 'regions'>> = {
  pole: 'members',
  cluster: 'members',
  organisation: 'around',
  project: 'around',
  // Those with a seat in it.
  territory: 'regions',
};

/** Views of a node that other pages show, by the name of the page, with the types of nodes that each takes. */
const VIEWS: Readonly<Record<string, { readonly types: readonly string[]; readonly to: (id: string) => string }>> = {
  network: { types: Object.keys(SELECTED_BY), to: (id) => `/network?${selectionOf(id)}` },
  map: {
    types: ['pole', 'cluster', 'organisation', 'territory'],
    to: (id) => `/map?show=selection&${selectionOf(id)}`,
  },
  path: { types: ['pole', 'cluster', 'organisation', 'project'], to: (id) => `/path?a=${id}` },
  compare: { types: ['pole', 'cluster'], to: (id) => `/compare?ids=${id}` },
};

const typeIn = (id: string): string => id.slice(0, id.indexOf('/'));

/** The parameter by which an address selects the part of the graph around a node; null where there is none. */
export const selectedBy = (id: string): 'members' | 'around' | 'regions' | null => SELECTED_BY[typeIn(id)] ?? null;

/** A part of the graph as the network view, the map and the measures read it. */
const selectionOf = (id: string): string => `${SELECTED_BY[typeIn(id)]}=${id}`;

/** The address of a view of a node, in the year of a date where one is given; null where no page shows it. */
export function viewOf(page: string, id: string, asOf: string | null = null): string | null {
  const view = page in PATHS ? VIEWS[page] : undefined;
  if (!view?.types.includes(typeIn(id))) return null;
  return asOf === null ? view.to(id) : `${view.to(id)}&year=${asOf.slice(0, 4)}`;
}

/** Years between which somebody looks for what changed, at first. */
const YEARS_BETWEEN = 10;

/** The address of the network around a node in two years, beside each other: ten years ago, or that of a date, and now. */
export function changedAt(id: string, asOf: string | null): string | null {
  const selected = selectedBy(id);
  if (selected !== 'members' && selected !== 'regions') return null;
  const now = new Date().getFullYear();
  const then = asOf === null ? now - YEARS_BETWEEN : Math.min(Number(asOf.slice(0, 4)), now - 1);
  return `/network?${selectionOf(id)}&year=${then}&versus=${now}`;
}
