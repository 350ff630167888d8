import type { Counted } from '../store/counts.ts';
import type { StoredNode } from '../store/node.ts';
import type { StoredRelationship } from '../store/write.ts';

/**
 * A change of this process that added records, and changed nothing that was there but counts: who follows the change log
 * need not read it again.
 */
export interface Addition {
  /** Its entry in the change log. */
  readonly sequence: number;
  /** New nodes, as stored except for their counts. */
  readonly nodes: readonly StoredNode[];
  readonly relationships: readonly StoredRelationship[];
  /** The counts of nodes, new and old, as it left them. */
  readonly counts: readonly Counted[];
}

/** An addition, and the version that the graph had when it was committed, or a later one. */
export interface CommittedAddition extends Addition {
  readonly version: string | null;
}
