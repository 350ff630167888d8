import type { GraphEngine } from '../graph/engine.ts';
import { type ChangeEntry, changesBetween, logState } from '../store/changelog.ts';

/** Entries of the change log read at once: those of an import name thousands of records. */
const ENTRIES_AT_ONCE = 50;
/** What the server does by itself: it follows from what others record. */
const DERIVED = /^(?:derive|rebuild) /;

/** The records that an entry says somebody changed, created or deleted: nodes and relationships. */
function editedIn({ by, action, touched, before, after }: ChangeEntry, author: string): readonly string[] {
  if (by === author || (by === null && DERIVED.test(action))) return [];
  // An import says which nodes it touched, and not whether by their own rows or by facts at them.
  if (action.startsWith('import ')) return touched ?? [];
  const sides = [before, after].flatMap((side) => (side === null ? [] : [JSON.parse(side) as object]));
  return sides.flatMap(Object.keys);
}

/**
 * The identifiers of all records that others than one author have changed, created or deleted, by the change log; null
 * where entries of it have been deleted, so that nobody knows.
 */
export async function editsOfOthers(
  engine: GraphEngine,
  author: string,
  signal?: AbortSignal,
): Promise<ReadonlySet<string> | null> {
  const [state] = await engine.read(logState, {}, { signal });
  if (!state) return new Set();
  if (state.trimmed > 0) return null;
  const edited = new Set<string>();
  for (let after = 0; after < state.newest; after += ENTRIES_AT_ONCE) {
    const until = Math.min(after + ENTRIES_AT_ONCE, state.newest);
    const entries = await engine.read(changesBetween, { after, until }, { signal });
    for (const { entry } of entries) for (const id of editedIn(entry, author)) edited.add(id);
  }
  return edited;
}
