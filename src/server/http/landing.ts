import { createHash } from 'node:crypto';
import { execute, type GraphQLSchema, parse, validate } from 'graphql';
import type { Loading } from '../../store/loading.ts';
import type { LoadingReader } from '../observe/loading.ts';
import type { RouteHandler } from './routes.ts';

/** Creates the context of a query of the page. */
export type ContextFactory = (signal: AbortSignal) => object;

const FIGURES = parse(`{
  poles(first: 1) { totalCount }
  clusters(first: 1) { totalCount }
  organisations(first: 1) { totalCount }
  projects(first: 1) { totalCount }
}`);

const SOURCES = parse(`{
  statistics { sources { label count node { ... on Source { url licence } } } }
}`);

/** Milliseconds after which the page is shown without its figures. */
const PATIENCE_MS = 1_500;
/** Milliseconds for which figures are reused. */
const FRESH_MS = 5_000;

interface Counted {
  readonly totalCount: number;
}
interface SourceRow {
  readonly label: string;
  readonly count: number;
  readonly node: { readonly url?: string | null; readonly licence?: string | null } | null;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes a text for HTML. */
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { max-width: 44rem; margin: 3rem auto; padding: 0 1rem }
dl { display: flex; flex-wrap: wrap; gap: 1rem 2.5rem; margin: 2rem 0 }
dl div { display: flex; flex-direction: column-reverse }
dd { margin: 0; font-size: 2rem; font-variant-numeric: tabular-nums }
a { color: light-dark(#0b57a4, #8ab8ff) }
li { margin: .25rem 0 }
small { opacity: .75 }`;

/** No script, frame, form or other origin; only this style. */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

function figures(counts: Readonly<Record<string, Counted | null>>): string {
  const entries = Object.entries(counts).filter((entry): entry is [string, Counted] => entry[1] !== null);
  if (entries.length === 0)
    return '<p>The graph does not answer at the moment: its figures will be here when it does.</p>';
  const boxes = entries.map(([name, { totalCount }]) => {
    return `<div><dt>${escaped(name)}</dt><dd>${totalCount.toLocaleString('en')}</dd></div>`;
  });
  return `<dl>${boxes.join('')}</dl>`;
}

/** A note that data is being loaded, with the progress. */
function loadingNote(loading: Loading | null): string {
  if (loading === null) return '';
  const { what, step, rows, share } = loading;
  const task = what === 'SEED' ? 'The first data are' : 'Data are';
  const far = `${Math.floor(100 * share)} % done, ${rows.toLocaleString('en')} rows read`;
  return `<p role="status"><strong>${task} being loaded</strong> (${far}; now ${escaped(step)}): what is not there yet is not counted.</p>`;
}

function sourceList(sources: readonly SourceRow[]): string {
  if (sources.length === 0) return '';
  const items = sources.map(({ label, count, node }) => {
    const url = node?.url;
    const title = url && /^https?:\/\//.test(url) ? `<a href="${escaped(url)}">${escaped(label)}</a>` : escaped(label);
    const licence = node?.licence ? `, ${escaped(node.licence)}` : '';
    return `<li>${title} <small>(${count.toLocaleString('en')} facts${licence})</small></li>`;
  });
  return `<h2>Sources</h2><ul>${items.join('')}</ul>`;
}

function html(contents: string, sources: readonly SourceRow[], graphiql: boolean): string {
  const access = graphiql
    ? 'Ask it in <a href="/graphql">GraphiQL</a>, with worked examples,'
    : 'Ask it at <a href="/graphql">/graphql</a>';
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Grappe</title><style>${STYLE}</style></head>
<body>
<h1>Grappe</h1>
<p>A graph of innovation networks: poles, clusters, the organisations that make them up, and their partnerships, each dated and sourced.</p>
${contents}
<p>${access} or from a program: <code>POST /graphql</code>. Its health is shown at <a href="/livez">/livez</a> and <a href="/readyz">/readyz</a>.</p>
${sourceList(sources)}
</body>
</html>
`;
}

interface LandingOptions {
  readonly graphiql?: boolean;
  readonly publicRead?: boolean;
  readonly loading?: LoadingReader;
}

/** The page at /: figures and sources of the graph, queried through the schema, and links. */
export function landingPage(
  schema: GraphQLSchema,
  createContext: ContextFactory,
  { graphiql = true, publicRead = true, loading = async () => null }: LandingOptions = {},
): RouteHandler {
  const ask = async <Data>(document: ReturnType<typeof parse>, otherwise: Data): Promise<Data> => {
    if (validate(schema, document).length > 0) return otherwise;
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const { promise: late, resolve } = Promise.withResolvers<null>();
    signal.addEventListener('abort', () => resolve(null), { once: true });
    try {
      const result = await Promise.race([execute({ schema, document, contextValue: createContext(signal) }), late]);
      return result?.data && !result.errors ? (result.data as Data) : otherwise;
    } catch {
      return otherwise; // The readiness check reports problems, not this page.
    }
  };
  const render = async (): Promise<string> => {
    if (!publicRead) return html('<p>Its contents are for those who hold a token.</p>', [], graphiql);
    const [note, counts, { statistics }] = await Promise.all([
      loading().then(loadingNote),
      ask<Record<string, Counted | null>>(FIGURES, {}),
      ask<{ statistics: { sources: readonly SourceRow[] } }>(SOURCES, { statistics: { sources: [] } }),
    ]);
    return html(note + figures(counts), statistics.sources, graphiql);
  };
  let page: { readonly html: Promise<string>; readonly at: number } | undefined;
  return async () => {
    const now = performance.now();
    if (page === undefined || now - page.at > FRESH_MS) page = { html: render(), at: now };
    return new Response(await page.html, {
      headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': POLICY },
    });
  };
}
