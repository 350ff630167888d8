import { ClientError } from '../domain/client-error.ts';

/** Maximum of steps of a path: beyond, almost any two actors are connected, and a path means nothing. */
export const MAX_PATH_LENGTH = 8;
/** Default of the steps of a path. */
export const DEFAULT_PATH_LENGTH = 6;
/** Maximum of paths in one answer. */
export const MAX_PATHS = 50;
/** Maximum of steps around the starting nodes. */
export const MAX_DEPTH = 8;
/** Maximum of nodes of a neighbourhood: more than can be drawn. */
export const MAX_NEIGHBOURHOOD = 2_000;
/** Maximum of starting nodes of a neighbourhood, and of nodes that a traversal avoids. */
export const MAX_NAMED_NODES = 100;
/** Maximum of nodes that one search for paths expands: more than our seed has, about a second of work. */
export const MAX_EXPANDED_NODES = 50_000;
/** Maximum of nodes of a neighbourhood whose summaries are read with it: as many as a page shows. */
export const MAX_SUMMARIES = 200;
/** Nodes of a frontier in one statement: few, since not every engine can stop a statement. */
export const FRONTIER_AT_ONCE = 2_000;

/** A search for paths that would expand too many nodes. Its message says how to narrow it. */
export class TraversalTooLargeError extends ClientError {
  override readonly name = 'TraversalTooLargeError';

  /** `known`: the number of paths found, and the length up to which all are known. */
  constructor(maximum: number, known: { readonly paths: number; readonly length: number }) {
    super(
      'TRAVERSAL_TOO_LARGE',
      `The search had read the relationships of ${maximum.toLocaleString('en')} nodes, the most that one may, before its end. ` +
        (known.length > 0
          ? `Up to a length of ${known.length} it is complete (paths found: ${known.paths}): ask with that maxLength, or narrow it`
          : 'Narrow it') +
        ' with relationships, asOf, avoid or avoidHubsOver.',
      { details: { maximum } },
    );
  }
}
