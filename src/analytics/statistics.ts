import { firstDay, lastDay, type PartialDate } from '../domain/partial-date.ts';
import type { NodeType } from '../domain/vocabulary.ts';
import type { Ask } from '../store/ask.ts';
import { readMark } from '../store/marks.ts';
import { type CountedType, factsBySources, nodeCounts, relationshipCounts } from '../store/statistics.ts';
import { changesOfAll } from '../store/world-change.ts';

/** The mark of the seed, which transfer/seed.ts writes. */
const SEED_MARK = 'seed';

/** Maximum of sources in the result: those that most facts name. */
export const MAX_SOURCES = 20;

/** A value and its count. */
export interface Count<Value extends string = string> {
  readonly value: Value;
  readonly count: number;
}

const mostFirst = (a: Count, b: Count): number => b.count - a.count || (a.value < b.value ? -1 : 1);

const countsOf = <Value extends string>(row: Readonly<Record<Value, number>> | undefined): Count<Value>[] =>
  Object.entries<number>(row ?? {})
    .map(([value, count]) => ({ value: value as Value, count }))
    .sort(mostFirst);

/** The number of nodes of each type, also 0, largest first. */
export async function countNodes(ask: Ask): Promise<Count<NodeType>[]> {
  return countsOf((await ask(nodeCounts))[0]);
}

/** The number of relationships of each type, also 0, largest first. */
export async function countRelationships(ask: Ask): Promise<Count<CountedType>[]> {
  return countsOf((await ask(relationshipCounts))[0]);
}

/** The number of nodes and relationships that name each source, largest first, at most `MAX_SOURCES`. */
export async function countSources(ask: Ask): Promise<Count[]> {
  const counts = new Map<string, number>();
  // One after the other: they read the entire graph, and other requests need connections too.
  for (const statement of factsBySources) {
    for (const { sources, total } of await ask(statement)) {
      for (const source of sources ?? []) counts.set(source, (counts.get(source) ?? 0) + total);
    }
  }
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort(mostFirst)
    .slice(0, MAX_SOURCES);
}

/** The earliest and the latest date that any network, project, membership, partnership or succession names. */
export async function coveredPeriod(
  ask: Ask,
): Promise<{ readonly from: PartialDate | null; readonly to: PartialDate | null }> {
  const found: PartialDate[] = [];
  for (const { dates } of changesOfAll({ types: null, nodes: null, kinds: null }))
    for (const { on } of await ask(dates)) found.push(on);
  // Of two dates for the same day the first in order, so that the result is always the same.
  const written = (
    dayOf: (on: PartialDate) => string,
    isBetter: (a: string, b: string) => boolean,
  ): PartialDate | null => {
    const best = found
      .map((on) => `${dayOf(on)} ${on}`)
      .reduce<string | null>((one, other) => (one === null || isBetter(other, one) ? other : one), null);
    return best === null ? null : (best.split(' ')[1] as PartialDate);
  };
  return { from: written(firstDay, (a, b) => a < b), to: written(lastDay, (a, b) => a > b) };
}

/** The part of the seed that is being imported; null if the seed is complete, or was never begun. */
export async function loading(ask: Ask): Promise<string | null> {
  const [mark] = await ask(readMark, { id: SEED_MARK });
  const coming = mark?.value.split(' ').find((part) => part.startsWith('+'));
  return coming === undefined ? null : `loading ${coming.slice(1)}`;
}
