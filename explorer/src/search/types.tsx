import { useAnswer } from '../api/use-answer.ts';
import { useAddress } from '../app/address.ts';
import { useFormat } from '../app/words/format.ts';
import { useWords } from '../app/words/words.ts';
import { FILTERS, NO_CONDITIONS, TYPES } from './address.ts';
import { TOTALS } from './queries.ts';
import { SEARCH } from './words.ts';

/** The types of nodes with the number of hits of each, as links. */
export function Types() {
  const words = useWords(SEARCH);
  const { number } = useFormat();
  const address = useAddress(FILTERS);
  const { q, type } = address.values;
  const { data } = useAnswer(TOTALS, q === '' ? null : { text: q });
  // Without a text there is no "everything" to list.
  const shown = q === '' ? TYPES.slice(0, 4) : (['', ...TYPES] as const);
  return (
    <nav class="types" aria-label={words.type}>
      {shown.map((name) => {
        const count = name === '' ? null : data?.[name]?.totalCount;
        return (
          <a
            key={name}
            href={address.with({ ...NO_CONDITIONS, type: name })}
            aria-current={name === type ? 'page' : undefined}
            class={name === '' ? '' : `of-${name}`}
          >
            {name === '' ? words.everything : words.types[name]}
            {count != null && <span class="count"> {number(count)}</span>}
          </a>
        );
      })}
    </nav>
  );
}
