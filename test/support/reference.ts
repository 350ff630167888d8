import { sortKeyOf } from '../../src/domain/fold.ts';
import { firstDay, lastDay, type PartialDate } from '../../src/domain/partial-date.ts';
import { ACTOR_TYPES, type NodeType, type RelationshipType } from '../../src/domain/vocabulary.ts';
import type { NodeSummary } from '../../src/store/node-summary.ts';
import { type Days, type Edge, type Fields, ReferenceGraph, type Thing } from './reference-graph.ts';

/** Whether days include one of the date asked; without a date, they do. */
function includes({ from, to }: Days, asOf: string | undefined): boolean {
  return asOf === undefined || (from <= lastDay(asOf as PartialDate) && to >= firstDay(asOf as PartialDate));
}

/** An entry of a list: where it leads, and by which relationship. */
export interface Entry {
  readonly node: Thing;
  readonly edge: Edge | null;
}

/** A neighbour in a list, and the relationships that lead to it; none where the list has no parent. */
export interface Neighbour {
  readonly node: Thing;
  readonly edges: readonly Edge[];
}

/**
 * The graph of a world without a database: every list is a loop over all that there is. Written for clarity, to be compared
 * against both engines; it knows nothing of Cypher, pages or batches.
 */
export class Reference extends ReferenceGraph {
  /** The neighbours of a node along relationships of a type that hold at a date. */
  entries(types: readonly RelationshipType[], from: 'from' | 'to' | 'either', node: string, asOf?: string): Entry[] {
    return this.edges
      .filter(({ type, valid }) => types.includes(type) && includes(valid, asOf))
      .flatMap((edge): Entry[] => [
        ...(from !== 'to' && edge.from.id === node ? [{ node: edge.to, edge }] : []),
        ...(from !== 'from' && edge.to.id === node ? [{ node: edge.from, edge }] : []),
      ]);
  }

  /** All nodes of some types. */
  all(...types: readonly NodeType[]): Entry[] {
    return [...this.nodes.values()].filter(({ type }) => types.includes(type)).map((node) => ({ node, edge: null }));
  }

  /** A territory and its parts at a date, and theirs, three levels down. */
  within(territory: string, asOf: string | undefined, depth = 3): Set<string> {
    const parts = depth === 0 ? [] : this.entries(['PART_OF'], 'to', territory, asOf);
    return new Set([territory, ...parts.flatMap(({ node }) => [...this.within(node.id, asOf, depth - 1)])]);
  }

  /** Whether an actor has a seat at a date in one of some territories or in what is a part of one at that date. */
  isSeatedIn(actor: string, territories: readonly string[], asOf: string | undefined): boolean {
    const places = new Set(territories.flatMap((id) => [...this.within(id, asOf)]));
    return this.entries(['LOCATED_IN'], 'from', actor, asOf).some(({ node }) => places.has(node.id));
  }

  /** How many different nodes an actor reaches by relationships of a type. */
  count(type: RelationshipType, from: 'from' | 'to' | 'either', node: string): number {
    return new Set(this.entries([type], from, node).map((entry) => entry.node.id)).size;
  }

  /** Whether a thing holds at a date. */
  holds(thing: Thing, asOf: string | undefined): boolean {
    return includes(thing.valid, asOf);
  }

  /** A node's stored properties; what only the run of time decides is left out. */
  stored({ id, type, fields, valid, lifespan }: Thing): Fields {
    const isActor = ACTOR_TYPES.includes(type as 'Pole');
    const isDated = type === 'Project' || type === 'Territory' || type === 'Pole' || type === 'Cluster';
    return {
      id,
      type,
      ...Object.fromEntries(
        Object.entries(fields).filter(([, value]) => !(Array.isArray(value) && value.length === 0)),
      ),
      sortKey: sortKeyOfThing({ id, fields }),
      ...(isDated || type === 'Indicator' ? { validFrom: valid.from, validTo: valid.to } : {}),
      ...(isDated ? { lifeFrom: lifespan.from, lifeTo: lifespan.to } : {}),
      ...(isActor
        ? {
            partnerCount: this.count('PARTNERS_WITH', 'either', id),
            projectCount: this.count('PARTICIPATES_IN', 'from', id),
            memberCount: this.count('MEMBER_OF', 'to', id),
          }
        : {}),
    };
  }
}

const sortKeyOfThing = ({ id, fields }: Pick<Thing, 'id' | 'fields'>): string => sortKeyOf(String(fields.name), id);

/** A node as lists show it. */
export function summaryOf({ id, type, fields }: Thing): NodeSummary {
  return {
    id,
    type,
    name: String(fields.name),
    acronym: (fields.acronym as string | undefined) ?? null,
    kind: (fields.kind as string | undefined) ?? null,
    since: (fields.since as PartialDate | undefined) ?? null,
    until: (fields.until as PartialDate | undefined) ?? null,
  };
}

/** The order of code points, in which both engines sort texts; numbers as they are. */
export function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)));
}

/** Neighbours by a key, then by name, then by relationship. */
export function inOrder(
  entries: readonly Neighbour[],
  key: ((entry: Neighbour) => string | number) | null,
  direction: 'ASC' | 'DESC',
): Neighbour[] {
  const sign = direction === 'ASC' ? 1 : -1;
  const byName = key === null ? sign : 1;
  const keyed = entries.map((entry) => ({
    entry,
    value: key?.(entry) ?? '',
    name: sortKeyOfThing(entry.node),
    edge: entry.edges[0]?.id ?? '',
  }));
  keyed.sort(
    (a, b) => sign * compare(a.value, b.value) || byName * (compare(a.name, b.name) || compare(a.edge, b.edge)),
  );
  return keyed.map(({ entry }) => entry);
}
