import type { PartialDate } from '../domain/partial-date.ts';
import type { Slices } from '../scheduling/slices.ts';
import type { TaskContext } from '../store/ask.ts';
import type { StepRow } from '../store/steps.ts';
import {
  partnersByKind,
  partnersWithBreadth,
  partnerTotals,
  seatsOfActors,
  topicsOfActors,
} from '../store/suggestion.ts';

/** Maximum of suggestions for an actor. */
export const MAX_SUGGESTIONS = 50;
/** A partner with more partners than this, as of the date, is not expanded: it says too little about each. */
export const MAX_PARTNER_BREADTH = 1_000;
/** Maximum of partners that are expanded, those with the fewest partners first: they weigh most. */
export const MAX_PARTNERS_EXPANDED = 500;
/** Maximum of candidates whose topics and seats are compared: those with the best score by partners. */
export const MAX_CANDIDATES = 200;
/** Weights in the score, relative to the weight of a common partner, 1 / ln(its partners). */
export const PROJECT_WEIGHT = 0.5;
export const TOPIC_WEIGHT = 0.1;
export const TERRITORY_WEIGHT = 0.2;
/** Actors in one statement. */
const ACTORS_AT_ONCE = 2_000;
/** Actors for which suggestions are computed together: the partners of all their partners are in memory at once. */
const ACTORS_TOGETHER = 20;

/** An actor that is not a partner yet, and the reasons why it might become one. */
export interface PartnerSuggestion {
  readonly actor: string;
  readonly score: number;
  /** The counted common partners, those with the greatest weight first. */
  readonly commonPartners: readonly string[];
  /** Number of common partners with which both have common projects. */
  readonly commonProjectNeighbours: number;
  readonly sharedTopics: readonly string[];
  readonly sameTerritory: boolean;
}

/** Each partner, and whether it is a partner by common projects. */
type Partners = ReadonlyMap<string, boolean>;

type PartnersRow = StepRow<'ends' | 'partnerCounts' | 'byProjects'>;

function partnersOf({ ends, byProjects }: StepRow<'ends' | 'byProjects'>): Map<string, boolean> {
  const found = new Map<string, boolean>();
  for (const [index, id] of ends.entries()) found.set(id, found.get(id) === true || byProjects[index]!);
  return found;
}

interface Candidate {
  readonly actor: string;
  score: number;
  readonly common: string[];
  byProjects: number;
}

/**
 * The partners of partners with their scores, the best ones, best first. `between` are the expanded partners, `behind` their
 * partners.
 */
async function candidatesOf(
  actor: string,
  own: Partners,
  between: readonly string[],
  behind: ReadonlyMap<string, Partners>,
  slices: Slices,
): Promise<Candidate[]> {
  const found = new Map<string, Candidate>();
  await slices.each(between, (id) => {
    const theirs = behind.get(id);
    if (!theirs || theirs.size < 2) return;
    const weight = 1 / Math.log(theirs.size);
    for (const [other, byProjects] of theirs) {
      if (other === actor || own.has(other)) continue;
      let candidate = found.get(other);
      if (!candidate) {
        candidate = { actor: other, score: 0, common: [], byProjects: 0 };
        found.set(other, candidate);
      }
      candidate.score += weight;
      candidate.common.push(id);
      if (byProjects && own.get(id)) {
        candidate.score += PROJECT_WEIGHT * weight;
        candidate.byProjects++;
      }
    }
  });
  for (const candidate of found.values()) candidate.score = rounded(candidate.score);
  return slices.first([...found.values()], MAX_CANDIDATES, best);
}

/** Rounded to nine decimals: sums of the same fractions in another order give the same score. */
const rounded = (score: number): number => Math.round(score * 1e9) / 1e9;

const best = <Scored extends { readonly actor: string; readonly score: number }>(a: Scored, b: Scored): number =>
  b.score - a.score || (a.actor < b.actor ? -1 : 1);

async function inParts<Item, Row>(items: readonly Item[], ask: (some: Item[]) => Promise<Row[]>): Promise<Row[]> {
  const rows: Row[] = [];
  for (let start = 0; start < items.length; start += ACTORS_AT_ONCE) {
    rows.push(...(await ask(items.slice(start, start + ACTORS_AT_ONCE))));
  }
  return rows;
}

/**
 * Suggestions for each actor as of the date, best first, at most `MAX_SUGGESTIONS`. The score is the sum of Adamic and
 * Adar over common partners, Σ 1 / ln(number of its partners), half as much again for a common partner by common
 * projects, plus a little for each shared topic and for a shared territory.
 */
export async function suggestedPartners(
  task: TaskContext,
  actors: readonly string[],
  asOf: PartialDate | null,
): Promise<PartnerSuggestion[][]> {
  const found: PartnerSuggestion[][] = [];
  for (let start = 0; start < actors.length; start += ACTORS_TOGETHER) {
    found.push(...(await suggestedTogether(task, actors.slice(start, start + ACTORS_TOGETHER), asOf)));
  }
  return found;
}

/**
 * The number of partners of each partner as of the date, where it matters: for hubs over all dates, which may be none
 * at the date, and for all partners of an actor that has more than are expanded.
 */
async function breadthsOf(
  ask: TaskContext['ask'],
  rows: readonly PartnersRow[],
  asOf: PartialDate | null,
): Promise<ReadonlyMap<string, number>> {
  const breadths = new Map(
    rows.flatMap(({ ends, partnerCounts }) => ends.map((id, index) => [id, partnerCounts[index]!] as const)),
  );
  if (asOf === null) return breadths;
  const uncertain = rows.flatMap(({ ends }) => {
    const each = [...new Set(ends)];
    return each.length > MAX_PARTNERS_EXPANDED ? each : each.filter((id) => breadths.get(id)! > MAX_PARTNER_BREADTH);
  });
  const { statement, parameters } = partnerTotals(asOf);
  const counted = await inParts([...new Set(uncertain)], (ids) => ask(statement, { ...parameters, ids }));
  for (const { id, total } of counted) breadths.set(id, total);
  return breadths;
}

/** What an actor is about, and where it has its seats. */
interface Traits {
  readonly topics: ReadonlySet<string>;
  readonly seats: ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();

/** The traits of some actors as of the date. */
async function traitsOf(
  ask: TaskContext['ask'],
  actors: readonly string[],
  asOf: PartialDate | null,
): Promise<(actor: string) => Traits> {
  const [about, located] = [topicsOfActors(null), seatsOfActors(asOf)];
  const [topics, seats] = (await Promise.all(
    [about, located].map(async ({ statement, parameters }) => {
      const rows = await inParts(actors, (ids) => ask(statement, { ...parameters, ids }));
      return new Map(rows.map(({ id, ends }) => [id, new Set(ends)]));
    }),
  )) as [Map<string, Set<string>>, Map<string, Set<string>>];
  return (actor) => ({ topics: topics.get(actor) ?? NONE, seats: seats.get(actor) ?? NONE });
}

async function suggestedTogether(
  { ask, slices }: TaskContext,
  actors: readonly string[],
  asOf: PartialDate | null,
): Promise<PartnerSuggestion[][]> {
  const near = partnersWithBreadth(asOf);
  const [partnersRows, ours] = await Promise.all([
    ask(near.statement, { ...near.parameters, ids: actors }),
    traitsOf(ask, actors, asOf),
  ]);
  const own = new Map<string, Partners>();
  const between = new Map<string, readonly string[]>();
  const breadths = await breadthsOf(ask, partnersRows, asOf);
  await slices.each(partnersRows, (row) => {
    own.set(row.id, partnersOf(row));
    between.set(
      row.id,
      [...new Set(row.ends)]
        .filter((id) => breadths.get(id)! <= MAX_PARTNER_BREADTH)
        .sort((a, b) => breadths.get(a)! - breadths.get(b)! || (a < b ? -1 : 1))
        .slice(0, MAX_PARTNERS_EXPANDED),
    );
  });
  const far = partnersByKind(asOf);
  const all = [...new Set([...between.values()].flat())];
  const rows = await inParts(all, (ids) => ask(far.statement, { ...far.parameters, ids }));
  const behind = new Map(await slices.map(rows, (row) => [row.id, partnersOf(row)] as const));

  const candidates = new Map<string, readonly Candidate[]>();
  for (const [actor, partners] of own) {
    candidates.set(actor, await candidatesOf(actor, partners, between.get(actor)!, behind, slices));
  }
  const isTelling = actors.some((actor) => ours(actor).topics.size + ours(actor).seats.size > 0);
  const seen = [...candidates.values()].flatMap((some) => some.map((each) => each.actor));
  const theirs = await traitsOf(ask, isTelling ? [...new Set(seen)] : [], asOf);
  const breadthOf = (id: string): number => behind.get(id)!.size;

  return slices.map(actors, (actor) => {
    const { topics, seats } = ours(actor);
    const suggestions = (candidates.get(actor) ?? []).map((candidate): PartnerSuggestion => {
      const their = theirs(candidate.actor);
      const sharedTopics = [...topics.intersection(their.topics)].sort();
      const sameTerritory = !seats.isDisjointFrom(their.seats);
      return {
        actor: candidate.actor,
        score: rounded(candidate.score + TOPIC_WEIGHT * sharedTopics.length + (sameTerritory ? TERRITORY_WEIGHT : 0)),
        commonPartners: candidate.common.sort((a, b) => breadthOf(a) - breadthOf(b) || (a < b ? -1 : 1)),
        commonProjectNeighbours: candidate.byProjects,
        sharedTopics,
        sameTerritory,
      };
    });
    return suggestions.sort(best).slice(0, MAX_SUGGESTIONS);
  });
}
