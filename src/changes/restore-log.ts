import type { GraphTransaction } from '../graph/engine.ts';
import type { GraphValue } from '../graph/statement.ts';
import type { Ask } from '../store/ask.ts';
import { changeCount, type LogState, restoreChanges, restoreLogState } from '../store/changelog.ts';

/** Writes entries of a backup into the log of an empty store, as they were. */
export async function restoreEntries(
  transaction: GraphTransaction,
  rows: readonly Readonly<Record<string, GraphValue>>[],
): Promise<void> {
  await transaction.run(restoreChanges, { rows });
}

/** Sets the state of a restored log. Its entries are still to be added to the index. */
export async function restoreState(
  transaction: GraphTransaction,
  { newest, trimmed }: Pick<LogState, 'newest' | 'trimmed'>,
): Promise<void> {
  if (newest > 0) await transaction.run(restoreLogState, { newest, trimmed: trimmed === 0 ? null : trimmed });
}

/** How many entries the log has. */
export async function countEntries(ask: Ask): Promise<number> {
  return (await ask(changeCount))[0]?.total ?? 0;
}
