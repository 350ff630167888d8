import type DataLoader from 'dataloader';
import type { IdentifierField } from '../domain/identifier.ts';
import { type Key, keyOf } from '../domain/key.ts';
import { type Day, firstDay, lastDay, type PartialDate } from '../domain/partial-date.ts';
import { nodeTypeOf, relationshipTypeOf } from '../domain/vocabulary.ts';
import type { Parameters } from '../graph/statement.ts';
import { findRelationships } from '../store/endpoint-hints.ts';
import { activeNetworks } from '../store/label.ts';
import {
  mergedInto,
  type NodeRecord,
  nodeRecord,
  nodesById,
  nodesByIdentifier,
  nodesOfTypeById,
  typesById,
} from '../store/node.ts';
import { type NodeSummary, summariesById, summaryOf } from '../store/node-summary.ts';
import { projectsInCommon } from '../store/partnership.ts';
import { type RelationshipRecord, relationshipRecord } from '../store/relationship.ts';
import { type Hop, type LinkReference, relationshipsBetween, type TraversalConditions } from '../store/traversal.ts';
import { RequestReader, type Work } from './request-reader.ts';

/** Two actors and a date: whose common projects are asked for. */
export interface PairKey {
  readonly from: string;
  readonly to: string;
  readonly asOf: PartialDate | null;
}

/** What a walk's relationships must meet, as a part of keys. */
const conditionsPart = ({ types, partnershipKinds, asOf }: TraversalConditions): object => ({
  types: new Set(types),
  partnershipKinds,
  asOf,
});

const NODE = keyOf('node');
const SUMMARY = keyOf('summary');
const SURVIVOR = keyOf('survivor');
const RELATIONSHIP = keyOf('relationship');
const PROJECTS_IN_COMMON = keyOf('projects in common');

const nodesOf: Work<string, NodeRecord | null> = async (ids, ask) => {
  const types = new Set(ids.map(nodeTypeOf));
  const [type] = types;
  const reading = types.size === 1 && type ? nodesOfTypeById[type] : nodesById;
  const nodes = new Map((await ask(reading, { ids })).map(({ node }) => [node.id, nodeRecord(node)]));
  const unknown = ids.filter((id) => !nodes.has(id));
  if (unknown.length > 0) {
    const merged = await ask(mergedInto, { ids: unknown });
    const survivors = [...new Set(merged.map(({ into }) => into))].filter((id) => !nodes.has(id));
    if (survivors.length > 0) {
      for (const { node } of await ask(nodesById, { ids: survivors })) nodes.set(node.id, nodeRecord(node));
    }
    for (const { id, into } of merged) if (nodes.has(into)) nodes.set(id, nodes.get(into)!);
  }
  return ids.map((id) => nodes.get(id) ?? null);
};

const summariesOf: Work<string, NodeSummary | null> = async (ids, ask) => {
  const summaries = (await ask(summariesById, { ids })).map((row) => summaryOf(row.summary));
  const found = new Map(summaries.map((summary) => [summary.id, summary]));
  return ids.map((id) => found.get(id) ?? null);
};

const survivorsOf: Work<string, string | null> = async (ids, ask) => {
  const found = new Map((await ask(typesById, { ids })).map(({ id }) => [id, id]));
  const missing = ids.filter((id) => !found.has(id));
  if (missing.length > 0) for (const { id, into } of await ask(mergedInto, { ids: missing })) found.set(id, into);
  return ids.map((id) => found.get(id) ?? null);
};

const projectsOfPairs: Work<PairKey, readonly string[]> = async (keys, ask) => {
  const pairs = keys.map(({ from, to }, position) => ({ from, to, position }));
  const rows = await ask(projectsInCommon, { pairs });
  const found = new Map(rows.map(({ pair, projects }) => [pair, projects]));
  return keys.map(({ asOf }, position) =>
    [...(found.get(position) ?? [])]
      .filter(([, , from, to]) => asOf === null || (from <= lastDay(asOf) && to >= firstDay(asOf)))
      .sort(([, a], [, b]) => (a < b ? -1 : 1))
      .map(([id]) => id),
  );
};

/** The records that a request reads, by their identifiers or ends, batched by level. A loader is made when it is first used. */
export class RecordLoaders extends RequestReader {
  /** Takes records as a write of this request has left them: they need not be read again. */
  know(written: {
    readonly nodes: readonly NodeRecord[];
    readonly relationships: readonly RelationshipRecord[];
  }): void {
    for (const node of written.nodes) this.node.prime(node.id, node);
    for (const relationship of written.relationships) {
      this.relationship.prime(relationship.id, relationship);
      this.hints?.note(relationship.id, relationship.from);
    }
  }

  /** Takes summaries that came with something else: they need not be read again. */
  knowSummaries(summaries: readonly NodeSummary[]): void {
    for (const summary of summaries) this.summary.prime(summary.id, summary);
  }

  /** Node records of any type by identifier; that of a record merged away gives the survivor. Null for an unknown one. */
  get node(): DataLoader<string, NodeRecord | null, string> {
    return this.loader(NODE, nodesOf);
  }

  /** What lists show of nodes, by identifier; null for an unknown one. */
  get summary(): DataLoader<string, NodeSummary | null, string> {
    return this.loader(SUMMARY, summariesOf);
  }

  /** The record that an identifier names: the survivor of one that was merged away. Null for an unknown one. */
  protected get survivor(): DataLoader<string, string | null, string> {
    return this.loader(SURVIVOR, survivorsOf);
  }

  /** The node that carries a registry's identifier, as tidied; null when none does. */
  async identified(field: IdentifierField, value: string): Promise<NodeRecord | null> {
    const ids = this.loader<string, string | null>(keyOf('identifier', { field }), async (values, ask) => {
      const found = new Map((await ask(nodesByIdentifier[field], { values })).map((row) => [row.value, row.id]));
      return values.map((each) => found.get(each) ?? null);
    });
    const id = await ids.load(value);
    return id === null ? null : this.node.load(id);
  }

  /** Relationship records by identifier; null for an unknown one. */
  get relationship(): DataLoader<string, RelationshipRecord | null, string> {
    return this.loader(RELATIONSHIP, async (ids: readonly string[], ask) => {
      const byType = Map.groupBy(ids, relationshipTypeOf);
      const found = new Map<string, RelationshipRecord>();
      await Promise.all(
        [...byType].map(async ([type, some]) => {
          if (type === null) return;
          for (const row of await findRelationships(type, some, this.hints, ask)) {
            const relationship = relationshipRecord(type, row);
            found.set(relationship.id, relationship);
          }
        }),
      );
      return ids.map((id) => found.get(id) ?? null);
    });
  }

  /** A relationship record by identifier, of which it is known where it begins; null for one that is gone. */
  relationshipFrom({ id, from }: LinkReference): Promise<RelationshipRecord | null> {
    this.hints?.note(id, from);
    return this.relationship.load(id);
  }

  /** Identifiers of the projects that two actors have in common, in the order of the projects' names. */
  get projectsInCommon(): DataLoader<PairKey, readonly string[], string> {
    return this.loader(PROJECTS_IN_COMMON, projectsOfPairs, {
      itemKey: ({ from, to, asOf }) => keyOf('pair', { from, to, asOf }),
    });
  }

  /**
   * The relationships by which a walk takes its hops: the one with the smallest identifier that meets its conditions, or
   * null where there is none (any more).
   */
  hops(conditions: TraversalConditions): DataLoader<Hop, RelationshipRecord | null, string> {
    return this.#between(keyOf('hops', conditionsPart(conditions)), conditions, {}, (all) => all[0] ?? null);
  }

  /** All relationships between two nodes that meet conditions, by identifier; with `days`, valid on some day of these. */
  between(
    conditions: TraversalConditions,
    days: { readonly from: Day; readonly to: Day } | null,
  ): DataLoader<Hop, readonly RelationshipRecord[], string> {
    const dated = { ...conditions, asOf: days && (days.from as string as PartialDate) };
    const during = days === null ? {} : { asOfFirst: days.from, asOfLast: days.to };
    const key = keyOf('hops', { ...conditionsPart(conditions), during });
    return this.#between(key, dated, during, (all) => all);
  }

  #between<Value>(
    key: Key,
    conditions: TraversalConditions,
    during: Parameters,
    pick: (all: readonly RelationshipRecord[]) => Value,
  ): DataLoader<Hop, Value, string> {
    const { statement, parameters } = relationshipsBetween(conditions);
    return this.loader(
      key,
      async (hops, ask) => {
        const placed = hops.map(({ from, to }, position) => ({ from, to, position }));
        const rows = await ask(statement, { ...parameters, ...during, hops: placed });
        const found = hops.map((): RelationshipRecord[] => []);
        for (const row of rows) found[row.position]!.push(relationshipRecord(row.type, row));
        return found.map((all) => pick(all.sort((a, b) => (a.id < b.id ? -1 : 1))));
      },
      { itemKey: ({ from, to }) => keyOf('pair', { from, to }) },
    );
  }

  /** Whether each network is active on some day of a date. */
  isActive(asOf: PartialDate): DataLoader<string, boolean, string> {
    return this.loader(keyOf('is active', { asOf }), async (ids, ask) => {
      const active = new Set(
        (await ask(activeNetworks, { ids, first: firstDay(asOf), last: lastDay(asOf) })).map(({ id }) => id),
      );
      return ids.map((id) => active.has(id));
    });
  }
}
