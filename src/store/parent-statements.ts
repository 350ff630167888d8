import type { Statement } from '../graph/statement.ts';
import { beyond, broughtBy, countedBy, nameOf, once, orderingBy, orderKeys, orderName, whereOf } from './compose.ts';
import type { Condition, Facet, FacetRows, Listing, PackedPage, PageShape } from './listing.ts';
import { summaryColumns } from './node-summary.ts';

/** A column of a relationship `r`: a property, or the identifier of the node at which it begins or ends. */
function columnText(r: string, name: string): string {
  if (name === 'from') return `startNode(${r}).id`;
  return name === 'to' ? `endNode(${r}).id` : `${r}.${name}`;
}

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
export function relationships(listing: Listing, shape: PageShape): PageTexts {
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
      CALL (parent) {${countedBy(listing, conditions, facet)}
      }
      RETURN parent, found`,
  );
}
