import type { GraphEngine } from '../graph/engine.ts';
import type { Asking } from './root-pages.ts';
import { type Ties, tiesAt } from './ties.ts';

/**
 * What the ties tell of each of some nodes, in slices; null where they are not held as of now, or where something was
 * committed meanwhile.
 */
export async function toldByTies<Told>(
  engine: GraphEngine,
  ids: readonly string[],
  { version, slices }: Asking,
  tell: (ties: Ties, id: string) => Told,
): Promise<Told[] | null> {
  const told: Told[] = [];
  const before = await version();
  let ties = tiesAt(engine, before);
  slices.begin();
  for (const id of ids) {
    if (slices.isOver) {
      await slices.next();
      ties = (await version()) === before ? tiesAt(engine, before) : null;
    }
    if (ties === null) return null;
    told.push(tell(ties, id));
  }
  return ties && told;
}
