import { firstDay, type PartialDate } from '../domain/partial-date.ts';
import { overlaps, type Span } from '../domain/period.ts';
import { sameStatement } from '../domain/relationship.ts';
import type { GraphValue } from '../graph/statement.ts';
import type { StoredRelationship } from '../store/write.ts';

type Properties = StoredRelationship['properties'];

const spanOf = ({ validFrom, validTo }: Properties): Span => ({ from: String(validFrom), to: String(validTo) });

const listed = (values: readonly (GraphValue | undefined)[]): string[] => [
  ...new Set(values.flatMap((value) => (value ?? []) as string[])),
];

/**
 * One relationship in place of several that say the same about overlapping periods: from the first known start to the
 * last end (none if any end is unknown), with all of their sources, and the other fields of the first.
 */
function united(all: readonly StoredRelationship[]): Properties {
  const each = all.map(({ properties }) => properties);
  const [first] = each;
  const starts = each
    .flatMap(({ since }) => (since ?? []) as PartialDate[])
    .sort((a, b) => (firstDay(a) < firstDay(b) ? -1 : 1));
  const ends = each.map(({ until }) => (until ?? null) as PartialDate | null);
  const last = [...each].sort((a, b) => (spanOf(a).to < spanOf(b).to ? 1 : -1))[0]!.until ?? null;
  const fields: Record<string, GraphValue> = Object.assign({}, ...each.toReversed(), first);
  const period = { since: starts[0] ?? null, until: ends.includes(null) ? null : last };
  const lists = {
    sources: listed(each.map(({ sources }) => sources)),
    attestedOn: listed(each.map(({ attestedOn }) => attestedOn)).sort(),
  };
  // An organisation that coordinated a project under one of its names coordinated it.
  const role = all[0]!.type === 'PARTICIPATES_IN' && each.some((one) => one.role === 'COORDINATOR');
  return { ...fields, ...period, ...lists, ...(role ? { role: 'COORDINATOR' } : {}), id: first!.id };
}

/** Relationships after a merge, and the identifiers of those that were united into another. */
export interface Union {
  readonly remaining: readonly StoredRelationship[];
  readonly absorbed: readonly string[];
}

/**
 * Groups relationships of the same two ends that say the same about overlapping periods. Each group keeps its order.
 */
function groupsOf(relationships: readonly StoredRelationship[]): StoredRelationship[][] {
  const groups: StoredRelationship[][] = [];
  for (const relationship of relationships) {
    const joins = groups.filter((group) =>
      group.some(
        (other) =>
          sameStatement(relationship.type, other, relationship) &&
          overlaps(spanOf(other.properties), spanOf(relationship.properties)),
      ),
    );
    const [home] = joins;
    // It may join groups that were separate.
    for (const other of joins.slice(1)) {
      home!.push(...other);
      groups.splice(groups.indexOf(other), 1);
    }
    if (home) home.push(relationship);
    else groups.push([relationship]);
  }
  return groups;
}

/**
 * Unites relationships of one type that say the same (role, kind and label) about overlapping periods. Each union has
 * the identifier and the other fields of its first relationship.
 */
export function unite(relationships: readonly StoredRelationship[]): Union {
  const byEnds = Map.groupBy(relationships, ({ from, to }) => (from < to ? `${from} ${to}` : `${to} ${from}`));
  const groups = [...byEnds.values()].flatMap(groupsOf);
  return {
    remaining: groups.map((group) => (group.length === 1 ? group[0]! : { ...group[0]!, properties: united(group) })),
    absorbed: groups.flatMap((group) => group.slice(1).map(({ properties }) => properties.id)),
  };
}
