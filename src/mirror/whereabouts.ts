import { LRUCache } from 'lru-cache';
import type { GraphEngine } from '../graph/engine.ts';
import type { Ask } from '../store/ask.ts';
import { type RelationshipRow, relationshipsAt, relationshipsById } from '../store/relationship.ts';

/** Relationships whose place is remembered, the last to be seen: a few megabytes. */
const MOST_REMEMBERED = 20_000;

/**
 * At which node each relationship was last seen, by identifier. Whoever asks for a relationship has its identifier from
 * an answer, so that it was seen; and from one of its ends it is found at once, where an engine without an index of
 * relationships would look at all of the type. It is a hint only: one that is wrong by now costs a reading more.
 */
export class Whereabouts {
  readonly #nodes = new LRUCache<string, string>({ max: MOST_REMEMBERED });

  /** Remembers a relationship by one of its ends. */
  note(id: string, node: string): void {
    this.#nodes.set(id, node);
  }

  of(id: string): string | undefined {
    return this.#nodes.get(id);
  }
}

const remembered = new WeakMap<GraphEngine, Whereabouts>();

/** What is remembered of a graph's relationships; null for an engine that has an index of them. */
export function whereaboutsOf(engine: GraphEngine): Whereabouts | null {
  if (engine.seeksRelationships) return null;
  const known = remembered.get(engine) ?? new Whereabouts();
  remembered.set(engine, known);
  return known;
}

/** Relationships of one type by identifier: from where they were last seen, and what is not there among all. */
export async function findRelationships(
  type: string,
  ids: readonly string[],
  whereabouts: Whereabouts | null,
  ask: Ask,
): Promise<RelationshipRow[]> {
  const seen = ids.flatMap((id) => {
    const node = whereabouts?.of(id);
    return node === undefined ? [] : [{ id, node }];
  });
  const found = seen.length === 0 ? [] : await ask(relationshipsAt[type]!, { seen });
  const known = new Set(found.map(({ properties }) => properties.id));
  const missing = ids.filter((id) => !known.has(id));
  if (missing.length > 0) found.push(...(await ask(relationshipsById[type]!, { ids: missing })));
  for (const { from, properties } of found) whereabouts?.note(properties.id as string, from);
  return found;
}
