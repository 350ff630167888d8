import { sortKeyOf } from '../../src/domain/fold.ts';
import { PARTNERSHIP_KINDS } from '../../src/domain/vocabulary.ts';
import { FIRST_YEAR, LAST_YEAR, type Memberships, makeMemberships } from './memberships.ts';
import { word } from './names.ts';
import { Organisations } from './organisations.ts';
import { Pairs } from './pairs.ts';
import { powerLaw, Random, Weighted } from './random.ts';
import type { Size } from './size.ts';

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
  readonly organisations: Organisations;
  /** Poles first. */
  readonly networks: readonly Network[];
  readonly memberships: Memberships;
  readonly partnerships: Partnerships;
  /** Places of the organisations in the order of their sort keys. */
  readonly byName: Int32Array;
  readonly hub: number;
  readonly largestPole: number;
}

export const REGIONS = 13;
export const DEPARTMENTS = 96;
export const SECTORS = 20;
export const SOURCES = 6;
/** What partnerships may be: PROJECT is derived. */
export const KINDS = PARTNERSHIP_KINDS.filter((kind) => kind !== 'PROJECT');

export const departmentOf = (commune: number): number => commune % DEPARTMENTS;
export const regionOf = (department: number): number => department % REGIONS;

const SEED = 20_261_123;

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

function makePairs(random: Random, size: Size, hub: number, draw: () => number): Float64Array<ArrayBuffer> {
  const count = size.organisations;
  const pairs = new Pairs(count, size.partnerships);
  const degrees = new Uint32Array(count);
  while (degrees[hub]! < size.largest) {
    const other = random.below(count);
    if (other !== hub && pairs.add(hub, other)) degrees[hub]!++;
  }
  const most = size.largest / 2;
  while (pairs.size < size.partnerships) {
    const [one, other] = [draw(), random.chance(0.5) ? draw() : random.below(count)];
    if (one === other || one === hub || other === hub || pairs.has(one, other)) continue;
    if (degrees[one]! >= most || degrees[other]! >= most) continue;
    pairs.add(one, other);
    degrees[one]!++;
    degrees[other]!++;
  }
  return pairs.keys;
}

function makePartnerships(random: Random, size: Size, hub: number, draw: () => number): Partnerships {
  const count = size.organisations;
  // In the order of the end that they begin at, as an export writes them; that end is either of the two.
  const turned = makePairs(random, size, hub, draw);
  for (let place = 0; place < turned.length; place++) {
    const [low, high] = [Math.floor(turned[place]! / count), turned[place]! % count];
    const isFromLow = low === hub || (high !== hub && random.chance(0.5));
    if (!isFromLow) turned[place] = high * count + low;
  }
  turned.sort();
  const made = {
    from: new Int32Array(turned.length),
    to: new Int32Array(turned.length),
    kinds: new Uint8Array(turned.length),
    since: new Uint16Array(turned.length),
  };
  for (let place = 0; place < turned.length; place++) {
    made.from[place] = Math.floor(turned[place]! / count);
    made.to[place] = turned[place]! % count;
  }
  for (let place = 0; place < turned.length; place++) made.kinds[place] = random.below(KINDS.length);
  for (let place = 0; place < turned.length; place++) {
    if (random.chance(0.6)) made.since[place] = random.between(FIRST_YEAR, LAST_YEAR);
  }
  return made;
}

function placesByName(organisations: Organisations): Int32Array {
  const keys = Array.from({ length: organisations.length }, (_, place) => organisations.sortKeyOf(place));
  return Int32Array.from(keys.keys()).sort((a, b) => (keys[a]! < keys[b]! ? -1 : 1));
}

/** Makes the graph of a size: power-law degrees, one pole and one hub that are larger than all others. */
export function makeWorld(size: Size): World {
  const random = new Random(SEED);
  const organisations = new Organisations(random, size);
  const networks = makeNetworks(random, size);
  const popularity = new Weighted(powerLaw(random, size.organisations, 0.6, 10));
  const draw = (): number => popularity.draw(random);
  const hub = random.below(size.organisations);
  const memberships = makeMemberships(random, size, networks, draw);
  const partnerships = makePartnerships(random, size, hub, draw);
  const byName = placesByName(organisations);
  return { size, organisations, networks, memberships, partnerships, byName, hub, largestPole: 0 };
}
