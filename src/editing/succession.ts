import { firstDay, lastDay, type PartialDate } from '../domain/partial-date.ts';
import { NETWORK_TYPES, type SuccessionKind } from '../domain/vocabulary.ts';
import type { StoredNode } from '../store/node.ts';
import { startFact } from './facts.ts';
import type { Input } from './input.ts';
import type { Edit } from './mutation.ts';
import { NOUNS } from './nouns.ts';
import { NO_RECORDS, type Records } from './records.ts';
import { relationshipsTouching } from './removal.ts';
import { withSources } from './sources.ts';

/** Kinds by which the former network ends. Those that put themselves under one label go on. */
const ENDS: readonly unknown[] = ['MERGE', 'RENAME', 'SPLIT', 'ABSORPTION'] satisfies SuccessionKind[];
/** Kinds by which the later network is born. One that takes another in was there before. */
const BEARS: readonly unknown[] = ['MERGE', 'RENAME', 'SPLIT', 'FEDERATION'] satisfies SuccessionKind[];

/** Whether a date says no more than another: 2017 of 2017-03-01. */
const isOf = (date: PartialDate, wider: PartialDate): boolean =>
  firstDay(wider) <= firstDay(date) && lastDay(date) <= lastDay(wider);

/** The records by which a network starts with the first succession that bore it; the year that it had is a claim. */
async function birth(edit: Edit, network: StoredNode, sources: unknown): Promise<Records> {
  const births = (await relationshipsTouching(edit.transaction, [network.id], ['SUCCEEDED_BY']))
    .filter(({ to, properties }) => to === network.id && BEARS.includes(properties.kind) && properties.since)
    .map(({ properties }) => properties.since as PartialDate)
    .sort((a, b) => (firstDay(a) < firstDay(b) ? -1 : 1));
  const [first] = births;
  const { since = null } = network;
  if (first === undefined || (since !== null && isOf(since, first))) return NO_RECORDS;
  const record = {
    id: network.id,
    type: network.type,
    fields: { since: first, sources: withSources(network.sources, sources) },
  };
  if (since === null || births.some((date) => isOf(date, since))) return { ...NO_RECORDS, nodes: [record] };
  const records = NOUNS.claim({
    about: network.id,
    field: 'since',
    value: since,
    note: `The year of its label before it was known that it came out of another network in ${first}.`,
    sources: network.sources ?? [],
  });
  return { ...records, nodes: [...records.nodes, record] };
}

/**
 * Records that a network came out of another, and what follows for both: the former ends then, unless its end is known;
 * the later one, when it is born of it, starts with its first such succession. Gives the later one.
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
  if (BEARS.includes(input.kind)) await edit.submit(await birth(edit, to, input.sources));
  // What the dates of the two networks contradict, the date of the succession does.
  const problems = edit.problems.splice(0).map((each) => ({ ...each, path: ['since'] }));
  edit.problems.push(...problems);
  return to.id;
}
