import { EXPORTS_PATH } from '../http/exports.ts';
import type { Tool } from './tools.ts';

/** What /graphql answered. */
export interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions?: Readonly<Record<string, unknown>>;
  }[];
  readonly extensions?: { readonly loading?: { readonly share: number } };
}

/** The result of a tool, as MCP defines it: an object for programs, a text for language models. */
export interface ToolResult {
  readonly content: readonly { readonly type: 'text'; readonly text: string }[];
  readonly structuredContent: Readonly<Record<string, unknown>>;
  readonly isError?: true;
}

interface ToolError {
  readonly code: string;
  readonly message: string;
  readonly [detail: string]: unknown;
}

/** What a result says beside the answer. */
interface Circumstances {
  readonly arguments: Readonly<Record<string, unknown>>;
  /** Where files are fetched: the address of the server. */
  readonly address: string;
  /** The version of the graph that was read; null if the answer shows several. */
  readonly version: string | null;
}

type Source = Readonly<Record<string, unknown>> & { readonly id: string };
const isSource = (value: unknown): value is Source => typeof (value as Source | null)?.id === 'string';

/** A result that says what was wrong, with the code and the remedy. */
export function errorResult(errors: readonly ToolError[], data: object | null = null): ToolResult {
  const lines = errors.map(({ code, message }) => `${code}: ${message}`);
  if (data !== null) lines.push(compact(data));
  return {
    content: [{ type: 'text', text: lines.join('\n') }],
    structuredContent: { errors, ...(data !== null && { data }) },
    isError: true,
  };
}

/** A copy of an answer with each source as its identifier, and the sources themselves once, in the order of first mention. */
function citing(data: unknown, address: string): { readonly data: unknown; readonly sources: readonly Source[] } {
  const sources = new Map<string, Source>();
  const cite = (item: unknown): unknown => {
    if (isSource(item)) {
      sources.set(item.id, item);
      return item.id;
    }
    // A source with the number of what it says.
    const { node, ...counted } = item as { readonly node?: unknown };
    return { ...counted, source: cite(node) };
  };
  const copy = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) {
      return value.map((item) => (key === 'sources' ? cite(item) : copy(item, '')));
    }
    if (key === 'url' && typeof value === 'string' && value.startsWith(EXPORTS_PATH)) return address + value;
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, copy(item, name)]));
  };
  return { data: copy(data, ''), sources: [...sources.values()] };
}

const isNothing = (value: unknown): boolean =>
  value === null || (Array.isArray(value) && value.length === 0) || (typeof value === 'object' && isEmpty(value));
const isEmpty = (value: object): boolean => !Array.isArray(value) && Object.keys(value).length === 0;

/** JSON without what is unknown: a model reads fewer words, and what is missing is not known. */
function compact(data: unknown): string {
  return JSON.stringify(data, (key, value) => (key !== '' && isNothing(value) ? undefined : value));
}

const cited = ({ id, title, publisher, publishedOn, url }: Source): string =>
  `${id}: ${[title, publisher, publishedOn, url].filter((part) => part != null).join(', ')}`;

/** When the facts of an answer hold; null where the question has no such argument. */
function validAt(tool: Tool, given: Readonly<Record<string, unknown>>): string | null {
  const { properties = {} } = tool.inputSchema;
  if ('asOf' in properties) return given.asOf == null ? 'ALL_DATES' : String(given.asOf);
  return 'from' in properties && 'to' in properties && tool.name === 'changes' ? `${given.from}/${given.to}` : null;
}

const inWords = (asOf: string): string =>
  asOf === 'ALL_DATES' ? 'All dates, past facts included.' : `As of ${asOf}; what no source ends counts as valid.`;

/** The result of a tool, of what its operation answered: the facts, when they hold, and their sources. */
export function toolResult(tool: Tool, answer: Answer, circumstances: Circumstances): ToolResult {
  const { arguments: given, address, version } = circumstances;
  const { data = null, errors = [], extensions = {} } = answer;
  if (errors.length > 0) {
    const coded = errors.map(({ message, path, extensions: { code, ...details } = {} }) => {
      return { code: String(code ?? 'INTERNAL_SERVER_ERROR'), message, ...(path && { path }), ...details };
    });
    return errorResult(coded, data);
  }
  if (tool.query !== null && Object.values(data ?? {})[0] === null) {
    const message = `No such record is known: ${String(given.id)}. Look for its identifier with find.`;
    return errorResult([{ code: 'NOT_FOUND', message }]);
  }
  const asOf = validAt(tool, given);
  const { loading = null } = extensions;
  // A document of the caller is answered as GraphQL answers it.
  const shown = tool.query === null ? { data, sources: [] } : citing(data, address);
  const lines = [
    ...(asOf === null ? [] : [inWords(asOf)]),
    ...(loading === null
      ? []
      : [`Data are still being loaded (${Math.floor(100 * loading.share)} %): counts increase.`]),
    compact(shown.data),
    ...(shown.sources.length === 0 ? [] : ['Sources:', ...shown.sources.map(cited)]),
  ];
  return {
    content: [{ type: 'text', text: lines.join('\n') }],
    structuredContent: {
      data: shown.data,
      ...(tool.query !== null && { sources: shown.sources }),
      ...(asOf !== null && { asOf }),
      ...(loading !== null && { loading }),
      graph: { version, readAt: new Date().toISOString() },
    },
  };
}
