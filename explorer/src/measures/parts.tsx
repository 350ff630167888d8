import { useFormat } from '../app/words/format.ts';
import { useWords } from '../app/words/words.ts';
import { WORDS } from './words.ts';

/** What a measure means, at hand. */
export function Definition({ children }: { readonly children: string }) {
  const words = useWords(WORDS);
  return (
    <details class="definition">
      <summary>{words.definition}</summary>
      <p>{children}</p>
    </details>
  );
}

/** A value of a measure, short; an estimated one is marked, with its standard error. */
export function Value({ value, error }: { readonly value: number; readonly error?: number | null | undefined }) {
  const { number } = useFormat();
  const short = { maximumSignificantDigits: 3 };
  if (error === null || error === undefined) return <>{number(value, short)}</>;
  return (
    <>
      ≈ {number(value, short)} <span class="quiet">± {number(error, { maximumSignificantDigits: 2 })}</span>
    </>
  );
}

/** A share of the largest value as a bar behind a number. */
export function Bar({ share }: { readonly share: number }) {
  return (
    <span class="bar" aria-hidden="true">
      <span style={{ width: `${Math.max(0, Math.min(100, 100 * share)).toFixed(1)}%` }} />
    </span>
  );
}

/** Whether values are exact, or how they were estimated. */
export function Exactness({ isExact, sampleSize }: { readonly isExact: boolean; readonly sampleSize: number | null }) {
  const words = useWords(WORDS);
  const { number } = useFormat();
  return (
    <p class={isExact ? 'small quiet' : 'small sampled'}>
      {isExact ? words.exact : words.sampled(number(sampleSize ?? 0))}
    </p>
  );
}
