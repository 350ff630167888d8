import { stringify } from 'csv-stringify/sync';
import { type ExecutionResult, type GraphQLSchema, getOperationAST, parse } from 'graphql';
import { type GraphQLParams, isAsyncIterable, type Plugin } from 'graphql-yoga';
import { shortened } from '../../domain/text.ts';
import { type ListTable, MAX_COLUMNS, partAt, tablesOf, valuesAt } from '../documents/reading/table.ts';
import { acceptedTypes } from './accept.ts';
import { clientError, errorResponse } from './client-error.ts';

const CSV = 'text/csv';

/** Between the values of one cell, where an entry has a list. */
const BETWEEN = '; ';

/** Whether CSV is what the client would rather have than any other type. */
const wantsCsv = ({ headers }: Request): boolean => acceptedTypes(headers.get('accept'))[0] === CSV;

const textOf = (value: unknown): string => (value === null || value === undefined ? '' : String(value));

function notATable(message: string): Response {
  return errorResponse(clientError('NOT_ACCEPTABLE', message, { wellFormed: false, status: 406 }));
}

/** The only list that a query asks for. Returns the answer that says why there is none. */
function tableOf(schema: GraphQLSchema, { query, operationName }: GraphQLParams): ListTable | Response {
  const document = parse(query ?? '');
  const operation = getOperationAST(document, operationName);
  const tables = operation && tablesOf(schema, document, operation);
  if (!tables) return notATable(`As CSV, a list has ${MAX_COLUMNS} columns at the most: select fewer fields.`);
  const [table, ...others] = tables;
  if (table === undefined) return notATable('The query has no list: only lists are answered as CSV.');
  if (others.length === 0) return table;
  const lists = tables.map(({ path }) => path.join('.')).join(', ');
  return notATable(`CSV has one list, and the query has ${tables.length}: ask for one of ${lists}.`);
}

/** The list of a record that is not there: an empty table would say that the list is empty. */
function nothingAt({ path }: ListTable): Response {
  const message = `${path.slice(0, -1).join('.')} is null: there is no such record. Look at its identifier.`;
  return errorResponse(clientError('NOT_FOUND', message, { wellFormed: false, status: 404 }));
}

/** The rows of a list: a line of names, then an entry a line; formulas of spreadsheets get an apostrophe. */
function csvOf(data: unknown, { path, columns }: ListTable): string {
  const entries = (partAt(data, path) ?? []) as readonly unknown[];
  const header = columns.map((column) => column.join('.') || path.at(-1)!);
  const cell = (entry: unknown, column: ListTable['columns'][number]) => {
    const values = valuesAt(entry, column);
    return values.length === 1 && typeof values[0] === 'number' ? values[0] : values.map(textOf).join(BETWEEN);
  };
  const rows = entries.map((entry) => columns.map((column) => cell(entry, column)));
  return stringify([header, ...rows], { escape_formulas: true, record_delimiter: 'windows' });
}

/** The address of the next page; null if there is none or the query has no variable for its cursor. */
function nextPage(request: Request, data: unknown, { path, after }: ListTable): string | null {
  const page = partAt(data, [...path.slice(0, -1), 'pageInfo']) as { hasNextPage?: boolean; endCursor?: string } | null;
  if (request.method !== 'GET' || after === null || !page?.hasNextPage || !page.endCursor) return null;
  const { pathname, searchParams } = new URL(request.url);
  const variables = JSON.parse(searchParams.get('variables') || '{}') as object;
  searchParams.set('variables', JSON.stringify({ ...variables, [after]: page.endCursor }));
  return `${pathname}?${searchParams}`;
}

/** An answer from the cache has its text only. */
function readResult(result: ExecutionResult & { readonly stringify?: () => string }): ExecutionResult {
  return result.data === undefined && result.stringify ? (JSON.parse(result.stringify()) as ExecutionResult) : result;
}

/**
 * Answers the one list of a query as CSV to a client whose Accept names `text/csv` first, or whose address has
 * `format=csv` (GET): a row an entry, a column a selected leaf. Header `Link` has the address of the next page if the
 * query selects `pageInfo { hasNextPage endCursor }` and has a variable for `after`. Must be the first plugin.
 *
 * @example fetch(`/graphql?format=csv&query={poles{nodes{name}}}`)
 */
export function useCsvAnswers(schema: GraphQLSchema): Plugin {
  const asked = new WeakMap<Request, GraphQLParams>();
  return {
    onRequest({ request, url, setRequest, endResponse, fetchAPI }) {
      const format = url.pathname === '/graphql' && request.method === 'GET' ? url.searchParams.get('format') : null;
      if (format === null) return;
      if (format !== 'csv') {
        const message = `format=${shortened(format)} is unknown: csv is the one that there is; JSON is answered without it.`;
        endResponse(errorResponse(clientError('BAD_REQUEST', message, { wellFormed: false })));
        return;
      }
      const headers = new Headers(request.headers);
      headers.set('accept', CSV);
      setRequest(new fetchAPI.Request(request.url, { headers, signal: request.signal }));
    },
    onParams({ request, params }) {
      if (wantsCsv(request)) asked.set(request, params);
    },
    onResultProcess({ request, result, acceptableMediaTypes, setResultProcessor }) {
      acceptableMediaTypes.push(CSV);
      if (!wantsCsv(request) || isAsyncIterable(result) || Array.isArray(result)) return;
      setResultProcessor((processed) => {
        const { data, errors } = readResult(processed as ExecutionResult);
        const params = asked.get(request);
        if (errors !== undefined || params === undefined) {
          // Errors stay JSON: half a table would look whole.
          return errorResponse(...(errors ?? []));
        }
        const table = tableOf(schema, params);
        if (table instanceof Response) return table;
        if (partAt(data, table.path) === null) return nothingAt(table);
        const next = nextPage(request, data, table);
        const text = Buffer.from(csvOf(data, table));
        return new Response(text, {
          headers: {
            'Content-Length': String(text.length),
            'Content-Type': `${CSV}; charset=utf-8; header=present`,
            'Content-Disposition': `attachment; filename="${table.path[0]}.csv"`,
            ...(next === null ? {} : { Link: `<${next}>; rel="next"` }),
          },
        });
      }, CSV);
    },
  };
}
