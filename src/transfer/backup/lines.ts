import type { NodeType, RelationshipType } from '../../domain/vocabulary.ts';
import type { RelationshipRow, RememberedLabel, StoredProperties } from '../../store/backup.ts';

/** The number of the format of backup files. A file with a higher one was written by a newer version. */
export const BACKUP_FORMAT = 1;

/** The problem of a backup or a restore, and its remedy. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}

type Properties = StoredProperties & { readonly id: string };

/** The first line of a backup. */
export interface HeaderLine {
  readonly backup: 'grappe';
  readonly format: number;
  /** The format of the store that was read; null of one that has none. */
  readonly storeFormat: number | null;
  /** When it was begun, as an instant. */
  readonly at: string;
}

/** Some nodes of one type, or of what is remembered beside the graph; entries of the change log. */
export interface NodesLine {
  readonly nodes: NodeType | RememberedLabel | 'Change';
  readonly rows: readonly (Properties | StoredProperties)[];
}

/** Some relationships of one type. */
export interface RelationshipsLine {
  readonly relationships: RelationshipType;
  readonly rows: readonly RelationshipRow[];
}

/**
 * Nodes that changed after they were written. What stands before about them and their relationships does not count: the
 * lines that follow have all of it.
 */
export interface ChangedLine {
  readonly changed: readonly string[];
}

/** What the backup holds in all, as counted in the graph at its end. */
export interface ManifestLine {
  /** The last change that the backup has. */
  readonly sequence: number;
  readonly trimmed: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly marks: Readonly<Record<string, string>>;
  /** Projects whose partnerships are still to be derived. */
  readonly underived: readonly string[];
  readonly lines: number;
}

/** The last line: the SHA-256 of all bytes before it, before they were compressed. */
export interface EndLine {
  readonly sha256: string;
}

export type ContentLine = NodesLine | RelationshipsLine | ChangedLine;
