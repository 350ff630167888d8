import type { ResultOf } from '../api/graphql.ts';
import type { Shape } from './france.ts';
import type { LevelName } from './layers.ts';
import type { Point } from './projection.ts';
import type { DEPARTEMENTS } from './queries.ts';

/** A territory on the map: a département, or a région as the group of its départements. */
export interface Area {
  readonly id: string;
  readonly name: string;
  readonly shapes: readonly Shape[];
  readonly middle: Point;
  readonly squareKm: number;
}

type Departement = NonNullable<ResultOf<typeof DEPARTEMENTS>['territories']>['nodes'][number];

/** The middle of shapes, by their areas; of a région, that which is nearest among its own. */
function middleOf(shapes: readonly Shape[]): Point {
  const all = shapes.reduce((sum, { squareKm }) => sum + squareKm, 0);
  const weighed = (at: 0 | 1): number =>
    shapes.reduce((sum, { middle, squareKm }) => sum + middle[at] * squareKm, 0) / all;
  return [weighed(0), weighed(1)];
}

const areaOf = (id: string, name: string, shapes: readonly Shape[]): Area => ({
  ...{ id, name, shapes },
  middle: middleOf(shapes),
  squareKm: shapes.reduce((sum, { squareKm }) => sum + squareKm, 0),
});

/** The territories of a level with their outlines. `isDated`: parents are those of a date; else today's are taken. */
export function areasOf(
  level: LevelName,
  departements: readonly Departement[],
  shapes: readonly Shape[],
  isDated: boolean,
): readonly Area[] {
  const byCode = new Map(shapes.map((shape) => [shape.code, shape]));
  const drawn = departements.flatMap((one) => {
    const shape = one.code === null ? undefined : byCode.get(one.code);
    return shape ? [{ ...one, shape }] : [];
  });
  if (level === 'departement') return drawn.map(({ id, name, shape }) => areaOf(id, name, [shape]));
  const groups = new Map<string, { name: string; shapes: Shape[] }>();
  for (const { partOf, shape } of drawn) {
    const region = partOf.find((whole) => whole.level === 'REGION' && (isDated || whole.until === null));
    if (!region) continue;
    const group = groups.get(region.id) ?? { name: region.name, shapes: [] };
    group.shapes.push(shape);
    groups.set(region.id, group);
  }
  return [...groups].map(([id, group]) => areaOf(id, group.name, group.shapes));
}
