import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useFormat } from '../../app/words/format.ts';
import { useWords } from '../../app/words/words.ts';
import { besideEachOther } from '../draw/beside.ts';
import { inOneYear } from '../graph/picture.ts';
import type { PictureState } from '../use-picture.ts';
import { WORDS } from '../words.ts';
import { Stage } from './stage.tsx';
import type { StageView } from './stage-view.ts';
import './stage.css';

interface StagesProps {
  readonly state: PictureState;
  /** Where what is drawn is put when somebody takes it away. */
  readonly figure: { current: HTMLCanvasElement | null };
  readonly undo: (() => void) | null;
  readonly redo: (() => void) | null;
}

/** The picture; of two years a picture of each, seen from the same point, with what came and went in colour. */
export function Stages({ state, figure, undo, redo }: StagesProps) {
  const words = useWords(WORDS);
  const { count } = useFormat();
  const [isLasso, setIsLasso] = useState(false);
  const { picture, values } = state;
  const { year, versus, overlaid } = values;
  const isPair = year !== null && versus !== null && !overlaid;
  const views = useRef(new Set<StageView>()).current;
  const canvases = useRef([{ current: null }, { current: null }] as { current: HTMLCanvasElement | null }[]).current;
  const pair = useMemo(
    () => (isPair ? [inOneYear(picture, 'first'), inOneYear(picture, 'second')] : [picture]),
    [picture, isPair],
  );
  const titles = isPair ? [String(year), String(versus)] : [];
  const shown = useRef(titles);
  shown.current = titles;
  // Painted when somebody takes it, not before.
  useEffect(() => {
    const taken = (): HTMLCanvasElement | null =>
      shown.current.length === 0 ? canvases[0]!.current : besideEachOther(canvases, shown.current);
    Object.defineProperty(figure, 'current', { configurable: true, get: taken });
  }, []);
  const tools = (view: () => StageView | null) => {
    const button = (name: string, sign: string, onClick: () => void, more = {}) => (
      <button type="button" aria-label={name} title={name} onClick={onClick} {...more}>
        {sign}
      </button>
    );
    return (
      <div class="network-tools">
        {button(words.zoomIn, '+', () => view()?.zoom(1.4))}
        {button(words.zoomOut, '−', () => view()?.zoom(1 / 1.4))}
        {button(words.fit, '⤢', () => view()?.fit())}
        {button(words.lasso, '◌', () => setIsLasso(!isLasso), { title: words.lassoHint, 'aria-pressed': isLasso })}
        {button(words.undo, '↶', () => undo?.(), { disabled: !undo })}
        {button(words.redo, '↷', () => redo?.(), { disabled: !redo })}
      </div>
    );
  };
  return (
    <div class={isPair ? 'network-pair' : 'network-single'}>
      {pair.map((one, place) => (
        <figure key={place} class="network-figure">
          {isPair && (
            <figcaption>
              <strong>{titles[place]}</strong>{' '}
              <span class="quiet small">
                {count(one.nodes.length, words.joinedNodes)}, {count(one.edges.length, words.edges)}
              </span>
            </figcaption>
          )}
          <Stage
            state={{ ...state, picture: one }}
            isLasso={isLasso}
            of={titles[place] ?? ''}
            together={views}
            figure={canvases[place]}
            onUndo={undo ?? undefined}
            onRedo={redo ?? undefined}
          >
            {place === pair.length - 1 ? tools : () => null}
          </Stage>
        </figure>
      ))}
    </div>
  );
}
