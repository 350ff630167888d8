import type { Listed } from './layers.ts';
import { type Point, project } from './projection.ts';

/** Entries at one place of the map. */
export interface Spot {
  readonly at: Point;
  readonly entries: readonly Listed[];
  /** The territory of the seat, such as a commune; null where it is not known. */
  readonly territory: { readonly id: string; readonly name: string | null } | null;
}

/** Entries of metropolitan France by the place of their seat, those of most entries first, so that small ones lie above. */
export function spotsOf(entries: readonly Listed[]): readonly Spot[] {
  const spots = new Map<string, Listed[]>();
  for (const entry of entries) {
    if (!entry.location) continue;
    const { latitude, longitude } = entry.location;
    const isMetropolitan = latitude > 41 && latitude < 51.5 && longitude > -5.5 && longitude < 9.8;
    if (!isMetropolitan) continue;
    const key = entry.territory?.id ?? `${latitude} ${longitude}`;
    spots.set(key, [...(spots.get(key) ?? []), entry]);
  }
  return [...spots.values()]
    .map(
      (found): Spot => ({ at: project(found[0]!.location!), entries: found, territory: found[0]!.territory ?? null }),
    )
    .sort((a, b) => b.entries.length - a.entries.length);
}

/** The radius of a spot: areas are as numbers of entries. */
export const spotRadius = (count: number): number => 3.2 * Math.sqrt(count);
