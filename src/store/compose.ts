import { constantPart, type Key, keyOf } from '../domain/key.ts';
import { type Statement, statement } from '../graph/statement.ts';
import { type ListedProperty, type NodeSummary, summaryColumns } from './node-summary.ts';
import type { SnapshotType } from './snapshot.ts';

/** Texts that are kept: all lists with what is usually asked of them. Only filters make more, without end. */
const MAX_KEPT = 2_000;

/**
 * The one place that joins Cypher, with filter.ts: constant fragments into constant texts, never input. Each text is made
 * once and kept, so that an engine plans it once.
 */
const made = new Map<Key, Statement<never>>();

/** All that decides a text: what it asks of which list, and in what form. */
interface TextParts {
  readonly form: string;
  readonly listing: Listing;
  readonly conditions?: readonly Condition[];
  readonly sort?: SortKey | null;
  readonly facet?: Facet;
  readonly shape?: Partial<Omit<PageShape, 'conditions' | 'sort'>>;
}

/** The name is for logs: two filters may differ in their texts and be named alike. */
function once<Row>(parts: TextParts, name: string, text: () => string): Statement<Row> {
  const { form, listing, conditions = [], sort, facet, shape } = parts;
  const key = keyOf('statement', {
    form,
    listing: constantPart(listing),
    conditions: conditions.map(constantPart),
    sort: sort && constantPart(sort),
    facet: facet && constantPart(facet),
    shape,
  });
  const known = made.get(key) ?? (statement(name, text()) as Statement<never>);
  // The last to be asked for is the last to be given up.
  made.delete(key);
  made.set(key, known);
  if (made.size > MAX_KEPT) made.delete(made.keys().next().value!);
  return known as Statement<Row>;
}

/** A named, constant condition; its parameters are named in it. */
export interface Condition {
  readonly name: string;
  readonly text: string;
  /** It leaves a part of the order of names: Neo4j reads that part from its index. */
  readonly bounds?: 'sortKey';
  /** The same condition on what the snapshot has. */
  readonly inMemory?: InMemory;
}

/** A condition on a column of the snapshot: that its value is among those of a parameter, or that the period holds. */
export interface InMemory {
  readonly of: 'edge' | 'node';
  readonly field: 'kind' | 'type' | 'period';
  /** The parameter's name; none for the period, which has asOfFirst and asOfLast. */
  readonly among?: string;
}

/** One list of the graph: where its rows come from, without order, conditions or page. */
export interface Listing {
  readonly name: string;
  /** `(a:Entity {id: parent})-[r:…]->(b)`, or `(b:Organisation)` for a list without a parent. */
  readonly pattern: string;
  /** Properties of a relationship, its identifier among them, that a row may bring; null where there is no relationship. */
  readonly columns: readonly string[] | null;
  /** What is listed are the relationships: an entry for each. Else one for each neighbour, however many join it. */
  readonly each?: 'relationship';
  /** Clauses before the pattern, where a list without a parent starts from nodes that a filter names. */
  readonly before?: string;
  /** Always in force. */
  readonly where?: Condition;
  /** The pattern may reach the same entry on several ways: it counts once. */
  readonly distinct?: true;
  /** Where the snapshot has the list: its type of relationship, and at which end of them the parent is. */
  readonly edges?: { readonly type: SnapshotType; readonly side: 'out' | 'in' };
}

/** A key to sort by before the unique one. `text` is never null; of relationships it is one value of all to a neighbour. */
export interface SortKey {
  readonly name: string;
  readonly text: string;
  readonly type: 'string' | 'number';
  /** The same key by what the snapshot has: the least text of the edges to a neighbour, the sum of their numbers. */
  readonly inMemory?:
    | { readonly of: 'edges'; readonly field: 'since' | 'kind' | 'strength' | 'projectCount' }
    | { readonly of: 'node'; readonly field: 'since' | 'partnerCount' };
}

export type Direction = 'ASC' | 'DESC';

/** What of a list's rows is brought: properties of the node, the identifier first, and columns of each relationship. */
export interface Selected {
  readonly summary: readonly ListedProperty[];
  readonly related: readonly string[];
}

/**
 * Packed rows of one parent: the selected properties of the summary, then, where columns are selected, a list of the
 * relationships to that neighbour, each a list of these columns, then the sort key where there is one.
 */
export interface PackedPage {
  readonly parent: string;
  readonly rows: readonly (readonly unknown[])[];
}

/** A key of an order, and in which direction it is read. */
interface OrderKey {
  readonly text: string;
  readonly direction: Direction;
}

/** Rows after a position, key by key: the later keys decide among equals. */
function beyond(keys: readonly OrderKey[]): string {
  return keys.reduceRight((rest, { text, direction }, place) => {
    const after = `${text} ${direction === 'ASC' ? '>' : '<'} $after${place}`;
    return rest === '' ? after : `(${after} OR (${text} = $after${place} AND ${rest}))`;
  }, '');
}

const orderingBy = (keys: readonly OrderKey[]): string =>
  keys.map(({ text, direction }) => `${text} ${direction}`).join(', ');

/** Conditions as a WHERE clause; empty where there are none. */
export function whereAll(conditions: readonly Pick<Condition, 'text'>[]): string {
  return conditions.length === 0 ? '' : `WHERE ${conditions.map(({ text }) => `(${text})`).join(' AND ')}`;
}

function whereOf(listing: Listing, conditions: readonly Condition[], beyondText: string): string {
  const all = [...(listing.where ? [listing.where] : []), ...conditions];
  return whereAll(beyondText === '' ? all : [...all, { text: beyondText }]);
}

const nameOf = (listing: Listing, conditions: readonly Condition[]): string =>
  [listing.name, ...conditions.map(({ name }) => name)].join('+');

/** What a page of a listing asks of the composer. */
export interface PageShape {
  readonly conditions: readonly Condition[];
  readonly sort: SortKey | null;
  /** In which direction its first key is read. */
  readonly direction: Direction;
  /** In which direction those are read that are equal in the sort key: by name. Without a sort key it is the same. */
  readonly ties: Direction;
  /** Whether there is a position to start after: $after0, $after1 … in the order of the keys. */
  readonly continued: boolean;
  /** What its rows bring. */
  readonly selected: Selected;
}

const OPPOSITE = { ASC: 'DESC', DESC: 'ASC' } as const;

/**
 * In which directions a list is read: what is equal in the sort key comes by name, A to Z, whatever the direction of the
 * sort key. Backward, all is the other way round.
 */
export function directionsOf(
  { sort, direction }: Pick<PageShape, 'sort' | 'direction'>,
  backward: boolean,
): Pick<PageShape, 'direction' | 'ties'> {
  const ties = sort === null ? direction : 'ASC';
  return backward ? { direction: OPPOSITE[direction], ties: OPPOSITE[ties] } : { direction, ties };
}

/** What a page is ordered by, for the names of statements. */
const orderName = ({ sort, direction, ties }: Pick<PageShape, 'sort' | 'direction' | 'ties'>): string =>
  sort === null ? `by name ${direction}` : `by ${sort.name} ${direction}, name ${ties}`;

function orderKeys(
  { sort, direction, ties }: Pick<PageShape, 'sort' | 'direction' | 'ties'>,
  unique: readonly string[],
): OrderKey[] {
  return [...(sort ? [{ text: sort.text, direction }] : []), ...unique.map((text) => ({ text, direction: ties }))];
}

/** The part of a statement's name that names its columns: an actor and a relationship both may have a kind. */
const broughtBy = ({ summary, related }: Selected): string => `(${[...summary, '|', ...related].join(' ')})`;

function columnsOf(sort: SortKey | null, { summary }: Selected): string {
  return [summaryColumns('b', summary), ...(sort ? [sort.text] : [])].join(', ');
}

/** A column of a relationship `r`: a property, or the identifier of the node at which it begins. */
const columnText = (r: string, name: string): string => (name === 'from' ? `startNode(${r}).id` : `${r}.${name}`);

/** The parts of the text of a parent's page that its shape decides. */
export interface PageTexts {
  /** Conditions and position, as a WHERE clause; empty where there are none. */
  readonly where: string;
  /** Makes an entry of each neighbour `b`, or of each relationship, and names them and the position's condition, if any. */
  readonly entries: string;
  readonly order: string;
  readonly columns: string;
}

/** An entry for each neighbour: `b`, its relationships `rs` where any of their columns are wanted, and the sort key. */
function neighbours(listing: Listing, { sort, continued, selected, ...order }: PageShape): PageTexts {
  const keys = orderKeys({ ...order, sort: sort && { ...sort, text: 'sorted' } }, ['b.sortKey']);
  const position = continued ? beyond(keys) : '';
  const isRelated = selected.related.length > 0;
  const named = ['b', ...(isRelated ? ['collect(r) AS rs'] : []), ...(sort ? [`${sort.text} AS sorted`] : [])];
  // A position by the names alone leaves rows out before they are made entries.
  const [before, after] = sort ? ['', position] : [position, ''];
  const of = selected.related.map((name) => columnText('f', name)).join(', ');
  const columns = [summaryColumns('b', selected.summary), ...(isRelated ? [`[f IN rs | [${of}]]`] : [])];
  return {
    where: whereOf(listing, order.conditions, before),
    entries: `WITH ${isRelated ? '' : 'DISTINCT '}${named.join(', ')}${after === '' ? '' : ` WHERE ${after}`}`,
    order: orderingBy(keys),
    columns: [...columns, ...(sort ? ['sorted'] : [])].join(', '),
  };
}

/** An entry for each relationship `r`. */
function relationships(listing: Listing, shape: PageShape): PageTexts {
  const { sort, continued, selected, conditions } = shape;
  const keys = orderKeys(shape, ['b.sortKey', 'r.id']);
  const of = selected.related.map((name) => columnText('r', name)).join(', ');
  return {
    where: whereOf(listing, conditions, continued ? beyond(keys) : ''),
    entries: 'WITH r, b',
    order: orderingBy(keys),
    columns: [summaryColumns('b', selected.summary), `[[${of}]]`, ...(sort ? [sort.text] : [])].join(', '),
  };
}

/** A statement for a page of a parent's list, which `write` puts together; `form` tells it from others of the same shape. */
export function pageStatement<Row>(
  listing: Listing,
  shape: PageShape,
  form: string,
  write: (texts: PageTexts) => string,
): Statement<Row> {
  const { conditions, sort, ...rest } = shape;
  const { continued, selected } = rest;
  const order = `${orderName(shape)}${continued ? ' after' : ''}`;
  const name = `${nameOf(listing, conditions)} ${order} ${broughtBy(selected)}${form}`;
  return once({ form: `page${form}`, listing, conditions, sort, shape: rest }, name, () =>
    write(listing.each === undefined ? neighbours(listing, shape) : relationships(listing, shape)),
  );
}

/** The text that sorts the whole list of each of `$parents` for its page. */
function sortedPages(listing: Listing, { where, entries, order, columns }: PageTexts): string {
  return `
      UNWIND $parents AS parent
      CALL (parent) {
        MATCH ${listing.pattern}
        ${where}
        ${entries} ORDER BY ${order} LIMIT $limit
        RETURN collect([${columns}]) AS rows
      }`;
}

/** A page of a listing for each of `$parents`: one row per parent, at most `$limit` packed rows in it, in order. */
export function pageOf(listing: Listing, shape: PageShape): Statement<PackedPage> {
  return pageStatement(
    listing,
    shape,
    '',
    (texts) => `${sortedPages(listing, texts)}
      RETURN parent, rows`,
  );
}

/** The pattern read from the neighbour: the embedded engine begins where the pattern begins. */
const fromNeighbour = ({ pattern }: Listing): string =>
  pattern
    .replace('(a:Entity {id: parent})', '(a)')
    .replace(
      /^\(a\)(<?)-(\[.*\])-(>?)\(b\)$/,
      (_, back: string, relationship: string, onward: string) =>
        `(b)${onward && '<'}-${relationship}-${back && '>'}(a)`,
    );

/**
 * Pages from among neighbours that are known: `$pages` holds each parent with its candidates. One row per parent that has
 * candidates, as `pageOf` gives it.
 */
export function pagesAmong(listing: Listing, shape: PageShape): Statement<PackedPage> {
  return pageStatement(
    listing,
    shape,
    ' among',
    ({ where, entries, order, columns }) => `
      UNWIND $pages AS page
      CALL (page) {
        MATCH (a:Entity {id: page.parent})
        UNWIND page.candidates AS candidate
        MATCH (b:Entity {id: candidate})
        MATCH ${fromNeighbour(listing)}
        ${where}
        ${entries} ORDER BY ${order} LIMIT $limit
        RETURN collect([${columns}]) AS rows
      }
      RETURN page.parent AS parent, rows`,
  );
}

/** How many entries a listing has for each of `$parents`. */
export function countOf(
  listing: Listing,
  conditions: readonly Condition[],
): Statement<{ parent: string; total: number }> {
  return once(
    { form: 'count', listing, conditions },
    `count of ${nameOf(listing, conditions)}`,
    () => `
      UNWIND $parents AS parent
      CALL (parent) {
        MATCH ${listing.pattern}
        ${whereOf(listing, conditions, '')}
        RETURN count(${listing.each === undefined ? 'DISTINCT b' : 'r'}) AS total
      }
      RETURN parent, total`,
  );
}

/** The packed rows of a page without a parent, in one record: an engine's driver takes longer for many than for long ones. */
export interface PackedRootPage {
  readonly rows: readonly (readonly unknown[])[];
}

/** A page of a listing without a parent. */
export function rootPageOf(listing: Listing, shape: PageShape): Statement<PackedRootPage> {
  const { conditions, sort, ...rest } = shape;
  const { continued, selected } = rest;
  const order = `${orderName(shape)}${continued ? ' after' : ''}`;
  const name = `${nameOf(listing, conditions)} ${order} ${broughtBy(selected)}`;
  return once({ form: 'root page', listing, conditions, sort, shape: rest }, name, () => {
    const keys = orderKeys(shape, ['b.sortKey']);
    // A bound on the key, even an empty one, lets Neo4j read it in order from its index.
    const isBounded = conditions.some(({ bounds }) => bounds === 'sortKey');
    const start = sort || listing.before || isBounded ? '' : "b.sortKey > ''";
    const where = whereOf(listing, conditions, continued ? beyond(keys) : start);
    return `
      ${listing.before ?? ''}
      MATCH ${listing.pattern}
      ${where}
      WITH ${listing.distinct ? 'DISTINCT ' : ''}b ORDER BY ${orderingBy(keys)} LIMIT $limit
      RETURN collect([${columnsOf(sort, selected)}]) AS rows`;
  });
}

/** The label of which a listing has every node; null where it has a parent, or a filter's start. */
export function wholeType({ pattern, before, where }: Listing): string | null {
  return before === undefined && where === undefined ? (/^\(b:(\w+)\)$/.exec(pattern)?.[1] ?? null) : null;
}

/**
 * Every node of a whole type in an order: their sort keys, and what they are sorted by before these, if anything, in a
 * direction; those that are equal in it by name.
 */
export function orderOf(
  listing: Listing,
  sort: SortKey | null,
  direction: Direction,
): Statement<{ keys: readonly string[]; values?: readonly (string | number)[] }> {
  const name = `order of ${listing.name} by ${sort ? `${sort.name} ${direction}` : 'name'}`;
  return once({ form: 'order', listing, sort, shape: { direction } }, name, () => {
    const keys = orderingBy(orderKeys({ sort, direction, ties: 'ASC' }, ['b.sortKey']));
    return `
      MATCH ${listing.pattern}
      WITH b ORDER BY ${keys}
      RETURN collect(b.sortKey) AS keys${sort ? `, collect(${sort.text}) AS values` : ''}`;
  });
}

/** Where each of `$ids` stands in that order; those of other types say so, those that are gone give no row. */
export function placesOf(
  listing: Listing,
  sort: SortKey | null,
): Statement<{ id: string; belongs: boolean; key: string; value: string | number | null }> {
  return once(
    { form: 'places', listing, sort },
    `places in ${listing.name} by ${sort?.name ?? 'name'}`,
    () => `
      UNWIND $ids AS id
      MATCH (b:Entity {id: id})
      RETURN id, '${wholeType(listing)}' IN labels(b) AS belongs, b.sortKey AS key, ${sort?.text ?? 'null'} AS value`,
  );
}

/** A page of a listing without a parent from among `$candidates` alone, which hold its next entries. */
export function rootPageAmong(
  listing: Listing,
  { conditions, sort, direction, ties, selected }: Omit<PageShape, 'continued'>,
): Statement<PackedRootPage> {
  const name = `${nameOf(listing, conditions)} ${orderName({ sort, direction, ties })} among ${broughtBy(selected)}`;
  const shape = { direction, ties, selected };
  return once({ form: 'root page among', listing, conditions, sort, shape }, name, () => {
    const order = orderingBy(orderKeys({ sort, direction, ties }, ['b.sortKey']));
    return `
      UNWIND $candidates AS candidate
      MATCH (b:Entity {id: candidate})
      ${whereOf(listing, conditions, '')}
      WITH b ORDER BY ${order} LIMIT $limit
      RETURN collect([${columnsOf(sort, selected)}]) AS rows`;
  });
}

/** How many rows a listing without a parent has. */
export function rootCountOf(listing: Listing, conditions: readonly Condition[]): Statement<{ total: number }> {
  return once(
    { form: 'root count', listing, conditions },
    `count of ${nameOf(listing, conditions)}`,
    () => `
      ${listing.before ?? ''}
      MATCH ${listing.pattern}
      ${whereOf(listing, conditions, '')}
      RETURN count(${listing.distinct ? 'DISTINCT ' : ''}b) AS total`,
  );
}

/** What the actors of a list are counted by: a value of their own, or of their relationship, or nodes that they lead to. */
export type Facet =
  | {
      readonly is: 'value';
      readonly name: string;
      readonly value: string;
      /** Where the snapshot has the value: what lists show of the node, or the year in which a relationship began. */
      readonly inMemory?: keyof NodeSummary | 'year';
    }
  | {
      readonly is: 'node';
      readonly name: string;
      /** From the actor, which the text leaves out, to the node `f`. */
      readonly way: string;
      readonly where: string;
    };

/** The packed rows of a facet, most frequent first: how many, the value, and the node's other columns where it is one. */
export type FacetRows = readonly (readonly [total: number, value: string, ...summary: unknown[]])[];

/** Clauses that find the actors of a list and count them, each once, by what a facet tells of them. */
function tallyOf(listing: Listing, conditions: readonly Condition[], facet: Facet): string {
  const ofNode = facet.is === 'node';
  // The second pattern begins where the first ends, which is an expansion on both engines; as one pattern they could not
  // go over the same relationship twice, and a list of actors by seat would lose its seats.
  const found = ofNode
    ? `WITH DISTINCT b MATCH (b)${facet.way} WHERE ${facet.where} WITH f, count(DISTINCT b) AS total`
    : // Those without a value are left out of a few sums instead of many actors.
      `WITH ${facet.value} AS value, count(DISTINCT b) AS total WHERE value IS NOT NULL WITH value, total`;
  const columns = ofNode ? summaryColumns('f') : 'value';
  return `
      MATCH ${listing.pattern}
      ${whereOf(listing, conditions, '')}
      ${found} ORDER BY total DESC, ${ofNode ? 'f.id' : 'value'} LIMIT $facetLimit
      RETURN collect([total, ${columns}]) AS found`;
}

/** What the actors of a list are, counted for each of `$parents`. */
export function facetOf(
  listing: Listing,
  conditions: readonly Condition[],
  facet: Facet,
): Statement<{ parent: string; found: FacetRows }> {
  return once(
    { form: 'facet', listing, conditions, facet },
    `${facet.name} in ${nameOf(listing, conditions)}`,
    () => `
      UNWIND $parents AS parent
      CALL (parent) {${tallyOf(listing, conditions, facet)}
      }
      RETURN parent, found`,
  );
}

/** What the actors of a list without a parent are, counted. */
export function rootFacetOf(
  listing: Listing,
  conditions: readonly Condition[],
  facet: Facet,
): Statement<{ found: FacetRows }> {
  return once(
    { form: 'root facet', listing, conditions, facet },
    `${facet.name} in ${nameOf(listing, conditions)}`,
    () => `
      ${listing.before ?? ''}${tallyOf(listing, conditions, facet)}`,
  );
}
