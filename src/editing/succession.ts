import type { PartialDate } from '../domain/partial-date.ts';
import { NETWORK_TYPES } from '../domain/vocabulary.ts';
import type { Edit } from './edit.ts';
import { startFact } from './facts.ts';
import type { Input } from './input.ts';
import { relationshipsTouching } from './removal.ts';
import { beginningOf, beginsBy, endingOf } from './succession-decision.ts';

/** The dates of the successions by which a network begins. */
async function beginningsOf(edit: Edit, network: string): Promise<PartialDate[]> {
  const touching = await relationshipsTouching(edit.transaction, [network], ['SUCCEEDED_BY']);
  return touching
    .filter(({ to, properties }) => to === network && beginsBy(properties.kind) && properties.since)
    .map(({ properties }) => properties.since as PartialDate);
}

/**
 * Records that a network succeeded another, and what follows for both: the former ends on that date, unless its end is
 * known; the later one, if it begins by the succession, starts with its first one. Returns the later network.
 */
export async function succeed(edit: Edit, input: Input): Promise<string | null> {
  const from = await edit.node(String(input.from), NETWORK_TYPES, ['from']);
  const to = await edit.node(String(input.to), NETWORK_TYPES, ['to']);
  if (!from || !to) return null;
  await startFact(edit, 'succession', input);
  const since = (input.since ?? null) as PartialDate | null;
  if (since === null || edit.problems.length > 0) return to.id;
  const { kind, sources } = input;
  const ending = endingOf(from, { kind, since, sources });
  if (ending.nodes.length > 0) await edit.submit(ending);
  if (beginsBy(kind)) await edit.submit(beginningOf(to, await beginningsOf(edit, to.id), sources));
  // The caller gave one date: every problem of a date is a problem of that one.
  const problems = edit.problems.splice(0).map((each) => ({ ...each, path: ['since'] }));
  edit.problems.push(...problems);
  return to.id;
}
