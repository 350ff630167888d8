import type { PartialDate } from '../src/domain/partial-date.ts';
import type { NodeRecord } from '../src/store/node.ts';
import type { NodeSummary } from '../src/store/node-summary.ts';
import { seats } from '../src/store/territory.ts';
import { builder } from './builder.ts';
import type { RequestContext } from './context.ts';
import { recordOf } from './node.ts';

const LocationPrecision = builder.enumType('LocationPrecision', {
  description: 'What coordinates belong to.',
  values: {
    ADDRESS: { description: 'The actor itself: they are recorded for it.' },
    COMMUNE: { description: 'The middle of the commune: the actor may be a few kilometres away.' },
    TERRITORY: { description: 'The middle of a larger territory.' },
  } as const,
});
type Precision = typeof LocationPrecision.$inferType;

interface Location {
  readonly latitude: number;
  readonly longitude: number;
  readonly precision: Precision;
}

/** A place on the map: of an actor or of a territory. */
export const LocationType = builder.objectRef<Location>('Location').implement({
  description: 'A place on the map.',
  fields: (t) => ({
    latitude: t.exposeFloat('latitude', { description: 'In degrees (WGS 84), north of the equator positive.' }),
    longitude: t.exposeFloat('longitude', { description: 'In degrees (WGS 84), east of Greenwich positive.' }),
    precision: t.expose('precision', { type: LocationPrecision, description: 'What the coordinates belong to.' }),
  }),
});

/** The coordinates of a record; null where none are recorded. */
export function locationOf({ latitude, longitude }: NodeRecord, precision: Precision): Location | null {
  return latitude === null || longitude === null ? null : { latitude, longitude, precision };
}

/** The coordinates of a territory: most that have some are communes. */
export async function locationOfTerritory(summary: NodeSummary, context: RequestContext): Promise<Location | null> {
  return locationOf(await recordOf(summary, context), summary.kind === 'COMMUNE' ? 'COMMUNE' : 'TERRITORY');
}

/** The coordinates of the territory in which an actor has its seat, or had it at a date. */
export async function locationOfSeat(
  { id }: NodeSummary,
  asOf: PartialDate | null | undefined,
  context: RequestContext,
): Promise<Location | null> {
  const seat = (await context.loaders.list(seats(asOf), 1, id))[0]?.node;
  return seat ? locationOfTerritory(seat, context) : null;
}
