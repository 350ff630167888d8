import { fold } from '../../src/domain/fold.ts';
import { wordKey } from '../../src/domain/word-key.ts';

/** An organisation or a network with every name that it is known by, and where it is. */
export interface Named {
  readonly id: string;
  readonly names: readonly string[];
  readonly territory: string | undefined;
  readonly city: string;
  /** Number of its projects. Of two with the same name in the same place, the one with more projects is meant. */
  readonly projects: number;
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
