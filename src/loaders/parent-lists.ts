import type { Parameters } from '../graph/statement.ts';
import { hasColumns, Neighbours } from '../snapshot/neighbours.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { Ask } from '../store/ask.ts';
import type { ListRequest } from '../store/list.ts';
import type { Condition, Facet, FacetRows, Listing, PackedPage, PageShape } from '../store/listing.ts';
import { countOf, facetOf, pageOf, pagesAmong } from '../store/parent-statements.ts';

/**
 * How a list of parents is read: from the snapshot alone; the neighbours from the snapshot and their facts by a statement;
 * or by a statement alone. The first two become the last one where the snapshot is not of now.
 */
export type Strategy = 'snapshot' | 'snapshot, then statement' | 'statement';

const isInMemory = ({ edges }: Listing, conditions: readonly Condition[]): boolean =>
  edges !== undefined && conditions.every(({ inMemory }) => inMemory !== undefined);

/** How a page is read. */
export function pageStrategy(listing: Listing, { conditions, sort, selected }: PageShape): Strategy {
  if (!isInMemory(listing, conditions) || (sort !== null && sort.inMemory === undefined)) return 'statement';
  return hasColumns(selected.related) ? 'snapshot' : 'snapshot, then statement';
}

/** How a total is read, or a facet. */
export function countStrategy({ listing, conditions }: ListRequest, facet?: Facet): Strategy {
  const isKnown = facet === undefined || (facet.is === 'value' && facet.inMemory !== undefined);
  return isKnown && isInMemory(listing, conditions) ? 'snapshot' : 'statement';
}

/** By what lists of parents are read. */
export interface Reading {
  readonly ask: Ask;
  /** What a reader of the snapshot, made once, says of each parent; null where it is not of now, or changes meanwhile. */
  readonly fromSnapshot: <Value>(
    parents: readonly string[],
    readerOf: (snapshot: Snapshot) => (parent: string) => Value,
  ) => Promise<readonly Value[] | null>;
}

const neighboursOf = (
  snapshot: Snapshot,
  { edges }: Listing,
  conditions: readonly Condition[],
  parameters: Parameters,
) => new Neighbours(snapshot, { edges: edges!, conditions, parameters });

/** Pages of a list of some parents: one row per parent. */
export async function parentPages(
  listing: Listing,
  shape: PageShape,
  parameters: Parameters,
  parents: readonly string[],
  reading: Reading,
): Promise<readonly PackedPage[]> {
  const found = await pagesInMemory(listing, shape, parameters, parents, reading);
  return found ?? reading.ask(pageOf(listing, shape), { ...parameters, parents });
}

/** Pages by the snapshot, alone or before a statement; null where a statement alone has to read them. */
async function pagesInMemory(
  listing: Listing,
  shape: PageShape,
  parameters: Parameters,
  parents: readonly string[],
  reading: Reading,
): Promise<readonly PackedPage[] | null> {
  const strategy = pageStrategy(listing, shape);
  if (strategy === 'statement') return null;
  const list = (snapshot: Snapshot) => neighboursOf(snapshot, listing, shape.conditions, parameters);
  if (strategy !== 'snapshot') return pagesByNeighbours(listing, shape, parameters, parents, reading, list);
  return reading.fromSnapshot(parents, (snapshot) => {
    const neighbours = list(snapshot);
    return (parent) => ({ parent, rows: neighbours.rows(parent, shape, parameters) });
  });
}

/** Pages whose neighbours the snapshot knows; null where to read them one by one costs more than to sort the lists. */
async function pagesByNeighbours(
  listing: Listing,
  shape: PageShape,
  parameters: Parameters,
  parents: readonly string[],
  { ask, fromSnapshot }: Reading,
  list: (snapshot: Snapshot) => Neighbours,
): Promise<readonly PackedPage[] | null> {
  const pages = await fromSnapshot(parents, (snapshot) => {
    const neighbours = list(snapshot);
    return (parent) => {
      const candidates = neighbours.page(parent, shape, parameters);
      // Each is looked for among all relationships of its own.
      const cost = candidates.reduce((sum, id) => sum + neighbours.degreeBack(id), 0);
      return { parent, candidates, saved: neighbours.degree(parent) - cost };
    };
  });
  if (pages === null || pages.reduce((sum, { saved }) => sum + saved, 0) <= 0) return null;
  const asked = pages.map(({ parent, candidates }) => ({ parent, candidates }));
  const rows = await ask(pagesAmong(listing, { ...shape, continued: false }), { ...parameters, pages: asked });
  const sizes = new Map(rows.map((row) => [row.parent, row.rows.length]));
  // Something was taken away meanwhile: the next one would come in its place.
  const isWhole = pages.every(({ parent, candidates }) => (sizes.get(parent) ?? 0) === candidates.length);
  return isWhole ? rows : null;
}

/** How many entries the lists of some parents have, in their order. */
export async function parentTotals(
  request: ListRequest,
  parents: readonly string[],
  { ask, fromSnapshot }: Reading,
): Promise<readonly number[]> {
  const { listing, conditions, parameters } = request;
  if (countStrategy(request) === 'snapshot') {
    const found = await fromSnapshot(parents, (snapshot) => {
      const neighbours = neighboursOf(snapshot, listing, conditions, parameters);
      return (parent) => neighbours.total(parent);
    });
    if (found) return found;
  }
  const rows = await ask(countOf(listing, conditions), { ...parameters, parents });
  const totals = new Map(rows.map(({ parent, total }) => [parent, total]));
  return parents.map((parent) => totals.get(parent) ?? 0);
}

/** What the entries in the lists of some parents are, counted, in the order of the parents. */
export async function parentFacets(
  request: ListRequest,
  facet: Facet,
  own: Parameters,
  parents: readonly string[],
  { ask, fromSnapshot }: Reading,
): Promise<readonly FacetRows[]> {
  const { listing, conditions } = request;
  const parameters = { ...request.parameters, ...own };
  if (facet.is === 'value' && countStrategy(request, facet) === 'snapshot') {
    const limit = parameters.facetLimit as number;
    const found = await fromSnapshot(parents, (snapshot) => {
      const neighbours = neighboursOf(snapshot, listing, conditions, parameters);
      return (parent) => neighbours.counts(parent, facet.inMemory!, limit);
    });
    if (found) return found;
  }
  const rows = await ask(facetOf(listing, conditions, facet), { ...parameters, parents });
  const found = new Map(rows.map((row) => [row.parent, row.found]));
  return parents.map((parent) => found.get(parent) ?? []);
}
