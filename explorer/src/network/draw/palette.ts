import { COLOURS, SLOTS } from '../graph/groups.ts';

/** The colours of a picture, read from the custom properties of its element: the theme and the printer decide. */
export interface Palette {
  /** By slot: those of groups, that of all others, and the steps of a measure. */
  readonly slots: readonly string[];
  readonly edge: string;
  readonly came: string;
  readonly went: string;
  readonly text: string;
  readonly ground: string;
  readonly outline: string;
  readonly accent: string;
  readonly font: string;
}

/** The custom property of a slot: `--network-3`, `--network-other`, `--network-step-2`. */
export function propertyOf(slot: number): string {
  if (slot < COLOURS) return `--network-${slot + 1}`;
  return slot === COLOURS ? '--network-other' : `--network-step-${slot - COLOURS}`;
}

/** Reads the colours that an element has now: those of a custom property are known only where something has them. */
export function paletteOf(element: Element): Palette {
  const probe = document.createElement('span');
  probe.hidden = true;
  element.append(probe);
  const read = (name: string): string => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const palette = {
    slots: Array.from({ length: SLOTS }, (_, slot) => read(propertyOf(slot))),
    edge: read('--network-edge'),
    came: read('--network-came'),
    went: read('--network-went'),
    text: read('--network-text'),
    ground: read('--network-ground'),
    outline: read('--network-outline'),
    accent: read('--network-accent'),
    font: getComputedStyle(element).fontFamily || 'sans-serif',
  };
  probe.remove();
  return palette;
}
