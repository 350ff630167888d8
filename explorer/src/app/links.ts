import { PATHS } from './paths.ts';

const isNetwork = (id: string): boolean => /^(?:pole|cluster)\//.test(id);

/** A part of the graph as the network view, the map and the measures read it: members of a network, else its surroundings. */
const selectionOf = (id: string): string => `${isNetwork(id) ? 'members' : 'around'}=${id}`;

/** Views of a node that other pages show, by the name of the page, with their addresses. */
const VIEWS: Readonly<Record<string, (id: string) => string>> = {
  network: (id) => `/network?${selectionOf(id)}`,
  map: (id) => `/map?${selectionOf(id)}`,
  path: (id) => `/path?a=${id}`,
  compare: (id) => `/compare?ids=${id}`,
};

/** The address of a view of a node; null where no page shows it. */
export function viewOf(page: string, id: string): string | null {
  return page in PATHS ? (VIEWS[page]?.(id) ?? null) : null;
}
