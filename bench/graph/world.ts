import { sortKeyOf } from '../../src/domain/fold.ts';
import { ORGANISATION_KINDS, PARTNERSHIP_KINDS } from '../../src/domain/vocabulary.ts';
import { organisationName, word } from './names.ts';
import { powerLaw, Random, Weighted } from './random.ts';
import type { Size } from './size.ts';

export interface Organisation {
  readonly id: string;
  readonly name: string;
  /** The word of its name that hardly any other has. */
  readonly own: string;
  readonly sortKey: string;
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

export interface Network {
  readonly id: string;
  readonly type: 'POLE' | 'CLUSTER';
  readonly name: string;
  readonly sortKey: string;
  readonly sector: number;
  readonly region: number;
  readonly since: number;
  readonly until: number | null;
}

export interface Membership {
  readonly member: number;
  readonly network: number;
  readonly role: string;
  readonly since: string;
  readonly until: string;
}

/** Partnerships column by column: a million objects would be a hundred megabytes. */
export interface Partnerships {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly kinds: Uint8Array;
  /** The year in which it began, 0 where no source says. */
  readonly since: Uint16Array;
}

/** What a benchmark's graph holds; the same for the same size, on every machine. */
export interface World {
  readonly size: Size;
  readonly organisations: readonly Organisation[];
  /** Poles first. */
  readonly networks: readonly Network[];
  readonly memberships: readonly Membership[];
  readonly partnerships: Partnerships;
  /** Places of the organisations in the order of their sort keys. */
  readonly byName: readonly number[];
  readonly hub: number;
  readonly largestPole: number;
}

export const REGIONS = 13;
export const DEPARTMENTS = 96;
export const SECTORS = 20;
export const TOPICS = 60;
export const SOURCES = 6;
/** What partnerships may be: PROJECT is derived. */
export const KINDS = PARTNERSHIP_KINDS.filter((kind) => kind !== 'PROJECT');

export const departmentOf = (commune: number): number => commune % DEPARTMENTS;
export const regionOf = (department: number): number => department % REGIONS;

const SEED = 20_261_123;
/** The first and the last year of what is dated. */
const [FIRST_YEAR, LAST_YEAR] = [2005, 2025];

/** Shares of the kinds, in the order of ORGANISATION_KINDS. */
const KIND_WEIGHTS = [55, 18, 6, 6, 8, 2, 5];

function siren(number: number): string {
  const digits = String(number).padStart(8, '0');
  const sum = [...digits].reduce((total, digit, place) => {
    const weighed = Number(digit) * (place % 2 === 0 ? 1 : 2);
    return total + (weighed > 9 ? weighed - 9 : weighed);
  }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

function makeOrganisations(random: Random, { organisations, communes }: Size): Organisation[] {
  const kinds = new Weighted(KIND_WEIGHTS);
  // Few communes hold many seats.
  const seats = new Weighted(powerLaw(random, communes, 0.8, 3));
  return Array.from({ length: organisations }, (_, place) => {
    const kind = ORGANISATION_KINDS[kinds.draw(random)]!;
    const { name, own } = organisationName(random, kind);
    const id = `organisation/bench-${String(place).padStart(6, '0')}`;
    return {
      id,
      name,
      own,
      sortKey: sortKeyOf(name, id),
      kind,
      acronym: random.chance(0.3) ? word(random, 1).toUpperCase() + place : '',
      aliases: random.chance(0.1) ? `${word(random, 2)} ${own}` : '',
      website: random.chance(0.4) ? `https://www.bench-${place}.example/accueil` : '',
      public: random.chance(0.5) ? String(kind === 'RESEARCH' || kind === 'PUBLIC_BODY') : '',
      size: random.chance(0.5) ? random.of(['MICRO', 'SMALL', 'MEDIUM', 'LARGE']) : '',
      siren: kind === 'COMPANY' && random.chance(0.5) ? siren(10_000_000 + place) : '',
      commune: seats.draw(random),
      topics: random.some(
        Array.from({ length: TOPICS }, (_, topic) => topic),
        random.below(3),
      ),
    };
  });
}

function makeNetworks(random: Random, { poles, clusters }: Size): Network[] {
  return Array.from({ length: poles + clusters }, (_, place) => {
    const type = place < poles ? 'POLE' : 'CLUSTER';
    const name = `${type === 'POLE' ? 'Pôle' : 'Grappe'} ${word(random, 3)}`;
    const id = `${type.toLowerCase()}/bench-${String(place).padStart(3, '0')}`;
    return {
      id,
      type,
      name,
      sortKey: sortKeyOf(name, id),
      sector: random.below(SECTORS),
      region: random.below(REGIONS),
      since: random.between(FIRST_YEAR, 2012),
      until: random.chance(0.1) ? random.between(2019, LAST_YEAR - 1) : null,
    };
  });
}

/** A year, a month or a day, as sources write dates. */
function dateIn(random: Random, year: number): string {
  const month = String(random.between(1, 12)).padStart(2, '0');
  if (random.chance(0.7)) return String(year);
  return random.chance(0.7) ? `${year}-${month}` : `${year}-${month}-${String(random.between(1, 28)).padStart(2, '0')}`;
}

function makeMemberships(random: Random, size: Size, networks: readonly Network[], draw: () => number): Membership[] {
  const weights = powerLaw(random, networks.length, 0.7, 5);
  // A pole is larger than a cluster; the first one is the largest by far.
  const sum = weights.reduce((total, weight, place) => total + (place < size.poles ? 3 * weight : weight), 0);
  const rest = size.memberships - size.largest;
  const targets = networks.map((_, network) => {
    if (network === 0) return size.largest;
    const share = (network < size.poles ? 3 : 1) * (weights[network]! / sum);
    return Math.max(3, Math.min(size.largest / 2, Math.round(rest * share)));
  });
  // What rounding and bounds have left over goes to the clusters, one each.
  const missing = size.memberships - targets.reduce((total, members) => total + members, 0);
  for (let turn = 0; turn < missing; turn++) targets[size.poles + (turn % size.clusters)]!++;
  const made: Membership[] = [];
  networks.forEach(({ since: begun, until: ended }, network) => {
    const members = new Set<number>();
    while (members.size < targets[network]!)
      members.add(random.chance(0.5) ? draw() : random.below(size.organisations));
    for (const member of members) {
      const last = (ended ?? LAST_YEAR) - 1;
      const begins = random.chance(0.7) ? random.between(begun + 1, last) : null;
      const ends = begins !== null && begins < last && random.chance(0.15) ? random.between(begins + 1, last) : null;
      made.push({
        member,
        network,
        role: random.chance(0.9) ? 'MEMBER' : random.of(['FOUNDER', 'BOARD', 'FUNDER', 'ASSOCIATE']),
        since: begins === null ? '' : dateIn(random, begins),
        until: ends === null ? '' : dateIn(random, ends),
      });
    }
  });
  return made;
}

function makePartnerships(random: Random, size: Size, hub: number, draw: () => number): Partnerships {
  const count = size.organisations;
  const pairs = new Set<number>();
  const degrees = new Uint32Array(count);
  // The smaller end times the number of ends, plus the larger: one number per pair, whichever end names it.
  const pair = (one: number, other: number): number => Math.min(one, other) * count + Math.max(one, other);
  while (degrees[hub]! < size.largest) {
    const other = random.below(count);
    if (other === hub || pairs.has(pair(hub, other))) continue;
    pairs.add(pair(hub, other));
    degrees[hub]!++;
  }
  const most = size.largest / 2;
  while (pairs.size < size.partnerships) {
    const [one, other] = [draw(), random.chance(0.5) ? draw() : random.below(count)];
    if (one === other || one === hub || other === hub || pairs.has(pair(one, other))) continue;
    if (degrees[one]! >= most || degrees[other]! >= most) continue;
    pairs.add(pair(one, other));
    degrees[one]!++;
    degrees[other]!++;
  }
  // In the order of the end that they begin at, as an export writes them; that end is either of the two.
  const turned = Float64Array.from(pairs, (key) => {
    const [low, high] = [Math.floor(key / count), key % count];
    const isFromLow = low === hub || (high !== hub && random.chance(0.5));
    return isFromLow ? key : high * count + low;
  }).sort();
  return {
    from: Int32Array.from(turned, (key) => Math.floor(key / count)),
    to: Int32Array.from(turned, (key) => key % count),
    kinds: Uint8Array.from(turned, () => random.below(KINDS.length)),
    since: Uint16Array.from(turned, () => (random.chance(0.6) ? random.between(FIRST_YEAR, LAST_YEAR) : 0)),
  };
}

/** Makes the graph of a size: power-law degrees, one pole and one hub that are larger than all others. */
export function makeWorld(size: Size): World {
  const random = new Random(SEED);
  const organisations = makeOrganisations(random, size);
  const networks = makeNetworks(random, size);
  const popularity = new Weighted(powerLaw(random, size.organisations, 0.6, 10));
  const draw = (): number => popularity.draw(random);
  const hub = random.below(size.organisations);
  const memberships = makeMemberships(random, size, networks, draw);
  const partnerships = makePartnerships(random, size, hub, draw);
  const keys = organisations.map(({ sortKey }) => sortKey);
  const byName = keys.map((_, place) => place).sort((a, b) => (keys[a]! < keys[b]! ? -1 : 1));
  return { size, organisations, networks, memberships, partnerships, byName, hub, largestPole: 0 };
}
