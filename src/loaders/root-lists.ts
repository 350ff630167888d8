import type { Parameters } from '../graph/statement.ts';
import { EdgeList, type PageStarts } from '../snapshot/edge-list.ts';
import { NodeList } from '../snapshot/node-list.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { isEdgeTest, type NodeTest } from '../store/in-memory.ts';
import type { ListRequest } from '../store/list.ts';
import type { Condition, Facet, FacetRows, PageShape } from '../store/listing.ts';
import { startingAt } from '../store/relationship-list.ts';
import { rootCountOf, rootFacetOf, rootIdsOf, rootPageOf } from '../store/root-statements.ts';
import { planOfCount, planOfPage, type Strategy, wholeOf } from './plan.ts';
import type { Reading } from './reading.ts';

const testOf = (conditions: readonly Condition[]): NodeTest => ({
  is: 'all',
  of: conditions.flatMap(({ inMemory }) => (inMemory && !isEdgeTest(inMemory) ? [inMemory] : [])),
});

function nodesIn(snapshot: Snapshot, request: ListRequest, parameters: Parameters): NodeList {
  const { listing, conditions } = wholeOf(request);
  return new NodeList(snapshot, { types: listing.nodes!, test: testOf(conditions), parameters });
}

function relationshipsIn(snapshot: Snapshot, { listing, conditions }: ListRequest, parameters: Parameters): EdgeList {
  return new EdgeList(snapshot, { type: listing.relationships!, conditions, parameters });
}

/** The entries of a list in the snapshot: nodes, or relationships. */
const entriesIn = (snapshot: Snapshot, request: ListRequest, parameters: Parameters): NodeList | EdgeList =>
  (request.listing.relationships === undefined ? nodesIn : relationshipsIn)(snapshot, request, parameters);

/** A part of a list: what finds it in the snapshot, and what a statement finds. */
interface Part<Value> {
  readonly name: string;
  readonly plan: Strategy;
  readonly inMemory: (snapshot: Snapshot) => Generator<void, Value>;
  readonly byStatement: () => Promise<Value>;
}

async function read<Value>(
  request: ListRequest,
  { name, plan, inMemory, byStatement }: Part<Value>,
  { fromSnapshot, planned }: Reading,
): Promise<Value> {
  const found = plan === 'statement' ? null : await fromSnapshot(inMemory);
  const { listing } = found === null ? request : wholeOf(request);
  planned({ list: listing.name, part: name, lists: 1, by: found === null ? 'statement' : 'snapshot' });
  return found ?? byStatement();
}

type PackedRows = readonly (readonly unknown[])[];

/** The packed rows of a page; `parameters` are those of the list, and its position and limit. */
export async function rootPage(
  request: ListRequest,
  shape: PageShape,
  parameters: Parameters,
  reading: Reading,
): Promise<PackedRows> {
  const plan = planOfPage(request, shape.selected);
  if (plan === 'snapshot, then statement') {
    const rows = await relationshipsAmong(request, shape, parameters, reading);
    if (rows !== null) return rows;
  }
  const page: Part<PackedRows> = {
    name: 'page',
    plan: plan === 'snapshot' ? plan : 'statement',
    inMemory: (snapshot) => nodesIn(snapshot, request, parameters).rows(shape, parameters),
    byStatement: async () => (await reading.ask(rootPageOf(request.listing, shape), parameters))[0]!.rows,
  };
  return read(request, page, reading);
}

/**
 * A page of relationships that begin at nodes which the snapshot knows; null where to read all of these nodes have costs
 * more than to sort the whole list, or where something was taken away meanwhile.
 */
async function relationshipsAmong(
  request: ListRequest,
  shape: PageShape,
  parameters: Parameters,
  { ask, fromSnapshot, planned }: Reading,
): Promise<PackedRows | null> {
  const found: PageStarts | null = await fromSnapshot((snapshot) =>
    relationshipsIn(snapshot, request, parameters).starts(shape, parameters),
  );
  if (found === null || found.cost >= found.all) return null;
  const { starts, least } = found;
  const [page] = await ask(rootPageOf(startingAt(request.listing), shape), { ...parameters, starts });
  if (page!.rows.length < least) return null;
  planned({ list: request.listing.name, part: 'page', lists: 1, by: 'snapshot, then statement' });
  return page!.rows;
}

/** How many entries a list has. */
export function rootTotal(request: ListRequest, reading: Reading): Promise<number> {
  const { listing, conditions, parameters } = request;
  const total: Part<number> = {
    name: 'total',
    plan: planOfCount(request),
    inMemory: (snapshot) => entriesIn(snapshot, request, parameters).total(),
    byStatement: async () => (await reading.ask(rootCountOf(listing, conditions), parameters))[0]!.total,
  };
  return read(request, total, reading);
}

/** The identifiers of all entries of a list of nodes, in no order. */
export function rootIds(request: ListRequest, reading: Reading): Promise<readonly string[]> {
  const { listing, conditions, parameters } = request;
  const ids: Part<readonly string[]> = {
    name: 'identifiers',
    plan: planOfCount(request),
    inMemory: (snapshot) => nodesIn(snapshot, request, parameters).ids(),
    byStatement: async () => (await reading.ask(rootIdsOf(listing, conditions), parameters))[0]!.ids,
  };
  return read(request, ids, reading);
}

/** What the entries of a list are, counted; `own` are the parameters of the facet. */
export function rootFacet(request: ListRequest, facet: Facet, own: Parameters, reading: Reading): Promise<FacetRows> {
  const { listing, conditions } = request;
  const parameters = { ...request.parameters, ...own };
  const counts: Part<FacetRows> = {
    name: facet.name,
    plan: planOfCount(request, facet),
    inMemory: (snapshot) => entriesIn(snapshot, request, parameters).counts(facet, parameters.facetLimit as number),
    byStatement: async () => (await reading.ask(rootFacetOf(listing, conditions, facet), parameters))[0]!.found,
  };
  return read(request, counts, reading);
}
