import { LRUCache } from 'lru-cache';
import type { Ask } from './ask.ts';
import { type RelationshipRow, relationshipsAt, relationshipsById } from './relationship.ts';

/** Relationships that are remembered, the last to be seen: a few megabytes. */
const MOST_REMEMBERED = 20_000;

/**
 * At which node each relationship was last seen, by identifier. A reader has an identifier from an answer, so that it was
 * seen; and from one of its ends a relationship is found at once, where an engine without an index of relationships would
 * look at all of the type. Only a hint: a wrong one costs a second statement.
 */
export class EndpointHints {
  readonly #nodes = new LRUCache<string, string>({ max: MOST_REMEMBERED });

  /** Remembers a relationship by one of its ends. */
  note(id: string, node: string): void {
    this.#nodes.set(id, node);
  }

  of(id: string): string | undefined {
    return this.#nodes.get(id);
  }
}

/** Relationships of one type by identifier: from where they were last seen, and what is not there among all. */
export async function findRelationships(
  type: string,
  ids: readonly string[],
  hints: EndpointHints | null,
  ask: Ask,
): Promise<RelationshipRow[]> {
  const seen = ids.flatMap((id) => {
    const node = hints?.of(id);
    return node === undefined ? [] : [{ id, node }];
  });
  const found = seen.length === 0 ? [] : await ask(relationshipsAt[type]!, { seen });
  const known = new Set(found.map(({ properties }) => properties.id));
  const missing = ids.filter((id) => !known.has(id));
  if (missing.length > 0) found.push(...(await ask(relationshipsById[type]!, { ids: missing })));
  for (const { from, properties } of found) hints?.note(properties.id as string, from);
  return found;
}
