import type { GraphEngine } from '../../graph/engine.ts';

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
}

/** Reads a published file and says what it means for a graph; it writes nothing. */
export type Connector = (file: string, engine: GraphEngine, signal?: AbortSignal) => Promise<Converted>;

/** Items as a cell: semicolons within are escaped. */
export const listCell = (items: readonly string[]): string =>
  [...new Set(items)].map((item) => item.replace(/[\\;]/g, '\\$&')).join(';');
