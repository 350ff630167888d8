/** A label that is drawn: its text beginning at a pixel. */
export interface PlacedLabel {
  readonly node: number;
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

/** A label that would be drawn, in the order of importance. */
export interface LabelWish {
  readonly node: number;
  readonly text: string;
  /** Middle and radius of the node, in pixels. */
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** Whether it is drawn even where there is no room. */
  readonly isCertain?: boolean;
}

/** A box in pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const CELL = 64;

/** Boxes that do not overlap. */
class Room {
  readonly #cells = new Map<number, Box[]>();

  *#cellsOf({ left, top, right, bottom }: Box): Generator<number> {
    for (let column = Math.floor(left / CELL); column <= Math.floor(right / CELL); column++) {
      for (let row = Math.floor(top / CELL); row <= Math.floor(bottom / CELL); row++) yield column * 100_003 + row;
    }
  }

  isFree(box: Box): boolean {
    for (const cell of this.#cellsOf(box)) {
      for (const other of this.#cells.get(cell) ?? []) {
        if (box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom) {
          return false;
        }
      }
    }
    return true;
  }

  take(box: Box): void {
    for (const cell of this.#cellsOf(box)) {
      const taken = this.#cells.get(cell);
      if (taken) taken.push(box);
      else this.#cells.set(cell, [box]);
    }
  }
}

/** A label that is longer is cut. */
const MOST_LETTERS = 34;

/** A name as it stands beside a node. */
export const shortened = (name: string): string =>
  name.length <= MOST_LETTERS ? name : `${name.slice(0, MOST_LETTERS - 1).trimEnd()}…`;

/**
 * Places labels that do not overlap each other, nor the most important nodes: below its node, else right, left, above. What
 * finds no room is left out.
 */
export function placedLabels(
  wishes: readonly LabelWish[],
  {
    width,
    height,
    lineHeight,
    measure,
    taken = [],
  }: {
    readonly width: number;
    readonly height: number;
    readonly lineHeight: number;
    readonly measure: (text: string) => number;
    /** Where no label may be: buttons lie upon the picture. */
    readonly taken?: readonly Box[];
  },
  most: number,
): PlacedLabel[] {
  const room = new Room();
  for (const box of taken) room.take(box);
  const around = ({ x, y, radius }: LabelWish): Box => ({
    left: x - radius,
    right: x + radius,
    top: y - radius,
    bottom: y + radius,
  });
  // Where there are few nodes, none is covered; where there are many, only large ones are not: others must have their names.
  const uncovered = wishes.length < 150 ? 4 : 14;
  for (const wish of wishes) if (wish.radius > uncovered) room.take(around(wish));
  const placed: PlacedLabel[] = [];
  for (const { node, text, x, y, radius, isCertain = false } of wishes) {
    if (placed.length >= most) break;
    const length = measure(text);
    const places = [
      [x - length / 2, y + radius + 2],
      [x + radius + 4, y - lineHeight / 2],
      [x - radius - 4 - length, y - lineHeight / 2],
      [x - length / 2, y - radius - 2 - lineHeight],
    ] as const;
    for (const [left, top] of places) {
      const box = { left: left - 2, top, right: left + length + 2, bottom: top + lineHeight };
      if (
        box.left < 2 ||
        box.top < 2 ||
        box.right > width - 2 ||
        box.bottom > height - 2 ||
        !(isCertain || room.isFree(box))
      )
        continue;
      room.take(box);
      placed.push({ node, text, x: left, y: top });
      break;
    }
  }
  return placed;
}
