import type { ComponentChildren } from 'preact';
import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks';
import { useFormat } from '../../app/words/format.ts';
import { useWords } from '../../app/words/words.ts';
import type { Scene } from '../draw/paint.ts';
import { CanvasRenderer, type Hit, type Renderer } from '../draw/renderer.ts';
import { kindOf } from '../graph/groups.ts';
import { edgeName, edgeNamed } from '../graph/network.ts';
import { strengthIn } from '../graph/periods.ts';
import type { PictureState } from '../use-picture.ts';
import { WORDS } from '../words.ts';
import { listenToPointers } from './pointer.ts';
import { StageView } from './stage-view.ts';
import { DIRECTIONS, largestNode, neighbourToward, shownNeighbours } from './walk.ts';

interface StageProps {
  readonly state: PictureState;
  readonly isLasso: boolean;
  /** What the picture is of, where there are several: a year. */
  readonly of?: string;
  /** The views of pictures that are moved together: this one joins them. */
  readonly together?: Set<StageView>;
  /** Where the picture is put when somebody takes it away: `current` paints it. */
  readonly figure?: { current: HTMLCanvasElement | null } | undefined;
  /** Undo and redo by the keyboard. */
  readonly onUndo?: (() => void) | undefined;
  readonly onRedo?: (() => void) | undefined;
  /** Buttons on the picture. */
  readonly children?: (view: () => StageView | null) => ComponentChildren;
}

/** Milliseconds after which a view that somebody moves is written into the address. */
const SETTLED_MS = 350;

/** The picture: pointed at, dragged, walked with the keyboard. Where one is is said aloud. */
export function Stage({ state, isLasso, of = '', together, figure, onUndo, onRedo, children }: StageProps) {
  const { picture, values, set, selected, pins } = state;
  const { network } = picture;
  const words = useWords(WORDS);
  const format = useFormat();
  const help = useId();
  const host = useRef<HTMLDivElement>(null);
  const parts = useRef<{ renderer: Renderer; view: StageView } | null>(null);
  const [hover, setHover] = useState<{ hit: Hit; x: number; y: number } | null>(null);
  const [said, setSaid] = useState('');
  // What listeners read that were set up once.
  const now = useRef({ state, isLasso });
  now.current = { state, isLasso };

  const scene = useMemo((): Scene => {
    const [x, y] = [network.x.slice(), network.y.slice()];
    for (const [id, [px, py]] of pins) {
      const node = network.find(id);
      if (node < 0 || !Number.isFinite(px + py)) continue;
      x[node] = px;
      y[node] = py;
    }
    return { network, look: picture.look, x, y };
  }, [picture, pins]);
  const current = useRef(scene);
  current.current = scene;

  useEffect(() => {
    const element = host.current!;
    const renderer = new CanvasRenderer(element);
    let timer = 0;
    const view = new StageView(renderer, (text) => {
      for (const other of together ?? []) if (other !== view) other.restore(text);
      clearTimeout(timer);
      timer = window.setTimeout(() => now.current.state.set({ view: text }, { replace: true }), SETTLED_MS);
    });
    parts.current = { renderer, view };
    together?.add(view);
    // It is painted when somebody takes it, not before.
    if (figure) Object.defineProperty(figure, 'current', { configurable: true, get: () => renderer.picture() });
    const unlisten = listenToPointers(element, renderer, view, {
      isLasso: () => now.current.isLasso,
      hover: (hit, [x, y]) => setHover(hit && { hit, x, y }),
      click: (hit, isAdding) => {
        const { state: at } = now.current;
        if (!hit) at.set({ open: '', at: '' });
        else if ('edge' in hit) at.set({ open: edgeName(at.picture.network, hit.edge) });
        else if (isAdding) at.select(toggled(at.selected, [hit.node]));
        else at.set({ open: at.picture.network.nodes[hit.node]!.id, at: at.picture.network.nodes[hit.node]!.id });
      },
      drag: (node, at, isDone) => {
        current.current.x[node] = at.x;
        current.current.y[node] = at.y;
        renderer.show(current.current);
        if (isDone) now.current.state.pin(node, at);
      },
      lasso: (nodes, isAdding) => {
        const { state: at } = now.current;
        const shown = nodes.filter((node) => at.picture.look.nodes[node] !== 0);
        at.select(isAdding ? new Set([...at.selected, ...shown]) : shown);
      },
    });
    const resized = new ResizeObserver(() => {
      renderer.refresh();
      view.resize();
    });
    resized.observe(element);
    const repaint = (): void => renderer.refresh();
    const print = (isPrinting: boolean) => (): void => {
      element.classList.toggle('network-printed', isPrinting);
      renderer.refresh(true);
    };
    const [before, after] = [print(true), print(false)];
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const themed = new MutationObserver(repaint);
    themed.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    dark.addEventListener('change', repaint);
    addEventListener('beforeprint', before);
    addEventListener('afterprint', after);
    return () => {
      clearTimeout(timer);
      unlisten();
      resized.disconnect();
      themed.disconnect();
      dark.removeEventListener('change', repaint);
      removeEventListener('beforeprint', before);
      removeEventListener('afterprint', after);
      renderer.destroy();
      together?.delete(view);
      parts.current = null;
    };
  }, []);

  useEffect(() => {
    parts.current?.renderer.show(scene);
    parts.current?.view.take(scene);
  }, [scene]);
  useEffect(() => parts.current?.view.restore(values.view), [network, values.view]);

  const hit = hover?.hit ?? null;
  const openNode = network.find(values.at || values.open);
  const openEdge = values.open.includes('~') ? edgeNamed(network, values.open) : -1;
  const hovered = { node: hit && 'node' in hit ? hit.node : -1, edge: hit && 'edge' in hit ? hit.edge : -1 };
  const node = hovered.node >= 0 ? hovered.node : hovered.edge >= 0 || openEdge >= 0 ? -1 : openNode;
  const edge = hovered.edge >= 0 ? hovered.edge : hovered.node >= 0 ? -1 : openEdge;
  useEffect(() => parts.current?.renderer.emphasise({ node, edge, selected }), [node, edge, selected, scene]);

  const kind = (of: number): string => {
    const name = kindOf(network.nodes[of]!);
    return words.kinds[name as keyof typeof words.kinds] ?? name;
  };
  const goTo = (next: number, place = ''): void => {
    if (next < 0) {
      setSaid(words.noNeighbour);
      return;
    }
    const { name, id } = network.nodes[next]!;
    setSaid(words.at(name, kind(next), format.count(shownNeighbours(picture, next).length, words.neighbours), place));
    set({ at: id, ...(values.open && !values.open.includes('~') ? { open: id } : {}) }, { replace: true });
    parts.current?.view.reveal(scene.x[next]!, scene.y[next]!);
  };
  const walk = (direction: number): void => {
    if (openNode < 0 || picture.look.nodes[openNode] === 0) {
      goTo(largestNode(picture));
      return;
    }
    const neighbours = shownNeighbours(picture, openNode);
    const next = neighbourToward(picture, openNode, direction, (of) => [scene.x[of]!, scene.y[of]!]);
    const place = words.placeOf(format.number(neighbours.indexOf(next) + 1), format.number(neighbours.length));
    goTo(next, place);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const view = parts.current?.view;
    if (!view || event.altKey || event.target !== host.current) return;
    const isCommand = event.ctrlKey || event.metaKey;
    const direction = DIRECTIONS[event.key];
    const actions: Readonly<Record<string, (() => void) | undefined>> = isCommand
      ? { z: event.shiftKey ? onRedo : onUndo, Z: onRedo, y: onRedo }
      : {
          Enter: openNode < 0 ? undefined : () => set({ open: network.nodes[openNode]!.id }),
          ' ': openNode < 0 ? undefined : () => state.select(toggled(selected, [openNode])),
          Delete: () => state.hide(selected.size > 0 ? selected : openNode < 0 ? [] : [openNode]),
          Escape: () => set({ open: '', at: '', select: [] }),
          Home: () => goTo(largestNode(picture)),
          '+': () => view.zoom(1.3),
          '=': () => view.zoom(1.3),
          '-': () => view.zoom(1 / 1.3),
          '0': () => view.fit(),
        };
    if (direction !== undefined && !isCommand) {
      event.preventDefault();
      if (event.shiftKey) view.pan(-60 * Math.cos(direction), -60 * Math.sin(direction));
      else walk(direction);
      return;
    }
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  };

  const label = words.picture(
    // Of one of two years: the others are faded.
    format.count(picture.nodes.length, of === '' ? words.nodes : words.joinedNodes),
    format.count(picture.edges.length, words.edges),
  );
  const tip = hover && hovered.edge >= 0 ? network.edges[hovered.edge]! : null;
  return (
    <div class="network-stage">
      <div
        ref={host}
        class={`network-canvas${isLasso ? ' network-lasso' : ''}${hit ? ' network-pointed' : ''}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: as above
        tabIndex={0}
        role="application"
        aria-label={of === '' ? label : words.pictureOfYear(of, label)}
        aria-describedby={help}
        onKeyDown={onKeyDown}
      />
      <p id={help} class="unseen">
        {words.keys}
      </p>
      <p class="unseen" role="status">
        {said}
      </p>
      {tip && hover && (
        <p class="network-tip" aria-hidden="true" style={{ left: `${hover.x + 12}px`, top: `${hover.y + 12}px` }}>
          {network.nodes[tip.from]!.name} — {network.nodes[tip.to]!.name}
          <br />
          {words.strength} {format.number(strengthIn(tip, picture.year, picture.versus), { maximumFractionDigits: 2 })}
        </p>
      )}
      {children?.(() => parts.current?.view ?? null)}
    </div>
  );
}

/** A set in which some items are, where they were not, and the other way round. */
export function toggled(set: ReadonlySet<number>, items: readonly number[]): Set<number> {
  const next = new Set(set);
  for (const item of items) if (!next.delete(item)) next.add(item);
  return next;
}
