import type { GraphTransaction } from '../graph/engine.ts';
import { recordChange } from '../store/write.ts';

/** Who changes the graph, and what they call it: `import organisations.csv lines 2 to 2001`. */
export interface Authorship {
  readonly by: string | null;
  readonly action: string;
}

/** Adds a change to the log: the last thing that a transaction does, since it orders the commits. */
export async function logChange(
  transaction: GraphTransaction,
  { by, action }: Authorship,
  touched: Iterable<string>,
  now: string,
): Promise<number> {
  const change = { at: now, by, action, touched: [...touched].sort() };
  const [entry] = await transaction.run(recordChange, { change });
  return entry!.sequence;
}
