import { type Problem, problem } from '../domain/problem.ts';
import type { Decided } from '../editing/apply.ts';
import type { ChangeRequest, Records } from '../editing/records.ts';
import { relationshipId } from '../editing/relationship-decision.ts';
import { missingSources } from '../editing/sources.ts';
import type { GraphTransaction } from '../graph/engine.ts';
import type { Batch } from './batches.ts';
import type { ReadRow } from './rows.ts';

/** A row that was rejected for what is in the graph. */
export interface GraphRejection {
  readonly line: number;
  readonly problem: Problem;
}

/** What was decided of a batch before its transaction, and the generation of the known store that it was decided by. */
export interface DecidedAhead extends Decided {
  readonly generation: number;
}

/** A batch that is ready to be written. */
export interface Prepared {
  readonly batch: Batch;
  /** How many problems each of its rows had before its references were resolved. */
  readonly problems: ReadonlyMap<ReadRow, number>;
  requests: readonly ChangeRequest[];
  readonly rejections: GraphRejection[];
  decided: DecidedAhead | null;
  /** Settled when it is written. */
  readonly written: PromiseWithResolvers<void>;
}

/** A promise whose rejection somebody else hears of. */
export function noted(): Pick<Prepared, 'written'> {
  const written = Promise.withResolvers<void>();
  written.promise.catch(() => {});
  return { written };
}

/** Marks what a row says about a merged record: it is written only where the survivor has no such fact. */
export function tentative({ nodes, relationships, owned }: Records): Records {
  return {
    nodes: nodes.map((node) => ({ ...node, tentative: true })),
    relationships: relationships.map((relationship) => ({ ...relationship, tentative: true })),
    owned,
  };
}

/** The identifiers of the records of a row, made from its content where it gives none. */
export const idsOf = ({ nodes, relationships }: Records): string[] => [
  ...nodes.map(({ id }) => id),
  ...relationships.map(({ id, type, from, to, fields }) => id ?? relationshipId(type, from, to, fields)),
];

/** Sorts topics so that a broader one comes before the narrower ones that refer to it. */
export function byDepth(rows: readonly ReadRow[]): (a: ReadRow, b: ReadRow) => number {
  const broader = new Map(rows.map(({ values }) => [values.id, values.broader]));
  const depth = (row: ReadRow): number => {
    let steps = 0;
    // A circle would never end; no vocabulary has more levels than rows.
    for (let id = row.values.broader; id && steps <= rows.length; id = broader.get(id)) steps++;
    return steps;
  };
  return (a, b) => depth(a) - depth(b);
}

/** The sources that a row names, also for its links. */
export function sourcesOf({ records: { nodes, relationships, owned } }: ChangeRequest): string[] {
  const links = owned.flatMap((each) => each.links);
  return [...nodes, ...relationships, ...links].flatMap(({ fields }) => (fields.sources ?? []) as string[]);
}

/** Rejects rows that name a source deleted since they were read. Returns the others. */
export async function withExistingSources(
  transaction: GraphTransaction,
  requests: readonly ChangeRequest[],
): Promise<readonly ChangeRequest[]> {
  const missing = new Set(await missingSources((...call) => transaction.run(...call), requests.flatMap(sourcesOf)));
  if (missing.size === 0) return requests;
  return requests.filter((request) => {
    const gone = sourcesOf(request).find((id) => missing.has(id));
    if (gone === undefined) return true;
    request.reject(problem('NOT_FOUND', ['sources'], `There is no source "${gone}": it was deleted meanwhile.`));
    return false;
  });
}
