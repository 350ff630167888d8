import { digest, readableId, slug } from '../../domain/global-id.ts';
import { type IdentifierScheme, identifierProblem, tidyIdentifier } from '../../domain/identifier.ts';
import { listCell } from './connector.ts';
import type { Known, KnownOrganisations, KnownScheme } from './known-organisations.ts';

/** The schemes by which partners of projects are found. */
const FIELDS = { RNSR: 'rnsr', CORDIS_PIC: 'cordisPic', SIREN: 'siren' } as const satisfies Partial<
  Record<IdentifierScheme, KnownScheme>
>;
export type PartnerScheme = keyof typeof FIELDS;

/** A partner of a list, as far as it says who that is. */
export interface Partner {
  readonly name: string;
  /** Other spellings of the same name. */
  readonly otherNames?: readonly string[];
  readonly city: string;
  readonly kind: string;
  /** Its identifiers, checked; '' where the list has none. */
  readonly numbers: Partial<Record<PartnerScheme, string>>;
  /** What else a new organisation gets, by column; the same columns for all partners of a list. */
  readonly more?: Readonly<Record<string, string>>;
}

/** An identifier as its registry writes it; '' where the list writes none that is valid. */
export function validIdentifier(scheme: IdentifierScheme, written: string): string {
  const value = tidyIdentifier(scheme, written);
  return value !== '' && identifierProblem(scheme, value) === null ? value : '';
}

/** How a list tells its partners apart. */
export interface PartnerRules {
  readonly source: string;
  /** The schemes of the list, the surest first. */
  readonly schemes: readonly PartnerScheme[];
  /** Whether a whole name that exactly one organisation has is enough. */
  readonly trustsWholeNames: (partner: Partner) => boolean;
  /** The organisation that a name is, where a person has read it. */
  readonly identityOf?: (name: string) => string | null;
  /** Whether organisations that were found by name and place get the list's identifiers. */
  readonly givesIdentifiers: boolean;
}

/** An organisation as partners are matched with it. */
type KnownPartner = Known & { readonly sources?: readonly string[] | null };

/** Gives the partners of a list their organisations, those that are there and new ones. */
export class Partners {
  readonly #known: KnownOrganisations<KnownPartner>;
  readonly #rules: PartnerRules;
  /** Partners that were found already: most take part in several projects. */
  readonly #ids = new Map<string, string | null>();
  /** New organisations, and those that got an identifier, by `scheme:value`. */
  readonly #byNumber = new Map<string, string>();
  readonly rows = new Map<string, Record<string, string>>();
  readonly matched = new Set<string>();
  readonly doubtful: string[] = [];
  readonly #added = new Set<string>();

  constructor(known: KnownOrganisations<KnownPartner>, rules: PartnerRules) {
    this.#known = known;
    this.#rules = rules;
  }

  /** The number of new organisations. */
  get added(): number {
    return this.#added.size;
  }

  /** The organisation that a partner is; null where several could be meant. */
  idOf(partner: Partner): string | null {
    const key = JSON.stringify(partner);
    const seen = this.#ids.get(key);
    if (seen !== undefined) return seen;
    const id = this.#byReading(partner) ?? this.#byIdentifier(partner) ?? this.#byName(partner);
    this.#ids.set(key, id);
    return id;
  }

  #byReading({ name }: Partner): string | null {
    const id = this.#rules.identityOf?.(name) ?? null;
    if (id !== null) this.matched.add(id);
    return id;
  }

  #numbersOf({ numbers }: Partner): [scheme: PartnerScheme, value: string][] {
    return this.#rules.schemes.flatMap((scheme) => (numbers[scheme] ? [[scheme, numbers[scheme]]] : []));
  }

  #byIdentifier(partner: Partner): string | null {
    for (const [scheme, value] of this.#numbersOf(partner)) {
      const known = this.#known.called(FIELDS[scheme], value);
      if (known) {
        if (!this.#added.has(known.id)) this.matched.add(known.id);
        return known.id;
      }
      const added = this.#byNumber.get(`${scheme}:${value}`);
      if (added !== undefined) return added;
    }
    return null;
  }

  #byName(partner: Partner): string | null {
    const names = [partner.name, ...(partner.otherNames ?? [])];
    const found = this.#known.find(
      { names, city: partner.city },
      { trustsWholeNames: this.#rules.trustsWholeNames(partner) },
    );
    if (found.as === 'known') return this.#match(partner, found.known);
    if (found.as === 'new') return this.#add(partner);
    const isElsewhere = found.why === 'another place' || (found.why === 'a short name' && partner.city !== '');
    if (isElsewhere) return this.#addAnother(partner, found.known, found.why);
    this.#doubt(partner, found.known, `${found.why}; left out`);
    return null;
  }

  #match(partner: Partner, known: KnownPartner): string {
    const numbers = this.#numbersOf(partner);
    const row = this.rows.get(known.id);
    const recorded = (scheme: PartnerScheme): string => row?.[FIELDS[scheme]] || (known[FIELDS[scheme]] ?? '');
    const other = numbers.find(([scheme, value]) => recorded(scheme) !== '' && recorded(scheme) !== value);
    if (other) return this.#addAnother(partner, known, `which is ${other[0]} ${recorded(other[0])}`);
    if (this.#rules.givesIdentifiers && numbers.some(([scheme]) => recorded(scheme) === '')) {
      const given = new Map(numbers);
      const cells = this.#rules.schemes.map((one) => [FIELDS[one], recorded(one) || (given.get(one) ?? '')]);
      this.rows.set(known.id, {
        ...{ id: known.id, name: known.name, kind: known.kind, city: known.city ?? '' },
        ...Object.fromEntries(cells),
        sources: listCell([...(known.sources ?? []), this.#rules.source]),
      });
      this.#remember(partner, known.id);
    }
    if (!this.#added.has(known.id)) this.matched.add(known.id);
    return known.id;
  }

  /** Records a partner under an identifier of its own, beside one that it may be. */
  #addAnother(partner: Partner, known: KnownPartner, why: string): string {
    const id = this.#add(partner);
    if (this.#added.has(id)) this.#doubt(partner, known, `${why}; recorded as another one`);
    return id;
  }

  #doubt({ name, city }: Partner, { id }: KnownPartner, why: string): void {
    this.doubtful.push(`${name} (${city || 'no place'}): ${id}, ${why}`);
  }

  /** A readable identifier that no other organisation has: with the city, else with a digest of both. */
  #freeId({ name, city }: Partner, numbers: readonly [scheme: PartnerScheme, value: string][]): string {
    const plain = readableId('organisation', name, numbers);
    const ids = [plain, `${plain}-${slug(city)}`, `${plain}-${digest([name, city]).slice(0, 6)}`];
    return ids.find((id) => !id.endsWith('-') && !this.#known.has(id)) ?? ids[2]!;
  }

  #add(partner: Partner): string {
    const { name, kind, city, more } = partner;
    const id = this.#freeId(partner, this.#numbersOf(partner));
    // It was there under this identifier, and somebody has joined it with another.
    const survivor = this.#known.survivorOf(id);
    if (survivor !== null) {
      this.matched.add(survivor.id);
      return survivor.id;
    }
    this.#added.add(id);
    const given = Object.fromEntries(this.#numbersOf(partner).map(([scheme, value]) => [FIELDS[scheme], value]));
    const numbers = Object.fromEntries(
      this.#rules.schemes.map((scheme) => [FIELDS[scheme], given[FIELDS[scheme]] ?? '']),
    );
    this.rows.set(id, { id, name, kind, city, ...more, ...numbers, sources: this.#rules.source });
    // A later line that is like it is decided as a second import would.
    this.#known.add({ ...{ id, name, aliases: null, kind, city: city || null, seats: [] }, ...given });
    this.#remember(partner, id);
    return id;
  }

  #remember(partner: Partner, id: string): void {
    for (const [scheme, value] of this.#numbersOf(partner)) this.#byNumber.set(`${scheme}:${value}`, id);
  }
}
