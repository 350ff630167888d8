import { useFormat } from '../app/words/format.ts';
import { useWords } from '../app/words/words.ts';
import type { ValueClass } from './classes.ts';
import { WORDS } from './words.ts';

interface LegendProps {
  readonly classes: readonly ValueClass[];
  /** Territories without a value. */
  readonly empty: number;
  readonly format: (value: number) => string;
}

/** A class in words: 3, or 3 to 8. */
export const rangeOf = (
  { from, to }: ValueClass,
  format: (value: number) => string,
  between: (a: string, b: string) => string,
) => (format(from) === format(to) ? format(from) : between(format(from), format(to)));

/** What the colours of the map mean, with how many territories each has. */
export function Legend({ classes, empty, format }: LegendProps) {
  const words = useWords(WORDS);
  const { count } = useFormat();
  return (
    <ul class="legend-list" aria-label={words.legend}>
      {classes.map((one, place) => (
        <li key={one.from}>
          <span class={`swatch class-${place + 1}`} />
          {rangeOf(one, format, words.range)} <span class="quiet">{count(one.count, words.territories)}</span>
        </li>
      ))}
      {empty > 0 && (
        <li>
          <span class="swatch class-0" />
          {words.none} <span class="quiet">{count(empty, words.territories)}</span>
        </li>
      )}
    </ul>
  );
}
