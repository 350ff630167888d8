import { fold } from '../../domain/fold.ts';
import { tellingWords, wordKey } from '../../domain/word-key.ts';
import type { KnownOrganisation } from '../../store/known-organisation.ts';
import { comparePlaces, type Doubt, judge, type Listed, type Matchable, wordsOf } from './likeness.ts';
import type { MatchedGraph } from './matched-graph.ts';

/** The registries by whose identifiers organisations are found. */
const SCHEMES = ['rnsr', 'ror', 'siren', 'cordisPic'] as const;
export type KnownScheme = (typeof SCHEMES)[number];

/** An organisation that is there already, with what registries call it. */
export type Known = Matchable & { readonly [scheme in KnownScheme]?: string | null } & {
  /** Of several of one name in one place, that in more projects is meant. */
  readonly projectCount?: number;
  /** The identifiers of what was merged into it. */
  readonly merged?: readonly string[];
};

/** How an organisation of a list was found: nowhere, surely, or only by a likeness. */
export type Found<K> =
  | { readonly as: 'new' }
  | { readonly as: 'known'; readonly known: K }
  | { readonly as: 'doubtful'; readonly known: K; readonly why: Doubt | 'several of this name' };

const namesOf = ({ name, aliases }: Matchable): string[] => [name, ...(aliases ?? [])];
const citiesOf = ({ city, seats }: Matchable): string[] => [city ?? '', ...seats.map(([name]) => name)];

/** Telling words of a name that is whole in whatever order they stand. */
const WORDS_WHOLE = 4;
/** Letters of a name of one word that is enough where exactly one organisation has it: shorter ones are mostly acronyms. */
const LETTERS_ALONE = 6;
const isTelling = (name: string): boolean => wordsOf(name) > 1 || wordKey(name).length >= LETTERS_ALONE;

/** A whole name, but for particles and legal forms. */
const wholeOf = (name: string): string => tellingWords(name).join(' ');

function put<K>(index: Map<string, Set<K>>, key: string, one: K): void {
  const alike = index.get(key);
  if (alike) alike.add(one);
  else index.set(key, new Set([one]));
}

/** The organisations that are there, found by identifiers of registries, or by name and place. */
export class KnownOrganisations<K extends Known = KnownOrganisation> {
  readonly #byIdentifier = new Map<string, K>();
  readonly #survivors = new Map<string, K>();
  readonly #byWords = new Map<string, Set<K>>();
  /** By the words of their names without those of their cities: École normale supérieure (de Paris). */
  readonly #byWordsInCity = new Map<string, Set<K>>();

  constructor(all: readonly K[]) {
    for (const organisation of all) this.add(organisation);
  }

  /** Makes an organisation known, too. */
  add(organisation: K): void {
    for (const scheme of SCHEMES) {
      const value = organisation[scheme] ?? null;
      if (value !== null) this.#byIdentifier.set(`${scheme}:${value}`, organisation);
    }
    this.#byIdentifier.set(`id:${organisation.id}`, organisation);
    for (const id of organisation.merged ?? []) this.#survivors.set(id, organisation);
    for (const name of namesOf(organisation)) {
      put(this.#byWords, wordKey(name), organisation);
      for (const city of citiesOf(organisation)) put(this.#byWordsInCity, wordKey(name, city), organisation);
    }
  }

  /** Whether an organisation has this identifier of the graph. */
  has(id: string): boolean {
    return this.#byIdentifier.has(`id:${id}`);
  }

  /** The organisation that a record of this identifier was merged into. */
  survivorOf(id: string): K | null {
    return this.#survivors.get(id) ?? null;
  }

  static async read(graph: MatchedGraph, signal?: AbortSignal): Promise<KnownOrganisations> {
    const all: KnownOrganisation[] = [];
    for await (const rows of graph.organisations(signal)) all.push(...rows);
    return new KnownOrganisations(all);
  }

  /** The organisation that a registry calls so. */
  called(scheme: KnownScheme, value: string): K | null {
    return this.#byIdentifier.get(`${scheme}:${value}`) ?? null;
  }

  /** The identifiers that the organisations have in a registry. */
  identifiers(scheme: KnownScheme): string[] {
    const prefix = `${scheme}:`;
    return [...this.#byIdentifier.keys()].flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : []));
  }

  /** The organisations that have one of the names, by their telling words in any order, each with the name that tells most. */
  alike(names: readonly string[]): ReadonlyMap<K, string> {
    const found = new Map<K, string>();
    for (const name of names) {
      for (const one of this.#byWords.get(wordKey(name)) ?? []) {
        const other = found.get(one);
        if (other === undefined || wordsOf(other) < wordsOf(name)) found.set(one, name);
      }
    }
    return found;
  }

  /** Those that have one of the names but for the words of the city, and are in that city. */
  #alikeInCity({ names, city }: Listed): K[] {
    if (city === '') return [];
    const found = names.flatMap((name) => [...(this.#byWordsInCity.get(wordKey(name, city)) ?? [])]);
    return found.filter((one) => comparePlaces(one, { names, city }) === 'same');
  }

  /**
   * Finds an organisation by name and place, as `judge` decides; in the same city its name may lack the city's, or have it
   * besides. Where several fit, the one whose whole name is the same, or that is in more projects.
   * With `trustsWholeNames` a whole name that exactly one organisation has is enough, of two telling words or of six
   * letters: places of such a list are those of sites.
   */
  find(listed: Listed, { trustsWholeNames = false }: { readonly trustsWholeNames?: boolean } = {}): Found<K> {
    const exact = new Set(listed.names.map((name) => fold(name)));
    const whole = new Set(listed.names.map(wholeOf));
    const alike = new Map(this.alike(listed.names));
    for (const one of this.#alikeInCity(listed)) if (!alike.has(one)) alike.set(one, listed.names[0]!);
    const judged = [...alike].map(([known, shared]) => {
      const has = (names: ReadonlySet<string>, of: (name: string) => string): boolean =>
        namesOf(known).some((name) => names.has(of(name)));
      return {
        known,
        judgement: judge(known, listed, shared),
        isExact: isTelling(shared) && has(exact, fold),
        isWhole: isTelling(shared) && (wordsOf(shared) >= WORDS_WHOLE || has(whole, wholeOf)),
      };
    });
    const [first] = judged;
    if (first === undefined) return { as: 'new' };
    const sure = judged.filter(({ judgement }) => 'ground' in judgement);
    if (sure.length === 1) return { as: 'known', known: sure[0]!.known };
    const named = sure.length > 0 ? sure : trustsWholeNames ? judged : [];
    for (const alone of [named.filter(({ isExact }) => isExact), named.filter(({ isWhole }) => isWhole)]) {
      if (alone.length === 1) return { as: 'known', known: alone[0]!.known };
    }
    if (sure.length === 0) {
      const { known, judgement } = first;
      return { as: 'doubtful', known, why: 'doubt' in judgement ? judgement.doubt : 'several of this name' };
    }
    const projects = sure.map(({ known: { projectCount = 0 } }) => projectCount);
    const most = sure.filter(({ known: { projectCount = 0 } }) => projectCount === Math.max(...projects));
    if (most.length === 1) return { as: 'known', known: most[0]!.known };
    return { as: 'doubtful', known: sure[0]!.known, why: 'several of this name' };
  }
}
