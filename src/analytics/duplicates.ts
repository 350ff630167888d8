import { fold, idOfSortKey, nameOfSortKey } from '../domain/fold.ts';
import type { Slices } from '../scheduling/slices.ts';
import type { TaskContext } from '../store/ask.ts';
import { projectsOfActors } from '../store/derivation.ts';
import { comparedActors } from '../store/duplicate.ts';

/** Maximum of pairs in the result. */
export const MAX_DUPLICATES = 100;
/** Maximum of records with one name that are compared with each other: the first by identifier. */
export const MAX_NAMESAKES = 50;
/** Letters that a word must have for a typing error in it to be forgiven. */
const MIN_LETTERS = 5;
/** Actors in one statement. */
const AT_ONCE = 5_000;

/** What two records can have in common, in words, and its weight in the score of a pair. */
export const REASONS = {
  sameName: ['same name', 0.6],
  sameWords: ['same words but for their order and small ones', 0.5],
  oneTypo: ['names one typing error apart', 0.45],
  sameCity: ['same city', 0.3],
  commonProjects: ['common projects', 0.1],
} as const satisfies Record<string, readonly [string, number]>;
/** Subtracted from the score for each registry that gives the two records different identifiers. */
export const DIFFERENT_IDENTIFIER_WEIGHT = 0.3;

/** Words that do not distinguish names. */
const FILLERS = new Set('a an and au aux d de del der des di du e et for fur l la le les of pour the und y'.split(' '));

/** Two records that probably mean the same actor; `a` has the smaller identifier. */
export interface DuplicateCandidate {
  readonly a: string;
  readonly b: string;
  /** From 0 to 1. */
  readonly score: number;
  readonly reasons: readonly string[];
}

interface ComparedActor {
  readonly id: string;
  readonly name: string;
  readonly city: string;
  readonly identifiers: readonly (string | null)[];
}

/** The words of a name without fillers, each once, sorted: equal for names that differ only in order and fillers. */
function wordsOf(name: string): string[] {
  const words = [...new Set(name.split(' '))];
  const significant = words.filter((word) => !FILLERS.has(word));
  return (significant.length > 0 ? significant : words).sort();
}

const mayHaveTypo = (word: string): boolean => word.length >= MIN_LETTERS && !/\d/.test(word);

/** Whether one letter added, removed or changed, or two neighbours swapped, makes one word from the other. */
export function isOneTypoApart(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1 || short === long) return false;
  let start = 0;
  while (start < short.length && short[start] === long[start]) start++;
  let end = 0;
  while (end < short.length - start && short.at(-1 - end) === long.at(-1 - end)) end++;
  const [left, right] = [short.slice(start, short.length - end), long.slice(start, long.length - end)];
  if (long.length > short.length) return left === '';
  return left.length === 1 || (left.length === 2 && left[0] === right[1] && left[1] === right[0]);
}

/** For each word, the others one typing error away: two such words share a form with one letter removed. */
async function typosAmong(words: ReadonlySet<string>, slices: Slices): Promise<Map<string, string[]>> {
  const byForm = new Map<string, string[]>();
  await slices.each(words, (word) => {
    if (!mayHaveTypo(word)) return;
    const forms = new Set([word]);
    for (let index = 0; index < word.length; index++) forms.add(word.slice(0, index) + word.slice(index + 1));
    for (const form of forms) {
      const known = byForm.get(form);
      if (known) known.push(word);
      else byForm.set(form, [word]);
    }
  });
  const found = new Map<string, Set<string>>();
  await slices.each(byForm.values(), (some) => {
    for (const a of some) {
      for (const b of some) {
        if (a !== b && isOneTypoApart(a, b)) found.set(a, (found.get(a) ?? new Set()).add(b));
      }
    }
  });
  return new Map([...found].map(([word, others]) => [word, [...others]]));
}

type NameReason = 'sameName' | 'sameWords' | 'oneTypo';

interface NearPair {
  readonly a: ComparedActor;
  readonly b: ComparedActor;
  readonly name: NameReason;
}

/** Pairs of actors with similar names, each once: found by their words, not by comparing all with all. */
async function nearNames(actors: readonly ComparedActor[], slices: Slices): Promise<NearPair[]> {
  const words = new Set<string>();
  const byWords = new Map<string, ComparedActor[]>();
  await slices.each(actors, (actor) => {
    const itsWords = wordsOf(actor.name);
    for (const word of itsWords) words.add(word);
    const key = itsWords.join(' ');
    const known = byWords.get(key);
    if (!known) byWords.set(key, [actor]);
    else if (known.length < MAX_NAMESAKES) known.push(actor);
  });
  const typos = await typosAmong(words, slices);
  const pairs: NearPair[] = [];
  const join = (one: ComparedActor, other: ComparedActor, name: NameReason): void => {
    const [a, b] = one.id < other.id ? [one, other] : [other, one];
    pairs.push({ a, b, name });
  };
  await slices.each(byWords, ([key, alike]) => {
    for (const [index, one] of alike.entries()) {
      for (const other of alike.slice(index + 1)) join(one, other, one.name === other.name ? 'sameName' : 'sameWords');
    }
    const itsWords = key.split(' ');
    const near = new Set<string>();
    for (const [index, word] of itsWords.entries()) {
      for (const other of typos.get(word) ?? []) {
        const otherKey = itsWords.with(index, other).sort().join(' ');
        // Each pair of names is found from both sides.
        if (key < otherKey) near.add(otherKey);
      }
    }
    for (const otherKey of near) {
      for (const other of byWords.get(otherKey) ?? []) for (const one of alike) join(one, other, 'oneTypo');
    }
  });
  return pairs;
}

/** The organisations and networks that have a name, by identifier. */
async function readActors({ ask, slices }: TaskContext): Promise<ComparedActor[]> {
  const found: ComparedActor[] = [];
  for (const statement of comparedActors) {
    for (let after = ''; ; ) {
      const rows = await ask(statement, { after, limit: AT_ONCE });
      await slices.each(rows, ({ sortKey, city, siren, rnsr, ror }) => {
        const [id, name] = [idOfSortKey(sortKey), nameOfSortKey(sortKey)];
        if (name !== '') found.push({ id, name, city: city ? fold(city) : '', identifiers: [siren, rnsr, ror] });
      });
      const last = rows.at(-1);
      if (last === undefined || rows.length < AT_ONCE) break;
      after = last.sortKey;
    }
  }
  return slices.sorted(found, (a, b) => (a.id < b.id ? -1 : 1));
}

function candidateOf({ a, b, name }: NearPair, commonProjects: number): DuplicateCandidate | null {
  const isSameCity = a.city !== '' && a.city === b.city;
  if (!isSameCity && commonProjects === 0) return null;
  const met = [
    REASONS[name],
    ...(isSameCity ? [REASONS.sameCity] : []),
    ...(commonProjects > 0 ? [REASONS.commonProjects] : []),
  ];
  const different = a.identifiers.filter(
    (identifier, index) => identifier !== null && b.identifiers[index] !== null && identifier !== b.identifiers[index],
  ).length;
  const score = met.reduce((sum, [, weight]) => sum + weight, 0) - DIFFERENT_IDENTIFIER_WEIGHT * different;
  // Hundredths, so that sums of fractions are equal when their parts are.
  return {
    a: a.id,
    b: b.id,
    score: Math.max(0, Math.round(score * 100) / 100),
    reasons: met.map(([reason]) => reason),
  };
}

/**
 * Pairs of records that probably mean the same organisation or network, by score from high to low, then by identifiers; at most
 * `MAX_DUPLICATES`. They have equal or similar names, and the same city or common projects. No two records can have the
 * same identifier of a registry; different ones of the same registry lower the score.
 */
export async function duplicateCandidates(task: TaskContext): Promise<DuplicateCandidate[]> {
  const { ask, slices } = task;
  const pairs = await nearNames(await readActors(task), slices);
  const ids = [...new Set(pairs.flatMap(({ a, b }) => [a.id, b.id]))];
  const projects = new Map<string, ReadonlySet<string>>();
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    const rows = await ask(projectsOfActors, { ids: ids.slice(start, start + AT_ONCE) });
    await slices.each(rows, (row) => void projects.set(row.actor, new Set(row.projects)));
  }
  const none = new Set<string>();
  const found = await slices.map(pairs, (pair) =>
    candidateOf(pair, (projects.get(pair.a.id) ?? none).intersection(projects.get(pair.b.id) ?? none).size),
  );
  const candidates = found.filter((candidate) => candidate !== null);
  return (await slices.sorted(candidates, byScore)).slice(0, MAX_DUPLICATES);
}

function byScore(x: DuplicateCandidate, y: DuplicateCandidate): number {
  return y.score - x.score || (x.a < y.a || (x.a === y.a && x.b < y.b) ? -1 : 1);
}
