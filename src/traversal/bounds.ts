/** Steps beyond which almost any two actors are joined, so that a longer path says nothing. */
export const MAX_PATH_LENGTH = 8;
/** Steps of a path when nobody says. */
export const DEFAULT_PATH_LENGTH = 6;
/** Paths in one answer: more than anybody compares by eye. */
export const MAX_PATHS = 50;
/** Steps around the starting nodes. */
export const MAX_DEPTH = 8;
/** Nodes of a neighbourhood: more than can be drawn. */
export const MAX_NEIGHBOURHOOD = 2_000;
/** Starting nodes of a neighbourhood, and nodes that a walk avoids. */
export const MAX_NAMED_NODES = 100;
/** Nodes whose relationships one search for paths reads step by step: more than our seed has, about a second's work. */
export const MAX_EXPANDED_NODES = 50_000;
/** Nodes of a neighbourhood whose summaries come with it: as many as a page shows. */
export const MAX_SUMMARIES = 200;
/** Nodes of a frontier in one statement: an engine that cannot stop a statement is never far from its end. */
export const FRONTIER_AT_ONCE = 2_000;

/** A search for paths that would have read more of the graph than one question may. Its message says how to ask for less. */
export class TraversalTooLargeError extends Error {
  override readonly name = 'TraversalTooLargeError';
  readonly maximum: number;

  /** `known`: how many paths there are, and up to which length they are all known. */
  constructor(maximum: number, known: { readonly paths: number; readonly length: number }) {
    super(
      `The search had read the relationships of ${maximum.toLocaleString('en')} nodes, the most that one may, before its end. ` +
        (known.length > 0
          ? `Up to a length of ${known.length} it is complete (paths found: ${known.paths}): ask with that maxLength, or narrow it`
          : 'Narrow it') +
        ' with relationships, asOf, avoid or avoidHubsOver.',
    );
    this.maximum = maximum;
  }
}
