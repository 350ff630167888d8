import type { Hit, Renderer } from '../draw/renderer.ts';
import { toNetwork } from '../draw/view.ts';
import type { StageView } from './stage-view.ts';

type Point = readonly [x: number, y: number];

/** What pointing at a picture does. Pixels are those of the picture. */
export interface PointerActions {
  hover(hit: Hit, at: Point): void;
  click(hit: Hit, isAdding: boolean): void;
  /** A node is dragged; `isDone` when it is let go. */
  drag(node: number, at: { readonly x: number; readonly y: number }, isDone: boolean): void;
  /** The nodes within a lasso. */
  lasso(nodes: number[], isAdding: boolean): void;
  /** Whether dragging the ground draws a lasso. */
  isLasso(): boolean;
}

/** Pixels by which a pointer may move while it clicks. */
const STILL = 4;

/** Whether a point is within a polygon, by the number of its sides to the left. */
function isWithin(polygon: readonly Point[], x: number, y: number): boolean {
  let inside = false;
  for (let at = 0, before = polygon.length - 1; at < polygon.length; before = at++) {
    const [[ax, ay], [bx, by]] = [polygon[at]!, polygon[before]!];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

/** Listens to mouse, pen and fingers on a picture, until the returned function is called. */
export function listenToPointers(
  host: HTMLElement,
  renderer: Renderer,
  view: StageView,
  actions: PointerActions,
): () => void {
  const pointers = new Map<number, Point>();
  let start: { readonly at: Point; readonly hit: Hit; readonly mode: 'pan' | 'node' | 'lasso' } | null = null;
  let hasMoved = false;
  let path: Point[] = [];
  const at = ({ clientX, clientY }: MouseEvent): Point => {
    const { left, top } = host.getBoundingClientRect();
    return [clientX - left, clientY - top];
  };
  const isAdding = ({ shiftKey, ctrlKey, metaKey }: MouseEvent): boolean => shiftKey || ctrlKey || metaKey;

  const down = (event: PointerEvent): void => {
    if (event.button !== 0 || event.target instanceof HTMLButtonElement) return;
    host.setPointerCapture(event.pointerId);
    const point = at(event);
    pointers.set(event.pointerId, point);
    if (pointers.size > 1) {
      hasMoved = true;
      renderer.lasso(null);
      return;
    }
    const hit = renderer.at(...point);
    const isLasso = actions.isLasso() || (event.shiftKey && (!hit || !('node' in hit)));
    start = { at: point, hit, mode: isLasso ? 'lasso' : hit && 'node' in hit ? 'node' : 'pan' };
    hasMoved = false;
    path = [point];
  };

  const pinch = (id: number, point: Point): void => {
    const [other] = [...pointers].filter(([pointer]) => pointer !== id).map(([, where]) => where);
    const before = pointers.get(id);
    if (!other || !before) return;
    const [was, is] = [
      Math.hypot(before[0] - other[0], before[1] - other[1]),
      Math.hypot(point[0] - other[0], point[1] - other[1]),
    ];
    const middle = { x: (point[0] + other[0]) / 2, y: (point[1] + other[1]) / 2 };
    if (was > 0) view.zoom(is / was, middle);
    view.pan((point[0] - before[0]) / 2, (point[1] - before[1]) / 2);
  };

  const move = (event: PointerEvent): void => {
    const point = at(event);
    const before = pointers.get(event.pointerId);
    if (!before || !start) {
      if (event.pointerType === 'mouse') actions.hover(renderer.at(...point), point);
      return;
    }
    if (pointers.size > 1) {
      pinch(event.pointerId, point);
      pointers.set(event.pointerId, point);
      return;
    }
    pointers.set(event.pointerId, point);
    if (!hasMoved && Math.hypot(point[0] - start.at[0], point[1] - start.at[1]) < STILL) return;
    hasMoved = true;
    actions.hover(null, point);
    if (start.mode === 'pan') view.pan(point[0] - before[0], point[1] - before[1]);
    else if (start.mode === 'lasso') {
      path.push(point);
      renderer.lasso(path);
    } else if (start.hit && 'node' in start.hit) {
      actions.drag(start.hit.node, toNetwork(view.view, renderer.size, ...point), false);
    }
  };

  const up = (event: PointerEvent): void => {
    const point = at(event);
    const wasOne = pointers.size === 1;
    pointers.delete(event.pointerId);
    if (!start || !wasOne) return;
    const { hit, mode } = start;
    start = null;
    if (!hasMoved) actions.click(hit, isAdding(event));
    else if (mode === 'node' && hit && 'node' in hit) {
      actions.drag(hit.node, toNetwork(view.view, renderer.size, ...point), true);
    } else if (mode === 'lasso') {
      renderer.lasso(null);
      const nodes = renderer.seen().filter(({ x, y }) => isWithin(path, x, y));
      actions.lasso(
        nodes.map(({ node }) => node),
        isAdding(event),
      );
    }
  };

  const stop = (event: PointerEvent): void => {
    pointers.delete(event.pointerId);
    start = null;
    renderer.lasso(null);
  };
  const leave = (): void => actions.hover(null, [0, 0]);
  const wheel = (event: WheelEvent): void => {
    event.preventDefault();
    const [x, y] = at(event);
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    view.zoom(Math.exp(-Math.max(-200, Math.min(200, event.deltaY * lines)) * 0.0022), { x, y });
  };
  const twice = (event: MouseEvent): void => {
    const [x, y] = at(event);
    if (renderer.at(x, y) === null) view.zoom(1.8, { x, y });
  };

  host.addEventListener('pointerdown', down);
  host.addEventListener('pointermove', move);
  host.addEventListener('pointerup', up);
  host.addEventListener('pointercancel', stop);
  host.addEventListener('pointerleave', leave);
  host.addEventListener('wheel', wheel, { passive: false });
  host.addEventListener('dblclick', twice);
  return () => {
    host.removeEventListener('pointerdown', down);
    host.removeEventListener('pointermove', move);
    host.removeEventListener('pointerup', up);
    host.removeEventListener('pointercancel', stop);
    host.removeEventListener('pointerleave', leave);
    host.removeEventListener('wheel', wheel);
    host.removeEventListener('dblclick', twice);
  };
}
