import type { Network, NetworkEdge, NetworkRelationship } from './network.ts';

const yearOf = (date: string | null): number | null => (date === null ? null : Number(date.slice(0, 4)));

/** Whether a fact is valid on some day of a year, as `asOf` of the API: without a known end it still is. */
export function isValidIn({ since, until }: Pick<NetworkRelationship, 'since' | 'until'>, year: number): boolean {
  return (yearOf(since) ?? year) <= year && (yearOf(until) ?? year) >= year;
}

/** The relationships that are valid in one of two years; all of them where no year is chosen. */
export function validIn(
  relationships: readonly NetworkRelationship[],
  year: number | null,
  other: number | null = null,
): readonly NetworkRelationship[] {
  if (year === null) return relationships;
  return relationships.filter((one) => isValidIn(one, year) || (other !== null && isValidIn(one, other)));
}

/** The strength of an edge in one of two years, as the API has it with `asOf`; over all dates where no year is chosen. */
export function strengthIn(edge: NetworkEdge, year: number | null, other: number | null = null): number {
  if (year === null) return edge.weight;
  return validIn(edge.relationships, year, other).reduce((sum, { strength }) => sum + strength, 0);
}

/** How a pair of nodes changes from one year to another. */
export type Change = 'both' | 'came' | 'went' | 'neither';

/** Which relationships count: all of them, or those of some types. */
const some = (relationships: readonly NetworkRelationship[], year: number): boolean =>
  relationships.some((relationship) => isValidIn(relationship, year));

/** How each edge changes from one year to another; without the other, whether it is there in the one. */
export function changesOf({ edges }: Network, year: number | null, other: number | null): Change[] {
  if (year === null) return edges.map(() => 'both');
  return edges.map(({ relationships }) => {
    const first = some(relationships, year);
    if (other === null) return first ? 'both' : 'neither';
    const second = some(relationships, other);
    if (first) return second ? 'both' : 'went';
    return second ? 'came' : 'neither';
  });
}

/** Beginnings and ends of relationships in a year. */
export interface YearCount {
  readonly year: number;
  readonly began: number;
  readonly ended: number;
}

/** What a network's relationships say about years: empty where no date is known. */
export interface Years {
  readonly counts: readonly YearCount[];
  /** Relationships without a known beginning, and without a known end. */
  readonly undatedBegin: number;
  readonly undatedEnd: number;
  readonly total: number;
}

/** Beginnings and ends by year, every year from the first to the last. */
export function yearsOf({ edges }: Network): Years {
  const began = new Map<number, number>();
  const ended = new Map<number, number>();
  const sums = { undatedBegin: 0, undatedEnd: 0, total: 0 };
  for (const { relationships } of edges) {
    for (const { since, until } of relationships) {
      sums.total++;
      const [first, last] = [yearOf(since), yearOf(until)];
      if (first === null) sums.undatedBegin++;
      else began.set(first, (began.get(first) ?? 0) + 1);
      if (last === null) sums.undatedEnd++;
      else ended.set(last, (ended.get(last) ?? 0) + 1);
    }
  }
  const years = [...began.keys(), ...ended.keys()].sort((a, b) => a - b);
  const counts: YearCount[] = [];
  for (let year = years[0] ?? 0; years.length > 0 && year <= years.at(-1)!; year++) {
    counts.push({ year, began: began.get(year) ?? 0, ended: ended.get(year) ?? 0 });
  }
  return { counts, ...sums };
}

/** The earliest known beginning and the latest end of an edge; no end where one of its relationships has none. */
export function periodOf(relationships: readonly NetworkRelationship[]): {
  since: string | null;
  until: string | null;
} {
  const begins = relationships.flatMap(({ since }) => since ?? []).sort();
  const ends = relationships.map(({ until }) => until);
  const isOpen = ends.includes(null);
  return { since: begins[0] ?? null, until: isOpen ? null : ((ends as string[]).sort().at(-1) ?? null) };
}
