import { isDeepStrictEqual } from 'node:util';
import { digest } from '../domain/global-id.ts';
import { DAWN, DUSK, firstDay, lastDay, type PartialDate } from '../domain/partial-date.ts';
import type { GraphTransaction } from '../graph/engine.ts';
import type { GraphValue } from '../graph/statement.ts';
import { type NewRelationship, relationshipsToCreate } from '../store/many-rows.ts';
import { deleteRelationships, lockLifespans, relationshipsAtAnchors, updateRelationships } from '../store/write.ts';
import { relationshipSpan } from './lifespan.ts';

/** A project as a partnership sees it. */
export interface CommonProject {
  readonly id: string;
  readonly since: PartialDate | null;
  readonly until: PartialDate | null;
  readonly participantCount: number | null;
  readonly sources: readonly string[];
  readonly participants: readonly string[];
}

/** Two actors, the smaller identifier first, and all projects in which both take part. */
export interface ProjectPair {
  readonly from: string;
  readonly to: string;
  readonly projects: readonly CommonProject[];
  /** The partnership that they make, where that was computed ahead. */
  readonly partnership?: Properties;
}

type Properties = Record<string, GraphValue>;

const ID_PREFIX = 'partnership/project-';

/** The identifier of the one PROJECT partnership of two actors. */
export function projectPartnershipId(from: string, to: string): string {
  return ID_PREFIX + digest([from, to]);
}

/** Whether a partnership is derived from common projects: nobody may write it. */
export function isDerived(properties: Readonly<Record<string, GraphValue>>): boolean {
  return typeof properties.id === 'string' && properties.id.startsWith(ID_PREFIX);
}

const earliest = (dates: readonly PartialDate[]): PartialDate | null =>
  dates.reduce<PartialDate | null>(
    (best, date) => (best === null || firstDay(date) < firstDay(best) ? date : best),
    null,
  );

const latest = (dates: readonly PartialDate[]): PartialDate | null =>
  dates.reduce<PartialDate | null>(
    (best, date) => (best === null || lastDay(date) > lastDay(best) ? date : best),
    null,
  );

/**
 * The partnership that common projects make: from the first start to the last end (none if any end is unknown), its
 * strength after Newman, "Scientific collaboration networks II" (2001): Σ 1/(n − 1) over the projects, n their parties,
 * so that a consortium of 150 does not look like 150 close friends.
 */
export function partnershipOf(pair: ProjectPair): Properties {
  // Sums of fractions depend on their order: the projects are always added in that of their identifiers.
  const projects = [...pair.projects].sort((a, b) => (a.id < b.id ? -1 : 1));
  const since = earliest(projects.flatMap((project) => project.since ?? []));
  const ends = projects.map(({ until }) => until);
  const until = ends.includes(null) ? null : latest(ends as PartialDate[]);
  const strength = projects.reduce((sum, { participantCount, participants }) => {
    const parties = Math.max(2, participantCount ?? participants.length);
    return sum + 1 / (parties - 1);
  }, 0);
  return {
    id: projectPartnershipId(pair.from, pair.to),
    kind: 'PROJECT',
    projectCount: projects.length,
    strength,
    ...(since === null ? {} : { since }),
    ...(until === null ? {} : { until }),
    sources: [...new Set(projects.flatMap(({ sources }) => sources))].sort(),
    validFrom: since === null ? DAWN : firstDay(since),
    validTo: until === null ? DUSK : lastDay(until),
  };
}

/** The pairs of a project's participants, each with the smaller identifier first. */
export function* pairsOf(participants: readonly string[]): Generator<readonly [from: string, to: string]> {
  const sorted = [...new Set(participants)].sort();
  for (let index = 0; index < sorted.length; index++) {
    for (let other = index + 1; other < sorted.length; other++) yield [sorted[index]!, sorted[other]!];
  }
}

/** The writes that make the PROJECT partnerships of some pairs agree with their common projects. */
export interface PartnershipChanges {
  readonly created: readonly NewRelationship[];
  readonly updated: readonly Properties[];
  readonly deleted: readonly Properties[];
  /** The actors of those that change. */
  readonly actors: Set<string>;
}

/**
 * Compares pairs with the existing partnerships. A pair without a common project loses its partnership. `lifespans` are
 * the stored properties of the actors, `existing` those of their derived partnerships by identifier.
 */
export function partnershipChanges(
  pairs: readonly ProjectPair[],
  lifespans: ReadonlyMap<string, Readonly<Properties>>,
  existing: ReadonlyMap<string, Readonly<Properties>>,
): PartnershipChanges {
  const created: NewRelationship[] = [];
  const updated: Properties[] = [];
  const deleted: Properties[] = [];
  const actors = new Set<string>();
  for (const pair of pairs) {
    const { from, to } = pair;
    const id = projectPartnershipId(from, to);
    const before = existing.get(id);
    if (pair.projects.length === 0) {
      if (!before) continue;
      deleted.push({ anchor: from, id });
    } else {
      const after = { ...(pair.partnership ?? partnershipOf(pair)) };
      const span = relationshipSpan('PARTNERS_WITH', after, lifespans.get(from) ?? {}, lifespans.get(to) ?? {});
      Object.assign(after, { validFrom: span.from, validTo: span.to });
      if (!before) created.push({ from, to, properties: after });
      else if (isDeepStrictEqual(before, after)) continue;
      else updated.push({ anchor: from, id, properties: after });
    }
    actors.add(from).add(to);
  }
  return { created, updated, deleted, actors };
}

/** The derived partnerships that start at some actors, by identifier. */
export async function existingPartnerships(
  run: GraphTransaction['run'],
  anchors: readonly string[],
): Promise<Map<string, Properties>> {
  const existing = new Map<string, Properties>();
  for (const { properties } of await run(relationshipsAtAnchors.PARTNERS_WITH, { anchors })) {
    if (isDerived(properties)) existing.set(properties.id, properties as Properties);
  }
  return existing;
}

/**
 * Makes the PROJECT partnerships of the given pairs agree with their common projects. Returns what that changed. `renewed` gives the pairs again once their actors are locked, since only then can their common projects not
 * change; the default returns pairs that were read under the lock.
 */
export async function writePartnerships(
  transaction: GraphTransaction,
  given: readonly ProjectPair[],
  renewed: (pairs: readonly ProjectPair[]) => Promise<readonly ProjectPair[]> = async (pairs) => pairs,
): Promise<PartnershipChanges> {
  const ids = [...new Set(given.flatMap(({ from, to }) => [from, to]))].sort();
  const rows = await transaction.run(lockLifespans, { ids });
  const lifespans = new Map(rows.map(({ id, ...lifespan }) => [id, lifespan]));
  const pairs = await renewed(given);
  const anchors = [...new Set(pairs.map(({ from }) => from))];
  const existing = await existingPartnerships((...call) => transaction.run(...call), anchors);
  const changes = partnershipChanges(pairs, lifespans, existing);
  const { created, updated, deleted } = changes;
  if (created.length > 0) await transaction.run(...relationshipsToCreate('PARTNERS_WITH', created));
  if (updated.length > 0) await transaction.run(updateRelationships.PARTNERS_WITH, { rows: updated });
  if (deleted.length > 0) await transaction.run(deleteRelationships.PARTNERS_WITH, { rows: deleted });
  return changes;
}
