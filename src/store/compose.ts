import { type Statement, statement } from '../graph/statement.ts';
import { CARD_COLUMNS } from './card.ts';

/**
 * The one place that joins Cypher: constant fragments into constant texts, never input. Each text is made once and kept,
 * so that an engine plans it once.
 */
const made = new Map<string, Statement<never>>();

function once<Row>(name: string, text: () => string): Statement<Row> {
  let known = made.get(name);
  if (!known) {
    known = statement(name, text()) as Statement<never>;
    made.set(name, known);
  }
  return known as Statement<Row>;
}

/** A named, constant condition; its parameters are named in it. */
export interface Condition {
  readonly name: string;
  readonly text: string;
}

/** One list of the graph: where its rows come from, without order, conditions or page. */
export interface Listing {
  readonly name: string;
  /** `(a:Entity {id: parent})-[r:…]->(b)`, or `(b:Organisation)` for a list without a parent. */
  readonly pattern: string;
  /** Columns of the relationship, after those of the card; `r.id` is the first where there is a relationship. */
  readonly columns: string;
  /** Always in force. */
  readonly where?: Condition;
  /** The pattern may reach the same relationship on several ways: it counts once. */
  readonly distinct?: true;
}

/** A key to sort by before the unique ones. `text` is never null. */
export interface SortKey {
  readonly name: string;
  readonly text: string;
  readonly type: 'string' | 'number';
}

export type Direction = 'ASC' | 'DESC';

/** Packed rows of one parent: the card, the relationship's columns, the sort key where one was asked. */
export interface PackedPage {
  readonly parent: string;
  readonly rows: readonly (readonly unknown[])[];
}

/** Rows after a position, key by key: the later keys decide among equals. */
function beyond(keys: readonly string[], sign: '<' | '>'): string {
  return keys.reduceRight(
    (rest, key, place) =>
      rest === ''
        ? `${key} ${sign} $after${place}`
        : `(${key} ${sign} $after${place} OR (${key} = $after${place} AND ${rest}))`,
    '',
  );
}

function whereOf(listing: Listing, conditions: readonly Condition[], beyondText: string): string {
  const all = [...(listing.where ? [listing.where] : []), ...conditions].map(({ text }) => `(${text})`);
  if (beyondText !== '') all.push(`(${beyondText})`);
  return all.length === 0 ? '' : `WHERE ${all.join(' AND ')}`;
}

const nameOf = (listing: Listing, conditions: readonly Condition[]): string =>
  [listing.name, ...conditions.map(({ name }) => name)].join('+');

/** What a page of a listing asks of the composer. */
export interface PageShape {
  readonly conditions: readonly Condition[];
  readonly sort: SortKey | null;
  readonly direction: Direction;
  /** Whether there is a position to start after: $after0, $after1 … in the order of the keys. */
  readonly continued: boolean;
}

/** The unique keys of a listing: the neighbour's, and the relationship's where parallel ones may exist. */
function uniqueKeys(listing: Listing): string[] {
  return listing.columns === '' ? ['b.sortKey'] : ['b.sortKey', 'r.id'];
}

/**
 * A page of a listing for each of `$parents`: one row per parent, at most `$limit` packed rows in it, in order.
 */
export function pageOf(listing: Listing, { conditions, sort, direction, continued }: PageShape): Statement<PackedPage> {
  const name = `${nameOf(listing, conditions)} by ${sort?.name ?? 'name'} ${direction}${continued ? ' after' : ''}`;
  return once(name, () => {
    const keys = [...(sort ? [sort.text] : []), ...uniqueKeys(listing)];
    const order = keys.map((key) => `${key} ${direction}`).join(', ');
    const where = whereOf(listing, conditions, continued ? beyond(keys, direction === 'ASC' ? '>' : '<') : '');
    const columns = [CARD_COLUMNS, listing.columns, sort?.text ?? ''].filter((text) => text !== '').join(', ');
    const found = `${listing.distinct ? 'DISTINCT ' : ''}${listing.columns === '' ? 'b' : 'r, b'}`;
    return `
      UNWIND $parents AS parent
      CALL (parent) {
        MATCH ${listing.pattern}
        ${where}
        WITH ${found} ORDER BY ${order} LIMIT $limit
        RETURN collect([${columns}]) AS rows
      }
      RETURN parent, rows`;
  });
}

/** How many rows a listing has for each of `$parents`. */
export function countOf(
  listing: Listing,
  conditions: readonly Condition[],
): Statement<{ parent: string; total: number }> {
  return once(`count of ${nameOf(listing, conditions)}`, () => {
    const counted = listing.distinct ? 'DISTINCT r.id' : listing.columns === '' ? 'b' : 'r';
    return `
      UNWIND $parents AS parent
      CALL (parent) {
        MATCH ${listing.pattern}
        ${whereOf(listing, conditions, '')}
        RETURN count(${counted}) AS total
      }
      RETURN parent, total`;
  });
}

/** A page of a listing without a parent: packed rows, one per record. */
export function rootPageOf(
  listing: Listing,
  { conditions, sort, direction, continued }: PageShape,
): Statement<{ row: readonly unknown[] }> {
  const name = `${nameOf(listing, conditions)} by ${sort?.name ?? 'name'} ${direction}${continued ? ' after' : ''}`;
  return once(name, () => {
    const keys = [...(sort ? [sort.text] : []), 'b.sortKey'];
    const order = keys.map((key) => `${key} ${direction}`).join(', ');
    // A bound on the key, even an empty one, lets Neo4j read it in order from its index.
    const start = sort ? '' : "b.sortKey > ''";
    const where = whereOf(listing, conditions, continued ? beyond(keys, direction === 'ASC' ? '>' : '<') : start);
    const columns = [CARD_COLUMNS, sort?.text ?? ''].filter((text) => text !== '').join(', ');
    return `
      MATCH ${listing.pattern}
      ${where}
      WITH b ORDER BY ${order} LIMIT $limit
      RETURN [${columns}] AS row`;
  });
}

/** How many rows a listing without a parent has. */
export function rootCountOf(listing: Listing, conditions: readonly Condition[]): Statement<{ total: number }> {
  return once(
    `count of ${nameOf(listing, conditions)}`,
    () => `
      MATCH ${listing.pattern}
      ${whereOf(listing, conditions, '')}
      RETURN count(b) AS total`,
  );
}
