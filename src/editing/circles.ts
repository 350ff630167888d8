import { type Problem, problem } from '../domain/problem.ts';
import { RELATIONSHIP_SHAPES } from '../domain/relationship.ts';
import type { RelationshipType } from '../domain/vocabulary.ts';
import type { KnownGraph } from './known-graph.ts';
import type { RelationshipChange } from './records.ts';

/** Types of relationships that must not form a circle: parts of territories and organisations, narrower topics, later networks. */
const ACYCLIC: readonly RelationshipType[] = ['PART_OF', 'BROADER', 'SUCCEEDED_BY', 'AFFILIATED_WITH'];

export const mayCircle = ({ type }: RelationshipChange): boolean => ACYCLIC.includes(type);

/**
 * Reads and locks everything that the records' targets lead to by relationships of the same type. A circle is then
 * seen, also when another transaction records a part of it at the same time.
 */
export async function readTargets(graph: KnownGraph, records: readonly RelationshipChange[]): Promise<void> {
  for (const type of ACYCLIC) {
    const seen = new Set<string>();
    let level = [...new Set(records.filter((record) => record.type === type).map(({ to }) => to))];
    while (level.length > 0) {
      for (const id of level) seen.add(id);
      await graph.lock(level);
      await graph.readAtAnchors(type, level);
      const ahead = level.flatMap((id) => graph.at(type, id).flatMap(({ from, to }) => (from === id ? [to] : [])));
      level = [...new Set(ahead)].filter((id) => !seen.has(id));
    }
  }
}

/** A path between two nodes by relationships of a type, as identifiers with both ends; null if there is none. */
function pathBetween(
  graph: KnownGraph,
  type: RelationshipType,
  start: string,
  goal: string,
  pending: ReadonlyMap<string, readonly string[]>,
): string[] | null {
  const cameFrom = new Map<string, string | null>([[start, null]]);
  const queue = [start];
  for (const id of queue) {
    if (id === goal) {
      const path: string[] = [];
      for (let at: string | null | undefined = id; at; at = cameFrom.get(at)) path.unshift(at);
      return path;
    }
    const known = graph.at(type, id).flatMap(({ from, to }) => (from === id ? [to] : []));
    const ahead = graph.node(id) ? known : (pending.get(id) ?? []);
    for (const next of ahead) {
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, id);
      queue.push(next);
    }
  }
  return null;
}

/**
 * The problem of a record that closes a circle, with its nodes; null if it closes none. `pending` gives the targets of
 * nodes that other requests of the batch will create.
 */
export function circleProblem(
  graph: KnownGraph,
  { type, from, to }: RelationshipChange,
  pending: ReadonlyMap<string, readonly string[]> = new Map(),
): Problem | null {
  if (from === to) return null;
  const path = pathBetween(graph, type, to, from, pending);
  if (path === null) return null;
  const circle = [from, ...path].join(' → ');
  return problem('INVALID', [RELATIONSHIP_SHAPES[type].to.name], `This would close a circle: ${circle}.`);
}
