import { DUSK } from '../domain/partial-date.ts';
import { FACET_DAYS, isPathValidOn, patternOf } from './in-memory.ts';
import type { Condition, Direction, Facet, Listing, PageShape, Selected } from './listing.ts';
import { summaryColumns } from './node-summary.ts';

// Cypher is joined here, in narrowed.ts and in list-statements.ts: constant fragments into constant texts, never input.

/** A key of an order, and in which direction it is read. */
export interface OrderKey {
  readonly text: string;
  readonly direction: Direction;
}

/** Rows after a position, key by key: the later keys decide among equals. */
export function beyond(keys: readonly OrderKey[]): string {
  return keys.reduceRight((rest, { text, direction }, index) => {
    const after = `${text} ${direction === 'ASC' ? '>' : '<'} $after${index}`;
    return rest === '' ? after : `(${after} OR (${text} = $after${index} AND ${rest}))`;
  }, '');
}

/** Whether a list is that of a parent; the pattern of another begins at its entries. */
export const hasParent = ({ pattern }: Pick<Listing, 'pattern'>): boolean => pattern.includes('{id: parent}');

/** Keys as an ORDER BY clause, without the words. */
export const orderingBy = (keys: readonly OrderKey[]): string =>
  keys.map(({ text, direction }) => `${text} ${direction}`).join(', ');

const joinedByAnd = (conditions: readonly Pick<Condition, 'text'>[]): string =>
  conditions.length === 0 ? '' : `WHERE ${conditions.map(({ text }) => `(${text})`).join(' AND ')}`;

/** Conditions as WHERE clauses; empty where there are none. Those that need a clause come after the others. */
export function whereAll(conditions: readonly Pick<Condition, 'text' | 'clause'>[]): string {
  const plain = conditions.filter(({ clause }) => clause === undefined);
  const measured = conditions.filter(({ clause }) => clause !== undefined);
  if (measured.length === 0) return joinedByAnd(plain);
  const clauses = measured.map(({ clause }) => clause);
  return [joinedByAnd(plain), ...clauses, 'WITH *', joinedByAnd(measured)].join(' ');
}

/** What a listing, a filter and a position ask for, as a WHERE clause; empty where they ask for nothing. */
export function whereOf(listing: Listing, conditions: readonly Condition[], beyondText: string): string {
  const all = [...(listing.where ? [listing.where] : []), ...conditions];
  return whereAll(beyondText === '' ? all : [...all, { text: beyondText }]);
}

/** The name of a list with its conditions, for statements. */
export const nameOf = (listing: Listing, conditions: readonly Condition[]): string =>
  [listing.name, ...conditions.map(({ name }) => name)].join('+');

/** What a page is ordered by, for the names of statements. */
export const orderName = ({
  sort,
  direction,
  nameDirection,
}: Pick<PageShape, 'sort' | 'direction' | 'nameDirection'>): string =>
  sort === null ? `by name ${direction}` : `by ${sort.name} ${direction}, name ${nameDirection}`;

/** The keys of an order: the sort key, if any, then the unique ones. */
export function orderKeys(
  { sort, direction, nameDirection }: Pick<PageShape, 'sort' | 'direction' | 'nameDirection'>,
  unique: readonly string[],
): OrderKey[] {
  return [
    ...(sort ? [{ text: sort.text, direction }] : []),
    ...unique.map((text) => ({ text, direction: nameDirection })),
  ];
}

/** The part of a statement's name that names its columns: an actor and a relationship both may have a kind. */
export const broughtBy = ({ summary, related }: Selected): string => `(${[...summary, '|', ...related].join(' ')})`;

const NAMES = { first: 'way', chain: 'chain' };

/** From an entry to the nodes `f` that a facet counts. */
function wayOf({ path, isOfKind, isDated, isOfToday }: Extract<Facet, { is: 'node' }>): string {
  const where = [
    ...(isOfKind ? ['f.kind = $facetKind'] : []),
    ...(isOfToday ? [`f.validTo = '${DUSK}'`] : []),
    ...(isDated ? [isPathValidOn(path, NAMES, FACET_DAYS)] : []),
  ];
  const pattern = `${isDated ? patternOf(path, NAMES) : patternOf(path)}(f:Entity)`;
  return where.length === 0 ? pattern : `${pattern} WHERE ${where.join(' AND ')}`;
}

/** What the entries of a list are, for count(): its relationships, or its nodes, each once. */
export function entryOf(listing: Listing): string {
  if (listing.each === 'relationship') return 'r';
  return hasParent(listing) ? 'DISTINCT b' : 'b';
}

/** Clauses that count the entries of a list, which are found, by what a facet tells of them. */
export function countedBy(listing: Listing, facet: Facet): string {
  const ofNode = facet.is === 'node';
  // The second pattern begins where the first ends, which is an expansion on both engines; as one pattern they could not
  // go over the same relationship twice, and a list of actors by seat would lose its seats.
  const clause = facet.is === 'value' && facet.clause ? `WITH DISTINCT b ${facet.clause} ` : '';
  const found = ofNode
    ? `WITH DISTINCT b MATCH (b)${wayOf(facet)} WITH f, count(DISTINCT b) AS total`
    : // Those without a value are left out of a few sums instead of many actors.
      `${clause}WITH ${facet.value} AS value, count(${entryOf(listing)}) AS total WHERE value IS NOT NULL WITH value, total`;
  const columns = ofNode ? summaryColumns('f') : 'value';
  return `${found} ORDER BY total DESC, ${ofNode ? 'f.id' : 'value'} LIMIT $facetLimit
      RETURN collect([total, ${columns}]) AS found`;
}
