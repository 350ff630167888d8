import type { RefObject } from 'preact';
import { useState } from 'preact/hooks';
import { go } from '../app/address.ts';
import type { Area } from './areas.ts';
import { AROUND_PARIS, HEIGHT, INSET, type Shape, WIDTH } from './france.ts';
import { type Spot, spotRadius } from './points.ts';
import { ARROWS, nearestTowards } from './step.ts';

/** A territory with what is drawn of it. */
export interface DrawnArea extends Area {
  /** The class of its value; -1 for none. */
  readonly valueClass: number;
  /** What is read aloud, and shown under the pointer. */
  readonly label: string;
}

interface MapFigureProps {
  readonly label: string;
  readonly insetLabel: string;
  readonly areas: readonly DrawnArea[];
  readonly spots: readonly Spot[];
  readonly spotLabel: (spot: Spot) => string;
  readonly selected: string | null;
  readonly figure: RefObject<SVGSVGElement | null>;
  onSelect(id: string | null): void;
}

interface ShapesProps {
  readonly areas: readonly DrawnArea[];
  readonly selected: string | null;
  /** The territory that the keyboard is at. */
  readonly focused: string;
  /** Only these départements, for the pointer alone: the keyboard has them on the large map. */
  readonly only?: readonly string[];
}

/** Shapes of territories, the selected one above all others, so that its border is whole. */
function Shapes({ areas, selected, focused, only }: ShapesProps) {
  const isShown = (shape: Shape): boolean => only === undefined || only.includes(shape.code);
  const shown = areas.filter(({ shapes }) => shapes.some(isShown));
  const ordered = [...shown.filter(({ id }) => id !== selected), ...shown.filter(({ id }) => id === selected)];
  const forKeyboard = ({ id, label }: DrawnArea) => ({
    role: 'button' as const,
    // In small letters: of an SVG the other is no attribute.
    tabindex: id === focused ? 0 : -1,
    'aria-label': label,
    'aria-pressed': id === selected,
  });
  return ordered.map((area) => (
    <g
      key={area.id}
      class={`area class-${area.valueClass + 1}${area.id === selected ? ' is-selected' : ''}`}
      data-area={area.id}
      {...(only ? {} : forKeyboard(area))}
    >
      <title>{area.label}</title>
      {['edge', 'face'].map((part) =>
        area.shapes.filter(isShown).map(({ code, path }) => <path key={`${part} ${code}`} class={part} d={path} />),
      )}
    </g>
  ));
}

/** The names of the squares that stand for what lies overseas. */
function TileNames({ areas }: Pick<ShapesProps, 'areas'>) {
  const tiles = areas.flatMap(({ name, shapes }) =>
    shapes.filter(({ isOverseas }) => isOverseas).map((shape) => ({ name, shape })),
  );
  return tiles.map(({ name, shape: { code, middle } }) => (
    <text key={code} x={middle[0] + 18} y={middle[1] + 4}>
      {name}
    </text>
  ));
}

/** The map: territories by the class of their value, spots of entries, those around Paris again in the corner. */
export function MapFigure(props: MapFigureProps) {
  const { label, insetLabel, areas, spots, spotLabel, selected, figure, onSelect } = props;
  const [focused, setFocused] = useState<string | null>(null);
  const current = areas.find(({ id }) => id === (focused ?? selected))?.id ?? areas[0]?.id ?? '';
  const toggle = (id: string): void => onSelect(id === selected ? null : id);
  const areaAt = (event: Event): DrawnArea | undefined => {
    const id = (event.target as Element).closest<SVGElement>('[data-area]')?.dataset.area;
    return areas.find((area) => area.id === id);
  };
  const onClick = (event: Event): void => {
    const spot = spots[Number((event.target as Element).closest<SVGElement>('[data-spot]')?.dataset.spot ?? -1)];
    const area = areaAt(event);
    if (spot && spot.entries.length === 1) go(`/${spot.entries[0]!.id}`);
    else if (spot?.territory) onSelect(spot.territory.id);
    else if (area) toggle(area.id);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const area = areaAt(event);
    if (!area) return;
    const direction = ARROWS[event.key];
    if (direction) {
      const next = nearestTowards(areas, area, direction);
      if (next) figure.current?.querySelector<SVGElement>(`.areas > [data-area="${CSS.escape(next.id)}"]`)?.focus();
    } else if (event.key === 'Enter' || event.key === ' ') toggle(area.id);
    else if (event.key === 'Escape' && selected !== null) onSelect(null);
    else return;
    event.preventDefault();
  };
  const shared = { areas, selected, focused: current };
  const { scale, x, y, originX, originY, width, height } = INSET;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be drawn
    <svg
      class="map"
      ref={figure}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="group"
      aria-label={label}
      onClick={onClick}
      onKeyDown={onKeyDown}
      onFocusIn={(event) => setFocused(areaAt(event)?.id ?? null)}
    >
      <g class="areas">
        <Shapes {...shared} />
      </g>
      <g class="tile-names">
        <TileNames areas={areas} />
      </g>
      <g class="spots">
        {spots.map((spot, place) => (
          <circle
            key={spot.territory?.id ?? spot.entries[0]!.id}
            data-spot={place}
            cx={spot.at[0]}
            cy={spot.at[1]}
            r={spotRadius(spot.entries.length)}
          >
            <title>{spotLabel(spot)}</title>
          </circle>
        ))}
      </g>
      <g class="inset">
        <rect class="inset-frame" x={x} y={y} width={width} height={height} rx="4" />
        <svg {...{ x, y, width, height }} viewBox={`${originX} ${originY} ${width / scale} ${height / scale}`}>
          <title>{insetLabel}</title>
          <Shapes {...shared} only={AROUND_PARIS} />
        </svg>
        <text x={x + width} y={y + height + 12} text-anchor="end">
          {insetLabel}
        </text>
      </g>
    </svg>
  );
}
