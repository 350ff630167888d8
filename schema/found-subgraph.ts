import type { TraversalConditions } from '../src/store/traversal.ts';
import type { SelectedGraph } from '../src/subgraphs/selected-graph.ts';
import type { Days, Selection } from '../src/subgraphs/selection.ts';
import type { Neighbourhood } from '../src/traversal/neighbourhood.ts';

/** A part of the graph, and what tells it from any other: its lists' cursors are good for it alone. */
export interface FoundSubgraph {
  readonly request: unknown;
  /** What a traversal has found; null for a part that conditions select. */
  readonly part: Neighbourhood | null;
  /** The conditions by which the graph in memory selects the same part. */
  readonly selection: Selection;
  readonly conditions: TraversalConditions;
  readonly days: Days | null;
  /** The same part from the graph in memory, which measures read. */
  readonly selected: () => Promise<SelectedGraph>;
  /** What the same conditions select in other days. */
  readonly during: (days: Days) => FoundSubgraph;
}
