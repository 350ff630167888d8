import { PATHS } from './paths.ts';

/** Views of a node that other pages show, by the name of the page, with their addresses. */
const VIEWS: Readonly<Record<string, (id: string) => string>> = {
  network: (id) => `/network?ids=${encodeURIComponent(id)}`,
  map: (id) => `/map?of=${encodeURIComponent(id)}`,
  path: (id) => `/path?a=${encodeURIComponent(id)}`,
  compare: (id) => `/compare?ids=${encodeURIComponent(id)}`,
};

/** The address of a view of a node; null where no page shows it. */
export function viewOf(page: string, id: string): string | null {
  return page in PATHS ? (VIEWS[page]?.(id) ?? null) : null;
}
