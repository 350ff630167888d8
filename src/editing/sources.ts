import type { GraphTransaction } from '../graph/engine.ts';
import { GraphError } from '../graph/errors.ts';
import type { GraphValue } from '../graph/statement.ts';
import { typesById } from '../store/node.ts';

/** The sources of a record after an edit that names some: those that it had, and the new ones. */
export function withSources(before: readonly GraphValue[] | null | undefined, given: unknown): readonly string[] {
  return [...new Set([...((before ?? []) as string[]), ...((given as string[] | null | undefined) ?? [])])];
}

/** Those of some sources that are not there. */
export async function missingSources(run: GraphTransaction['run'], ids: Iterable<string>): Promise<string[]> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return [];
  const there = new Set((await run(typesById, { ids: wanted })).map(({ id }) => id));
  return wanted.filter((id) => !there.has(id));
}

/**
 * Makes sure that no source which a transaction names was deleted since it was looked up, and throws what makes it run
 * anew where one was. To be called when the change log has the transaction's entry: whoever deletes a source holds the
 * log before looking for what names it, so that either the deletion sees the new facts, or they see the deletion. A lock
 * of the sources themselves would make all who name the same one wait for each other.
 */
export async function confirmSources(transaction: GraphTransaction, ids: Iterable<string>): Promise<void> {
  const missing = await missingSources((...call) => transaction.run(...call), ids);
  if (missing.length > 0) throw new GraphError('CONTENTION', `"${missing[0]}" was deleted meanwhile.`);
}
