import type { RelationshipType } from '../domain/vocabulary.ts';
import type { GraphValue } from '../graph/statement.ts';

/** Stored properties: a null one is absent. */
export type Properties = Record<string, GraphValue>;

/** Properties after a change. Null, or an empty list, removes a property. */
export function withFields(before: Readonly<Properties>, fields: Readonly<Properties>): Properties {
  const after = { ...before };
  for (const field in fields) {
    const value = fields[field]!;
    if (value !== null && !(Array.isArray(value) && value.length === 0)) after[field] = value;
    else if (field in after) delete after[field];
  }
  return after;
}

/** A record before and after a change; null where it did not exist, or no longer does. */
export interface Edited {
  readonly before: Readonly<Properties> | null;
  readonly after: Readonly<Properties> | null;
}

/** What a batch did: how many records it created or changed, and which nodes and projects it touched. */
export interface Effect {
  created: number;
  updated: number;
  unchanged: number;
  deleted: number;
  /** Nodes whose fields, relationships or degree changed. */
  readonly touched: Set<string>;
  /** Projects whose participants or period changed: their partnerships must be derived again. */
  readonly projects: Set<string>;
  /** Actors whose counts may have changed. */
  readonly counted: Set<string>;
  /** Nodes and relationships that were written, by identifier. */
  readonly edits: Map<string, Edited>;
}

/** An effect of nothing yet. */
export function noEffect(): Effect {
  return {
    created: 0,
    updated: 0,
    unchanged: 0,
    deleted: 0,
    touched: new Set(),
    projects: new Set(),
    counted: new Set(),
    edits: new Map(),
  };
}

/**
 * Notes that a relationship was created, changed or deleted: the nodes it touches, and what must be derived or counted
 * again.
 */
export function touch(effect: Effect, type: RelationshipType, from: string, to: string): void {
  effect.touched.add(from).add(to);
  if (type === 'PARTICIPATES_IN') effect.projects.add(to);
  if (type === 'MEMBER_OF') effect.counted.add(to);
  if (type === 'PARTNERS_WITH') effect.counted.add(from).add(to);
  if (type === 'PARTICIPATES_IN') effect.counted.add(from);
}

/** Adds the effect of a later step to that of the earlier steps of the same transaction. */
export function addEffect(total: Effect, { edits, ...step }: Effect): void {
  total.created += step.created;
  total.updated += step.updated;
  total.unchanged += step.unchanged;
  total.deleted += step.deleted;
  for (const set of ['touched', 'projects', 'counted'] as const) {
    for (const id of step[set]) total[set].add(id);
  }
  for (const [id, edited] of edits) {
    const known = total.edits.get(id);
    total.edits.set(id, known ? { before: known.before, after: edited.after } : edited);
  }
}
