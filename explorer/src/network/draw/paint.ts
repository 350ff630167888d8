import type { Network } from '../graph/network.ts';
import type { PlacedLabel } from './labels.ts';
import { type Look, SHAPES, SHOWN } from './look.ts';
import type { Palette } from './palette.ts';
import { type Size, toScreenX, toScreenY, type View } from './view.ts';

/** What is painted, and from where it is seen. */
export interface Scene {
  readonly network: Network;
  readonly look: Look;
  /** Where nodes are, with those that were moved. */
  readonly x: Float64Array;
  readonly y: Float64Array;
}

type Context = CanvasRenderingContext2D;

/** Edges of one stroke: longer paths take more than their share of time. */
const STROKE = 250;

/** Edges on the screen by how they are painted, painted a part at a time: the strongest first. */
export class EdgePainter {
  readonly #scene: Scene;
  readonly #view: View;
  readonly #size: Size;
  #next = 0;

  constructor(scene: Scene, view: View, size: Size) {
    this.#scene = scene;
    this.#view = view;
    this.#size = size;
  }

  get isDone(): boolean {
    return this.#next >= this.#scene.network.edges.length;
  }

  /** Paints up to so many edges. */
  paint(context: Context, palette: Palette, most: number): void {
    const { network, look, x, y } = this.#scene;
    const { edges } = network;
    const [view, size] = [this.#view, this.#size];
    const lists: [style: string, alpha: number, dash: boolean, edges: number[]][] = [
      [palette.edge, 0.12, false, []],
      [palette.edge, alphaOf(edges.length), false, []],
      [palette.came, Math.min(0.85, 1.6 * alphaOf(edges.length)), false, []],
      [palette.went, Math.min(0.85, 1.6 * alphaOf(edges.length)), true, []],
    ];
    for (let painted = 0; this.#next < edges.length && painted < most; this.#next++) {
      const shown = look.edges[this.#next]!;
      if (shown === SHOWN.no) continue;
      const { from, to } = edges[this.#next]!;
      const [ax, ay] = [toScreenX(view, size, x[from]!), toScreenY(view, size, y[from]!)];
      const [bx, by] = [toScreenX(view, size, x[to]!), toScreenY(view, size, y[to]!)];
      if ((ax < 0 && bx < 0) || (ay < 0 && by < 0)) continue;
      if ((ax > size.width && bx > size.width) || (ay > size.height && by > size.height)) continue;
      lists[shown - 1]![3].push(this.#next, ax, ay, bx, by);
      painted++;
    }
    for (const [style, alpha, isDashed, items] of lists) {
      context.strokeStyle = style;
      context.globalAlpha = alpha;
      context.setLineDash(isDashed ? [5, 4] : []);
      for (let start = 0; start < items.length; start += 5 * STROKE) {
        // Strongest first: widths within a stroke are nearly the same.
        const extra = shownExtra(look.edges[items[start]!]!);
        context.lineWidth = look.width[items[start]!]! + extra;
        context.beginPath();
        for (let at = start; at < Math.min(items.length, start + 5 * STROKE); at += 5) {
          const width = look.width[items[at]!]! + extra;
          if (Math.abs(width - context.lineWidth) > 0.3) {
            context.stroke();
            context.beginPath();
            context.lineWidth = width;
          }
          context.moveTo(items[at + 1]!, items[at + 2]!);
          context.lineTo(items[at + 3]!, items[at + 4]!);
        }
        context.stroke();
      }
    }
    context.globalAlpha = 1;
    context.setLineDash([]);
  }
}

/** Many edges are faint, so that where they are dense is seen. */
function alphaOf(count: number): number {
  if (count > 10_000) return 0.1;
  if (count > 4_000) return 0.18;
  return count > 800 ? 0.32 : 0.55;
}

/** What came or went is drawn a little wider. */
const shownExtra = (shown: number): number => (shown >= SHOWN.came ? 0.6 : 0);

/** Adds the form of a node to the path. */
export function shapePath(context: Context, shape: number, x: number, y: number, radius: number): void {
  if (shape === SHAPES.square) {
    const half = radius * 0.9;
    context.rect(x - half, y - half, 2 * half, 2 * half);
  } else if (shape === SHAPES.diamond) {
    const far = radius * 1.2;
    context.moveTo(x, y - far);
    context.lineTo(x + far, y);
    context.lineTo(x, y + far);
    context.lineTo(x - far, y);
    context.closePath();
  } else if (shape === SHAPES.triangle) {
    const far = radius * 1.15;
    context.moveTo(x, y - far);
    context.lineTo(x + far, y + far * 0.8);
    context.lineTo(x - far, y + far * 0.8);
    context.closePath();
  } else if (radius < 1.6) {
    context.rect(x - radius, y - radius, 2 * radius, 2 * radius);
  } else {
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, 2 * Math.PI);
  }
}

/** A node on the screen. */
export interface SeenNode {
  readonly node: number;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** The nodes on the screen, faded ones first, then small ones on large ones. */
export function seenNodes({ look, x, y }: Scene, view: View, size: Size, grown: number): SeenNode[] {
  const seen: SeenNode[] = [];
  for (let node = 0; node < x.length; node++) {
    if (look.nodes[node] === SHOWN.no) continue;
    const [px, py] = [toScreenX(view, size, x[node]!), toScreenY(view, size, y[node]!)];
    const radius = look.radius[node]! * grown;
    if (px < -radius || py < -radius || px > size.width + radius || py > size.height + radius) continue;
    seen.push({ node, x: px, y: py, radius });
  }
  return seen.sort((a, b) => look.nodes[a.node]! - look.nodes[b.node]! || b.radius - a.radius || a.node - b.node);
}

/** Paints nodes, those of one colour and size of step together. */
export function paintNodes(context: Context, palette: Palette, { look }: Scene, seen: readonly SeenNode[]): void {
  const hasOutline = seen.length <= 2_500;
  context.lineWidth = 1;
  for (let start = 0; start < seen.length; ) {
    const { node } = seen[start]!;
    const [slot, shown] = [look.slot[node]!, look.nodes[node]!];
    context.beginPath();
    let at = start;
    for (; at < seen.length && look.slot[seen[at]!.node] === slot && look.nodes[seen[at]!.node] === shown; at++) {
      const { x, y, radius } = seen[at]!;
      shapePath(context, look.shape[seen[at]!.node]!, x, y, radius);
    }
    context.globalAlpha = shown === SHOWN.faded ? 0.22 : 1;
    context.fillStyle = palette.slots[slot]!;
    context.fill();
    if (shown >= SHOWN.came) {
      context.lineWidth = 2.5;
      context.strokeStyle = shown === SHOWN.came ? palette.came : palette.went;
      context.setLineDash(shown === SHOWN.came ? [] : [4, 3]);
      context.stroke();
      context.setLineDash([]);
      context.lineWidth = 1;
    } else if (hasOutline) {
      context.strokeStyle = palette.outline;
      context.stroke();
    }
    start = at;
  }
  context.globalAlpha = 1;
}

/** Paints labels with a halo, so that they are read on edges too. */
export function paintLabels(context: Context, palette: Palette, labels: readonly PlacedLabel[], font: string): void {
  context.font = font;
  context.textBaseline = 'top';
  context.lineJoin = 'round';
  context.lineWidth = 3.5;
  context.strokeStyle = palette.ground;
  context.fillStyle = palette.text;
  context.globalAlpha = 0.85;
  for (const { text, x, y } of labels) context.strokeText(text, x, y);
  context.globalAlpha = 1;
  for (const { text, x, y } of labels) context.fillText(text, x, y);
}
