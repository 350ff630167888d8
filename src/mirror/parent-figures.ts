import { compareTexts } from '../domain/fold.ts';
import type { GraphEngine } from '../graph/engine.ts';
import type { Parameters } from '../graph/statement.ts';
import { countOf, type Facet, type FacetRows, facetOf, type Listing } from '../store/compose.ts';
import type { ListRequest } from '../store/list.ts';
import type { Asking } from './root-pages.ts';
import { holdsTies } from './ties.ts';
import { toldByTies } from './told-by-ties.ts';

/** What makes a list whole among the ties that are held; null where conditions leave some out, or none are held. */
function tieOf(engine: GraphEngine, { listing, conditions }: ListRequest): Listing['tie'] | null {
  return conditions.length === 0 && holdsTies(engine) ? listing.tie : null;
}

/** How many entries the lists of some parents have, in their order. */
export async function totalsOf(
  engine: GraphEngine,
  request: ListRequest,
  parents: readonly string[],
  asking: Asking,
): Promise<number[]> {
  const { listing, conditions, parameters } = request;
  const tie = tieOf(engine, request);
  if (tie) {
    const told = await toldByTies(engine, parents, asking, (ties, id) =>
      ties.neighbourCount(id, [tie.type], tie.which),
    );
    if (told) return told;
  }
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
  const tie = property ? tieOf(engine, request) : null;
  if (property && tie) {
    const limit = parameters.facetLimit as number;
    const told = await toldByTies(engine, parents, asking, (ties, id) =>
      byFrequency(ties.tally(id, [tie.type], tie.which, property), limit),
    );
    if (told) return told;
  }
  const rows = await asking.ask(facetOf(listing, conditions, facet), { ...parameters, parents });
  const found = new Map(rows.map((row) => [row.parent, row.found]));
  return parents.map((parent) => found.get(parent) ?? []);
}
