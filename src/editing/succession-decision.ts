import { firstDay, lastDay, type PartialDate } from '../domain/partial-date.ts';
import type { SuccessionKind } from '../domain/vocabulary.ts';
import type { StoredNode } from '../store/node.ts';
import { NO_RECORDS, type Records } from './records.ts';
import { withSources } from './sources.ts';
import { TO_RECORDS } from './to-records.ts';

/** Kinds by which the former network ends. Networks that join one label go on. */
const ENDS: readonly unknown[] = ['MERGE', 'RENAME', 'SPLIT', 'ABSORPTION'] satisfies SuccessionKind[];
/** Kinds by which the later network begins. One that absorbs another existed before. */
const BEGINS: readonly unknown[] = ['MERGE', 'RENAME', 'SPLIT', 'FEDERATION'] satisfies SuccessionKind[];

/** Whether the later network begins by a succession of this kind. */
export const beginsBy = (kind: unknown): boolean => BEGINS.includes(kind);

/** What a succession says of one of its networks: its date and the sources that say so. */
export interface SuccessionFact {
  readonly kind: unknown;
  readonly since: PartialDate;
  readonly sources: unknown;
}

/** The record that ends the former network on the date of the succession, unless its end is known. */
export function endingOf(from: StoredNode, { kind, since, sources }: SuccessionFact): Records {
  if (!ENDS.includes(kind) || from.until) return NO_RECORDS;
  const fields = { until: since, sources: withSources(from.sources, sources) };
  return { ...NO_RECORDS, nodes: [{ id: from.id, type: from.type, fields }] };
}

/** Whether a date lies within a wider one: 2017-03-01 in 2017. */
const isWithin = (date: PartialDate, wider: PartialDate): boolean =>
  firstDay(wider) <= firstDay(date) && lastDay(date) <= lastDay(wider);

/**
 * The records that start a network with the first of the successions by which it begins, given by their dates. The year that
 * it had before becomes a claim.
 */
export function beginningOf(network: StoredNode, dates: readonly PartialDate[], sources: unknown): Records {
  const [first] = [...dates].sort((a, b) => (firstDay(a) < firstDay(b) ? -1 : 1));
  const { since = null } = network;
  if (first === undefined || (since !== null && isWithin(since, first))) return NO_RECORDS;
  const record = {
    id: network.id,
    type: network.type,
    fields: { since: first, sources: withSources(network.sources, sources) },
  };
  if (since === null || dates.some((date) => isWithin(date, since))) return { ...NO_RECORDS, nodes: [record] };
  const records = TO_RECORDS.claim({
    about: network.id,
    field: 'since',
    value: since,
    note: `The year of its label before it was known that it came out of another network in ${first}.`,
    sources: network.sources ?? [],
  });
  return { ...records, nodes: [...records.nodes, record] };
}
