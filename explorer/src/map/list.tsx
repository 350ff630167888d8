import type { Failure } from '../api/ask.ts';
import { NodeKind, NodeLink } from '../app/parts/node-link.tsx';
import { Panel } from '../app/parts/panel.tsx';
import { Period } from '../app/parts/period.tsx';
import { Empty, Failed, Loading } from '../app/parts/states.tsx';
import { useReveal } from '../app/use-reveal.ts';
import { useFormat } from '../app/words/format.ts';
import { useWords } from '../app/words/words.ts';
import { linkTo, type SelectionValues } from '../selection/selection.ts';
import type { LayerName, ListedPage } from './layers.ts';
import { WORDS } from './words.ts';

/** The list, below the map in a narrow window. */
const LIST_ID = 'entries';

interface EntryListProps {
  readonly title: string;
  readonly show: LayerName;
  /** The territory that is chosen; null for all of France. */
  readonly place: string | null;
  readonly values: SelectionValues;
  readonly page: ListedPage | null;
  readonly failure: Failure | null;
  readonly hasPrevious: boolean;
  onPage(after: string): void;
  onClose(): void;
}

/** What has its seat in the chosen territory, with the ways on from there. */
export function EntryList(props: EntryListProps) {
  const { title, show, place, values, page, failure, hasPrevious, onPage, onClose } = props;
  const words = useWords(WORDS);
  const format = useFormat();
  useReveal(() => document.getElementById(LIST_ID), place);
  const regions = place === null ? values.regions : [place];
  const selected = { ...values, regions };
  return (
    <Panel id={LIST_ID} title={title} aside={page && format.count(page.total, words.forms[show])}>
      {place !== null && (
        <p class="actions">
          <button type="button" onClick={onClose}>
            ← {words.close}
          </button>
          <a class="button" href={`/${place}`}>
            {words.toPage}
          </a>
          {(show === 'selection' || show === 'organisations') && (
            <>
              <a class="button" href={linkTo('/network', selected)}>
                {words.asNetwork}
              </a>
              <a class="button" href={linkTo('/measures', selected)}>
                {words.asMeasures}
              </a>
            </>
          )}
        </p>
      )}
      {failure && <Failed failure={failure} />}
      {!failure && page === null && <Loading />}
      {page && page.entries.length === 0 && <Empty>{words.nobodyHere}</Empty>}
      {page && page.entries.length > 0 && (
        <>
          <ul class="entry-list">
            {page.entries.map((entry) => (
              <li key={entry.id}>
                <span>
                  <NodeLink node={entry} /> {show === 'selection' && <NodeKind id={entry.id} />}
                </span>
                <span class="quiet small">
                  {entry.territory?.name ?? entry.city}
                  <Period since={entry.since} until={entry.until} />
                </span>
              </li>
            ))}
          </ul>
          <p class="actions">
            {hasPrevious && (
              <button type="button" onClick={() => onPage('')}>
                {words.first}
              </button>
            )}
            {page.next !== null && (
              <button type="button" onClick={() => onPage(page.next!)}>
                {words.more}
              </button>
            )}
          </p>
        </>
      )}
    </Panel>
  );
}
