import { fold } from '../../domain/fold.ts';
import { wordKey } from '../../domain/word-key.ts';
import type { GraphEngine } from '../../graph/engine.ts';
import { longRead } from '../../graph/long-read.ts';
import { type KnownOrganisation, knownOrganisations } from '../../store/known-organisation.ts';

/** Words of a name that is enough by itself, where no place is known. */
const WORDS_ALONE = 3;
const TIMEOUT_MS = 60_000;

/** The registries by whose identifiers organisations are found. */
const SCHEMES = ['rnsr', 'ror', 'siren', 'cordisPic'] as const;
export type KnownScheme = (typeof SCHEMES)[number];

/** What a list says of an organisation that may be there already. */
export interface Listed {
  readonly names: readonly string[];
  readonly city: string;
}

/** What else decides whether two are the same. */
export interface Rules {
  /** Whether an organisation is near the place of the list, where its city is another one. */
  readonly isNear?: (organisation: KnownOrganisation) => boolean;
  /** Whether it can be of the kind that the list gives. */
  readonly isOfKind?: (organisation: KnownOrganisation) => boolean;
  /** A whole name of two telling words that exactly one organisation has is enough: places of the list are those of sites. */
  readonly trustsWholeNames?: boolean;
}

/** A city without what only the post needs: Lille Cedex, Nice cedex 2, Paris 05. */
const cityKey = (city: string): string =>
  fold(city)
    .replace(/ ?\bcedex\b.*$/, '')
    .replace(/ ?\d+$/, '');

/** How an organisation of a list was found: nowhere, surely, or only by a likeness. */
export type Found =
  | { readonly as: 'new' }
  | { readonly as: 'known'; readonly known: KnownOrganisation }
  | { readonly as: 'doubtful'; readonly known: KnownOrganisation; readonly why: string };

const NEW: Found = { as: 'new' };

/** The organisations of a graph, found by identifiers of registries, or by name and place. */
export class KnownOrganisations {
  readonly #byIdentifier = new Map<string, KnownOrganisation>();
  readonly #byWords = new Map<string, KnownOrganisation[]>();

  constructor(all: readonly KnownOrganisation[]) {
    for (const organisation of all) {
      for (const scheme of SCHEMES) {
        const value = organisation[scheme];
        if (value !== null) this.#byIdentifier.set(`${scheme}:${value}`, organisation);
      }
      const keys = new Set([organisation.name, ...(organisation.aliases ?? [])].map((name) => wordKey(name)));
      for (const key of keys) this.#byWords.set(key, [...(this.#byWords.get(key) ?? []), organisation]);
    }
  }

  static async read(engine: GraphEngine, signal?: AbortSignal): Promise<KnownOrganisations> {
    const all: KnownOrganisation[] = [];
    const options = { signal, timeoutMs: TIMEOUT_MS };
    for await (const rows of longRead(engine, knownOrganisations, ({ sortKey }) => sortKey, '', {}, options)) {
      all.push(...rows);
    }
    return new KnownOrganisations(all);
  }

  /** The organisation that a registry calls so. */
  called(scheme: KnownScheme, value: string): KnownOrganisation | null {
    return this.#byIdentifier.get(`${scheme}:${value}`) ?? null;
  }

  /** The identifiers that the organisations have in a registry. */
  identifiers(scheme: KnownScheme): string[] {
    const prefix = `${scheme}:`;
    return [...this.#byIdentifier.keys()].flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : []));
  }

  /** Whether an organisation has one of the names: the same telling words, in any order. */
  hasName(names: readonly string[]): boolean {
    return names.some((name) => this.#byWords.has(wordKey(name)));
  }

  /**
   * Finds an organisation by name and place: one of its names has the same telling words, and the city is that of its
   * record or of a seat; where one side has no place, a name of three telling words is enough. Several that fit, another
   * place and a short name are doubtful.
   */
  find({ names, city: written }: Listed, { isNear, isOfKind, trustsWholeNames }: Rules = {}): Found {
    const alike = new Map<KnownOrganisation, number>();
    for (const name of names) {
      const key = wordKey(name);
      const words = key === '' ? 0 : key.split(' ').length;
      for (const one of this.#byWords.get(key) ?? []) alike.set(one, Math.max(words, alike.get(one) ?? 0));
    }
    if (alike.size === 0) return NEW;
    const city = cityKey(written);
    const whole = new Set(names.map((name) => fold(name)));
    const judged = [...alike].map(([known, words]) => {
      const places = [known.city ?? '', ...known.seats.map(([name]) => name)]
        .map(cityKey)
        .filter((place) => place !== '');
      const isWhole = [known.name, ...(known.aliases ?? [])].some((name) => whole.has(fold(name)));
      const judge = (why: string | null) => ({ known, why, isWhole: isWhole && words > 1 });
      if (isOfKind && !isOfKind(known)) return judge('another kind');
      if (city === '' || places.length === 0) return judge(words >= WORDS_ALONE ? null : 'a short name, and no place');
      const isThere = places.includes(city) || (words > 1 && isNear?.(known) === true);
      return judge(isThere ? null : 'another place');
    });
    const sure = judged.filter(({ why }) => why === null);
    const exact = (sure.length > 0 ? sure : trustsWholeNames ? judged : []).filter(({ isWhole }) => isWhole);
    if (sure.length === 1) return { as: 'known', known: sure[0]!.known };
    if (exact.length === 1) return { as: 'known', known: exact[0]!.known };
    if (sure.length > 1) return { as: 'doubtful', known: sure[0]!.known, why: 'several of this name' };
    return { as: 'doubtful', known: judged[0]!.known, why: judged[0]!.why! };
  }
}
