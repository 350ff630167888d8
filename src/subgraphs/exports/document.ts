import type { NodeRecord } from '../../store/node.ts';
import type { SelectedGraph } from '../selected-graph.ts';

/** A value of a node beside its name and kind: a column of text or numbers, null where a node has none. */
export interface NodeColumn {
  /** Letters, digits and underscores. */
  readonly name: string;
  readonly type: 'integer' | 'double' | 'string';
  readonly of: (node: number) => number | string | null;
}

/** Where a node is drawn. */
export type Position = readonly [x: number, y: number];

/** A source of what an export has. */
export interface ExportedSource {
  readonly id: string;
  readonly title: string;
  readonly publisher: string | null;
  readonly url: string | null;
  readonly licence: string | null;
  /** Number of nodes and relationships that name it. */
  readonly facts: number;
}

/** The topics of the nodes of a graph. */
export interface ExportedTopics {
  readonly records: readonly NodeRecord[];
  /** The identifiers of the topics that a node is about. */
  readonly of: (node: number) => readonly string[];
}

/** What an export writes: a graph, the columns of its nodes, and what it is. */
export interface ExportDocument {
  readonly graph: SelectedGraph;
  readonly columns: readonly NodeColumn[];
  /** The community of a node; null without, and for all where none were asked for. */
  readonly communityOf: ((node: number) => number | null) | null;
  readonly positionOf: ((node: number) => Position) | null;
  readonly title: string;
  /** What was asked, how, and when: for who finds the file later. */
  readonly description: string;
  /** The sources of its nodes and relationships with their licences, those of most facts first. */
  readonly sources: readonly ExportedSource[];
  /** The day on which it was made, as in 2024-05-31. */
  readonly madeOn: string;
  /** Reads records of nodes, some hundred at a time, for formats that have more of a node than the graph in memory. */
  readonly recordsOf: (ids: readonly string[]) => Promise<ReadonlyMap<string, NodeRecord>>;
  readonly topicsOf: () => Promise<ExportedTopics>;
}

/** Sources in words, with their licences; an empty text without sources. */
export function sourcesInWords({ sources }: ExportDocument): string {
  const inWords = sources.map(({ title, publisher, url, licence }) => {
    const parts = [title, publisher, url, licence === null ? 'licence not recorded' : `licence: ${licence}`];
    return parts.filter((part) => part !== null).join(', ');
  });
  return inWords.length === 0 ? '' : `Sources: ${inWords.join('; ')}.`;
}

/** The description of an export with its sources, for formats that have one text for both. */
export const describedWithSources = (document: ExportDocument): string =>
  [document.description, sourcesInWords(document)].filter((part) => part !== '').join(' ');

/** An export as it is written: lines of text, or bytes. */
export type Written = Iterable<string> | Iterable<Uint8Array> | AsyncIterable<string>;

/** Characters of one part: large enough to write, small enough to wait for. */
const PART = 32_768;

/** Joins short texts into parts of some kilobytes; bytes, and what is read while it is written, come in parts. */
export async function* inParts(written: Written): AsyncGenerator<string | Uint8Array> {
  if (Symbol.asyncIterator in written) return yield* written;
  let part = '';
  for (const text of written) {
    if (typeof text !== 'string') {
      yield text;
      continue;
    }
    part += text;
    if (part.length < PART) continue;
    yield part;
    part = '';
  }
  if (part !== '') yield part;
}

/** The earliest known beginning and the latest end of a pair; null where one relationship has none. */
export function periodOf({ pairs, relationships }: SelectedGraph, pair: number) {
  let since: string | null = null;
  let until: string | null = null;
  let isOpen = false;
  for (let at = pairs.start[pair]!; at < pairs.start[pair + 1]!; at++) {
    const [begins, ends] = [relationships.since[at]!, relationships.until[at]!];
    if (begins !== null && (since === null || begins < since)) since = begins;
    if (ends === null) isOpen = true;
    else if (until === null || ends > until) until = ends;
  }
  return { since, until: isOpen ? null : until };
}

/** The different kinds of a pair's relationships: of partnerships their kind, of others their type. */
export function kindsOf({ pairs, relationships, types }: SelectedGraph, pair: number): string[] {
  const kindOf = (at: number): string => {
    const type = types[relationships.type[at]!]!;
    return type === 'PARTNERS_WITH' ? (relationships.kind[at] ?? type) : type;
  };
  if (pairs.start[pair]! + 1 === pairs.start[pair + 1]!) return [kindOf(pairs.start[pair]!)];
  const found = new Set<string>();
  for (let at = pairs.start[pair]!; at < pairs.start[pair + 1]!; at++) {
    found.add(kindOf(at));
  }
  return [...found].sort();
}
