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
  node: NODE_TYPES.map((type) => `/${type}/*`),
} as const satisfies Record<string, readonly string[]>;

/** A page of the explorer. */
export type PageName = keyof typeof PATHS;

const matches = (pattern: string, path: string): boolean =>
  pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) && path.length >= pattern.length : path === pattern;

/** The page at a path; null where the explorer has none. */
export function pageAt(path: string): PageName | null {
  const found = Object.entries(PATHS).find(([, patterns]) => patterns.some((pattern) => matches(pattern, path)));
  return found ? (found[0] as PageName) : null;
}
