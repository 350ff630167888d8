import { expect } from 'vitest';
import { OWNED_TYPES } from '../../src/domain/relationship.ts';
import { isDerived } from '../../src/editing/partnerships.ts';
import type { GraphEngine } from '../../src/graph/engine.ts';
import { wholeLog } from '../support/change-log.ts';
import type { Dump } from '../support/dump.ts';

type Fields = Record<string, unknown>;

/** What the change log says that each record which was edited has become; null of those that were taken away. */
export async function foldedLog(engine: GraphEngine): Promise<ReadonlyMap<string, Fields | null>> {
  const entries = await wholeLog(engine);
  expect(entries.map(({ sequence }) => sequence)).toEqual(entries.map((_, place) => place + 1));
  const folded = new Map<string, Fields | null>();
  for (const { before, after } of entries) {
    const [was, is] = [before, after].map((json) => JSON.parse(json ?? '{}') as Record<string, Fields>);
    for (const id of Object.keys(was!)) if (!(id in is!)) folded.set(id, null);
    for (const [id, fields] of Object.entries(is!)) folded.set(id, { ...folded.get(id), ...fields });
  }
  return folded;
}

/** A link that belongs to a record follows its sources, which are in the log for the record alone. */
const FOLLOWING: ReadonlySet<unknown> = new Set(OWNED_TYPES);

/**
 * Holds a graph to its change log: every record that was edited is as the log says that it became, and nothing is there
 * that neither the log nor the world before it has.
 */
export async function expectAsLogged(engine: GraphEngine, graph: Dump, world: Dump): Promise<void> {
  const folded = await foldedLog(engine);
  const all = { ...graph.nodes, ...graph.edges };
  const wrong: unknown[] = [];
  for (const [id, fields] of folded) {
    const record = all[id];
    if (fields === null || record === undefined) {
      if (fields !== null || record !== undefined) wrong.push({ id, logged: fields, stored: record });
      continue;
    }
    for (const [field, value] of Object.entries(fields)) {
      if (field === 'sources' && FOLLOWING.has(record.type)) continue;
      if (JSON.stringify(record[field] ?? null) !== JSON.stringify(value)) {
        wrong.push({ id, field, logged: value, stored: record[field] });
      }
    }
  }
  const known = new Set([...folded.keys(), ...Object.keys(world.nodes), ...Object.keys(world.edges)]);
  for (const [id, record] of Object.entries(all)) {
    if (!known.has(id) && !isDerived({ ...record, id })) wrong.push({ id, stored: record });
  }
  expect(wrong).toEqual([]);
}
