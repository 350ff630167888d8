/** Types of nodes that have a page of their own; the address of the page is the identifier: /pole/aerospace-valley. */
export const NODE_TYPES = [
  ...['pole', 'cluster', 'organisation', 'project'],
  ...['territory', 'topic', 'source', 'patent'],
] as const;

/**
 * The addresses of the explorer by page, `*` for anything: an address of the server (/graphql, /exports, /metrics, …) must
 * not be among them. The server reads this list from the built explorer.
 */
export const PATHS = {
  start: ['/'],
  search: ['/search'],
  network: ['/network'],
  map: ['/map'],
  path: ['/path'],
  compare: ['/compare'],
  measures: ['/measures'],
  edit: ['/edit'],
  duplicates: ['/duplicates'],
  account: ['/account'],
  node: NODE_TYPES.map((type) => `/${type}/*`),
} as const satisfies Record<string, readonly string[]>;

/** A page of the explorer. */
export type PageName = keyof typeof PATHS;

const matches = (pattern: string, path: string): boolean =>
  pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) && path.length >= pattern.length : path === pattern;

/** Before the path of a page: the page alone, without header and footer, for a frame of another site. */
export const EMBED = '/embed';

/** Whether a path is that of a page in a frame. */
export const isEmbedded = (path: string): boolean => path.startsWith(`${EMBED}/`);

/** The path of a page, as it is outside a frame. */
export const ownPath = (path: string): string => (isEmbedded(path) ? path.slice(EMBED.length) : path);

/** The identifier that the path of a record's page names, in a frame or not; what is no valid escape stays as it is. */
export function nodeAt(path: string): string {
  const id = ownPath(path).slice(1);
  try {
    return decodeURI(id);
  } catch {
    return id;
  }
}

/** The page at a path, in a frame or not; null where the explorer has none. */
export function pageAt(path: string): PageName | null {
  const own = ownPath(path);
  const found = Object.entries(PATHS).find(([, patterns]) => patterns.some((pattern) => matches(pattern, own)));
  return found ? (found[0] as PageName) : null;
}
