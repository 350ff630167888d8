import { useEffect, useMemo, useState } from 'preact/hooks';
import { useFormat } from '../../app/words/format.ts';
import { useWords } from '../../app/words/words.ts';
import { yearsOf } from '../graph/periods.ts';
import type { PictureState } from '../use-picture.ts';
import { WORDS } from '../words.ts';
import './years.css';

/** Milliseconds of a year when they are played. */
const YEAR_MS = 700;

/** The years of a network: when its relationships begin and end, one year at a time, or two of them. */
export function Years({ state }: { readonly state: PictureState }) {
  const words = useWords(WORDS);
  const { number, count } = useFormat();
  const { picture, values, set } = state;
  const { network } = picture;
  const [isPlaying, setIsPlaying] = useState(false);
  const years = useMemo(() => yearsOf(network), [network]);
  const first = years.counts[0]?.year ?? 0;
  const last = Math.max(years.counts.at(-1)?.year ?? 0, new Date().getFullYear());
  const { year, versus } = values;

  useEffect(() => {
    if (!isPlaying) return;
    const timer = setTimeout(() => {
      const next = (year ?? first - 1) + 1;
      if (next > last) setIsPlaying(false);
      else set({ year: next }, { replace: true });
    }, YEAR_MS);
    return () => clearTimeout(timer);
  }, [isPlaying, year]);

  if (years.counts.length === 0) {
    return years.total === 0 ? null : <p class="quiet small network-years">{words.yearsNone}</p>;
  }
  const most = Math.max(1, ...years.counts.map(({ began, ended }) => Math.max(began, ended)));
  const all = Array.from(
    { length: last - first + 1 },
    (_, place) => years.counts[place] ?? { year: first + place, began: 0, ended: 0 },
  );
  const play = (): void => {
    if (!isPlaying && (year === null || year >= last)) set({ year: first }, { replace: true });
    setIsPlaying(!isPlaying);
  };
  const sums = { came: 0, went: 0, both: 0, neither: 0 };
  for (const edge of picture.edges) sums[picture.changes[edge]!]++;
  return (
    <section class="network-years" aria-label={words.years}>
      <div class="network-bars" aria-hidden="true">
        {all.map((of) => (
          <button
            type="button"
            tabIndex={-1}
            key={of.year}
            class={`network-bar${of.year === year || of.year === versus ? ' network-bar-chosen' : ''}`}
            title={words.barTitle(String(of.year), number(of.began), number(of.ended))}
            onClick={() => set({ year: of.year })}
          >
            <span class="network-bar-began" style={{ height: `${(100 * of.began) / most}%` }} />
            <span class="network-bar-ended" style={{ height: `${(100 * of.ended) / most}%` }} />
          </button>
        ))}
      </div>
      <input
        type="range"
        aria-label={words.year}
        aria-valuetext={year === null ? words.allYears : String(year)}
        min={first}
        max={last}
        value={year ?? last}
        class={year === null ? 'network-range-all' : ''}
        onInput={({ currentTarget }) => set({ year: Number(currentTarget.value) }, { replace: true })}
      />
      <div class="network-year-row">
        <span class="network-year-ends">{first}</span>
        <output class="network-year">
          {year === null ? words.allYears : versus === null ? year : `${year} → ${versus}`}
        </output>
        <button type="button" onClick={play}>
          {isPlaying ? words.pause : words.play}
        </button>
        <button
          type="button"
          disabled={year === null}
          onClick={() => {
            setIsPlaying(false);
            set({ year: null, versus: null, overlaid: false });
          }}
        >
          {words.allYears}
        </button>
        <label>
          {words.compareWith}
          <select
            value={versus === null ? '' : String(versus)}
            onChange={({ currentTarget }) => {
              const other = currentTarget.value === '' ? null : Number(currentTarget.value);
              set({
                versus: other,
                ...(other === null ? { overlaid: false } : {}),
                ...(other !== null && year === null ? { year: first } : {}),
              });
            }}
          >
            <option value="">{words.noComparison}</option>
            {all.toReversed().map((of) => (
              <option key={of.year} value={String(of.year)}>
                {of.year}
              </option>
            ))}
          </select>
        </label>
        {versus !== null && (
          <label>
            <input
              type="checkbox"
              checked={values.overlaid}
              onChange={({ currentTarget }) => set({ overlaid: currentTarget.checked })}
            />
            {words.overlaid}
          </label>
        )}
        <span class="network-year-ends">{last}</span>
      </div>
      {versus !== null && year !== null && (
        <p class="small network-changes" role="status">
          <span class="network-line network-line-came" /> {count(sums.came, words.came)} {' · '}
          <span class="network-line network-line-went" /> {count(sums.went, words.went)} {' · '}
          <span class="network-line" /> {number(sums.both)} {words.both}
        </p>
      )}
      <p class="quiet small">
        <span class="network-dot network-bar-began" /> {words.began} <span class="network-dot network-bar-ended" />{' '}
        {words.ended}
        {' · '}
        {words.yearsHint(count(years.undatedEnd, words.relationships))}{' '}
        {years.undatedBegin > 0 && words.yearsFew(count(years.undatedBegin, words.relationships))}
      </p>
    </section>
  );
}
