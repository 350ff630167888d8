/** Points in cells: what is near a pixel is found without looking at all of them. */
export class Grid {
  readonly #cells = new Map<number, number[]>();
  readonly #size: number;

  /** Cells of so many units. */
  constructor(size: number) {
    this.#size = size;
  }

  #key(column: number, row: number): number {
    return (column + 32_768) * 65_536 + row + 32_768;
  }

  add(item: number, x: number, y: number): void {
    const key = this.#key(Math.floor(x / this.#size), Math.floor(y / this.#size));
    const cell = this.#cells.get(key);
    if (cell) cell.push(item);
    else this.#cells.set(key, [item]);
  }

  /** The items in cells within a distance, and some a little farther. */
  *near(x: number, y: number, distance: number): Generator<number> {
    const [left, right] = [Math.floor((x - distance) / this.#size), Math.floor((x + distance) / this.#size)];
    const [top, bottom] = [Math.floor((y - distance) / this.#size), Math.floor((y + distance) / this.#size)];
    for (let column = left; column <= right; column++) {
      for (let row = top; row <= bottom; row++) yield* this.#cells.get(this.#key(column, row)) ?? [];
    }
  }
}
