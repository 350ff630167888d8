import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Asked } from '../api/use-answer.ts';
import { mayEdit, viewer } from '../api/viewer.ts';
import { text, useAddress } from '../app/address.ts';
import { changedAt, selectedBy, viewOf } from '../app/links.ts';
import { NodeKind, typeOf } from '../app/parts/node-link.tsx';
import { Page } from '../app/parts/page.tsx';
import type { SourceShown } from '../app/parts/sources.tsx';
import { Empty, Failed, Loading } from '../app/parts/states.tsx';
import { useStore } from '../app/store.ts';
import { useWords } from '../app/words/words.ts';
import { NOTHING_SELECTED, type SelectionValues } from '../selection/selection.ts';
import { partsShown } from '../take-away/page-parts.ts';
import { TakeAway } from '../take-away/take-away.tsx';
import { History } from './history.tsx';
import { ENTITY } from './words.ts';

/** A part of the page that the contents link to. */
export interface Part {
  readonly id: string;
  readonly title: string;
  readonly count?: string | undefined;
}

interface RecordProps {
  readonly id: string;
  readonly name: string;
  readonly subtitle?: ComponentChildren;
  readonly actions?: ComponentChildren;
  /** The sources of the record; without them those of the whole graph are named on what is taken away. */
  readonly sources?: readonly SourceShown[] | undefined;
  /** The part of the graph that is taken away as files; else that of the network view of the node. */
  readonly selection?: SelectionValues | null;
  readonly parts: readonly Part[];
  readonly children: ComponentChildren;
}

/** The part of the graph that the network view shows of a node: what is taken away as files; null where it has none. */
function selectionAt(id: string): SelectionValues | null {
  const name = selectedBy(id);
  return name === null ? null : { ...NOTHING_SELECTED, [name]: [id] };
}

/** The page of a record: its name, the ways on, what is on the page, the parts, and its history. */
export function RecordPage(props: RecordProps) {
  const { id, name, subtitle, actions, sources, parts, children } = props;
  const { selection = selectionAt(id) } = props;
  const words = useWords(ENTITY);
  // The part that the address names is there only now.
  useEffect(() => {
    if (location.hash !== '') document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }, []);
  return (
    <Page
      title={name}
      kind={
        <>
          <NodeKind id={id} />
          {subtitle && <span> · {subtitle}</span>}
        </>
      }
      actions={
        <>
          {actions}
          <TakeAway title={name} parts={partsShown} selection={selection} sources={sources} />
        </>
      }
    >
      <div class="record">
        <nav class="contents" aria-label={words.onThisPage}>
          <ul>
            {[...parts, { id: 'history', title: words.history }].map((part: Part) => (
              <li key={part.id}>
                <a href={`#${part.id}`}>
                  {part.title}
                  {part.count !== undefined && <span class="count">{part.count}</span>}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div class="parts">
          {children}
          <History id={id} />
        </div>
      </div>
    </Page>
  );
}

const AS_OF = { asOf: text() };
/** A date as exact as it is known: 2010, 2010-05, 2010-05-03. */
const PARTIAL_DATE = /^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/;

/** Shows the lists as they were at a date. */
export function AsOf() {
  const words = useWords(ENTITY);
  const { values, set } = useAddress(AS_OF);
  return (
    <label class="as-of">
      {words.asOf}
      <input
        value={values.asOf}
        placeholder={words.allDates}
        title={words.asOfHint}
        size={12}
        inputMode="numeric"
        onChange={({ currentTarget }) => {
          const given = currentTarget.value.trim();
          const isDate = given === '' || PARTIAL_DATE.test(given);
          currentTarget.setCustomValidity(isDate ? '' : words.asOfHint);
          currentTarget.reportValidity();
          if (isDate) set({ asOf: given });
        }}
      />
    </label>
  );
}

/** Types of nodes that the forms correct. */
const EDITED = ['pole', 'cluster', 'organisation'];

/** Links to the other views of a node, in the year of the date that the page shows. */
export function Views({ id }: { readonly id: string }) {
  const words = useWords(ENTITY);
  const views = [
    ['network', words.asNetwork],
    ['map', words.onMap],
    ['path', words.howLinked],
    ['compare', words.compare],
  ] as const;
  const who = useStore(viewer);
  const { asOf } = useAddress(AS_OF).values;
  const date = asOf === '' ? null : asOf;
  const changed = changedAt(id, date);
  return (
    <>
      {mayEdit(who) && EDITED.includes(typeOf(id)) && (
        <a class="button" href={`/edit?id=${id}`}>
          {words.edit}
        </a>
      )}
      {views.map(([page, title]) => {
        const to = viewOf(page, id, date);
        return (
          to !== null && (
            <a key={page} class="button" href={to}>
              {title}
            </a>
          )
        );
      })}
      {changed !== null && (
        <a class="button" href={changed}>
          {words.whatChanged}
        </a>
      )}
    </>
  );
}

interface AwaitedProps<Data, Found> {
  readonly id: string;
  readonly asked: Asked<Data>;
  readonly read: (data: Data) => Found | null | undefined;
  readonly children: (found: Found) => ComponentChildren;
}

/** A record, or why there is none. */
export function Awaited<Data, Found>({ id, asked, read, children }: AwaitedProps<Data, Found>) {
  const words = useWords(ENTITY);
  const { data, failure, again } = asked;
  const found = data && read(data);
  if (found) {
    return (
      <>
        {failure && <Failed failure={failure} again={again} />}
        {children(found)}
      </>
    );
  }
  return (
    <div class="page page-text">
      {!data && <h1 class="unseen">{id}</h1>}
      {failure && <Failed failure={failure} again={again} />}
      {!failure && !data && <Loading />}
      {data && (
        <>
          <h1>{words.unknown}</h1>
          <Empty>{words.unknownId(id)}</Empty>
          <a href={`/search?q=${encodeURIComponent(id.slice(id.indexOf('/') + 1).replaceAll('-', ' '))}`}>
            {words.searchInstead}
          </a>
        </>
      )}
    </div>
  );
}
