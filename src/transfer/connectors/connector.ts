import type { MatchedGraph } from './matched-graph.ts';

/** Rows of a file of the import, as cells by column; lists are joined already. */
export type FileRows = readonly Readonly<Record<string, string>>[];

/** What a connector made of a published file. */
export interface Converted {
  /** The files of an import, by name; all rows of one have the same columns. */
  readonly files: Readonly<Record<string, FileRows>>;
  /** Records of the published file. */
  readonly read: number;
  /** Organisations of the file that were there already. */
  readonly matched: number;
  /** Organisations that are not there, and are made. */
  readonly added: number;
  /** Likenesses that were not taken for the same, in words. */
  readonly doubtful: readonly string[];
  /** Records that the file has, and the graph has no use for. */
  readonly left: number;
  /** Rows of the file that could not be read, in words. */
  readonly unreadable: readonly string[];
}

/** What a connector may be asked for besides its file. */
export interface ConnectorOptions {
  readonly signal?: AbortSignal | undefined;
  /** A CSV file that names records to bring although the graph does not have them. */
  readonly identifiers?: string | undefined;
}

/** Reads a published file, or a folder of them, and says what it means for a graph; it writes nothing. */
export type Connector = (path: string, graph: MatchedGraph, options?: ConnectorOptions) => Promise<Converted>;

/** Items as a cell: semicolons within are escaped. */
export const listCell = (items: readonly string[]): string =>
  [...new Set(items)].map((item) => item.replace(/[\\;]/g, '\\$&')).join(';');
