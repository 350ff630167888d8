import { compareTexts } from '../domain/fold.ts';
import type { GraphEngine } from '../graph/engine.ts';
import type { Parameters } from '../graph/statement.ts';
import { countOf, type Facet, type FacetRows, facetOf } from '../store/compose.ts';
import type { ListRequest } from '../store/list.ts';
import type { Asking } from './root-pages.ts';
import { type Ties, tiesNow } from './ties.ts';

/** The ties that make a list whole; null where they are not held, or where conditions leave some out. */
async function tiesOfList(
  engine: GraphEngine,
  { listing, conditions }: ListRequest,
  { version }: Asking,
): Promise<Ties | null> {
  return listing.tie === undefined || conditions.length > 0 ? null : tiesNow(engine, version);
}

/** How many entries the lists of some parents have, in their order. */
export async function totalsOf(
  engine: GraphEngine,
  request: ListRequest,
  parents: readonly string[],
  asking: Asking,
): Promise<number[]> {
  const { listing, conditions, parameters } = request;
  const ties = await tiesOfList(engine, request, asking);
  if (ties) return parents.map((parent) => ties.degree(parent, [listing.tie!.type], listing.tie!.which));
  const rows = await asking.ask(countOf(listing, conditions), { ...parameters, parents });
  const totals = new Map(rows.map(({ parent, total }) => [parent, total]));
  return parents.map((parent) => totals.get(parent) ?? 0);
}

/** Values with how often they are there, most frequent first, as the engine sorts them. */
function byFrequency(counts: ReadonlyMap<string, number>, limit: number): FacetRows {
  return [...counts]
    .map(([value, count]) => [count, value] as const)
    .sort(([some, a], [others, b]) => others - some || compareTexts(a, b))
    .slice(0, limit);
}

/** What the actors in the lists of some parents are, counted, in the order of the parents. */
export async function facetsOf(
  engine: GraphEngine,
  request: ListRequest,
  facet: Facet,
  parameters: Parameters,
  parents: readonly string[],
  asking: Asking,
): Promise<FacetRows[]> {
  const { listing, conditions } = request;
  const property = facet.is === 'value' ? facet.property : undefined;
  const ties = property ? await tiesOfList(engine, request, asking) : null;
  if (ties) {
    const { type, which } = listing.tie!;
    const limit = parameters.facetLimit as number;
    return parents.map((parent) => byFrequency(ties.tally(parent, [type], which, property!), limit));
  }
  const rows = await asking.ask(facetOf(listing, conditions, facet), { ...parameters, parents });
  const found = new Map(rows.map((row) => [row.parent, row.found]));
  return parents.map((parent) => found.get(parent) ?? []);
}
