import { firstDay, lastDay, type PartialDate } from '../domain/partial-date.ts';
import { NETWORK_TYPES, type SuccessionKind } from '../domain/vocabulary.ts';
import type { StoredNode } from '../store/node.ts';
import type { Edit } from './edit.ts';
import { startFact } from './facts.ts';
import type { Input } from './input.ts';
import { NO_RECORDS, type Records } from './records.ts';
import { relationshipsTouching } from './removal.ts';
import { withSources } from './sources.ts';
import { TO_RECORDS } from './to-records.ts';

/** Kinds by which the former network ends. Networks that join one label go on. */
const ENDS: readonly unknown[] = ['MERGE', 'RENAME', 'SPLIT', 'ABSORPTION'] satisfies SuccessionKind[];
/** Kinds by which the later network begins. One that absorbs another existed before. */
const BEGINS: readonly unknown[] = ['MERGE', 'RENAME', 'SPLIT', 'FEDERATION'] satisfies SuccessionKind[];

/** Whether a date lies within a wider one: 2017-03-01 in 2017. */
const isWithin = (date: PartialDate, wider: PartialDate): boolean =>
  firstDay(wider) <= firstDay(date) && lastDay(date) <= lastDay(wider);

/** The records that start a network with its first succession. The year that it had before becomes a claim. */
async function beginningOf(edit: Edit, network: StoredNode, sources: unknown): Promise<Records> {
  const beginnings = (await relationshipsTouching(edit.transaction, [network.id], ['SUCCEEDED_BY']))
    .filter(({ to, properties }) => to === network.id && BEGINS.includes(properties.kind) && properties.since)
    .map(({ properties }) => properties.since as PartialDate)
    .sort((a, b) => (firstDay(a) < firstDay(b) ? -1 : 1));
  const [first] = beginnings;
  const { since = null } = network;
  if (first === undefined || (since !== null && isWithin(since, first))) return NO_RECORDS;
  const record = {
    id: network.id,
    type: network.type,
    fields: { since: first, sources: withSources(network.sources, sources) },
  };
  if (since === null || beginnings.some((date) => isWithin(date, since))) return { ...NO_RECORDS, nodes: [record] };
  const records = TO_RECORDS.claim({
    about: network.id,
    field: 'since',
    value: since,
    note: `The year of its label before it was known that it came out of another network in ${first}.`,
    sources: network.sources ?? [],
  });
  return { ...records, nodes: [...records.nodes, record] };
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
  if (ENDS.includes(input.kind) && !from.until) {
    const fields = { until: since, sources: withSources(from.sources, input.sources) };
    await edit.submit({ ...NO_RECORDS, nodes: [{ id: from.id, type: from.type, fields }] });
  }
  if (BEGINS.includes(input.kind)) await edit.submit(await beginningOf(edit, to, input.sources));
  // The caller gave one date: every problem of a date is a problem of that one.
  const problems = edit.problems.splice(0).map((each) => ({ ...each, path: ['since'] }));
  edit.problems.push(...problems);
  return to.id;
}
