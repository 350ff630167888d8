import { useState } from 'preact/hooks';
import { useFormat } from '../app/words/format.ts';
import { useWords } from '../app/words/words.ts';
import { SEARCH } from './words.ts';

/** A value with the number of entries that have it. */
export interface FacetShown {
  readonly value: string;
  readonly label: string;
  readonly count: number;
}

interface FacetGroupProps {
  readonly title: string;
  readonly facets: readonly FacetShown[];
  readonly selected: readonly string[];
  /** The address with a value added, or taken away. */
  readonly toggled: (value: string) => string;
}

/** Values shown at first. */
const FEW = 7;

/** The values of one facet as links that narrow the list down; a second click takes a value away. */
export function FacetGroup({ title, facets, selected, toggled }: FacetGroupProps) {
  const words = useWords(SEARCH);
  const { number } = useFormat();
  const [isWhole, setWhole] = useState(false);
  if (facets.length === 0) return null;
  const shown = facets.filter(({ value }, index) => isWhole || index < FEW || selected.includes(value));
  return (
    <fieldset class="facet">
      <legend>{title}</legend>
      <ul>
        {shown.map(({ value, label, count }) => (
          <li key={value}>
            <a href={toggled(value)} aria-current={selected.includes(value) ? 'true' : undefined}>
              <span>{label}</span> <span class="count">{number(count)}</span>
            </a>
          </li>
        ))}
      </ul>
      {facets.length > FEW && (
        <button type="button" class="plain small" onClick={() => setWhole(!isWhole)}>
          {isWhole ? words.showFewer : words.showAll}
        </button>
      )}
    </fieldset>
  );
}

interface YearsProps {
  readonly title: string;
  readonly facets: readonly FacetShown[];
  readonly from: number | null;
  readonly to: number | null;
  readonly set: (changes: { readonly from?: number | null; readonly to?: number | null }) => void;
}

/** The years in which entries began, as bars, and the first and last year that are shown. */
export function Years({ title, facets, from, to, set }: YearsProps) {
  const words = useWords(SEARCH);
  const { number } = useFormat();
  if (facets.length === 0 && from === null && to === null) return null;
  const years = facets.map(({ value }) => Number(value));
  const [least, most] = [Math.min(...years), Math.max(...years)];
  const highest = Math.max(...facets.map(({ count }) => count), 1);
  const width = 200 / Math.max(most - least + 1, 1);
  const read = (text: string): number | null => (/^\d{4}$/.test(text) ? Number(text) : null);
  return (
    <fieldset class="facet">
      <legend>{title}</legend>
      {facets.length > 0 && (
        <svg class="year-bars" viewBox="0 0 200 44" aria-hidden="true">
          {facets.map(({ value, count }) => {
            const height = Math.max(1.5, (40 * count) / highest);
            return (
              <rect
                key={value}
                x={(Number(value) - least) * width}
                y={42 - height}
                width={Math.max(width - 0.6, 0.6)}
                height={height}
              >
                <title>{`${value} : ${number(count)}`}</title>
              </rect>
            );
          })}
        </svg>
      )}
      <div class="year-range">
        <label>
          {words.from}{' '}
          <input
            inputMode="numeric"
            maxLength={4}
            size={4}
            value={from ?? ''}
            placeholder={facets.length > 0 ? String(least) : ''}
            onChange={({ currentTarget }) => set({ from: read(currentTarget.value) })}
          />
        </label>
        <label>
          {words.to}{' '}
          <input
            inputMode="numeric"
            maxLength={4}
            size={4}
            value={to ?? ''}
            placeholder={facets.length > 0 ? String(most) : ''}
            onChange={({ currentTarget }) => set({ to: read(currentTarget.value) })}
          />
        </label>
      </div>
    </fieldset>
  );
}
