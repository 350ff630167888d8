import type { Parameters, Statement } from '../graph/statement.ts';
import { EdgeList } from '../snapshot/edge-list.ts';
import type { SnapshotList } from '../snapshot/list.ts';
import { Neighbours } from '../snapshot/neighbours.ts';
import { NodeList } from '../snapshot/node-list.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { ListRequest } from '../store/list.ts';
import { countOf, facetOf, idsOf, type OfParent, pageOf, pagesAmong } from '../store/list-statements.ts';
import type { Facet, FacetRows, PackedRows, PageShape } from '../store/listing.ts';
import { startingAt } from '../store/relationship-list.ts';
import { planOfCount, planOfPage, type Strategy } from './plan.ts';
import type { Reading } from './reading.ts';

/** The one parent of a list that has none. */
export const ROOT = '';

/** A list of some parents, or of ROOT alone; the parameters are the list's, with those of a page or a facet. */
export interface AskedLists {
  readonly request: ListRequest;
  readonly parameters: Parameters;
  readonly parents: readonly string[];
}

/** What reads one list of a parent in the snapshot. */
type ReadsList<Value> = (parent: string) => Generator<void, Value>;

/** A part of lists: what finds it in the snapshot, and what statement does in which column. */
interface Part<Value> {
  readonly name: string;
  readonly plan: Strategy;
  readonly inMemory: (list: SnapshotList) => ReadsList<Value>;
  readonly statement: () => Statement<OfParent<object>>;
  readonly column: string;
  /** The value of a parent for which the statement gives no row. */
  readonly none: Value;
}

const queryOf = ({ request: { conditions }, parameters }: AskedLists) => ({ conditions, parameters });

const neighboursIn = (snapshot: Snapshot, asked: AskedLists): Neighbours =>
  new Neighbours(snapshot, { ...queryOf(asked), side: asked.request.listing.edges! });

const edgesIn = (snapshot: Snapshot, asked: AskedLists): EdgeList =>
  new EdgeList(snapshot, { ...queryOf(asked), type: asked.request.listing.relationships! });

function listIn(snapshot: Snapshot, asked: AskedLists): SnapshotList {
  const { edges, nodes } = asked.request.listing;
  if (edges) return neighboursIn(snapshot, asked);
  return nodes ? new NodeList(snapshot, { ...queryOf(asked), types: nodes }) : edgesIn(snapshot, asked);
}

/** Work on the snapshot that does the same for each parent. */
function forEach<Value>(
  parents: readonly string[],
  readerOf: (snapshot: Snapshot) => ReadsList<Value>,
): (snapshot: Snapshot) => Generator<void, readonly Value[]> {
  return function* (snapshot) {
    const read = readerOf(snapshot);
    const values: Value[] = [];
    for (const parent of parents) {
      if (values.length > 0) yield;
      values.push(yield* read(parent));
    }
    return values;
  };
}

/** The values in a column of a statement's rows, in the order of the parents. */
function inOrder<Value>(
  parents: readonly string[],
  rows: readonly OfParent<object>[],
  { column, none }: Pick<Part<Value>, 'column' | 'none'>,
): readonly Value[] {
  const found = new Map(rows.map((row) => [row.parent ?? ROOT, (row as Readonly<Record<string, Value>>)[column]!]));
  return parents.map((parent) => found.get(parent) ?? none);
}

async function read<Value>(asked: AskedLists, part: Part<Value>, reading: Reading): Promise<readonly Value[]> {
  const { request, parameters, parents } = asked;
  const inMemory = forEach(parents, (snapshot) => part.inMemory(listIn(snapshot, asked)));
  const found = part.plan === 'statement' ? null : await reading.fromSnapshot(inMemory);
  const by = found === null ? 'statement' : 'snapshot';
  reading.planned({ list: request.listing.name, part: part.name, lists: parents.length, by });
  if (found !== null) return found;
  return inOrder(parents, await reading.ask(part.statement(), { ...parameters, parents }), part);
}

/** The packed rows of a page of each list. */
export async function pages(asked: AskedLists, shape: PageShape, reading: Reading): Promise<readonly PackedRows[]> {
  const { request, parents } = asked;
  const { listing } = request;
  const plan = planOfPage(request, shape.selected);
  const part: Part<PackedRows> = {
    name: 'page',
    plan: plan === 'snapshot' ? plan : 'statement',
    inMemory: (list) => (parent) => list.rows(parent, shape),
    statement: () => pageOf(listing, shape),
    column: 'rows',
    none: [],
  };
  if (plan === 'snapshot, then statement') {
    const readAmong = listing.relationships === undefined ? neighboursAmong : relationshipsAmong;
    const rows = await readAmong(asked, shape, reading);
    if (rows !== null) {
      reading.planned({ list: listing.name, part: 'page', lists: parents.length, by: plan });
      return inOrder(parents, rows, part);
    }
  }
  return read(asked, part, reading);
}

/** Something found in the snapshot was taken away before the statement, or to read it would take longer than to sort the lists. */
type Among = Promise<readonly OfParent<{ readonly rows: PackedRows }>[] | null>;

/** Pages of neighbours that the snapshot names: a statement reads their relationships to the parents. */
async function neighboursAmong(asked: AskedLists, shape: PageShape, { ask, fromSnapshot }: Reading): Among {
  const { request, parameters, parents } = asked;
  const candidates = forEach(parents, (snapshot) => {
    const list = neighboursIn(snapshot, asked);
    return (parent) => list.candidates(parent, shape);
  });
  const found = await fromSnapshot(candidates);
  if (found === null || found.reduce((sum, { saved }) => sum + saved, 0) <= 0) return null;
  const pages = found.map(({ candidates: some }, index) => ({ parent: parents[index]!, candidates: some }));
  const rows = await ask(pagesAmong(request.listing, { ...shape, continued: false }), { ...parameters, pages });
  const sizes = new Map(rows.map((row) => [row.parent, row.rows.length]));
  const isWhole = pages.every(({ parent, candidates: some }) => (sizes.get(parent) ?? 0) === some.length);
  return isWhole ? rows : null;
}

/** A page of relationships that begin at nodes which the snapshot names: a statement reads all that these nodes have. */
async function relationshipsAmong(asked: AskedLists, shape: PageShape, { ask, fromSnapshot }: Reading): Among {
  const { request, parameters } = asked;
  const found = await fromSnapshot((snapshot) => edgesIn(snapshot, asked).starts(shape));
  if (found === null || found.saved <= 0) return null;
  const rows = await ask(pageOf(startingAt(request.listing), shape), { ...parameters, starts: found.starts });
  return rows[0]!.rows.length < found.least ? null : rows;
}

/** How many entries each list has. */
export function totals(asked: AskedLists, reading: Reading): Promise<readonly number[]> {
  const { listing, conditions } = asked.request;
  const part: Part<number> = {
    name: 'total',
    plan: planOfCount(asked.request),
    inMemory: (list) => (parent) => list.total(parent),
    statement: () => countOf(listing, conditions),
    column: 'total',
    none: 0,
  };
  return read(asked, part, reading);
}

/** The identifiers of all entries of each list of nodes, in no order. */
export function ids(asked: AskedLists, reading: Reading): Promise<readonly (readonly string[])[]> {
  const { listing, conditions } = asked.request;
  const part: Part<readonly string[]> = {
    name: 'identifiers',
    plan: planOfCount(asked.request),
    inMemory: (list) => (parent) => list.ids(parent),
    statement: () => idsOf(listing, conditions),
    column: 'ids',
    none: [],
  };
  return read(asked, part, reading);
}

/** What the entries of each list are, counted; the facet's parameters are among those asked. */
export function facets(asked: AskedLists, facet: Facet, reading: Reading): Promise<readonly FacetRows[]> {
  const { listing, conditions } = asked.request;
  const part: Part<FacetRows> = {
    name: facet.name,
    plan: planOfCount(asked.request, facet),
    inMemory: (list) => list.counts(facet, asked.parameters.facetLimit as number),
    statement: () => facetOf(listing, conditions, facet),
    column: 'found',
    none: [],
  };
  return read(asked, part, reading);
}
