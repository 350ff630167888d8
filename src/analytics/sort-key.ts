/** Sort keys are the folded name, this separator, the identifier (domain/fold.ts): one text tells all three. */
const SEPARATOR = '\u0001';

/** The identifier of the node that a sort key belongs to. */
export function idOfSortKey(sortKey: string): string {
  return sortKey.slice(sortKey.indexOf(SEPARATOR) + 1);
}

/** The folded name of that node. */
export function nameOfSortKey(sortKey: string): string {
  return sortKey.slice(0, sortKey.indexOf(SEPARATOR));
}
