import type { PartialDate } from '../domain/partial-date.ts';
import type { NodeType } from '../domain/vocabulary.ts';
import type { Ask } from '../store/ask.ts';
import { typesById } from '../store/node.ts';
import {
  type CountedType,
  changeCount,
  changeTime,
  factsBySources,
  nodeCounts,
  periods,
  relationshipCounts,
} from '../store/statistics.ts';
import { readMark } from '../store/write.ts';

/** The mark of the first seed (transfer/seed.ts), and the source that its second part brings in before all else. */
const SEED_MARK = 'seed';
const ANR_SOURCE = 'source/anr-dos-2022';

/** Sources that are counted in one answer: those that most facts name. */
export const MAX_SOURCES = 20;

/** How many there are of something. */
export interface Count<Value extends string = string> {
  readonly value: Value;
  readonly count: number;
}

const mostFirst = (a: Count, b: Count): number => b.count - a.count || (a.value < b.value ? -1 : 1);

const countsOf = <Value extends string>(row: Readonly<Record<Value, number>> | undefined): Count<Value>[] =>
  Object.entries<number>(row ?? {})
    .map(([value, count]) => ({ value: value as Value, count }))
    .sort(mostFirst);

/** How many nodes of each type there are, none included, most first. */
export async function countNodes(ask: Ask): Promise<Count<NodeType>[]> {
  return countsOf((await ask(nodeCounts))[0]);
}

/** How many relationships of each type there are, none included, most first. */
export async function countRelationships(ask: Ask): Promise<Count<CountedType>[]> {
  return countsOf((await ask(relationshipCounts))[0]);
}

/** How many nodes and relationships name each source; those that most of them name, `MAX_SOURCES` at most. */
export async function countSources(ask: Ask): Promise<Count[]> {
  const counts = new Map<string, number>();
  // One after the other: they read the whole graph, and others want connections too.
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
  const rows: { first: string | null; last: string | null }[] = [];
  for (const statement of periods) rows.push(...(await ask(statement)));
  const written = (ends: (string | null)[], isBetter: (a: string, b: string) => boolean): PartialDate | null => {
    const known = ends.filter((end) => end !== null);
    if (known.length === 0) return null;
    return known.reduce((one, other) => (isBetter(other, one) ? other : one)).split(' ')[1] as PartialDate;
  };
  return {
    from: written(
      rows.map(({ first }) => first),
      (a, b) => a < b,
    ),
    to: written(
      rows.map(({ last }) => last),
      (a, b) => a > b,
    ),
  };
}

/** When the graph was last changed; null when it never was. */
export async function lastChange(ask: Ask): Promise<string | null> {
  const [counter] = await ask(changeCount);
  if (!counter) return null;
  const [change] = await ask(changeTime, { sequence: counter.sequence });
  return change?.at ?? null;
}

/** What the first seed is bringing in; null when it is done, or was never begun. */
export async function loading(ask: Ask): Promise<string | null> {
  const [mark] = await ask(readMark, { id: SEED_MARK });
  if (!mark) return null;
  const parts = mark.value.split(' ');
  if (!parts.includes('curated')) return 'loading curated';
  if (parts.includes('anr')) return null;
  // Only the part's own first rows tell whether it is wanted at all: a store may have been given the curated part alone.
  return (await ask(typesById, { ids: [ANR_SOURCE] })).length > 0 ? 'loading anr' : null;
}
