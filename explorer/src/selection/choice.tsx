import { useId } from 'preact/hooks';
import { here } from '../app/address.ts';
import { useStore } from '../app/store.ts';
import './choice.css';

/** First and last year of a slider: the first networks of the seed, and the present. */
const [FIRST_YEAR, LAST_YEAR] = [1998, new Date().getFullYear()];

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly options: readonly (readonly [value: Value, name: string])[];
  readonly value: Value;
  /** The parameter of the address; its first option is the default. */
  readonly parameter: string;
  /** Parameters that mean something else after another choice. */
  readonly clears?: readonly string[];
}

/** One of a few: links, so that each is an address. */
export function Choice<Value extends string>({ label, options, value, parameter, clears = [] }: ChoiceProps<Value>) {
  const url = useStore(here);
  const labelId = useId();
  const to = (chosen: Value): string => {
    const next = new URL(url);
    if (chosen === options[0]![0]) next.searchParams.delete(parameter);
    else next.searchParams.set(parameter, chosen);
    for (const name of clears) next.searchParams.delete(name);
    return `${next.pathname}${next.search}`;
  };
  return (
    <div class="field">
      <span id={labelId} class="quiet small">
        {label}
      </span>
      <div>
        <nav class="choice" aria-labelledby={labelId}>
          {options.map(([name, text]) => (
            <a key={name} href={to(name)} aria-current={name === value ? 'true' : undefined}>
              {text}
            </a>
          ))}
        </nav>
      </div>
    </div>
  );
}

/** A year, or all of them. */
export function YearField({
  label,
  all,
  year,
  onChange,
}: {
  readonly label: string;
  readonly all: string;
  readonly year: number | null;
  onChange(year: number | null): void;
}) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="year-field">
        <input
          id={id}
          type="range"
          min={FIRST_YEAR}
          max={LAST_YEAR}
          value={year ?? LAST_YEAR}
          aria-valuetext={year === null ? all : String(year)}
          onInput={({ currentTarget }) => onChange(Number(currentTarget.value))}
        />
        <output for={id}>{year ?? '–'}</output>
        <button type="button" class="plain" disabled={year === null} onClick={() => onChange(null)}>
          {all}
        </button>
      </div>
    </div>
  );
}
