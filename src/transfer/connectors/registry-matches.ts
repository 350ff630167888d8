import type { KnownOrganisation } from '../../store/known-organisation.ts';
import type { KnownOrganisations, Listed, Rules } from './known-organisations.ts';

/** A registry's record, as it is matched. */
export interface Candidate<R> {
  readonly number: string;
  readonly record: R;
  readonly listed: Listed;
  readonly rules: Rules;
}

/**
 * Matches a registry's records with the organisations of a graph: first by its identifier, then, when all records were read,
 * by name and place. One organisation gets one record; what is doubtful is named and matches nothing.
 */
export class RegistryMatches<R> {
  readonly #organisations: KnownOrganisations;
  readonly #scheme: 'ror' | 'rnsr' | 'siren';
  readonly #taken = new Map<string, string>();
  readonly #candidates: Candidate<R>[] = [];
  /** Matched records by their identifier. */
  readonly matches = new Map<string, { readonly known: KnownOrganisation; readonly record: R }>();
  readonly doubtful: string[] = [];

  constructor(organisations: KnownOrganisations, scheme: 'ror' | 'rnsr' | 'siren') {
    this.#organisations = organisations;
    this.#scheme = scheme;
  }

  /** Matches a record by its identifier; whether it was. */
  byIdentifier(number: string, record: R): boolean {
    const known = this.#organisations.called(this.#scheme, number);
    if (known) this.#match(number, known, record);
    return known !== null;
  }

  /** A record that no organisation has the identifier of, to be matched by `decide`. */
  offer(candidate: Candidate<R>): void {
    this.#candidates.push(candidate);
  }

  /** Matches what was offered by name and place, and returns the records that no organisation is like. */
  decide(): Candidate<R>[] {
    const unlike: Candidate<R>[] = [];
    for (const candidate of this.#candidates) {
      const { number, record, listed, rules } = candidate;
      const found = this.#organisations.find(listed, rules);
      if (found.as === 'new') {
        unlike.push(candidate);
        continue;
      }
      const other = found.known[this.#scheme] ?? this.#taken.get(found.known.id) ?? null;
      const why = found.as === 'doubtful' ? found.why : other !== null ? `which is ${other}` : null;
      if (why === null) this.#match(number, found.known, record);
      else this.doubtful.push(`${number} ${listed.names[0] ?? ''} (${listed.city}): ${found.known.id}, ${why}`);
    }
    return unlike;
  }

  #match(number: string, known: KnownOrganisation, record: R): void {
    this.matches.set(number, { known, record });
    this.#taken.set(known.id, number);
  }
}
