import { sortKeyOf } from '../../src/domain/fold.ts';
import { ORGANISATION_KINDS } from '../../src/domain/vocabulary.ts';
import { organisationName, word } from './names.ts';
import { powerLaw, Random, Weighted } from './random.ts';
import type { Size } from './size.ts';

export const TOPICS = 60;
const ALL_TOPICS = Array.from({ length: TOPICS }, (_, topic) => topic);

/** Shares of the kinds, in the order of ORGANISATION_KINDS. */
const KIND_WEIGHTS = [55, 18, 6, 6, 8, 2, 5];

const ID_PREFIX = 'organisation/bench-';

export interface Organisation {
  readonly id: string;
  readonly name: string;
  /** The word of its name that hardly any other has. */
  readonly own: string;
  readonly kind: string;
  readonly acronym: string;
  readonly aliases: string;
  readonly website: string;
  readonly public: string;
  readonly size: string;
  readonly siren: string;
  /** Place of its commune among the communes. */
  readonly commune: number;
  readonly topics: readonly number[];
}

/**
 * The organisations of a graph. Each is made when it is asked for, from the state that the generator had at it: a million of
 * them take 21 MB, not the gigabyte of as many objects.
 */
export class Organisations {
  readonly length: number;
  readonly #states: Int32Array;
  readonly #kinds: Uint8Array;
  readonly #communes: Int32Array;
  readonly #kindWeights = new Weighted(KIND_WEIGHTS);
  readonly #seats: Weighted;
  readonly #random = new Random(0);

  constructor(random: Random, { organisations, communes }: Size) {
    this.length = organisations;
    this.#states = new Int32Array(4 * organisations);
    this.#kinds = new Uint8Array(organisations);
    this.#communes = new Int32Array(organisations);
    // Few communes hold many seats.
    this.#seats = new Weighted(powerLaw(random, communes, 0.8, 3));
    for (let place = 0; place < organisations; place++) {
      random.save(this.#states, 4 * place);
      const { kind, commune } = this.#make(random, place);
      this.#kinds[place] = ORGANISATION_KINDS.indexOf(kind as (typeof ORGANISATION_KINDS)[number]);
      this.#communes[place] = commune;
    }
  }

  at(place: number): Organisation {
    this.#random.restore(this.#states, 4 * place);
    return this.#make(this.#random, place);
  }

  *[Symbol.iterator](): Generator<Organisation> {
    for (let place = 0; place < this.length; place++) yield this.at(place);
  }

  idOf(place: number): string {
    return ID_PREFIX + String(place).padStart(6, '0');
  }

  /** Where the organisation of an identifier is; -1 for any other identifier. */
  placeOf(id: string): number {
    const place = id.startsWith(ID_PREFIX) ? Number(id.slice(ID_PREFIX.length)) : Number.NaN;
    return place < this.length ? place : -1;
  }

  kindOf(place: number): string {
    return ORGANISATION_KINDS[this.#kinds[place]!]!;
  }

  communeOf(place: number): number {
    return this.#communes[place]!;
  }

  /** The key that orders an organisation. */
  sortKeyOf(place: number): string {
    const { name, id } = this.at(place);
    return sortKeyOf(name, id);
  }

  /** Any organisation. */
  any(random: Random): Organisation {
    return this.at(random.below(this.length));
  }

  #make(random: Random, place: number): Organisation {
    const kind = ORGANISATION_KINDS[this.#kindWeights.draw(random)]!;
    const { name, own } = organisationName(random, kind);
    return {
      id: this.idOf(place),
      name,
      own,
      kind,
      acronym: random.chance(0.3) ? word(random, 1).toUpperCase() + place : '',
      aliases: random.chance(0.1) ? `${word(random, 2)} ${own}` : '',
      website: random.chance(0.4) ? `https://www.bench-${place}.example/accueil` : '',
      public: random.chance(0.5) ? String(kind === 'RESEARCH' || kind === 'PUBLIC_BODY') : '',
      size: random.chance(0.5) ? random.of(['MICRO', 'SMALL', 'MEDIUM', 'LARGE']) : '',
      siren: kind === 'COMPANY' && random.chance(0.5) ? siren(10_000_000 + place) : '',
      commune: this.#seats.draw(random),
      topics: random.some(ALL_TOPICS, random.below(3)),
    };
  }
}

function siren(number: number): string {
  const digits = String(number).padStart(8, '0');
  const sum = [...digits].reduce((total, digit, place) => {
    const weighed = Number(digit) * (place % 2 === 0 ? 1 : 2);
    return total + (weighed > 9 ? weighed - 9 : weighed);
  }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}
