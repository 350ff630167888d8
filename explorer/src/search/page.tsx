import { useAddress } from '../app/address.ts';
import { Page } from '../app/parts/page.tsx';
import { useFormat } from '../app/words/format.ts';
import { useWords } from '../app/words/words.ts';
import { SearchBox } from '../find/search-box.tsx';
import { tableShown } from '../take-away/page-parts.ts';
import { TakeAway } from '../take-away/take-away.tsx';
import { FILTERS, LISTED } from './address.ts';
import { Found } from './found.tsx';
import { Listed } from './listed.tsx';
import { foundSelection, listedSelection, MOST_RESULTS } from './selected.ts';
import './search.css';
import { Types } from './types.tsx';
import { ListWaysOn } from './ways-on.tsx';
import { SEARCH } from './words.ts';

/** The results of a search, of all types or of one, which facets narrow down. */
export function Results() {
  const words = useWords(SEARCH);
  const { number } = useFormat();
  const { values } = useAddress(FILTERS);
  const { q, type } = values;
  const listed = LISTED.find((known) => known === type);
  const title = q !== '' ? words.titleOf(q) : type === '' ? words.title : words.types[type];
  const isGathered = listed === 'project' || (type === '' && q !== '');
  const select = isGathered ? () => foundSelection(values) : listed ? listedSelection(values, listed) : null;
  return (
    <Page
      title={title}
      kind={words.title}
      actions={
        (q !== '' || listed) && (
          <>
            {listed && <ListWaysOn values={values} type={listed} />}
            <TakeAway
              title={title}
              table={tableShown}
              select={select}
              selectNote={isGathered ? words.ofFound(number(MOST_RESULTS)) : words.ofAll}
            />
          </>
        )
      }
    >
      <SearchBox initial={q} isLarge autoFocus={q === '' && type === ''} />
      <Types />
      {listed ? <Listed key={`${listed} ${q}`} type={listed} /> : <Found />}
    </Page>
  );
}

export { Results as Page };
