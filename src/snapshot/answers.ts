import type { PartialDate } from '../domain/partial-date.ts';
import { nodeTypeOf, type PartnershipKind } from '../domain/vocabulary.ts';
import type { Parameters, Statement } from '../graph/statement.ts';
import { membersOfNetworks, partnersOfActors } from '../store/comparison.ts';
import { LIST_DAYS } from '../store/in-memory.ts';
import { activeNetworks } from '../store/label.ts';
import { projectsOfNetworks, territoriesOfNetworks, wholesOfTerritories } from '../store/locality.ts';
import { typesById } from '../store/node.ts';
import { SUMMARY_PROPERTIES, summariesById } from '../store/node-summary.ts';
import { partnershipYears } from '../store/partnership-groups.ts';
import type { SnapshotType } from '../store/snapshot.ts';
import {
  partnerCounts,
  partnersByKind,
  partnersWithBreadth,
  sharedTraits,
  topicsAndSeats,
} from '../store/suggestion.ts';
import type { Timed } from '../store/timed.ts';
import { type DayNumbers, daysIn } from './columns.ts';
import type { Edges } from './edges.ts';
import { isHeld } from './load.ts';
import { NodeTests } from './node-tests.ts';
import type { Snapshot } from './snapshot.ts';

/** The row of a statement for one of its items; null where it gives none. */
type RowOf<Row> = (item: string) => Row | null;

/** Reads a statement's rows, item by item, from a snapshot; `items` names the parameter that lists them. */
interface Answer<Row> {
  readonly items: string;
  readonly rowOf: (snapshot: Snapshot, parameters: Parameters) => RowOf<Row>;
  /** The items are nodes of any type: the snapshot answers only if it holds all their types. */
  readonly isOfAnyType?: true;
}

const answers = new Map<Statement<never>, Answer<unknown>>();

function answered<Row>(statement: Statement<Row>, answer: Answer<Row>): void {
  answers.set(statement as unknown as Statement<never>, answer);
}

/** The same for both texts of a statement that may be of a date. */
function answeredInTime<Row>(
  timed: (asOf: PartialDate | null) => Timed<Row>,
  items: string,
  rowOf: (step: Steps, snapshot: Snapshot, parameters: Parameters) => RowOf<Row>,
): void {
  for (const asOf of [null, '2000' as PartialDate]) {
    const answer: Answer<Row> = {
      items,
      rowOf: (snapshot, parameters) =>
        rowOf(new Steps(snapshot, asOf === null ? null : daysIn(parameters, LIST_DAYS)), snapshot, parameters),
    };
    answered(timed(asOf).statement, answer);
  }
}

/** Relationships of nodes at a date, if there is one. */
class Steps {
  readonly #snapshot: Snapshot;
  readonly #days: DayNumbers | null;

  constructor(snapshot: Snapshot, days: DayNumbers | null) {
    this.#snapshot = snapshot;
    this.#days = days;
  }

  /** Every relationship of a type. */
  *every(type: SnapshotType): Generator<{ readonly edge: number; readonly edges: Edges }> {
    const { edges, existing } = this.#snapshot.type(type);
    for (const edge of existing) {
      if (this.#days === null || edges.isValid(edge, this.#days.first, this.#days.last)) yield { edge, edges };
    }
  }

  /** What is made of each relationship of some types that begins, or ends, at a node. */
  map<Value>(
    id: string,
    types: readonly SnapshotType[],
    side: 'out' | 'in',
    make: (neighbour: number, edge: number, edges: Edges) => Value,
    isDated = true,
  ): Value[] {
    const node = this.#snapshot.nodes.find(id);
    if (node < 0) return [];
    const made: Value[] = [];
    for (const each of types) {
      const type = this.#snapshot.type(each);
      const adjacency = type.at(side);
      for (const edge of type.edgesAt(node, side, isDated ? this.#days : null)) {
        made.push(make(adjacency.neighbour(edge, node), edge, type.edges));
      }
    }
    return made;
  }
}

const isProject = (snapshot: Snapshot): ((edge: number, edges: Edges) => boolean) => {
  const code = snapshot.kinds.find('PROJECT');
  return (edge, edges) => edges.kind.items[edge] === code;
};

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
answeredInTime(partnersWithBreadth, 'actors', (steps, snapshot) => {
  const byProject = isProject(snapshot);
  return (actor) => {
    const found = steps.map(actor, ['PARTNERS_WITH'], 'out', (node, edge, edges) => ({ node, edge, edges }));
    return {
      actor,
      partners: found.map(({ node }) => snapshot.nodes.id(node)),
      breadths: found.map(({ node }) => snapshot.nodes.count(node, 'partnerCount')),
      byProjects: found.map(({ edge, edges }) => byProject(edge, edges)),
    };
  };
});
answeredInTime(partnersByKind, 'actors', (steps, snapshot) => {
  const byProject = isProject(snapshot);
  return (actor) => {
    const byProjects: boolean[] = [];
    const partners = steps.map(actor, ['PARTNERS_WITH'], 'out', (node, edge, edges) => {
      byProjects.push(byProject(edge, edges));
      return snapshot.nodes.id(node);
    });
    return { actor, partners, byProjects };
  };
});
answeredInTime(partnerCounts, 'actors', (steps) => (actor) => ({
  actor,
  total: new Set(steps.map(actor, ['PARTNERS_WITH'], 'out', (node) => node)).size,
}));
answeredInTime(topicsAndSeats, 'actors', (steps, { nodes }) => (actor) => {
  if (nodes.find(actor) < 0) return null;
  return {
    actor,
    topics: steps.map(actor, ['ABOUT'], 'out', (node) => nodes.id(node), false),
    seats: steps.map(actor, ['LOCATED_IN'], 'out', (node) => nodes.id(node)),
  };
});
answeredInTime(sharedTraits, 'actors', (steps, { nodes }, { among }) => (actor) => {
  const own = [
    ...steps.map(actor, ['ABOUT'], 'out', (node) => nodes.id(node), false),
    ...steps.map(actor, ['LOCATED_IN'], 'out', (node) => nodes.id(node)),
  ];
  const traits = own.filter((id) => Object.hasOwn(among as object, id));
  return traits.length === 0 ? null : { actor, traits };
});
answeredInTime(membersOfNetworks, 'networks', (steps, { nodes }) => (network) => ({
  network,
  members: steps.map(network, ['MEMBER_OF'], 'in', (node) => nodes.sortKey(node)),
}));
answeredInTime(partnersOfActors, 'actors', (steps, { nodes }) => (actor) => ({
  actor,
  partners: steps.map(actor, ['PARTNERS_WITH'], 'out', (node) => nodes.id(node)),
}));
answeredInTime(territoriesOfNetworks, 'networks', (steps, { nodes }) => (network) => ({
  network,
  territories: steps.map(network, ['COVERS', 'LOCATED_IN'], 'out', (node) => nodes.id(node)),
}));
answeredInTime(projectsOfNetworks, 'networks', (steps, { nodes }) => (network) => ({
  network,
  projects: steps.map(network, ['LABELS', 'PARTICIPATES_IN'], 'out', (node) => nodes.id(node)),
}));
answeredInTime(wholesOfTerritories, 'ids', (steps, { nodes }) => (id) => {
  const node = nodes.find(id);
  if (node < 0) return null;
  const level = nodes.text(node, 'kind') as never;
  return { id, level, wholes: steps.map(id, ['PART_OF'], 'out', (whole) => nodes.id(whole)) };
});

answeredInTime(partnershipYears, 'kinds', (steps, { kinds }) => (kind) => {
  const code = kinds.find(kind);
  const years = new Map<string | null, number>();
  for (const { edge, edges } of steps.every('PARTNERS_WITH')) {
    if (edges.kind.items[edge] !== code) continue;
    const year = edges.text(edge, 'since')?.slice(0, 4) ?? null;
    years.set(year, (years.get(year) ?? 0) + 1);
  }
  return { kind: kind as PartnershipKind, years: [...years] };
});

/**
 * What finds the rows of a statement in a snapshot, equal to those of the database but for the order of their lists; null
 * where the database has to be asked. It yields after each item.
 */
export function answerTo<Row>(
  statement: Statement<Row>,
  parameters: Parameters,
): ((snapshot: Snapshot) => Generator<void, Row[]>) | null {
  const answer = answers.get(statement as unknown as Statement<never>) as Answer<Row> | undefined;
  if (!answer) return null;
  const items = parameters[answer.items] as readonly string[];
  if (answer.isOfAnyType && !items.every((id) => isHeld(nodeTypeOf(id)))) return null;
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
