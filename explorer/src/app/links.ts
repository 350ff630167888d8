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

/** The address of a view of a node; null where no page shows it. */
export function viewOf(page: string, id: string): string | null {
  const view = page in PATHS ? VIEWS[page] : undefined;
  return view?.types.includes(typeIn(id)) ? view.to(id) : null;
}
