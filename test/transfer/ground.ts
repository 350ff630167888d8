import { statement } from '../../src/graph/statement.ts';
import type { TestGraph } from '../support/graph.ts';
import { World } from '../support/world.ts';

/** What rows may refer to. */
export const ground = (): World =>
  new World()
    .territory('territory/x')
    .territory('territory/y')
    .topic('topic/a')
    .organisation('Alpha')
    .organisation('Beta')
    .pole('Pole X', { since: '2005', until: '2012' })
    .pole('Pole Y')
    .project('project/p')
    .patent('FR1');

const entities = statement<{ total: number }>('entities', 'MATCH (n:Entity) RETURN count(n) AS total');
const edges = statement<{ total: number }>('edges', 'MATCH ()-[r]->() RETURN count(r) AS total');

/** Records in a graph: nodes and relationships. */
export async function recordsIn({ engine }: TestGraph): Promise<number> {
  const [[some], [others]] = await Promise.all([engine.read(entities), engine.read(edges)]);
  return some!.total + others!.total;
}
