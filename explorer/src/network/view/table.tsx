import { useMemo, useState } from 'preact/hooks';
import { ask } from '../../api/ask.ts';
import { graphql } from '../../api/graphql.ts';
import { useFormat } from '../../app/words/format.ts';
import { SHELL } from '../../app/words/shell.ts';
import { useWords } from '../../app/words/words.ts';
import { csvOf } from '../../take-away/csv.ts';
import { fileNameOf, save } from '../../take-away/files.ts';
import { edgeName } from '../graph/network.ts';
import { type NetworkRequest, selectedBy } from '../load.ts';
import type { PictureState } from '../use-picture.ts';
import { WORDS } from '../words.ts';
import { type Column, edgeColumns, nodeColumns, sortedRows, tableOf } from './columns.ts';
import { toggled } from './stage.tsx';

/** Rows of a page. */
const ROWS = 50;

const CSV = graphql(`
  query Csv($select: GraphSelection!, $format: ExportFormat!, $rankings: [RankingMeasure!], $resolution: Float!) {
    subgraph(select: $select) {
      export(format: $format, rankings: $rankings, regions: true, resolution: $resolution) {
        url
      }
    }
  }
`);

/** Downloads all nodes or edges of a request as CSV, as of a year where one is chosen. */
async function downloadCsv(
  request: NetworkRequest,
  tab: 'nodes' | 'edges',
  year: number | null,
  hide: readonly string[],
) {
  const { rankings, resolution } = request;
  const given = { ...selectedBy(request), without: [...hide], ...(year === null ? {} : { asOf: String(year) }) };
  const format = tab === 'nodes' ? 'NODES_CSV' : 'EDGES_CSV';
  const { data } = (await ask(CSV, { select: given, format, rankings, resolution })) as {
    data?: { subgraph: { export: { url: string } } | null };
  };
  if (!data?.subgraph) return;
  const link = document.createElement('a');
  link.href = data.subgraph.export.url;
  link.download = '';
  link.click();
}

/** Everything that the picture shows as a table: nodes and edges, sorted, with the columns that one chooses. */
export function Table({ state, request }: { readonly state: PictureState; readonly request: NetworkRequest | null }) {
  const words = useWords(WORDS);
  const shell = useWords(SHELL);
  const format = useFormat();
  const { picture, values, set, selected } = state;
  const { network } = picture;
  const { tab } = values;
  const [copied, setCopied] = useState('');
  const measures = [values.size, ...(values.colour === 'measure' ? [values.measure] : [])];
  const columns = useMemo(
    () => (tab === 'nodes' ? nodeColumns : edgeColumns)({ picture, words, format, measures }),
    [picture, words, format, tab, measures.join(',')],
  );
  const chosen = values.columns.length > 0 ? new Set(values.columns) : null;
  const shown = columns.filter(({ name, isUsual }, place) => place === 0 || (chosen ? chosen.has(name) : isUsual));
  const isKnown = columns.some(({ name }) => name === values.sort.replace('-', ''));
  const usual = tab === 'edges' ? '-weight' : columns.some(({ name }) => name === 'members') ? '-members' : '-degree';
  const sort = isKnown ? values.sort : usual;
  const all = tab === 'nodes' ? picture.nodes : picture.edges;
  const rows = useMemo(() => sortedRows(all, columns, sort), [all, columns, sort]);
  const pages = Math.max(1, Math.ceil(rows.length / ROWS));
  const page = Math.min(Math.max(values.page ?? 1, 1), pages);
  const seen = rows.slice((page - 1) * ROWS, page * ROWS);

  const copy = async (): Promise<void> => {
    const clean = (text: string): string => text.replaceAll(/[\t\r\n]/g, ' ');
    const cells = (column: Column, row: number): string => {
      const value = column.value(row);
      return clean(value === null ? '' : column.isNumber ? String(value) : column.text(row));
    };
    const lines = [
      shown.map(({ title }) => clean(title)),
      ...rows.map((row) => shown.map((column) => cells(column, row))),
    ];
    try {
      await navigator.clipboard.writeText(lines.map((line) => line.join('\t')).join('\n'));
      setCopied(words.copied);
    } catch {
      setCopied(words.copyFailed);
    }
    setTimeout(() => setCopied(''), 3_000);
  };
  // The server's file is of one year, or of all: two years are in the table alone.
  const download = async (): Promise<void> => {
    const { year, versus, hide } = values;
    if (year === null || versus === null) return downloadCsv(request!, tab, year, hide);
    const text = csvOf(tableOf(rows, shown, sort));
    save(
      new Blob([text], { type: 'text/csv;charset=utf-8' }),
      `${fileNameOf(`${words[tab][1]} ${year} ${versus}`)}.csv`,
    );
  };
  const open = (row: number): void => {
    const id = tab === 'nodes' ? network.nodes[row]!.id : edgeName(network, row);
    set({ open: id, at: tab === 'nodes' ? id : '' });
  };
  const isOpen = (row: number): boolean =>
    values.open !== '' && values.open === (tab === 'nodes' ? network.nodes[row]!.id : edgeName(network, row));
  const choose = (name: string, isChosen: boolean): void => {
    const now = shown.map((column) => column.name);
    set({ columns: isChosen ? [...now, name] : now.filter((one) => one !== name) }, { replace: true });
  };
  const forms = tab === 'nodes' ? words.nodes : words.edges;
  const total = tab === 'nodes' ? network.nodes.length : network.edges.length;

  return (
    <section class="network-table" aria-label={words.table}>
      <div class="network-table-head">
        <div class="network-tabs">
          {(['nodes', 'edges'] as const).map((name) => (
            <button
              type="button"
              key={name}
              aria-pressed={tab === name}
              onClick={() => set({ tab: name, sort: '', page: null, columns: [] }, { replace: true })}
            >
              {format.count((name === 'nodes' ? picture.nodes : picture.edges).length, words[name])}
            </button>
          ))}
        </div>
        <div class="network-table-tools">
          <span role="status" class="quiet small">
            {copied}
          </span>
          <details class="network-columns">
            <summary>{words.columns}</summary>
            <div>
              {columns.slice(1).map(({ name, title }) => (
                <label key={name}>
                  <input
                    type="checkbox"
                    checked={shown.some((column) => column.name === name)}
                    onChange={({ currentTarget }) => choose(name, currentTarget.checked)}
                  />
                  {title}
                </label>
              ))}
            </div>
          </details>
          <button type="button" onClick={copy}>
            {words.copy}
          </button>
          {request && (
            <button
              type="button"
              title={values.year === null || values.versus === null ? words.csvHint : words.csvOfYearsHint}
              onClick={download}
            >
              {words.csv}
            </button>
          )}
        </div>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section class="network-rows" tabIndex={0} aria-label={format.count(rows.length, forms)}>
        <table>
          <thead>
            <tr>
              {tab === 'nodes' && (
                <th scope="col" class="network-check">
                  <span class="unseen">{words.select}</span>
                </th>
              )}
              {shown.map(({ name, title, isNumber }) => {
                const isSorted = sort.replace('-', '') === name;
                const isDown = sort.startsWith('-');
                const next = isSorted ? (isDown ? name : `-${name}`) : isNumber ? `-${name}` : name;
                return (
                  <th
                    scope="col"
                    key={name}
                    class={isNumber ? 'number' : ''}
                    aria-sort={isSorted ? (isDown ? 'descending' : 'ascending') : 'none'}
                  >
                    <button
                      type="button"
                      class="network-sort"
                      onClick={() => set({ sort: next, page: null }, { replace: true })}
                    >
                      {title}
                      <span aria-hidden="true">{isSorted ? (isDown ? ' ↓' : ' ↑') : ''}</span>
                    </button>
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody>
            {seen.map((row) => (
              <tr key={row} class={isOpen(row) ? 'network-row-open' : ''}>
                {tab === 'nodes' && (
                  <td class="network-check">
                    <input
                      type="checkbox"
                      aria-label={`${words.select} ${network.nodes[row]!.name}`}
                      checked={selected.has(row)}
                      onChange={() => state.select(toggled(selected, [row]))}
                    />
                  </td>
                )}
                {shown.map((column, place) =>
                  place === 0 ? (
                    <th scope="row" key={column.name}>
                      <button type="button" class="network-cell-link" title={words.show} onClick={() => open(row)}>
                        {column.text(row)}
                      </button>
                    </th>
                  ) : (
                    <td key={column.name} class={column.isNumber ? 'number' : ''}>
                      {column.text(row)}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <div class="network-pages">
        <span class="quiet small">
          {rows.length < total
            ? words.tableOf(format.count(rows.length, forms), format.number(total))
            : shell.rangeOf(
                format.number(Math.min(rows.length, (page - 1) * ROWS + 1)),
                format.number(Math.min(rows.length, page * ROWS)),
                format.number(rows.length),
              )}
        </span>
        {pages > 1 && (
          <>
            <button type="button" disabled={page === 1} onClick={() => set({ page: page - 1 }, { replace: true })}>
              {shell.previous}
            </button>
            <button type="button" disabled={page === pages} onClick={() => set({ page: page + 1 }, { replace: true })}>
              {shell.next}
            </button>
          </>
        )}
      </div>
    </section>
  );
}
