import type { ComponentChildren } from 'preact';

/** A column: its heading, and what a row shows in it. */
export interface Column<Row> {
  readonly name: string;
  readonly cell: (row: Row) => ComponentChildren;
  /** Numbers are aligned at their end. */
  readonly isNumber?: boolean;
  /** Left out where the window is narrow. */
  readonly isExtra?: boolean;
}

interface TableProps<Row> {
  /** Read aloud: what the rows are. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** Whether newer rows are awaited. */
  readonly isLoading?: boolean;
}

/** Rows with headings; the first column names the row. */
export function Table<Row>({ caption, columns, rows, keyOf, isLoading = false }: TableProps<Row>) {
  const classOf = ({ isNumber, isExtra }: Column<Row>): string =>
    [isNumber ? 'number' : '', isExtra ? 'extra' : ''].join(' ').trim();
  return (
    <div class="scrolls">
      <table aria-busy={isLoading}>
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.name} scope="col" class={classOf(column)}>
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map((column, index) =>
                index === 0 ? (
                  <th key={column.name} scope="row">
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.name} class={classOf(column)}>
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
