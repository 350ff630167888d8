import type { Parameters } from '../graph/statement.ts';
import type { EdgeTest, NodeTest } from '../store/in-memory.ts';
import { type DayNumbers, daysIn } from './columns.ts';
import type { Edges } from './edges.ts';
import type { Snapshot } from './snapshot.ts';

/** Whether a node or an edge, by its number, meets a condition. */
export type MeetsTest = (number: number) => boolean;

/** Whether all conditions are met, as one function. */
export function allOf(tests: readonly MeetsTest[]): MeetsTest {
  const [only] = tests;
  if (only === undefined) return () => true;
  return tests.length === 1 ? only : (number) => tests.every((meets) => meets(number));
}

/** What a condition on edges is made a function with. */
export interface EdgeTestContext {
  readonly snapshot: Snapshot;
  readonly edges: Edges;
  readonly parameters: Parameters;
  /** A condition on nodes as a function. */
  readonly nodeTest: (test: NodeTest) => MeetsTest;
}

/** A condition on a date of edges, which an unknown one does not meet. */
const byDate =
  (edges: Edges, field: 'since' | 'until', meets: (date: string) => boolean): MeetsTest =>
  (edge) => {
    const date = edges.text(edge, field);
    return date !== null && meets(date);
  };

/** A condition on edges, with its parameters, as a function. To be used before the next await. */
export function edgeTestOf(test: EdgeTest, context: EdgeTestContext): MeetsTest {
  const { snapshot, edges, parameters, nodeTest } = context;
  switch (test.is) {
    case 'edge valid': {
      const { first, last } = daysIn(parameters, test.days);
      return (edge) => edges.isValid(edge, first, last);
    }
    case 'edge among': {
      const codes = new Set((parameters[test.values] as readonly string[]).map((value) => snapshot.kinds.find(value)));
      return (edge) => codes.has(edges.kind.items[edge]!);
    }
    case 'edge dated': {
      const first = parameters[test.first] as string;
      return byDate(edges, test.field, (date) => date >= first.slice(0, date.length));
    }
    case 'edge dated by': {
      const last = parameters[test.last] as string;
      return byDate(edges, test.field, (date) => date <= last);
    }
    case 'edge ends': {
      const meets = nodeTest(test.test);
      const from: MeetsTest = (edge) => meets(edges.from.items[edge]!);
      const to: MeetsTest = (edge) => meets(edges.to.items[edge]!);
      if (test.at === 'from') return from;
      if (test.at === 'to') return to;
      return test.at === 'both' ? (edge) => from(edge) && to(edge) : (edge) => from(edge) || to(edge);
    }
  }
}

type TestOfFacts = Extract<NodeTest, { is: 'some fact' | 'every fact' }>;

/** What a condition on the relationships of a node needs. */
interface FactTestContext extends Omit<EdgeTestContext, 'edges'> {
  readonly days: DayNumbers | null;
}

/** Whether some, or every, edge of a node that is valid on the days meets all conditions. */
export function factTestOf({ is, step, of }: TestOfFacts, { days, ...context }: FactTestContext): MeetsTest {
  const type = context.snapshot.type(step.type);
  const { edges } = type;
  const adjacency = type.at(step.side === 'both' ? 'out' : step.side);
  const tests = of.map((test): ((edge: number, neighbour: number) => boolean) => {
    if (test.is !== 'at end') return edgeTestOf(test, { ...context, edges });
    const meets = context.nodeTest(test.test);
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
