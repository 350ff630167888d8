import type { TadaDocumentNode } from 'gql.tada';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ask, type Failure } from '../../api/ask.ts';
import { csvOf } from '../../take-away/csv.ts';
import { fileNameOf, save } from '../../take-away/files.ts';
import { tableOfEdges } from '../../take-away/list-table.ts';
import { useFormat } from '../words/format.ts';
import { SHELL } from '../words/shell.ts';
import { useWords } from '../words/words.ts';
import type { ListPage, PageArguments } from './pager.tsx';
import { Failed } from './states.tsx';

/** Entries of one request, where each may have many facts with many sources. */
const USUAL_SIZE = 25;

interface ListCsvProps<Data, Variables, Row> {
  /** The name of the file. */
  readonly title: string;
  readonly document: TadaDocumentNode<Data, Variables>;
  readonly variables: Omit<NoInfer<Variables>, keyof PageArguments>;
  readonly read: (data: Data) => ListPage<Row> | null | undefined;
  /** Entries of one request; 200 are the most that the API gives. */
  readonly most?: number;
}

/** What the page is about. */
const heading = (): string => window.document.querySelector('h1')?.textContent ?? '';

/** Saves a whole list as CSV, however many pages it has: one row a fact, with its period and its sources. */
export function ListCsv<Data, Variables extends object, Row extends object>(props: ListCsvProps<Data, Variables, Row>) {
  const { title, document, variables, read, most = USUAL_SIZE } = props;
  const words = useWords(SHELL);
  const { number } = useFormat();
  const [said, setSaid] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isBusy, setBusy] = useState(false);
  const stop = useRef(new AbortController());
  useEffect(() => () => stop.current.abort(), []);
  const collect = async (): Promise<void> => {
    const edges: Row[] = [];
    let [size, after]: [number, string | null] = [most, null];
    for (;;) {
      const asked = { ...variables, first: size, after, last: null, before: null } as unknown as Variables;
      const answer = await ask(document, asked, { signal: stop.current.signal });
      if (answer.failure?.code === 'TOO_COSTLY' && size > 1) {
        // Entries with many facts and sources come in smaller pages.
        size = Math.ceil(size / 2);
        continue;
      }
      if (answer.failure) return setFailure(answer.failure);
      const page = read(answer.data);
      edges.push(...(page?.edges ?? []));
      if (!page?.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
      setSaid(words.rowsSoFar(number(edges.length), number(page.totalCount)));
    }
    save(new Blob([csvOf(tableOfEdges(edges))], { type: 'text/csv' }), `${fileNameOf(`${heading()} ${title}`)}.csv`);
    setSaid(words.csvSaved(number(edges.length)));
  };
  const start = (): void => {
    setBusy(true);
    setFailure(null);
    collect().then(
      () => setBusy(false),
      () => {},
    );
  };
  return (
    <>
      <button type="button" class="plain small" disabled={isBusy} title={words.csvHint} onClick={start}>
        CSV<span class="unseen"> : {title}</span>
      </button>
      <span class="small quiet" role="status">
        {said}
      </span>
      {failure && <Failed failure={failure} />}
    </>
  );
}
