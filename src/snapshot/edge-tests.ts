import type { Parameters } from '../graph/statement.ts';
import type { EdgeTest, NodeTest } from '../store/in-memory.ts';
import { type DayNumbers, daysIn } from './columns.ts';
import type { Edges } from './edges.ts';
import type { Snapshot } from './snapshot.ts';

/** Whether a node or an edge, by its number, meets a condition. */
export type MeetsTest = (number: number) => boolean;

/** A condition on edges, with its parameters, as a function. To be used before the next await. */
export function edgeTestOf(test: EdgeTest, { kinds }: Snapshot, edges: Edges, parameters: Parameters): MeetsTest {
  if (test.is === 'edge valid') {
    const { first, last } = daysIn(parameters, test.days);
    return (edge) => edges.isValid(edge, first, last);
  }
  const codes = new Set((parameters[test.values] as readonly string[]).map((value) => kinds.find(value)));
  return (edge) => codes.has(edges.kind.items[edge]!);
}

type TestOfFacts = Extract<NodeTest, { is: 'some fact' | 'every fact' }>;

/** What a condition on the relationships of a node needs. */
interface FactTestContext {
  readonly snapshot: Snapshot;
  readonly parameters: Parameters;
  readonly days: DayNumbers | null;
  /** A condition on nodes as a function. */
  readonly nodeTest: (test: NodeTest) => MeetsTest;
}

/** Whether some, or every, edge of a node that is valid on the days meets all conditions. */
export function factTestOf(
  { is, step, of }: TestOfFacts,
  { snapshot, parameters, days, nodeTest }: FactTestContext,
): MeetsTest {
  const type = snapshot.type(step.type);
  const { edges } = type;
  const adjacency = type.at(step.side === 'both' ? 'out' : step.side);
  const tests = of.map((test): ((edge: number, neighbour: number) => boolean) => {
    if (test.is !== 'at end') return edgeTestOf(test, snapshot, edges, parameters);
    const meets = nodeTest(test.test);
    return (_, neighbour) => meets(neighbour);
  });
  const isSome = is === 'some fact';
  return (node) => {
    for (const edge of adjacency.list(node)) {
      if (days !== null && !edges.isValid(edge, days.first, days.last)) continue;
      const neighbour = adjacency.neighbour(edge, node);
      if (tests.every((meets) => meets(edge, neighbour)) === isSome) return isSome;
    }
    return !isSome;
  };
}
