import fc from 'fast-check';
import {
  MEMBERSHIP_ROLES,
  ORGANISATION_KINDS,
  ORGANISATION_SIZES,
  PARTICIPATION_ROLES,
  PARTNERSHIP_KINDS,
  POLE_RANKS,
  SUCCESSION_KINDS,
  TERRITORY_LEVELS,
  TOPIC_SCHEMES,
} from '../../src/domain/vocabulary.ts';

/** Dates of every precision, few enough that periods touch, overlap and end where others begin. */
export const anyDate = fc.constantFrom(
  ...['2003', '2005', '2005-06', '2005-06-15', '2008-12-31', '2009', '2009-01-01', '2012-02', '2012-02-29'],
);

const perhaps = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> => fc.option(value);

/** Names that fold alike, begin alike, or need more than ASCII; many nodes share one. */
const anyName = fc.constantFrom(
  ...['Alpha', 'ALPHA', 'Älpha', 'Alpha 2', 'Alphabet', 'Œuvre', 'oeuvre', "L'Œuvre", 'Énergie', 'C++', '日本', '𠮷野'],
);

/** A period of which either end may be unknown, and whose end does not come first. */
const anyPeriod = fc
  .record({ since: perhaps(anyDate), until: perhaps(anyDate) })
  .map(({ since, until }) => (since && until && until < since ? { since: until, until: since } : { since, until }))
  // 2005-06..2005 ends after it begins; 2005-06-15..2005-06 too: only the swapped texts are in order everywhere.
  .filter(({ since, until }) => !(since && until) || since.slice(0, 4) <= until.slice(0, 4));

/** Nine digits of which the last makes Luhn's sum divisible by ten. */
export function sirenOf(number: number): string {
  const digits = String(10_000_000 + (number % 10_000_000));
  const sum = [...digits].reduce((total, digit, place) => {
    const weighed = Number(digit) * (place % 2 === 1 ? 2 : 1);
    return total + (weighed > 9 ? weighed - 9 : weighed);
  }, 0);
  return digits + ((10 - (sum % 10)) % 10);
}

const place = fc.nat(1_000);
const places = fc.array(place, { maxLength: 3 });
const anySources = fc.constantFrom('source/fixture', 'source/other', ['source/other', 'source/fixture']);
/** How a row is named: by itself, or by the product. */
const ownId = fc.boolean();

const anyActor = {
  name: anyName,
  acronym: perhaps(anyName),
  city: perhaps(fc.constantFrom('Toulouse', 'Rodez')),
  seats: fc.array(fc.record({ place, period: anyPeriod }), { maxLength: 2 }),
  topics: places,
  sources: anySources,
};
const anyFact = {
  period: anyPeriod,
  attestedOn: fc.uniqueArray(anyDate, { maxLength: 2 }),
  sources: anySources,
  ownId,
};

/** As many of a kind as a world may have, or always has. */
type Some = <Value>(arbitrary: fc.Arbitrary<Value>, most: number) => fc.Arbitrary<Value[]>;

/** What a random world is made of; numbers stand for nodes, whichever there are. */
const planOf = (some: Some) =>
  fc.record({
    territories: some(fc.record({ name: anyName, level: fc.constantFrom(...TERRITORY_LEVELS), period: anyPeriod }), 5),
    parts: some(fc.record({ part: place, whole: place, period: anyPeriod }), 6),
    topics: some(fc.record({ name: anyName, scheme: fc.constantFrom(...TOPIC_SCHEMES), broader: perhaps(place) }), 4),
    organisations: some(
      fc.record({
        ...anyActor,
        kind: fc.constantFrom(...ORGANISATION_KINDS),
        size: perhaps(fc.constantFrom(...ORGANISATION_SIZES)),
        public: perhaps(fc.boolean()),
        aliases: fc.uniqueArray(anyName, { maxLength: 2 }),
        id: fc.constantFrom('own', 'of its name', 'of its number'),
      }),
      8,
    ),
    networks: some(
      fc.record({
        ...anyActor,
        type: fc.constantFrom('POLE', 'CLUSTER'),
        label: anyPeriod,
        structure: anyPeriod,
        rank: perhaps(fc.constantFrom(...POLE_RANKS)),
        covers: fc.array(fc.record({ place, period: anyPeriod }), { maxLength: 2 }),
      }),
      4,
    ),
    memberships: some(
      fc.record({
        ...anyFact,
        member: place,
        network: place,
        role: perhaps(fc.constantFrom(...MEMBERSHIP_ROLES)),
        roleLabel: perhaps(fc.constant('membre')),
        writtenAs: fc.subarray(['GDF-Suez', 'Gaz de France']),
      }),
      14,
    ),
    partnerships: some(
      fc.record({
        ...anyFact,
        from: place,
        to: place,
        kind: fc.constantFrom(...PARTNERSHIP_KINDS.filter((kind) => kind !== 'PROJECT')),
        label: perhaps(fc.constantFrom('Charte', 'Alliance')),
        parties: perhaps(fc.integer({ min: 2, max: 13 })),
      }),
      8,
    ),
    successions: some(
      fc.record({ from: place, to: place, kind: fc.constantFrom(...SUCCESSION_KINDS), since: perhaps(anyDate), ownId }),
      3,
    ),
    labels: some(
      fc.record({
        ...anyFact,
        network: place,
        label: place,
        term: perhaps(fc.constant('2019-2022')),
        conditions: perhaps(fc.constant('Un an.')),
      }),
      4,
    ),
    projects: some(
      fc.record({
        name: anyName,
        period: anyPeriod,
        funding: perhaps(fc.constantFrom(1_000, 2_500_000, 0.5)),
        participantCount: perhaps(fc.integer({ min: 0, max: 20 })),
        labelledBy: places,
        topics: places,
        sources: anySources,
      }),
      5,
    ),
    participations: some(
      fc.record({
        participant: place,
        project: place,
        role: perhaps(fc.constantFrom(...PARTICIPATION_ROLES)),
        ownId,
        sources: anySources,
      }),
      14,
    ),
    patents: some(
      fc.record({ title: perhaps(anyName), filedOn: perhaps(anyDate), applicants: places, projects: places }),
      3,
    ),
    productions: some(fc.record({ ...anyFact, patent: place, territory: place, by: perhaps(place) }), 4),
    indicators: some(
      fc.record({
        about: place,
        measure: fc.constantFrom('companies', 'members'),
        value: fc.constantFrom(0, 210, 3.6, -1),
        from: anyDate,
        to: perhaps(anyDate),
        sources: anySources,
      }),
      5,
    ),
    claims: some(
      fc.record({
        about: place,
        field: fc.constantFrom('since', 'name'),
        value: anyName,
        preferred: perhaps(fc.boolean()),
        sources: anySources,
      }),
      4,
    ),
    affiliations: some(fc.record({ ...anyFact, organisation: place, parent: place }), 12),
  });
/** What a world is made of. */
export type Plan = ReturnType<typeof planOf> extends fc.Arbitrary<infer Made> ? Made : never;

/** A small world: what can be seen at a glance when it fails. */
export const anyPlan = planOf((one, most) => fc.array(one, { maxLength: most, size: 'max' }));

/** One world, always the same, with enough of everything for every question to find something. */
export function richPlan(): Plan {
  const rich = planOf((one, most) => fc.array(one, { minLength: 3 * most, maxLength: 3 * most, size: 'max' }));
  return fc.sample(rich, { numRuns: 1, seed: 3 })[0]!;
}
