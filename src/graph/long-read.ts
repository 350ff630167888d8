import type { GraphEngine, RunOptions } from './engine.ts';
import type { Parameters, Statement } from './statement.ts';

/** Rows of a long read that are fetched at once: enough to hide the round trip, few enough for memory. */
export const LONG_READ_PAGE = 5_000;

/**
 * Reads all rows of a statement in pages. The statement must order by the key of `keyOf`, and take `$after` (exclusive)
 * and `$limit`. Memory: one page, on every engine.
 */
export async function* longRead<Row>(
  engine: GraphEngine,
  statement: Statement<Row>,
  keyOf: (row: Row) => string | number,
  first: string | number,
  parameters: Parameters = {},
  { pageSize = LONG_READ_PAGE, ...options }: RunOptions & { readonly pageSize?: number } = {},
): AsyncGenerator<Row[], void, void> {
  let after = first;
  for (;;) {
    const rows = await engine.read(statement, { ...parameters, after, limit: pageSize }, options);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageSize) return;
    after = keyOf(last);
  }
}
