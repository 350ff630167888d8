import type { Statement } from '../graph/statement.ts';
import { type Listing, type PackedPage, type PackedRootPage, type ParentPageShape, pageStatement } from './compose.ts';

/**
 * Lists of a parent to which so many actors are joined that its page is found sooner by looking at all actors in the order
 * of their names than by sorting the list: whoever is joined to a tenth of them has ten on its page after a hundred looks.
 */

/** How many actors are looked at for each entry of a page, at the most. */
const LOOKS = 40;
/** Entries of a list, for each on its page, below which sorting is cheaper than the looks. */
const LEAST_CROWD = 200;
/** The part of all organisations below which a page would not be full after the looks. */
const LEAST_SHARE = 2 / LOOKS;

/** Whether a list is one that may have a crowd, in an order in which it can be sought. */
export function mayBeCrowd({ crowded }: Listing, { sort }: Pick<ParentPageShape, 'sort'>): boolean {
  return crowded === true && sort === null;
}

const fromParent = ({ pattern }: Listing): string => pattern.replace('(a:Entity {id: parent})', '(a)');

/** The same pattern read from the entry: the embedded engine begins where the pattern begins. */
const toParent = (listing: Listing): string =>
  fromParent(listing).replace(
    /^\(a\)(<?)-(\[.*\])-(>?)\(b\)$/,
    (_, back: string, relationship: string, onward: string) => `(b)${onward && '<'}-${relationship}-${back && '>'}(a)`,
  );

/** Every entry of the parent `a`, counted, which is one look where a node knows its degree. */
const entriesOf = (listing: Listing): string =>
  `COUNT { ${fromParent(listing).replace('[r:', '[:').replace('(b)', '()')} }`;

/**
 * A page of one parent, in `$parents`, for an engine that reads the nodes of a type in order: sought where there is a
 * crowd, and sorted where there is none or the page is not full after the looks.
 */
export function soughtPageOf(listing: Listing, shape: ParentPageShape): Statement<PackedPage> {
  const [onward, back] = shape.direction === 'ASC' ? ['>=', '<='] : ['<=', '>='];
  const start = shape.continued ? `b.sortKey ${onward} $after0` : "b.sortKey > ''";
  const entries = entriesOf(listing);
  return pageStatement(listing, shape, ' sought', ({ where, order, columns }) => {
    const page = `MATCH ${fromParent(listing)} ${where} WITH r, b ORDER BY ${order} LIMIT $limit`;
    return `
      UNWIND $parents AS parent
      CALL (parent) {
        MATCH (a:Entity {id: parent})
        CALL (a) {
          WITH a WHERE ${entries} > ${LEAST_CROWD} * $limit AND ${entries} > ${LEAST_SHARE} * COUNT { (:Organisation) }
          CALL (a) {
            MATCH (b:Organisation) WHERE ${start}
            WITH a, b ORDER BY b.sortKey ${shape.direction} LIMIT ${LOOKS} * $limit
            ${page}
            RETURN collect([r, b]) AS organisations, last(collect(b.sortKey)) AS lastKey
          }
          WITH a, organisations, lastKey WHERE size(organisations) = $limit
          CALL (a, lastKey) {
            MATCH (b:Network) WHERE ${start} AND b.sortKey ${back} lastKey
            ${page}
            RETURN collect([r, b]) AS networks
          }
          UNWIND organisations + networks AS entry
          WITH entry[0] AS r, entry[1] AS b ORDER BY ${order} LIMIT $limit
          RETURN collect([${columns}]) AS found
        }
        CALL (a, found) {
          WITH a, found WHERE size(found) = 0
          ${page}
          RETURN collect([${columns}]) AS remaining
        }
        RETURN found + remaining AS rows
      }
      RETURN parent, rows`;
  });
}

/** A page of `$parent` from among `$candidates` alone, who are the next of its list in order. */
export function pageAmong(listing: Listing, shape: ParentPageShape): Statement<PackedRootPage> {
  return pageStatement(
    listing,
    shape,
    ' among',
    ({ where, order, columns }) => `
      MATCH (a:Entity {id: $parent})
      UNWIND $candidates AS candidate
      MATCH (b:Entity {id: candidate})
      MATCH ${toParent(listing)}
      ${where}
      WITH r, b ORDER BY ${order} LIMIT $limit
      RETURN collect([${columns}]) AS rows`,
  );
}
