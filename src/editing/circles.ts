import { type Problem, problem } from '../domain/problem.ts';
import { RELATIONSHIP_SHAPES } from '../domain/relationship.ts';
import type { RelationshipType } from '../domain/vocabulary.ts';
import type { KnownGraph } from './known-graph.ts';
import type { RelationshipRecord } from './records.ts';

/** Relationships along which nothing may come back to itself: parts of wholes, narrower topics, later networks. */
const ACYCLIC: readonly RelationshipType[] = ['PART_OF', 'BROADER', 'SUCCEEDED_BY'];

export const mayCircle = ({ type }: RelationshipRecord): boolean => ACYCLIC.includes(type);

/**
 * Reads, and locks, all that the records' targets lead to along the same type: what closes a circle is there then, also
 * when another transaction is recording the rest of it.
 */
export async function readAhead(graph: KnownGraph, records: readonly RelationshipRecord[]): Promise<void> {
  for (const type of ACYCLIC) {
    const seen = new Set<string>();
    let level = [...new Set(records.filter((record) => record.type === type).map(({ to }) => to))];
    while (level.length > 0) {
      for (const id of level) seen.add(id);
      await graph.hold(level);
      await graph.readAtAnchors(type, level);
      const ahead = level.flatMap((id) => graph.at(type, id).flatMap(({ from, to }) => (from === id ? [to] : [])));
      level = [...new Set(ahead)].filter((id) => !seen.has(id));
    }
  }
}

/** The way from a node to another along a type, as identifiers with both ends; null where there is none. */
function wayBetween(
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
      const way: string[] = [];
      for (let at: string | null | undefined = id; at; at = cameFrom.get(at)) way.unshift(at);
      return way;
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
 * The problem of a record that would close a circle, which it names; null where it closes none. `pending` are the targets
 * of nodes that other submissions of the batch are still to make.
 */
export function circleProblem(
  graph: KnownGraph,
  { type, from, to }: RelationshipRecord,
  pending: ReadonlyMap<string, readonly string[]> = new Map(),
): Problem | null {
  if (from === to) return null;
  const way = wayBetween(graph, type, to, from, pending);
  if (way === null) return null;
  const circle = [from, ...way].join(' → ');
  return problem('INVALID', [RELATIONSHIP_SHAPES[type].to.name], `This would close a circle: ${circle}.`);
}
