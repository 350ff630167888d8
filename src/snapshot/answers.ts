import { nodeTypeOf } from '../domain/vocabulary.ts';
import type { Parameters, Statement } from '../graph/statement.ts';
import { LIST_DAYS } from '../store/in-memory.ts';
import { activeNetworks } from '../store/label.ts';
import { typesById } from '../store/node.ts';
import { SUMMARY_PROPERTIES, summariesById } from '../store/node-summary.ts';
import { SNAPSHOT_TYPES, type SnapshotType } from '../store/snapshot.ts';
import type { Step, StepColumn, StepStatement } from '../store/steps.ts';
import { daysIn } from './columns.ts';
import type { Edges } from './edges.ts';
import { isInSnapshot } from './load.ts';
import { NodeTests } from './node-tests.ts';
import type { Snapshot } from './snapshot.ts';

/** The row of a statement for one of its items; null where it gives none. */
type RowOf<Row> = (item: string) => Row | null;

/** Reads a statement's rows, item by item, from a snapshot; `items` names the parameter that lists them. */
interface Answer<Row> {
  readonly items: string;
  readonly rowOf: (snapshot: Snapshot, parameters: Parameters) => RowOf<Row>;
  /** The items are nodes of any type: the snapshot answers only if it has all their types. */
  readonly isOfAnyType?: true;
}

const answers = new Map<Statement<never>, Answer<unknown>>();

function answered<Row>(statement: Statement<Row>, answer: Answer<Row>): void {
  answers.set(statement as unknown as Statement<never>, answer);
}

answered(typesById, {
  items: 'ids',
  isOfAnyType: true,
  rowOf:
    ({ nodes }) =>
    (id) => {
      const node = nodes.find(id);
      return node < 0 ? null : { id, type: nodes.nodeType(node) };
    },
});
answered(summariesById, {
  items: 'ids',
  isOfAnyType: true,
  rowOf:
    ({ nodes }) =>
    (id) => {
      const node = nodes.find(id);
      return node < 0 ? null : { summary: SUMMARY_PROPERTIES.map((name) => nodes.property(node, name)) };
    },
});
answered(activeNetworks, {
  items: 'ids',
  rowOf: (snapshot, parameters) => {
    const isActive = new NodeTests(snapshot, parameters).of({ is: 'active', days: { first: 'first', last: 'last' } });
    return (id) => {
      const node = snapshot.nodes.find(id);
      return node >= 0 && isActive(node) ? { id } : null;
    };
  },
});
/** The columns of a step that the snapshot has: what is made of each relationship and the node at its end. */
const COLUMNS: Partial<
  Record<StepColumn, (snapshot: Snapshot) => (node: number, edge: number, edges: Edges) => unknown>
> = {
  ends:
    ({ nodes }) =>
    (node) =>
      nodes.id(node),
  sortKeys:
    ({ nodes }) =>
    (node) =>
      nodes.sortKey(node),
  partnerCounts:
    ({ nodes }) =>
    (node) =>
      nodes.count(node, 'partnerCount'),
  byProjects: ({ kinds }) => {
    const code = kinds.find('PROJECT');
    return (_, edge, edges) => edges.kind.items[edge] === code;
  },
  total: () => (node) => node,
};

const ofSnapshot = ({ types, columns }: Step): boolean =>
  types.every((type) => (SNAPSHOT_TYPES as readonly string[]).includes(type)) &&
  columns.every((column) => column in COLUMNS);

/** What a step finds at a node. */
function stepOf<Row>({ types, side, columns, isDated }: Step): Answer<Row> {
  return {
    items: 'ids',
    rowOf: (snapshot, parameters) => {
      const days = isDated ? daysIn(parameters, LIST_DAYS) : null;
      const made = columns.map((column) => COLUMNS[column]!(snapshot));
      return (id) => {
        const node = snapshot.nodes.find(id);
        const found: unknown[][] = columns.map(() => []);
        for (const name of node < 0 ? [] : types) {
          const type = snapshot.type(name as SnapshotType);
          type.each(node, side === 'in' ? 'in' : 'out', days, (edge, neighbour) => {
            for (let at = 0; at < made.length; at++) found[at]!.push(made[at]!(neighbour, edge, type.edges));
          });
        }
        const values = columns.map((column, at) => [column, column === 'total' ? new Set(found[at]).size : found[at]]);
        return { id, ...Object.fromEntries(values) };
      };
    },
  };
}

function answerOf<Row>(statement: Statement<Row> | StepStatement<Row>): Answer<Row> | undefined {
  if (!('step' in statement)) return answers.get(statement as unknown as Statement<never>) as Answer<Row> | undefined;
  return ofSnapshot(statement.step) ? stepOf(statement.step) : undefined;
}

/**
 * What finds the rows of a statement in a snapshot, equal to those of the database but for the order of their lists; null
 * where the database has to be asked. It yields after each item.
 */
export function answerTo<Row>(
  statement: Statement<Row>,
  parameters: Parameters,
): ((snapshot: Snapshot) => Generator<void, Row[]>) | null {
  const answer = answerOf(statement);
  if (!answer) return null;
  const items = parameters[answer.items] as readonly string[];
  if (answer.isOfAnyType && !items.every((id) => isInSnapshot(nodeTypeOf(id)))) return null;
  return function* (snapshot) {
    const rowOf = answer.rowOf(snapshot, parameters);
    const rows: Row[] = [];
    for (const item of items) {
      const row = rowOf(item);
      if (row !== null) rows.push(row);
      yield;
    }
    return rows;
  };
}
