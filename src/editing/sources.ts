import type { GraphTransaction } from '../graph/engine.ts';
import { GraphError } from '../graph/errors.ts';
import type { GraphValue } from '../graph/statement.ts';
import { typesById } from '../store/node.ts';

/** The sources of a record after an edit: those that it had, and the given ones. */
export function withSources(before: readonly GraphValue[] | null | undefined, given: unknown): readonly string[] {
  return [...new Set([...((before ?? []) as string[]), ...((given as string[] | null | undefined) ?? [])])];
}

/** The identifiers among some that no node has. */
export async function missingSources(run: GraphTransaction['run'], ids: Iterable<string>): Promise<string[]> {
  const distinct = [...new Set(ids)];
  if (distinct.length === 0) return [];
  const there = new Set((await run(typesById, { ids: distinct })).map(({ id }) => id));
  return distinct.filter((id) => !there.has(id));
}

/**
 * Checks that no source named by a transaction was deleted since it was read; if one was, throws a CONTENTION error,
 * which makes the transaction run again. Call it after the transaction's entry is in the change log: a deletion of a
 * source locks the log before it looks for facts that name the source, so that one of the two sees the other. Locking
 * the sources themselves would make all writers that name the same source wait for each other.
 */
export async function confirmSources(transaction: GraphTransaction, ids: Iterable<string>): Promise<void> {
  const missing = await missingSources((...call) => transaction.run(...call), ids);
  if (missing.length > 0) throw new GraphError('CONTENTION', `"${missing[0]}" was deleted meanwhile.`);
}
