import { useState } from 'preact/hooks';
import { useFormat } from '../../app/words/format.ts';
import { useWords } from '../../app/words/words.ts';
import { MEASURES } from '../address.ts';
import { propertyOf } from '../draw/palette.ts';
import { COLOUR_BY } from '../graph/groups.ts';
import type { PictureState } from '../use-picture.ts';
import { WORDS } from '../words.ts';
import './legend.css';

/** Groups that are listed before "more". */
const LISTED = 12;

interface LegendProps {
  readonly state: PictureState;
  readonly isOfCommunities: boolean;
  /** The name of a group. */
  readonly labelOf: (value: string) => string;
}

/** What colours and sizes mean, with counts; a group is hidden and shown by a click. */
export function Legend({ state, isOfCommunities, labelOf }: LegendProps) {
  const words = useWords(WORDS);
  const { number } = useFormat();
  const [isWhole, setIsWhole] = useState(false);
  const { picture, values, set } = state;
  const { groups } = picture.grouping;
  const off = new Set(values.off);
  const isListed = !isOfCommunities && values.colour !== 'none';
  const shown = isWhole ? groups : groups.slice(0, LISTED);
  return (
    <section class="network-legend" aria-label={words.legend}>
      {!isOfCommunities && (
        <div class="network-choices">
          <label>
            {words.colour}
            <select
              value={values.colour}
              onChange={({ currentTarget }) => set({ colour: currentTarget.value as never, off: [] })}
            >
              {COLOUR_BY.map((by) => (
                <option key={by} value={by}>
                  {words.colours[by]}
                </option>
              ))}
            </select>
          </label>
          {values.colour === 'measure' && (
            <label>
              {words.colours.measure}
              <select
                value={values.measure}
                onChange={({ currentTarget }) => set({ measure: currentTarget.value as never, off: [] })}
              >
                {MEASURES.map((measure) => (
                  <option key={measure} value={measure}>
                    {words.measures[measure]}
                  </option>
                ))}
              </select>
            </label>
          )}
          <label>
            {words.size}
            <select value={values.size} onChange={({ currentTarget }) => set({ size: currentTarget.value as never })}>
              {([...MEASURES, 'same'] as const).map((measure) => (
                <option key={measure} value={measure}>
                  {words.measures[measure]}
                </option>
              ))}
            </select>
          </label>
        </div>
      )}
      {isListed && (
        <ul title={words.legendHint}>
          {shown.map(({ value, slot, count }) => (
            <li key={value}>
              <button
                type="button"
                class="network-group"
                aria-pressed={!off.has(value)}
                onClick={() =>
                  set({ off: off.has(value) ? values.off.filter((one) => one !== value) : [...values.off, value] })
                }
              >
                <span
                  class={`network-dot network-dot-${values.colour === 'kind' ? value : ''}${off.has(value) ? ' network-dot-off' : ''}`}
                  style={{ background: off.has(value) ? '' : `var(${propertyOf(slot)})` }}
                />
                <span class={`network-group-name${off.has(value) ? ' network-group-off' : ''}`}>{labelOf(value)}</span>
                <span class="quiet">{number(count)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {isListed && groups.length > LISTED && (
        <button type="button" class="plain small" onClick={() => setIsWhole(!isWhole)}>
          {isWhole ? words.legendLess : words.legendMore(number(groups.length - LISTED))}
        </button>
      )}
      {off.size > 0 && (
        <button type="button" class="plain small" onClick={() => set({ off: [] })}>
          {words.legendAll}
        </button>
      )}
    </section>
  );
}
