/** A body that repels others. */
export interface Bodies {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly mass: Float64Array;
}

/** Bodies between two pauses. */
const PAUSE = 1_024;
/** Cells below this side hold several bodies: else two at one place would divide cells for ever. */
const LEAST_SIDE = 1e-6;

/**
 * A quadtree of bodies, in arrays: each cell has the mass and the centre of mass of all within it (Barnes and Hut, 1986).
 * It is built again for each step, in the same arrays.
 */
export class Quadtree {
  /** The first of the four children of a cell; 0: it has none. */
  #child: Int32Array;
  /** The body of a cell without children; -1: it has none, or several. */
  #body: Int32Array;
  #mass: Float64Array;
  #x: Float64Array;
  #y: Float64Array;
  #side: Float64Array;
  #left: Float64Array;
  #top: Float64Array;
  #length = 0;
  readonly #stack = new Int32Array(512);

  constructor(bodies: number) {
    const cells = Math.max(64, 8 * bodies);
    this.#child = new Int32Array(cells);
    this.#body = new Int32Array(cells);
    this.#mass = new Float64Array(cells);
    this.#x = new Float64Array(cells);
    this.#y = new Float64Array(cells);
    this.#side = new Float64Array(cells);
    this.#left = new Float64Array(cells);
    this.#top = new Float64Array(cells);
  }

  /** Puts all bodies into the tree, in place of those before. */
  build({ x, y, mass }: Bodies): void {
    let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
    for (let body = 0; body < x.length; body++) {
      left = Math.min(left, x[body]!);
      right = Math.max(right, x[body]!);
      top = Math.min(top, y[body]!);
      bottom = Math.max(bottom, y[body]!);
    }
    this.#length = 0;
    this.#add(left, top, Math.max(right - left, bottom - top, LEAST_SIDE) * (1 + 1e-9));
    for (let body = 0; body < x.length; body++) this.#insert(body, x, y, mass);
    for (let cell = 0; cell < this.#length; cell++) {
      if (this.#mass[cell]! > 0) {
        this.#x[cell]! /= this.#mass[cell]!;
        this.#y[cell]! /= this.#mass[cell]!;
      }
    }
  }

  #add(left: number, top: number, side: number): number {
    if (this.#length === this.#child.length) this.#grow();
    const cell = this.#length++;
    this.#child[cell] = 0;
    this.#body[cell] = -1;
    this.#mass[cell] = 0;
    this.#x[cell] = 0;
    this.#y[cell] = 0;
    this.#side[cell] = side;
    this.#left[cell] = left;
    this.#top[cell] = top;
    return cell;
  }

  #grow(): void {
    const ints = (items: Int32Array): Int32Array => {
      const grown = new Int32Array(2 * items.length);
      grown.set(items);
      return grown;
    };
    const floats = (items: Float64Array): Float64Array => {
      const grown = new Float64Array(2 * items.length);
      grown.set(items);
      return grown;
    };
    [this.#child, this.#body] = [ints(this.#child), ints(this.#body)];
    [this.#mass, this.#x, this.#y] = [floats(this.#mass), floats(this.#x), floats(this.#y)];
    [this.#side, this.#left, this.#top] = [floats(this.#side), floats(this.#left), floats(this.#top)];
  }

  #quarter(cell: number, x: number, y: number): number {
    const half = this.#side[cell]! / 2;
    return this.#child[cell]! + (x >= this.#left[cell]! + half ? 1 : 0) + (y >= this.#top[cell]! + half ? 2 : 0);
  }

  #insert(body: number, x: Float64Array, y: Float64Array, mass: Float64Array): void {
    let cell = 0;
    for (;;) {
      const isEmpty = this.#mass[cell] === 0;
      this.#mass[cell]! += mass[body]!;
      this.#x[cell]! += mass[body]! * x[body]!;
      this.#y[cell]! += mass[body]! * y[body]!;
      if (isEmpty) {
        this.#body[cell] = body;
        return;
      }
      if (this.#child[cell] === 0) {
        if (this.#side[cell]! < LEAST_SIDE) {
          this.#body[cell] = -1;
          return;
        }
        this.#divide(cell, x, y, mass);
      }
      cell = this.#quarter(cell, x[body]!, y[body]!);
    }
  }

  /** Gives a cell four children, and its body to one of them. */
  #divide(cell: number, x: Float64Array, y: Float64Array, mass: Float64Array): void {
    const half = this.#side[cell]! / 2;
    const [left, top] = [this.#left[cell]!, this.#top[cell]!];
    const first = this.#add(left, top, half);
    this.#add(left + half, top, half);
    this.#add(left, top + half, half);
    this.#add(left + half, top + half, half);
    this.#child[cell] = first;
    const body = this.#body[cell]!;
    this.#body[cell] = -1;
    const quarter = this.#quarter(cell, x[body]!, y[body]!);
    this.#body[quarter] = body;
    this.#mass[quarter] = mass[body]!;
    this.#x[quarter] = mass[body]! * x[body]!;
    this.#y[quarter] = mass[body]! * y[body]!;
  }

  /**
   * Adds the force on each body to `forces`, at twice its number: `strength` × mass × mass / distance from each other, away
   * from it. A cell that is seen under a small angle counts as one body; `theta`: its side by its distance. `pause` is
   * called from time to time.
   */
  repel(bodies: Bodies, strength: number, theta: number, forces: Float64Array, pause: () => void): void {
    const { x, y, mass } = bodies;
    // Fields of the object are read once: this loop is most of a layout's time.
    const [child, single, cellMass, cellX, cellY, side] = [
      ...([this.#child, this.#body] as const),
      ...([this.#mass, this.#x, this.#y, this.#side] as const),
    ] as const;
    const stack = this.#stack;
    const limit = theta * theta;
    for (let body = 0; body < x.length; body++) {
      if (body % PAUSE === 0) pause();
      const [ownX, ownY, own] = [x[body]!, y[body]!, strength * mass[body]!];
      let forceX = 0;
      let forceY = 0;
      let depth = 1;
      stack[0] = 0;
      while (depth > 0) {
        const cell = stack[--depth]!;
        const weight = cellMass[cell]!;
        if (weight === 0 || single[cell] === body) continue;
        const awayX = ownX - cellX[cell]!;
        const awayY = ownY - cellY[cell]!;
        const square = awayX * awayX + awayY * awayY;
        const first = child[cell]!;
        if (first === 0 || side[cell]! * side[cell]! < limit * square) {
          if (square < LEAST_SIDE ** 2) continue;
          const force = (own * weight) / square;
          forceX += awayX * force;
          forceY += awayY * force;
          continue;
        }
        stack[depth++] = first;
        stack[depth++] = first + 1;
        stack[depth++] = first + 2;
        stack[depth++] = first + 3;
      }
      forces[2 * body]! += forceX;
      forces[2 * body + 1]! += forceY;
    }
  }
}
