import { Panel } from '../app/parts/panel.tsx';
import { useFormat } from '../app/words/format.ts';
import { useWords } from '../app/words/words.ts';
import { WORDS } from './words.ts';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly count: number;
  readonly density: number;
  readonly squareKm: number;
}

type Sort = 'count' | 'name' | 'density';

interface TerritoryTableProps {
  readonly rows: readonly Row[];
  readonly total: number;
  readonly sort: Sort;
  readonly selected: string | null;
  onSort(sort: Sort): void;
  onSelect(id: string | null): void;
}

/** Everything that the map shows, as a table. */
export function TerritoryTable({ rows, total, sort, selected, onSort, onSelect }: TerritoryTableProps) {
  const words = useWords(WORDS);
  const { number, percent, count } = useFormat();
  const filled = rows.filter(({ count }) => count > 0);
  const ordered = filled.toSorted((a, b) =>
    sort === 'name' ? a.name.localeCompare(b.name, 'fr') : b[sort] - a[sort] || a.name.localeCompare(b.name, 'fr'),
  );
  const heading = (name: Sort, text: string) => (
    <th
      scope="col"
      class={name === 'name' ? '' : 'number'}
      aria-sort={sort !== name ? 'none' : name === 'name' ? 'ascending' : 'descending'}
    >
      <button type="button" class="plain" onClick={() => onSort(name)}>
        {text}
      </button>
    </th>
  );
  return (
    <Panel
      title={words.table}
      aside={
        filled.length < rows.length && words.emptyTerritories(count(rows.length - filled.length, words.territories))
      }
    >
      <div class="scrolls">
        <table>
          <thead>
            <tr>
              {heading('name', words.territory)}
              {heading('count', words.count)}
              <th scope="col" class="number">
                {words.share}
              </th>
              {heading('density', words.density)}
              <th scope="col" class="number">
                {words.area}
              </th>
            </tr>
          </thead>
          <tbody>
            {ordered.map((row) => (
              <tr key={row.id} class={row.id === selected ? 'is-selected' : ''}>
                <td>
                  <button
                    type="button"
                    class="plain as-link"
                    aria-pressed={row.id === selected}
                    onClick={() => onSelect(row.id === selected ? null : row.id)}
                  >
                    {row.name}
                  </button>
                </td>
                <td class="number">{number(row.count)}</td>
                <td class="number">{total === 0 ? '' : percent(row.count / total)}</td>
                <td class="number">{number(row.density, { maximumSignificantDigits: 3 })}</td>
                <td class="number">{number(Math.round(row.squareKm))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
