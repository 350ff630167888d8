import { SHOWN } from '../draw/look.ts';
import type { Scene } from '../draw/paint.ts';
import type { Renderer } from '../draw/renderer.ts';
import { type Bounds, boundsOf, fitted, moved, type View, zoomed } from '../draw/view.ts';

/** What of a scene is seen, relative to all of it, so that a link shows the same on a screen of another size. */
export class StageView {
  readonly #renderer: Renderer;
  /** Called when somebody has moved the view. */
  readonly #onMove: (text: string) => void;
  #bounds: Bounds | null = null;
  #view: View = { x: 0, y: 0, scale: 1 };
  #fit: View = { x: 0, y: 0, scale: 1 };
  #isFit = true;

  constructor(renderer: Renderer, onMove: (text: string) => void) {
    this.#renderer = renderer;
    this.#onMove = onMove;
  }

  get view(): View {
    return this.#view;
  }

  /** Takes the bounds of what is shown; sees all of it unless the view was moved. */
  take({ network, x, y, look }: Scene): void {
    const isShown = (node: number): boolean => look.nodes[node] !== SHOWN.no;
    // Nodes without an edge lie far around the others, which would be too small to be read.
    const joined = boundsOf(x, y, (node) => isShown(node) && network.degree(node) > 0);
    this.#bounds = joined ?? boundsOf(x, y, isShown) ?? this.#bounds;
    this.resize();
  }

  resize(): void {
    if (!this.#bounds || this.#renderer.size.width === 0) return;
    const before = this.#fit.scale;
    this.#fit = fitted(this.#bounds, this.#renderer.size);
    this.#view = this.#isFit ? this.#fit : { ...this.#view, scale: (this.#view.scale / before) * this.#fit.scale };
    this.#renderer.look(this.#view, this.#fit.scale);
  }

  /** Sees what an address says (x, y, zoom); everything where it says nothing. */
  restore(text: string): void {
    const [x = Number.NaN, y = Number.NaN, zoom = Number.NaN] = text.split('~').map(Number);
    this.#isFit = ![x, y, zoom].every(Number.isFinite) || zoom <= 0;
    this.#view = this.#isFit ? this.#fit : { x, y, scale: zoom * this.#fit.scale };
    this.#renderer.look(this.#view, this.#fit.scale);
  }

  #move(view: View): void {
    this.#view = view;
    this.#isFit = false;
    this.#renderer.look(view, this.#fit.scale);
    const digits = (value: number): string => String(Number(value.toPrecision(6)));
    this.#onMove([view.x, view.y, view.scale / this.#fit.scale].map(digits).join('~'));
  }

  pan(dx: number, dy: number): void {
    this.#move(moved(this.#view, dx, dy));
  }

  /** Enlarges about a pixel; without one about the middle. */
  zoom(factor: number, at?: { readonly x: number; readonly y: number }): void {
    const { width, height } = this.#renderer.size;
    const scale = this.#view.scale / this.#fit.scale;
    if ((factor > 1 && scale > 200) || (factor < 1 && scale < 0.1)) return;
    this.#move(zoomed(this.#view, this.#renderer.size, factor, at?.x ?? width / 2, at?.y ?? height / 2));
  }

  /** Sees everything. */
  fit(): void {
    this.#isFit = true;
    this.#view = this.#fit;
    this.#renderer.look(this.#view, this.#fit.scale);
    this.#onMove('');
  }

  /** Moves a point into the middle where it is out of sight. */
  reveal(x: number, y: number): void {
    const { width, height } = this.#renderer.size;
    const [px, py] = [(x - this.#view.x) * this.#view.scale, (y - this.#view.y) * this.#view.scale];
    if (Math.abs(px) < width / 2 - 30 && Math.abs(py) < height / 2 - 30) return;
    this.#move({ ...this.#view, x, y });
  }
}
