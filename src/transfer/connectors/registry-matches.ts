import { compareTexts } from '../../domain/fold.ts';
import type { KnownOrganisation } from '../../store/known-organisation.ts';
import type { Known, KnownOrganisations } from './known-organisations.ts';
import { type Doubt, GROUNDS, type Ground, type Judgement, judge, type Listed } from './likeness.ts';

/** A registry's record, as it is matched. */
export interface Candidate<R> {
  readonly number: string;
  readonly record: R;
  readonly listed: Listed;
  /** Whether the registry says that it is active; of two records of one name the active one is meant. */
  readonly isActive: boolean;
}

/** A record and the organisation that it is. */
export interface Match<R, K> {
  readonly known: K;
  readonly record: R;
  readonly ground: Ground;
}

/** A record that is like an organisation, and why it may be another. */
export interface Doubtful<R, K> {
  readonly number: string;
  readonly record: R;
  readonly listed: Listed;
  readonly known: K;
  readonly why: Doubt | 'several records' | { readonly is: string } | { readonly given: string };
}

interface Pair<R, K> extends Candidate<R> {
  readonly known: K;
  readonly judgement: Judgement;
}

/** Which of several organisations of one name a record is, where it could be each. */
export interface Precedence<K> {
  /** Whether it comes before all others, whatever the ground. */
  readonly isFirst: (one: K) => boolean;
  /** The number of its projects: on the same ground, the one that has more is meant. */
  readonly projectsOf: (one: K) => number;
}

const strengthOf = ({ judgement }: Pair<unknown, unknown>): number =>
  'ground' in judgement ? GROUNDS.indexOf(judgement.ground) : GROUNDS.length;

/** Of organisations of a graph the one with more projects is meant. */
export const BY_PROJECTS: Precedence<KnownOrganisation> = {
  isFirst: () => false,
  projectsOf: ({ projectCount }) => projectCount,
};

/** A doubt in words. */
export function doubtInWords({ number, listed, known, why }: Doubtful<unknown, Known>): string {
  const reason = typeof why === 'string' ? why : 'is' in why ? `which is ${why.is}` : `the record is ${why.given}`;
  return `${number} ${listed.names[0] ?? ''} (${listed.city}): ${known.id}, ${reason}`;
}

/**
 * Matches a registry's records with the organisations that are there: first by its identifier, then, when all records were
 * read, by name, place and kind. One organisation gets one record and one record one organisation: the pair with the better
 * ground. What is doubtful is named and matches nothing.
 */
export class RegistryMatches<R, K extends Known = KnownOrganisation> {
  readonly #organisations: KnownOrganisations<K>;
  readonly #scheme: 'ror' | 'rnsr' | 'siren';
  readonly #precedence: Precedence<K>;
  readonly #taken = new Map<string, string>();
  readonly #candidates: Candidate<R>[] = [];
  /** Matched records by their identifier. */
  readonly matches = new Map<string, Match<R, K>>();
  readonly doubtful: Doubtful<R, K>[] = [];

  constructor(organisations: KnownOrganisations<K>, scheme: 'ror' | 'rnsr' | 'siren', precedence: Precedence<K>) {
    this.#organisations = organisations;
    this.#scheme = scheme;
    this.#precedence = precedence;
  }

  /** Matches a record by its identifier; whether it was. */
  byIdentifier(number: string, record: R): boolean {
    const known = this.#organisations.called(this.#scheme, number);
    if (known) this.#match(number, { known, record, ground: 'identifier' });
    return known !== null;
  }

  /** A record that no organisation has the identifier of, to be matched by `decide`. */
  offer(candidate: Candidate<R>): void {
    this.#candidates.push(candidate);
  }

  /** Matches what was offered by name, place and kind, and returns the records that no organisation is like. */
  decide(): Candidate<R>[] {
    const unlike: Candidate<R>[] = [];
    const pairs: Pair<R, K>[] = [];
    for (const candidate of this.#candidates) {
      const { listed } = candidate;
      const alike = [...this.#organisations.alike(listed.names)];
      if (alike.length === 0) unlike.push(candidate);
      pairs.push(...alike.map(([known, shared]) => ({ ...candidate, known, judgement: judge(known, listed, shared) })));
    }
    pairs.sort((a, b) => this.#compare(a, b));
    const ofOrganisation = Map.groupBy(pairs, ({ known }) => known.id);
    const doubtful: Doubtful<R, K>[] = [];
    for (const pair of pairs) {
      const why = this.#doubtOf(pair, ofOrganisation.get(pair.known.id)!);
      if (why === null)
        this.#match(pair.number, { known: pair.known, record: pair.record, ground: GROUNDS[strengthOf(pair)]! });
      else doubtful.push({ ...pair, why });
    }
    // An organisation that has a record is not doubtful on account of others of its name.
    this.doubtful.push(...doubtful.filter(({ known, why }) => typeof why === 'object' || !this.#taken.has(known.id)));
    return unlike;
  }

  /** The better of two pairs comes first: one with a ground, then by precedence, ground, activity, projects, identifier. */
  #compare(a: Pair<R, K>, b: Pair<R, K>): number {
    const { isFirst, projectsOf } = this.#precedence;
    return (
      Number('doubt' in a.judgement) - Number('doubt' in b.judgement) ||
      Number(isFirst(b.known)) - Number(isFirst(a.known)) ||
      strengthOf(a) - strengthOf(b) ||
      Number(b.isActive) - Number(a.isActive) ||
      projectsOf(b.known) - projectsOf(a.known) ||
      compareTexts(a.known.id, b.known.id)
    );
  }

  /** Why a pair is not one; null where it is. */
  #doubtOf(pair: Pair<R, K>, ofOrganisation: readonly Pair<R, K>[]): Doubtful<R, K>['why'] | null {
    const { known, number, judgement } = pair;
    const other = known[this.#scheme] ?? this.#taken.get(known.id) ?? null;
    if (other !== null) return { is: other };
    if ('doubt' in judgement) return judgement.doubt;
    const given = this.matches.get(number);
    if (given) return { given: given.known.id };
    const isAsGood = (one: Pair<R, K>): boolean =>
      one.number !== number && strengthOf(one) === strengthOf(pair) && one.isActive === pair.isActive;
    return ofOrganisation.some(isAsGood) ? 'several records' : null;
  }

  #match(number: string, match: Match<R, K>): void {
    this.matches.set(number, match);
    this.#taken.set(match.known.id, number);
  }
}
