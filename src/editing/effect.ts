import type { RelationshipType } from '../domain/vocabulary.ts';
import type { GraphValue } from '../graph/statement.ts';

/** Properties as the store keeps them: what is null is absent. */
export type Properties = Record<string, GraphValue>;

/** Properties after a change: null, or an empty list, takes one away. */
export function withFields(before: Readonly<Properties>, fields: Readonly<Properties>): Properties {
  const after = { ...before };
  for (const [field, value] of Object.entries(fields)) {
    if (value === null || (Array.isArray(value) && value.length === 0)) delete after[field];
    else after[field] = value;
  }
  return after;
}

/** What a record was and became; null where it was not there, or is no longer. */
export interface Edited {
  readonly before: Readonly<Properties> | null;
  readonly after: Readonly<Properties> | null;
}

/** What a batch did: how many records it made or changed, and which nodes and projects that touched. */
export interface Effect {
  created: number;
  updated: number;
  unchanged: number;
  deleted: number;
  /** Nodes whose fields, relationships or degree changed. */
  readonly touched: Set<string>;
  /** Projects whose participants or period changed: their partnerships are to be derived. */
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

/** Notes that a relationship came, went or changed: who is touched by it, and what is to be derived or counted anew. */
export function touch(effect: Effect, type: RelationshipType, from: string, to: string): void {
  effect.touched.add(from).add(to);
  if (type === 'PARTICIPATES_IN') effect.projects.add(to);
  if (type === 'MEMBER_OF') effect.counted.add(to);
  if (type === 'PARTNERS_WITH') effect.counted.add(from).add(to);
  if (type === 'PARTICIPATES_IN') effect.counted.add(from);
}

/** Adds what a later step did to what the earlier ones of the same transaction did. */
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
