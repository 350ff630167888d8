import { Grid } from './grid.ts';
import { type LabelWish, placedLabels, shortened } from './labels.ts';
import { SHOWN } from './look.ts';
import { EdgePainter, paintLabels, paintNodes, type Scene, type SeenNode, seenNodes, shapePath } from './paint.ts';
import { type Palette, paletteOf } from './palette.ts';
import { buttonsOf, growth, type Size, toScreenX, toScreenY, type View } from './view.ts';

/** What is pointed at: a node, or an edge where there is no node. */
export type Hit = { readonly node: number } | { readonly edge: number } | null;

/** What stands out in a picture. */
export interface Emphasis {
  /** The node whose neighbours are shown, while all others step back. */
  readonly node: number;
  readonly edge: number;
  readonly selected: ReadonlySet<number>;
}

/** A picture of a network. Canvas 2D is the one that there is; another would keep to this. */
export interface Renderer {
  /** Takes the size and the colours of its element again; `isNow`: all of it is painted before this returns, as for a printer. */
  refresh(isNow?: boolean): void;
  show(scene: Scene): void;
  look(view: View, fitScale: number): void;
  emphasise(emphasis: Emphasis): void;
  /** A frame of the lasso, in pixels; null for none. */
  lasso(points: readonly (readonly [x: number, y: number])[] | null): void;
  at(x: number, y: number): Hit;
  /** The nodes on the screen by pixel. */
  seen(): readonly SeenNode[];
  readonly size: Size;
  /** The whole picture as a canvas of its own, on the ground. */
  picture(): HTMLCanvasElement;
  destroy(): void;
}

/** Edges painted in one frame: about 10 ms without a graphics processor. */
const EDGES_A_FRAME = 2_500;
/** Labels at a time, and nodes that may have one. */
const [MOST_LABELS, LABEL_CANDIDATES] = [90, 500];
const FONT_SIZE = 12;
/** Pixels of a picture that is taken away, for each of the page. */
const PICTURE_RATIO = 3;
/** Pixels around an edge, or a small node, that count as it. */
const NEAR = 5;

/** Says in the browser's timeline that all of a picture is painted: what measures how long it takes reads it. */
function markPainted(): void {
  performance.clearMarks(PAINTED);
  performance.mark(PAINTED);
}
const PAINTED = 'network-painted';

/** A picture on four canvases: edges, which may take several frames; nodes; labels; what stands out. */
export class CanvasRenderer implements Renderer {
  readonly #host: HTMLElement;
  readonly #layers: readonly HTMLCanvasElement[];
  readonly #contexts: readonly CanvasRenderingContext2D[];
  readonly #widths = new Map<string, number>();
  #palette: Palette;
  #size: Size = { width: 0, height: 0 };
  #scene: Scene | null = null;
  #view: View = { x: 0, y: 0, scale: 1 };
  #fitScale = 1;
  #emphasis: Emphasis = { node: -1, edge: -1, selected: new Set() };
  #lasso: readonly (readonly [number, number])[] | null = null;
  #edges: EdgePainter | null = null;
  #seen: SeenNode[] = [];
  #grid: Grid | null = null;
  #frame = 0;
  #stale = { scene: false, overlay: false };

  constructor(host: HTMLElement) {
    this.#host = host;
    this.#layers = ['edges', 'nodes', 'labels', 'overlay'].map((name) => {
      const canvas = document.createElement('canvas');
      canvas.className = `network-layer network-layer-${name}`;
      canvas.setAttribute('aria-hidden', 'true');
      host.append(canvas);
      return canvas;
    });
    this.#contexts = this.#layers.map((canvas) => canvas.getContext('2d')!);
    this.#palette = paletteOf(host);
    this.refresh();
  }

  get size(): Size {
    return this.#size;
  }

  seen(): readonly SeenNode[] {
    return this.#seen;
  }

  refresh(isNow = false): void {
    const { clientWidth: width, clientHeight: height } = this.#host;
    this.#size = { width, height };
    this.#palette = paletteOf(this.#host);
    this.#scale(Math.min(devicePixelRatio || 1, 2));
    if (isNow) this.#paint();
    else this.#later();
  }

  /** Gives the canvases so many pixels for each of the page, which empties them. */
  #scale(ratio: number): void {
    const { width, height } = this.#size;
    for (const [layer, canvas] of this.#layers.entries()) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      this.#contexts[layer]!.setTransform(ratio, 0, 0, ratio, 0, 0);
    }
  }

  show(scene: Scene): void {
    this.#scene = scene;
    this.#later();
  }

  look(view: View, fitScale: number): void {
    this.#view = view;
    this.#fitScale = fitScale;
    this.#later();
  }

  emphasise(emphasis: Emphasis): void {
    this.#emphasis = emphasis;
    this.#later({ overlayOnly: true });
  }

  lasso(points: readonly (readonly [number, number])[] | null): void {
    this.#lasso = points;
    this.#later({ overlayOnly: true });
  }

  #later({ overlayOnly = false } = {}): void {
    this.#stale.overlay = true;
    if (!overlayOnly) this.#stale.scene = true;
    this.#frame ||= requestAnimationFrame(() => this.#onFrame());
  }

  #onFrame(): void {
    this.#frame = 0;
    if (this.#stale.scene) this.#begin();
    if (this.#stale.overlay) this.#overlay();
    this.#stale = { scene: false, overlay: false };
    this.#edges?.paint(this.#contexts[0]!, this.#palette, EDGES_A_FRAME);
    if (this.#edges && !this.#edges.isDone) this.#frame = requestAnimationFrame(() => this.#onFrame());
    else if (this.#scene) markPainted();
  }

  /** Paints nodes and labels, and begins with the edges. */
  #begin(): void {
    const [edges, nodes, labels] = this.#contexts;
    const { width, height } = this.#size;
    for (const context of [edges, nodes, labels]) context!.clearRect(0, 0, width, height);
    if (!this.#scene || width === 0) return;
    const grown = growth(this.#view.scale, this.#fitScale);
    this.#seen = seenNodes(this.#scene, this.#view, this.#size, grown);
    this.#grid = null;
    this.#edges = new EdgePainter(this.#scene, this.#view, this.#size);
    paintNodes(nodes!, this.#palette, this.#scene, this.#seen);
    paintLabels(labels!, this.#palette, this.#labels(), this.#font);
  }

  /** Paints everything at once. */
  #paint(): void {
    this.#begin();
    this.#overlay();
    this.#edges?.paint(this.#contexts[0]!, this.#palette, Number.POSITIVE_INFINITY);
  }

  get #font(): string {
    return `${FONT_SIZE}px ${this.#palette.font}`;
  }

  readonly #measure = (text: string): number => {
    let width = this.#widths.get(text);
    if (width === undefined) {
      const context = this.#contexts[1]!;
      context.font = this.#font;
      width = context.measureText(text).width;
      this.#widths.set(text, width);
    }
    return width;
  };

  /** Where labels may be. */
  get #room() {
    const taken = [buttonsOf(this.#size)];
    return { ...this.#size, lineHeight: FONT_SIZE + 3, measure: this.#measure, taken };
  }

  #labels() {
    const { look } = this.#scene!;
    const wishes: LabelWish[] = [];
    const bySize = this.#seen.filter(({ node }) => look.nodes[node]! >= SHOWN.yes);
    bySize.sort((a, b) => b.radius - a.radius || a.node - b.node);
    for (const { node, x, y, radius } of bySize.slice(0, LABEL_CANDIDATES)) {
      wishes.push({ node, text: shortened(look.labels[node]!), x, y, radius });
    }
    return placedLabels(wishes, this.#room, MOST_LABELS);
  }

  #overlay(): void {
    const context = this.#contexts[3]!;
    const { width, height } = this.#size;
    context.clearRect(0, 0, width, height);
    if (!this.#scene) return;
    const { node, edge, selected } = this.#emphasis;
    const isFocused = node >= 0 || edge >= 0;
    this.#host.classList.toggle('network-stepped-back', isFocused);
    if (selected.size > 0) this.#rings([...selected]);
    if (node >= 0) this.#neighbourhood(node);
    if (edge >= 0) this.#edge(edge);
    if (this.#lasso && this.#lasso.length > 1) {
      context.beginPath();
      for (const [x, y] of this.#lasso) context.lineTo(x, y);
      context.closePath();
      context.fillStyle = this.#palette.accent;
      context.globalAlpha = 0.12;
      context.fill();
      context.globalAlpha = 1;
      context.setLineDash([4, 3]);
      context.lineWidth = 1.5;
      context.strokeStyle = this.#palette.accent;
      context.stroke();
      context.setLineDash([]);
    }
  }

  #on(node: number): SeenNode {
    const { x, y, look } = this.#scene!;
    const [px, py] = [toScreenX(this.#view, this.#size, x[node]!), toScreenY(this.#view, this.#size, y[node]!)];
    return { node, x: px, y: py, radius: look.radius[node]! * growth(this.#view.scale, this.#fitScale) };
  }

  /** Rings around selected nodes. */
  #rings(nodes: readonly number[]): void {
    const context = this.#contexts[3]!;
    context.lineWidth = 2;
    context.strokeStyle = this.#palette.accent;
    context.beginPath();
    for (const node of nodes) {
      if (this.#scene!.look.nodes[node] === SHOWN.no) continue;
      const { x, y, radius } = this.#on(node);
      context.moveTo(x + radius + 3, y);
      context.arc(x, y, radius + 3, 0, 2 * Math.PI);
    }
    context.stroke();
  }

  /** A node, its edges and its neighbours, as they are, over a picture that steps back. */
  #neighbourhood(node: number): void {
    const { network, look } = this.#scene!;
    const context = this.#contexts[3]!;
    const edges = [...network.edgesOf(node)].filter(
      (edge) => look.edges[edge] !== SHOWN.no && look.nodes[network.across(edge, node)] !== SHOWN.no,
    );
    const own = this.#on(node);
    context.strokeStyle = this.#palette.accent;
    context.globalAlpha = 0.6;
    for (const edge of edges.slice(0, 1_000)) {
      const other = this.#on(network.across(edge, node));
      context.lineWidth = Math.max(1, look.width[edge]!);
      context.beginPath();
      context.moveTo(own.x, own.y);
      context.lineTo(other.x, other.y);
      context.stroke();
    }
    context.globalAlpha = 1;
    const neighbours = edges.map((edge) => this.#on(network.across(edge, node)));
    this.#named(own, neighbours);
  }

  #edge(edge: number): void {
    const { network, look } = this.#scene!;
    const context = this.#contexts[3]!;
    const { from, to } = network.edges[edge]!;
    const [a, b] = [this.#on(from), this.#on(to)];
    context.strokeStyle = this.#palette.accent;
    context.lineWidth = Math.max(3, look.width[edge]! + 1);
    context.beginPath();
    context.moveTo(a.x, a.y);
    context.lineTo(b.x, b.y);
    context.stroke();
    this.#named(a, [b]);
  }

  /** Nodes with their labels; the first has a ring and is always named. */
  #named(own: SeenNode, others: readonly SeenNode[]): void {
    const context = this.#contexts[3]!;
    const all = [own, ...others].sort((a, b) => b.radius - a.radius);
    paintNodes(context, this.#palette, this.#scene!, all);
    context.strokeStyle = this.#palette.accent;
    context.lineWidth = 2.5;
    context.beginPath();
    shapePath(context, this.#scene!.look.shape[own.node]!, own.x, own.y, own.radius + 2);
    context.stroke();
    const { labels } = this.#scene!.look;
    const wish = (seen: SeenNode): LabelWish => ({ ...seen, text: shortened(labels[seen.node]!) });
    const nearest = others.toSorted((a, b) => b.radius - a.radius).slice(0, 120);
    const wishes = [{ ...wish(own), isCertain: true }, ...nearest.map(wish)];
    paintLabels(context, this.#palette, placedLabels(wishes, this.#room, 40), this.#font);
  }

  at(x: number, y: number): Hit {
    if (!this.#scene) return null;
    const largest = this.#seen.reduce((most, { radius }) => Math.max(most, radius), 0);
    if (!this.#grid) {
      this.#grid = new Grid(32);
      for (const [index, seen] of this.#seen.entries()) this.#grid.add(index, seen.x, seen.y);
    }
    let best = -1;
    for (const index of this.#grid.near(x, y, largest + NEAR)) {
      const { x: px, y: py, radius } = this.#seen[index]!;
      // What is painted later lies on top.
      if (Math.hypot(px - x, py - y) <= Math.max(radius + 2, NEAR) && index > best) best = index;
    }
    if (best >= 0) return { node: this.#seen[best]!.node };
    return this.#edgeAt(x, y);
  }

  #edgeAt(px: number, py: number): Hit {
    const { network, look, x, y } = this.#scene!;
    let [found, nearest] = [-1, NEAR];
    for (const [edge, { from, to }] of network.edges.entries()) {
      if (look.edges[edge]! < SHOWN.yes) continue;
      const [ax, ay] = [toScreenX(this.#view, this.#size, x[from]!), toScreenY(this.#view, this.#size, y[from]!)];
      const [bx, by] = [toScreenX(this.#view, this.#size, x[to]!), toScreenY(this.#view, this.#size, y[to]!)];
      const [dx, dy] = [bx - ax, by - ay];
      const share = Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy || 1)));
      const distance = Math.hypot(px - ax - share * dx, py - ay - share * dy);
      if (distance < nearest) [found, nearest] = [edge, distance];
    }
    return found < 0 ? null : { edge: found };
  }

  picture(): HTMLCanvasElement {
    this.#scale(PICTURE_RATIO);
    this.#paint();
    const whole = document.createElement('canvas');
    whole.width = this.#layers[0]!.width;
    whole.height = this.#layers[0]!.height;
    const context = whole.getContext('2d')!;
    context.fillStyle = this.#palette.ground;
    context.fillRect(0, 0, whole.width, whole.height);
    for (const layer of this.#layers.slice(0, 3)) context.drawImage(layer, 0, 0);
    this.refresh(true);
    return whole;
  }

  destroy(): void {
    cancelAnimationFrame(this.#frame);
    for (const canvas of this.#layers) canvas.remove();
  }
}
