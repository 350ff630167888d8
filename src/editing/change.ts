import type { GraphTransaction } from '../graph/engine.ts';
import type { GraphValue } from '../graph/statement.ts';
import { recordUnindexed } from '../store/changelog.ts';
import type { Closed } from '../store/closing.ts';
import type { Edited, Effect, Properties } from './effect.ts';
import type { PipelinedTransaction } from './pipelined-transaction.ts';

/** Who changes the graph, and what they call it: `import organisations.csv, lines 2 to 2001`. */
export interface Authorship {
  readonly by: string | null;
  readonly action: string;
}

/** An entry of the change log, but for its sequence. */
function entryOf(
  { by, action }: Authorship,
  touched: Iterable<string>,
  now: string,
  edits: ReadonlyMap<string, Edited>,
): Record<string, GraphValue> {
  return { at: now, by, action, touched: [...touched].sort(), ...changedFields(edits) };
}

/**
 * Adds a change of many records to the log: the last thing that a transaction does, since it orders the commits. It is added to
 * the index later, with others (`indexEntries`).
 */
export async function logChange(
  transaction: GraphTransaction,
  authorship: Authorship,
  touched: Iterable<string>,
  now: string,
): Promise<number> {
  const [entry] = await transaction.run(recordUnindexed, { change: entryOf(authorship, touched, now, new Map()) });
  return entry!.sequence;
}

/** What the last statement of a mutation checks. */
export interface FinalChecks {
  /** Identifiers that the mutation names as sources. */
  readonly sources: readonly string[];
  /** Identifiers that the mutation has given to new records. */
  readonly given: readonly string[];
}

/** Ends a mutation: renews the counts of the actors that it touched, adds it to the log, and runs the final checks. */
export async function logMutation(
  transaction: PipelinedTransaction,
  authorship: Authorship,
  { touched, edits, counted }: Pick<Effect, 'touched' | 'edits' | 'counted'>,
  now: string,
  checks: FinalChecks,
): Promise<Closed> {
  const change = entryOf(authorship, new Set([...touched, ...edits.keys()]), now, edits);
  return transaction.close({ ...checks, counted: [...counted].sort(), change });
}

/** Properties that the store derives from the other fields, for its statements. */
const DERIVED = new Set([
  ...['sortKey', 'validFrom', 'validTo', 'lifeFrom', 'lifeTo', 'version', 'createdAt', 'updatedAt'],
  ...['partnerCount', 'projectCount', 'memberCount'],
]);

function isChanged(field: string, a: Properties, b: Properties): boolean {
  if (DERIVED.has(field)) return false;
  const [one, other] = [a[field] ?? null, b[field] ?? null];
  if (one === other) return false;
  return one === null || other === null || JSON.stringify(one) !== JSON.stringify(other);
}

/** The changed fields of each record, as JSON: enough to correct an error by hand. */
function changedFields(edits: ReadonlyMap<string, Edited>): { before: string | null; after: string | null } {
  const sides = { before: {} as Record<string, Properties>, after: {} as Record<string, Properties> };
  for (const [id, edited] of [...edits].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [before, after] = [edited.before ?? {}, edited.after ?? {}];
    const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((field) =>
      isChanged(field, before, after),
    );
    if (fields.length === 0) continue;
    const part = (of: Properties): Properties => Object.fromEntries(fields.map((field) => [field, of[field] ?? null]));
    if (edited.before) sides.before[id] = part(before);
    if (edited.after) sides.after[id] = part(after);
  }
  const json = (side: Record<string, Properties>): string | null =>
    Object.keys(side).length === 0 ? null : JSON.stringify(side);
  return { before: json(sides.before), after: json(sides.after) };
}
