import { fold } from '../../src/domain/fold.ts';
import { tellingWords, wordKey } from '../../src/domain/word-key.ts';
import { wordsOf } from '../../src/transfer/connectors/likeness.ts';
import { INSTITUTION } from './anr-organisations.ts';

/** An organisation of the seed, as far as it is compared with others. */
export interface Compared {
  readonly id: string;
  readonly name: string;
  /** The part of the seed that has it; parts are imported in their order, and later ones refer to earlier ones. */
  readonly part: number;
  /** The name of its commune or city; '' where none is known. */
  readonly city: string;
  /** Its country as a territory, France for all communes; '' where none is known. */
  readonly country: string;
  readonly rnsr: string;
  readonly projects: number;
}

/** Telling words that a name needs where no place confirms it, as in the rule of the connectors; more where no country does. */
const WORDS_ALONE = 3;
const WORDS_NOWHERE = 4;

/** An acronym at the end of a name: `… (BRGM)`, `… - BRGM`. */
const ACRONYM_BEHIND = /\s*[(\-–/]\s*([\p{L}]{2,10})\)?$/u;

/** The name without the number that distinguishes a unit, and without an acronym behind it that its words begin with. */
export function bareName(name: string): string {
  const own = name.replace(/ \(RNSR \w+\)$/, '');
  const acronym = ACRONYM_BEHIND.exec(own)?.[1];
  if (acronym === undefined) return own;
  const before = own.replace(ACRONYM_BEHIND, '');
  const initials = tellingWords(before)
    .map((word) => word[0])
    .join('');
  return fold(acronym) === initials ? before : own;
}

const cityKey = (city: string): string =>
  fold(city)
    .replace(/ ?\bcedex\b.*$/, '')
    .replace(/ ?\d+$/, '')
    .replace(/^st /, 'saint ');

/**
 * Organisations of a group that are one: the number of a laboratory beside the name of a whole institution is that of some
 * unit within it, and two numbers are two laboratories.
 */
export function oneOf(group: readonly Compared[]): readonly Compared[] {
  const numbers = new Set(group.map(({ rnsr }) => rnsr).filter((rnsr) => rnsr !== ''));
  const isInstitution = group.some(({ name }) => INSTITUTION.test(fold(name)));
  if (numbers.size === 0 || (numbers.size === 1 && !isInstitution)) return group;
  return group.filter(({ rnsr }) => rnsr === '');
}

const isOneCountry = (group: readonly Compared[]): boolean =>
  new Set(group.map(({ country }) => country).filter((country) => country !== '')).size <= 1;

/** Those of one name: each city by itself; one without a place is the only one that has a place, if its name tells enough. */
function groupsOfName(named: readonly Compared[]): Compared[][] {
  const placed = [...Map.groupBy(named, ({ city }) => cityKey(city))].filter(([city]) => city !== '');
  const groups = placed.map(([, group]) => group);
  const telling = named.filter(({ city, country, name }) => {
    const words = wordsOf(bareName(name));
    return cityKey(city) === '' && words >= (country === '' ? WORDS_NOWHERE : WORDS_ALONE);
  });
  const [only] = groups;
  if (only !== undefined) {
    if (groups.length > 1) return groups;
    return [[...only, ...telling.filter((one) => isOneCountry([...only, one]))]];
  }
  return [...Map.groupBy(telling, ({ country }) => country).values()];
}

/**
 * The organisations of one name, by its telling words in any order, in one place: the rule by which the connectors take a
 * record for the same (docs/connectors.md).
 */
export function sameByName(all: readonly Compared[]): (readonly Compared[])[] {
  const named = [...Map.groupBy(all, ({ name }) => wordKey(bareName(name))).values()];
  return named
    .flatMap((group) => (group.length === 1 ? [] : groupsOfName(group)))
    .filter(isOneCountry)
    .map(oneOf)
    .filter((group) => group.length > 1);
}

/** Two organisations that fit one record of a registry: the one that has the record, and the other. */
export interface SharedRecord {
  readonly record: string;
  readonly holder: Compared;
  readonly other: Compared;
}

/**
 * The organisations that one record of a registry is, by name, place and kind. Where two laboratories with numbers of their
 * own fit one record, or one organisation fits two records, nobody knows which is meant: they stay as they are.
 */
export function sameByRecord(shared: readonly SharedRecord[]): (readonly Compared[])[] {
  const records = Map.groupBy(shared, ({ other }) => other.id);
  const groups = [...Map.groupBy(shared, ({ record }) => record).values()].map((pairs) => [
    pairs[0]!.holder,
    ...pairs.map(({ other }) => other).filter(({ id }) => records.get(id)!.length === 1),
  ]);
  return groups.filter((group) => {
    const numbers = new Set(group.map(({ rnsr }) => rnsr).filter((rnsr) => rnsr !== ''));
    return group.length > 1 && numbers.size <= 1 && isOneCountry(group) && oneOf(group) === group;
  });
}

/** The one of a group that goes on: of the earlier part, with a number, in more projects. */
export function survivorOf(group: readonly Compared[]): Compared {
  const [first] = group.toSorted(
    (a, b) =>
      a.part - b.part ||
      Number(b.rnsr !== '') - Number(a.rnsr !== '') ||
      b.projects - a.projects ||
      (a.id < b.id ? -1 : 1),
  );
  return first!;
}

/** A pair that a person read: the first goes on in the second. */
export type Read = readonly [organisation: Compared, is: Compared];

/**
 * Which organisation each goes on in: first as a person read it, then as the groups say. What would join two numbers of
 * laboratories is left.
 */
export function successorsOf(read: readonly Read[], groups: readonly (readonly Compared[])[]): Map<string, string> {
  const parents = new Map<string, Compared>();
  const numbers = new Map<string, string>();
  const rootOf = (one: Compared): Compared => {
    const parent = parents.get(one.id);
    return parent === undefined ? one : rootOf(parent);
  };
  const numberOf = ({ id, rnsr }: Compared): string => numbers.get(id) ?? rnsr;
  const join = (roots: readonly Compared[], survivor: Compared): void => {
    const known = new Set(roots.map(numberOf).filter((number) => number !== ''));
    if (known.size > 1) return;
    for (const root of roots) if (root.id !== survivor.id) parents.set(root.id, survivor);
    numbers.set(survivor.id, [...known][0] ?? '');
  };
  for (const [organisation, is] of read) {
    if (is.part > organisation.part) throw new Error(`${is.id} is of a later part than ${organisation.id}: turn them.`);
    join([rootOf(organisation), rootOf(is)], rootOf(is));
  }
  for (const group of groups) {
    const roots = [...new Map(group.map(rootOf).map((root) => [root.id, root])).values()];
    if (roots.length > 1) join(roots, survivorOf(roots));
  }
  return new Map([...parents].map(([id, parent]) => [id, rootOf(parent).id]));
}
