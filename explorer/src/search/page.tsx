import { useAddress } from '../app/address.ts';
import { Page } from '../app/parts/page.tsx';
import { useWords } from '../app/words/words.ts';
import { SearchBox } from '../find/search-box.tsx';
import type { GraphSelection } from '../selection/selection.ts';
import { tableShown } from '../take-away/page-parts.ts';
import { TakeAway } from '../take-away/take-away.tsx';
import { FILTERS, LISTED, type ListedType } from './address.ts';
import { Found } from './found.tsx';
import { Listed } from './listed.tsx';
import { listedSelection, shownSelection } from './selected.ts';
import './search.css';
import { Types } from './types.tsx';
import { SEARCH } from './words.ts';

/** The results of a search, of all types or of one, which facets narrow down. */
export function Results() {
  const words = useWords(SEARCH);
  const { values } = useAddress(FILTERS);
  const { q, type } = values;
  const listed = LISTED.find((known) => known === type);
  const title = q !== '' ? words.titleOf(q) : type === '' ? words.title : words.types[type];
  const isOfShown = !listed || listed === 'project';
  const selected = (): GraphSelection | null =>
    isOfShown ? shownSelection() : listedSelection(values, listed as Exclude<ListedType, 'project'>);
  return (
    <Page
      title={title}
      kind={words.title}
      actions={
        (q !== '' || listed) && (
          <TakeAway
            title={title}
            table={tableShown}
            select={selected}
            selectNote={isOfShown ? words.ofShown : words.ofAll}
          />
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
