import { kilometres, type Point } from '../../domain/distance.ts';
import { fold } from '../../domain/fold.ts';
import { wordKey } from '../../domain/word-key.ts';

/** On what two records that share a name are one; the first is the strongest. */
export const GROUNDS = ['identifier', 'name and place', 'name and neighbourhood', 'name alone'] as const;
export type Ground = (typeof GROUNDS)[number];

/** Why two records that share a name may not be one. */
export type Doubt = 'another kind' | 'another place' | 'a short name';

export type Judgement = { readonly ground: Ground } | { readonly doubt: Doubt };

/** Telling words that a name needs where no place confirms it. */
const WORDS_ALONE = 3;
/** Telling words that a name needs where only the neighbourhood is the same. */
const WORDS_NEAR = 2;
/** Communes of one agglomeration: an institution has its address in one and its seat in the next. */
const NEIGHBOURHOOD_KM = 20;

/** An organisation, as it is compared with what a list says. */
export interface Matchable {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[] | null;
  readonly kind: string;
  readonly city: string | null;
  /** Its seats: names of communes, and their coordinates. */
  readonly seats: readonly (readonly [name: string, latitude: number | null, longitude: number | null])[];
  /** Whether its places are those of sites: another place does not speak against it. */
  readonly hasSites?: boolean;
}

/** What a list says of an organisation. */
export interface Listed {
  readonly names: readonly string[];
  readonly city: string;
  /** Where that city is, where the list gives coordinates. */
  readonly points?: readonly Point[];
  /** Whether an organisation of this kind can be meant; any can where nothing is said. */
  readonly isOfKind?: (kind: string) => boolean;
}

/** A city without what only the post needs: Lille Cedex, Nice cedex 2, Paris 05. */
const cityKey = (city: string): string =>
  fold(city)
    .replace(/ ?\bcedex\b.*$/, '')
    .replace(/ ?\d+$/, '');

/** The number of telling words of a name. */
export const wordsOf = (name: string): number => {
  const key = wordKey(name);
  return key === '' ? 0 : key.split(' ').length;
};

/** `Université de Tours`, in Tours: the name itself says the place. */
function namesCity(name: string, city: string): boolean {
  const telling = new Set(wordKey(name).split(' '));
  const words = wordKey(city);
  return words !== '' && telling.size >= WORDS_NEAR && words.split(' ').every((word) => telling.has(word));
}

/** What the places say: the same, near, another, or nothing, since one side has none. */
export function comparePlaces(one: Matchable, { city, points = [] }: Listed): 'same' | 'near' | 'other' | 'none' {
  const places = [one.city ?? '', ...one.seats.map(([name]) => name)].map(cityKey).filter((place) => place !== '');
  const listed = cityKey(city);
  if (listed === '' || places.length === 0) return 'none';
  if (places.includes(listed)) return 'same';
  const isNear = one.seats.some(([, latitude, longitude]) => {
    if (latitude === null || longitude === null) return false;
    return points.some((point) => kilometres(point, { latitude, longitude }) <= NEIGHBOURHOOD_KM);
  });
  if (isNear) return 'near';
  return one.hasSites ? 'none' : 'other';
}

/**
 * Whether two records that share the name `shared` are one: place and kind must hold the name. The place is the same commune;
 * or one at most 20 km away, for a name of two telling words; or unknown, for a name of three, or one that says the city
 * itself. The rule was checked on a hundred matches of the seed with ROR (docs/ror-sample.md).
 */
export function judge(one: Matchable, listed: Listed, shared: string): Judgement {
  if (listed.isOfKind && !listed.isOfKind(one.kind)) return { doubt: 'another kind' };
  switch (comparePlaces(one, listed)) {
    case 'same':
      return { ground: 'name and place' };
    case 'near':
      return wordsOf(shared) >= WORDS_NEAR ? { ground: 'name and neighbourhood' } : { doubt: 'a short name' };
    case 'none':
      return wordsOf(shared) >= WORDS_ALONE || namesCity(shared, listed.city)
        ? { ground: 'name alone' }
        : { doubt: 'a short name' };
    default:
      return { doubt: 'another place' };
  }
}
