import { fold } from '../../src/domain/fold.ts';

/** An organisation or a network with every name that it is known by, and where it is. */
export interface Named {
  readonly id: string;
  readonly names: readonly string[];
  readonly territory: string | undefined;
  readonly city: string;
  /** Number of its projects. Of two with the same name in the same place, the one with more projects is meant. */
  readonly projects: number;
}

/** Words that one page writes and the next leaves out: particles and legal forms. */
const SMALL_WORDS: ReadonlySet<string> = new Set(
  'a and au aux d de des du en et for in l la le les of on s sa sarl sas sasu the'.split(' '),
);

/** The words of a name that tell it from others, in an order that does not depend on how they are written. */
export function wordKey(name: string, without: string = ''): string {
  const left = new Set(fold(without).split(' '));
  const words = fold(name)
    .split(' ')
    .filter((word) => !SMALL_WORDS.has(word));
  const telling = words.filter((word) => !left.has(word));
  return [...new Set(telling.length > 0 ? telling : words)].sort().join(' ');
}

/** Where a record is: the commune, else the city as written. Two records without either are nowhere together. */
export const placeKey = ({ territory, city }: { territory?: string | undefined; city: string }): string =>
  territory ?? fold(city);

/** Finds records by their whole name, or by its telling words where the place is the same. */
export class NameIndex {
  readonly #whole = new Map<string, Set<Named>>();
  readonly #words = new Map<string, Set<Named>>();

  constructor(records: readonly Named[]) {
    const put = (map: Map<string, Set<Named>>, key: string, record: Named): void => {
      const known = map.get(key);
      if (known) known.add(record);
      else map.set(key, new Set([record]));
    };
    for (const record of records) {
      for (const name of record.names) {
        put(this.#whole, fold(name), record);
        put(this.#words, wordKey(name), record);
        put(this.#words, wordKey(name, record.city), record);
      }
    }
  }

  /** Those that bear exactly this name, but for case and accents. */
  named(name: string): readonly Named[] {
    return [...(this.#whole.get(fold(name)) ?? [])];
  }

  /** Those in the same place whose names have the same telling words, with or without that of the city. */
  alikeIn(name: string, place: { territory?: string | undefined; city: string }): readonly Named[] {
    const key = placeKey(place);
    const found = [wordKey(name), wordKey(name, place.city)].flatMap((words) => [...(this.#words.get(words) ?? [])]);
    return key === '' ? [] : [...new Set(found)].filter((record) => placeKey(record) === key);
  }
}
