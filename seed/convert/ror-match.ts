import { fold } from '../../src/domain/fold.ts';
import { wordKey } from '../../src/domain/word-key.ts';
import { kilometres, type Point, type RorRecord } from './ror-records.ts';

/** An organisation of the seed that a record of the registry may be. */
export interface Candidate {
  readonly id: string;
  readonly names: readonly string[];
  readonly kind: string;
  /** Every place that the seed's data give it; none where they give none. */
  readonly places: readonly Place[];
  /** Its places are those of sites: another place does not speak against it. */
  readonly hasSites: boolean;
  /** Curated records come before those of the dumps. */
  readonly isCurated: boolean;
  readonly projects: number;
}

/** A commune, or a city as written. */
interface Place {
  readonly territory: string | undefined;
  readonly city: string;
}

/** Why two records are one, or why they may not be. */
export type Ground = 'by hand' | 'name and commune' | 'name and neighbourhood' | 'name alone';
export type Doubt =
  | 'another place'
  | 'another kind'
  | 'a short name'
  | 'another record of ours'
  | 'several records of ROR';

export interface Match {
  readonly id: string;
  readonly record: RorRecord;
  readonly ground: Ground;
}
export interface Doubtful {
  readonly id: string;
  readonly record: RorRecord;
  readonly doubt: Doubt;
  /** The organisation that has the record, where it has been given to another of the same name. */
  readonly given?: string;
}

/** Communes of one agglomeration: an institution has its address in one and its seat in the next. */
const NEIGHBOURHOOD_KM = 20;
/** Telling words that a name needs where no place holds it. */
const WORDS_ALONE = 3;
/** Telling words that a name needs where only the neighbourhood is the same. */
const WORDS_NEAR = 2;

/** Kinds that an organisation of the seed may have, by the registry's types. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  company: ['COMPANY', 'OTHER', 'UNKNOWN'],
  education: ['TRAINING', 'RESEARCH', 'PUBLIC_BODY', 'ASSOCIATION', 'OTHER', 'UNKNOWN'],
  facility: ['RESEARCH', 'PUBLIC_BODY', 'TRAINING', 'ASSOCIATION', 'OTHER', 'UNKNOWN'],
  government: ['PUBLIC_BODY', 'RESEARCH', 'OTHER', 'UNKNOWN'],
  healthcare: ['PUBLIC_BODY', 'RESEARCH', 'ASSOCIATION', 'OTHER', 'UNKNOWN'],
  nonprofit: ['ASSOCIATION', 'RESEARCH', 'PUBLIC_BODY', 'OTHER', 'UNKNOWN'],
};
/** `archive`, `funder` and `other` say nothing of the kind. */
const isOfKind = ({ types }: RorRecord, kind: string): boolean => {
  const telling = [...types].filter((type) => type in KINDS);
  return telling.length === 0 || telling.some((type) => KINDS[type]!.includes(kind));
};

const words = (name: string): number => wordKey(name).split(' ').length;

/** `Université de Tours`, in Tours: the name itself tells the place. */
function namesCity(name: string, { city }: RorRecord): boolean {
  const telling = new Set(wordKey(name).split(' '));
  return (
    telling.size >= WORDS_NEAR &&
    wordKey(city)
      .split(' ')
      .every((word) => telling.has(word))
  );
}

/** What the place says: the same, near enough, another, or nothing, since one of them has none. */
function placesOf(
  { places, hasSites }: Candidate,
  record: RorRecord,
  points: ReadonlyMap<string, Point>,
): 'same' | 'near' | 'other' | 'none' {
  if (places.length === 0) return 'none';
  const isSame = ({ territory, city }: Place): boolean =>
    (territory !== undefined && territory === record.territory) || (city !== '' && fold(city) === fold(record.city));
  const isNear = ({ territory }: Place): boolean => {
    const point = territory === undefined ? undefined : points.get(territory);
    return point !== undefined && kilometres(point, record.point) <= NEIGHBOURHOOD_KM;
  };
  if (places.some(isSame)) return 'same';
  if (places.some(isNear)) return 'near';
  return hasSites ? 'none' : 'other';
}

/** Whether name, place and kind hold two records together: the ground on which they do, or the doubt. */
function judge(
  candidate: Candidate,
  record: RorRecord,
  shared: string,
  points: ReadonlyMap<string, Point>,
): { ground: Ground } | { doubt: Doubt } {
  if (!isOfKind(record, candidate.kind)) return { doubt: 'another kind' };
  switch (placesOf(candidate, record, points)) {
    case 'same':
      return { ground: 'name and commune' };
    case 'near':
      return words(shared) >= WORDS_NEAR ? { ground: 'name and neighbourhood' } : { doubt: 'a short name' };
    case 'none':
      return words(shared) >= WORDS_ALONE || namesCity(shared, record)
        ? { ground: 'name alone' }
        : { doubt: 'a short name' };
    default:
      return { doubt: 'another place' };
  }
}

const STRENGTH: readonly Ground[] = ['by hand', 'name and commune', 'name and neighbourhood', 'name alone'];

interface Pair {
  readonly candidate: Candidate;
  readonly record: RorRecord;
  readonly shared: string;
  readonly judged: { readonly ground: Ground } | { readonly doubt: Doubt };
}

/** Every pair that shares a name, by its telling words. */
function pairsOf(
  candidates: readonly Candidate[],
  records: readonly RorRecord[],
  points: ReadonlyMap<string, Point>,
  byHand: ReadonlyMap<string, string>,
): Pair[] {
  const byId = new Map(candidates.map((candidate) => [candidate.id, candidate]));
  const byName = new Map<string, Set<Candidate>>();
  for (const candidate of candidates) {
    for (const key of new Set(candidate.names.map((name) => wordKey(name)))) {
      byName.set(key, (byName.get(key) ?? new Set()).add(candidate));
    }
  }
  return records.flatMap((record) => {
    const found = new Map<Candidate, string>();
    for (const name of record.names) {
      for (const candidate of byName.get(wordKey(name)) ?? []) if (!found.has(candidate)) found.set(candidate, name);
    }
    const known = byId.get(byHand.get(record.ror) ?? '');
    if (known) return [{ candidate: known, record, shared: record.name, judged: { ground: 'by hand' } }];
    return [...found].map(([candidate, shared]) => {
      return { candidate, record, shared, judged: judge(candidate, record, shared, points) };
    });
  });
}

const groundOf = ({ judged }: Pair): number => ('ground' in judged ? STRENGTH.indexOf(judged.ground) : STRENGTH.length);

/** The better of two pairs comes first: of those that have a ground the curated one; by ground, active, more projects. */
function byGround(a: Pair, b: Pair): number {
  return (
    Number('doubt' in a.judged) - Number('doubt' in b.judged) ||
    Number(b.candidate.isCurated) - Number(a.candidate.isCurated) ||
    groundOf(a) - groundOf(b) ||
    Number(b.record.isActive) - Number(a.record.isActive) ||
    b.candidate.projects - a.candidate.projects ||
    (a.candidate.id < b.candidate.id ? -1 : 1)
  );
}

/**
 * Which organisations are records of the registry: those that share a name, are in the same place and of a kind that goes
 * with the record's type. Each record is given to one organisation, each organisation has one record; whatever else
 * shares a name is doubtful and stays as it is. `byHand` says of records which organisation they are, where a person read both.
 */
export function matchRor(
  candidates: readonly Candidate[],
  records: readonly RorRecord[],
  points: ReadonlyMap<string, Point>,
  byHand: ReadonlyMap<string, string> = new Map(),
): { readonly matches: readonly Match[]; readonly doubtful: readonly Doubtful[] } {
  const pairs = pairsOf(candidates, records, points, byHand).sort(byGround);
  const ofCandidate = Map.groupBy(pairs, ({ candidate }) => candidate.id);
  const given = new Map<string, string>();
  const matched = new Set<string>();
  const matches: Match[] = [];
  const doubtful: Doubtful[] = [];
  for (const pair of pairs) {
    const { candidate, record, judged } = pair;
    if (matched.has(candidate.id)) continue;
    const other = given.get(record.ror);
    if ('doubt' in judged) {
      doubtful.push({ id: candidate.id, record, doubt: judged.doubt });
    } else if (other !== undefined) {
      doubtful.push({ id: candidate.id, record, doubt: 'another record of ours', given: other });
    } else {
      const competing = ofCandidate.get(candidate.id)!.filter((alternative) => {
        const isAsGood = groundOf(alternative) === groundOf(pair) && alternative.record.isActive === record.isActive;
        return alternative !== pair && isAsGood;
      });
      if (competing.length > 0) {
        doubtful.push({ id: candidate.id, record, doubt: 'several records of ROR' });
        continue;
      }
      given.set(record.ror, candidate.id);
      matched.add(candidate.id);
      matches.push({ id: candidate.id, record, ground: judged.ground });
    }
  }
  return { matches, doubtful: doubtful.filter(({ id }) => !matched.has(id)) };
}
