import type { Parameters } from '../graph/statement.ts';
import { Neighbours } from '../snapshot/neighbours.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { ListRequest } from '../store/list.ts';
import type { Facet, FacetRows, PackedPage, PageShape } from '../store/listing.ts';
import { countOf, facetOf, pageOf, pagesAmong } from '../store/parent-statements.ts';
import { planOfCount, planOfPage, type Strategy } from './plan.ts';
import type { Reading } from './reading.ts';

/** Pages that are asked of the same list of some parents. */
export interface ParentPages {
  readonly request: ListRequest;
  readonly shape: PageShape;
  /** Those of the list, with the position and the limit. */
  readonly parameters: Parameters;
  readonly parents: readonly string[];
}

/** Work on the snapshot that does the same for each parent. */
function forEach<Value>(
  parents: readonly string[],
  readerOf: (snapshot: Snapshot) => (parent: string) => Value,
): (snapshot: Snapshot) => Generator<void, readonly Value[]> {
  return function* (snapshot) {
    const read = readerOf(snapshot);
    const values: Value[] = [];
    for (const parent of parents) {
      if (values.length > 0) yield;
      values.push(read(parent));
    }
    return values;
  };
}

const neighboursOf = (snapshot: Snapshot, { listing, conditions }: ListRequest, parameters: Parameters): Neighbours =>
  new Neighbours(snapshot, { edges: listing.edges!, conditions, parameters });

/** Pages of a list of some parents: one row per parent. */
export async function parentPages(asked: ParentPages, reading: Reading): Promise<readonly PackedPage[]> {
  const { request, shape, parameters, parents } = asked;
  const plan = planOfPage(request, shape.selected);
  const found = plan === 'statement' ? null : await pagesInMemory(asked, plan, reading);
  reading.planned({ list: request.listing.name, part: 'page', lists: parents.length, by: found ? plan : 'statement' });
  return found ?? reading.ask(pageOf(request.listing, shape), { ...parameters, parents });
}

/** Pages by the snapshot, alone or before a statement; null where a statement alone has to read them. */
function pagesInMemory(asked: ParentPages, plan: Strategy, reading: Reading): Promise<readonly PackedPage[] | null> {
  if (plan !== 'snapshot') return pagesByNeighbours(asked, reading);
  const { request, shape, parameters, parents } = asked;
  const rows = forEach(parents, (snapshot) => {
    const neighbours = neighboursOf(snapshot, request, parameters);
    return (parent) => ({ parent, rows: neighbours.rows(parent, shape, parameters) });
  });
  return reading.fromSnapshot(rows);
}

/** Pages whose neighbours the snapshot knows; null where to read them one by one costs more than to sort the lists. */
async function pagesByNeighbours(
  { request, shape, parameters, parents }: ParentPages,
  { ask, fromSnapshot }: Reading,
): Promise<readonly PackedPage[] | null> {
  const found = forEach(parents, (snapshot) => {
    const neighbours = neighboursOf(snapshot, request, parameters);
    return (parent) => {
      const candidates = neighbours.page(parent, shape, parameters);
      // Each is looked for among all relationships of its own.
      const cost = candidates.reduce((sum, id) => sum + neighbours.degreeBack(id), 0);
      return { parent, candidates, saved: neighbours.degree(parent) - cost };
    };
  });
  const pages = await fromSnapshot(found);
  if (pages === null || pages.reduce((sum, { saved }) => sum + saved, 0) <= 0) return null;
  const asked = pages.map(({ parent, candidates }) => ({ parent, candidates }));
  const rows = await ask(pagesAmong(request.listing, { ...shape, continued: false }), { ...parameters, pages: asked });
  const sizes = new Map(rows.map((row) => [row.parent, row.rows.length]));
  // Something was taken away meanwhile: the next one would come in its place.
  const isWhole = pages.every(({ parent, candidates }) => (sizes.get(parent) ?? 0) === candidates.length);
  return isWhole ? rows : null;
}

/** How many entries the lists of some parents have, in their order. */
export async function parentTotals(
  request: ListRequest,
  parents: readonly string[],
  { ask, fromSnapshot, planned }: Reading,
): Promise<readonly number[]> {
  const { listing, conditions, parameters } = request;
  const step = { list: listing.name, part: 'total', lists: parents.length };
  if (planOfCount(request) === 'snapshot') {
    const totals = forEach(parents, (snapshot) => {
      const neighbours = neighboursOf(snapshot, request, parameters);
      return (parent) => neighbours.total(parent);
    });
    const found = await fromSnapshot(totals);
    if (found) planned({ ...step, by: 'snapshot' });
    if (found) return found;
  }
  planned({ ...step, by: 'statement' });
  const rows = await ask(countOf(listing, conditions), { ...parameters, parents });
  const totals = new Map(rows.map(({ parent, total }) => [parent, total]));
  return parents.map((parent) => totals.get(parent) ?? 0);
}

/** What the entries in the lists of some parents are, counted, in the order of the parents; `own` is the facet's. */
export async function parentFacets(
  request: ListRequest,
  facet: Facet,
  own: Parameters,
  parents: readonly string[],
  { ask, fromSnapshot, planned }: Reading,
): Promise<readonly FacetRows[]> {
  const { listing, conditions } = request;
  const parameters = { ...request.parameters, ...own };
  const step = { list: listing.name, part: facet.name, lists: parents.length };
  if (planOfCount(request, facet) === 'snapshot') {
    const limit = parameters.facetLimit as number;
    const counts = forEach(parents, (snapshot) => neighboursOf(snapshot, request, parameters).counts(facet, limit));
    const found = await fromSnapshot(counts);
    if (found) planned({ ...step, by: 'snapshot' });
    if (found) return found;
  }
  planned({ ...step, by: 'statement' });
  const rows = await ask(facetOf(listing, conditions, facet), { ...parameters, parents });
  const found = new Map(rows.map((row) => [row.parent, row.found]));
  return parents.map((parent) => found.get(parent) ?? []);
}
