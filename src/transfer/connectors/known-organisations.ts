import { fold } from '../../domain/fold.ts';
import { wordKey } from '../../domain/word-key.ts';
import type { GraphEngine } from '../../graph/engine.ts';
import { longRead } from '../../graph/long-read.ts';
import { type KnownOrganisation, knownOrganisations } from '../../store/known-organisation.ts';
import { type Doubt, judge, type Listed, type Matchable, wordsOf } from './likeness.ts';

const TIMEOUT_MS = 60_000;

/** The registries by whose identifiers organisations are found. */
const SCHEMES = ['rnsr', 'ror', 'siren', 'cordisPic'] as const;
export type KnownScheme = (typeof SCHEMES)[number];

/** An organisation that is there already, with what registries call it. */
export type Known = Matchable & { readonly [scheme in KnownScheme]?: string | null };

/** How an organisation of a list was found: nowhere, surely, or only by a likeness. */
export type Found<K> =
  | { readonly as: 'new' }
  | { readonly as: 'known'; readonly known: K }
  | { readonly as: 'doubtful'; readonly known: K; readonly why: Doubt | 'several of this name' };

const namesOf = ({ name, aliases }: Matchable): string[] => [name, ...(aliases ?? [])];

/** The organisations that are there, found by identifiers of registries, or by name and place. */
export class KnownOrganisations<K extends Known = KnownOrganisation> {
  readonly #byIdentifier = new Map<string, K>();
  readonly #byWords = new Map<string, K[]>();

  constructor(all: readonly K[]) {
    for (const organisation of all) {
      for (const scheme of SCHEMES) {
        const value = organisation[scheme] ?? null;
        if (value !== null) this.#byIdentifier.set(`${scheme}:${value}`, organisation);
      }
      for (const key of new Set(namesOf(organisation).map((name) => wordKey(name)))) {
        const alike = this.#byWords.get(key);
        if (alike) alike.push(organisation);
        else this.#byWords.set(key, [organisation]);
      }
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

  /**
   * Finds an organisation by name and place, as `judge` decides. Where several fit, the one whose whole name is the same.
   * With `trustsWholeNames` a whole name of two telling words that exactly one organisation has is enough: places of such a
   * list are those of sites.
   */
  find(listed: Listed, { trustsWholeNames = false }: { readonly trustsWholeNames?: boolean } = {}): Found<K> {
    const whole = new Set(listed.names.map((name) => fold(name)));
    const judged = [...this.alike(listed.names)].map(([known, shared]) => ({
      known,
      judgement: judge(known, listed, shared),
      isWhole: wordsOf(shared) > 1 && namesOf(known).some((name) => whole.has(fold(name))),
    }));
    const [first] = judged;
    if (first === undefined) return { as: 'new' };
    const sure = judged.filter(({ judgement }) => 'ground' in judgement);
    const exact = (sure.length > 0 ? sure : trustsWholeNames ? judged : []).filter(({ isWhole }) => isWhole);
    if (sure.length === 1) return { as: 'known', known: sure[0]!.known };
    if (exact.length === 1) return { as: 'known', known: exact[0]!.known };
    if ('doubt' in first.judgement && sure.length === 0) {
      return { as: 'doubtful', known: first.known, why: first.judgement.doubt };
    }
    return { as: 'doubtful', known: sure[0]!.known, why: 'several of this name' };
  }
}
