/** What is seen: the point in the middle, in units of the network, and pixels per unit. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** Pixels of a picture. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A box in units of the network. */
export interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The box of some nodes; null without any. */
export function boundsOf(x: ArrayLike<number>, y: ArrayLike<number>, isIn: (node: number) => boolean): Bounds | null {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let node = 0; node < x.length; node++) {
    if (!isIn(node)) continue;
    left = Math.min(left, x[node]!);
    right = Math.max(right, x[node]!);
    top = Math.min(top, y[node]!);
    bottom = Math.max(bottom, y[node]!);
  }
  return left === Infinity ? null : { left, top, right, bottom };
}

/** Pixels at the right of a picture where its buttons are, and how far down they reach. */
const BUTTONS = 40;
const BUTTONS_HEIGHT = 240;

/** The box of a picture that its buttons cover. */
export const buttonsOf = ({ width }: Size): Bounds => ({
  ...{ left: width - BUTTONS - 10, right: width, top: 0, bottom: BUTTONS_HEIGHT },
});

/** The view in which a box fills a picture beside its buttons, with a margin in pixels. */
export function fitted({ left, top, right, bottom }: Bounds, { width, height }: Size, margin = 44): View {
  const [w, h] = [Math.max(right - left, 1e-6), Math.max(bottom - top, 1e-6)];
  const full = Math.min(Math.max(40, width - BUTTONS - 2 * margin) / w, Math.max(40, height - 2 * margin) / h);
  // A single node, or two, are not drawn at any size.
  const scale = Math.min(full, 1e5);
  return { x: (left + right + BUTTONS / scale) / 2, y: (top + bottom) / 2, scale };
}

export const toScreenX = (view: View, { width }: Size, x: number): number => (x - view.x) * view.scale + width / 2;
export const toScreenY = (view: View, { height }: Size, y: number): number => (y - view.y) * view.scale + height / 2;

/** The point of the network under a pixel. */
export const toNetwork = (view: View, { width, height }: Size, px: number, py: number): { x: number; y: number } => ({
  x: (px - width / 2) / view.scale + view.x,
  y: (py - height / 2) / view.scale + view.y,
});

/** A view enlarged about a pixel, which stays where it is. */
export function zoomed(view: View, size: Size, factor: number, px: number, py: number): View {
  const at = toNetwork(view, size, px, py);
  const scale = Math.min(1e6, Math.max(1e-6, view.scale * factor));
  return { scale, x: at.x - (px - size.width / 2) / scale, y: at.y - (py - size.height / 2) / scale };
}

/** A view moved by pixels: what was at the pixel before is then so far from it. */
export const moved = (view: View, dx: number, dy: number): View => ({
  ...view,
  x: view.x - dx / view.scale,
  y: view.y - dy / view.scale,
});

/** How much nodes grow when one comes nearer: slower than distances, so that a dense part comes apart. */
export const growth = (scale: number, fitScale: number): number =>
  Math.min(3, Math.max(0.55, (scale / fitScale) ** 0.4));
