import fc from 'fast-check';
import { firstDay, lastDay, type PartialDate } from '../../src/domain/partial-date.ts';
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
import { type Row, World } from './world.ts';

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
function sirenOf(number: number): string {
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
export type Plan = ReturnType<typeof planOf> extends fc.Arbitrary<infer Made> ? Made : never;

/** A small world: what can be seen at a glance when it fails. */
export const anyPlan = planOf((one, most) => fc.array(one, { maxLength: most, size: 'max' }));

/** One world, always the same, with enough of everything for every question to find something. */
export function richPlan(): Plan {
  const rich = planOf((one, most) => fc.array(one, { minLength: 3 * most, maxLength: 3 * most, size: 'max' }));
  return fc.sample(rich, { numRuns: 1, seed: 3 })[0]!;
}

const period = ({ since, until }: { since: string | null; until: string | null }): Row => ({ since, until });
const dated = (id: string, { since, until }: { since: string | null; until: string | null }): string =>
  since === null && until === null ? id : `${id}@${since ?? ''}..${until ?? ''}`;

/** The days of a network: from its foundation or its label, whichever is earlier, to the end of its body, else its label. */
function lifespanOf({ label, structure }: Plan['networks'][number]): { from: string; to: string; isInverted: boolean } {
  const [start, end] = daysOf(label);
  const [founded, dissolved] = daysOf({ since: structure.since ?? label.since, until: structure.until ?? label.until });
  const from = label.since !== null && start < founded ? start : founded;
  if (from <= dissolved) return { from, to: dissolved, isInverted: false };
  return { from: start, to: end, isInverted: true };
}

/** Adds rows that say nothing twice: equal keys would be one record. */
function* distinct<Item>(
  items: readonly Item[],
  keyOf: (item: Item, index: number) => unknown,
): Generator<[Item, number]> {
  const seen = new Set<string>();
  for (const [index, item] of items.entries()) {
    const key = JSON.stringify(keyOf(item, index));
    if (seen.has(key)) continue;
    seen.add(key);
    yield [item, index];
  }
}

interface Period {
  readonly since: string | null;
  readonly until: string | null;
}

const daysOf = ({ since, until }: Period): [from: string, to: string] => [
  since === null ? '0000-01-01' : firstDay(since as PartialDate),
  until === null ? '9999-12-31' : lastDay(until as PartialDate),
];

/** Takes each period of a key, but for those that share a day with one that it took. */
class Calendar {
  readonly #taken = new Map<string, [from: string, to: string][]>();

  takes(key: string, period: Period): boolean {
    const [from, to] = daysOf(period);
    const taken = this.#taken.get(key) ?? [];
    if (taken.some((other) => from <= other[1] && other[0] <= to)) return false;
    this.#taken.set(key, [...taken, [from, to]]);
    return true;
  }
}

/** Claims about these fields say what the record shows: that follows from it, and is not for a row to say. */
const SHOWN: Readonly<Record<string, RegExp>> = {
  name: /^(organisation|pole|cluster|project|topic|territory)\//,
  since: /^(pole|cluster|territory)\//,
};

/** The world of a plan: the rows of its files, complete and consistent but for memberships outside a lifespan. */
export function worldOf(plan: Plan): World {
  const world = new World().source('source/other', { title: 'Another fixture', publishedOn: '2016-03' });
  const choose = (ids: readonly string[], place: number | null): string | null =>
    place === null || ids.length === 0 ? null : ids[place % ids.length]!;
  const chooseAll = (ids: readonly string[], some: readonly number[]): string[] => [
    ...new Set(some.flatMap((one) => choose(ids, one) ?? [])),
  ];
  const idsOf = (prefix: string, many: readonly unknown[]): string[] =>
    // Not in the order of the rows.
    many.map((_, index) => `${prefix}/${String.fromCharCode(97 + ((index * 7) % 26))}${index}`);

  const territories = idsOf('territory', plan.territories);
  const topics = idsOf('topic', plan.topics);
  const projects = idsOf('project', plan.projects);
  const patents = idsOf('patent', plan.patents);
  const networks = plan.networks.map(
    ({ type }, index) => `${type.toLowerCase()}/${String.fromCharCode(122 - index)}${index}`,
  );
  const organisations = idsOf('organisation', plan.organisations).map((id, index) => {
    const how = plan.organisations[index]!.id;
    if (how === 'own') return id;
    return how === 'of its name' ? `organisation/anonymous-${index}` : `organisation/siren-${sirenOf(index)}`;
  });
  const actors = [...organisations, ...networks];
  const anything = [...actors, ...projects, ...patents, ...topics, ...territories, 'source/other'];

  const seatsOf = (seats: Plan['organisations'][number]['seats']): string[] => [
    ...new Map(
      seats.flatMap(({ place, period }): [string, string][] => {
        const id = choose(territories, place);
        return id === null ? [] : [[`${id} ${period.since}`, dated(id, period)]];
      }),
    ).values(),
  ];
  const factRow = (fact: { attestedOn: string[]; sources: Row[string] }): Row => ({
    attestedOn: fact.attestedOn,
    sources: fact.sources,
  });

  for (const [index, { name, level, period: itsPeriod }] of plan.territories.entries()) {
    world.territory(territories[index]!, { name, level, code: String(index), ...period(itsPeriod) });
  }
  const calendar = new Calendar();
  const partKey = ({ part, whole, period }: Plan['parts'][number]): unknown => [
    choose(territories, part),
    choose(territories, whole),
    period.since,
  ];
  for (const [{ part, whole, period: itsPeriod }] of distinct(plan.parts, partKey)) {
    const [a, b] = [choose(territories, part), choose(territories, whole)];
    // Only of an earlier one: nothing is part of its own part.
    const isEarlier = a !== null && b !== null && territories.indexOf(b) < territories.indexOf(a);
    if (isEarlier && calendar.takes(`part ${a} ${b}`, itsPeriod)) world.part(a, b, period(itsPeriod));
  }
  for (const [index, { name, scheme, broader }] of plan.topics.entries()) {
    // Only an earlier one: two topics are not each other's part.
    world.topic(topics[index]!, { name, scheme, broader: choose(topics.slice(0, index), broader) });
  }
  for (const [index, one] of plan.organisations.entries()) {
    const { name, acronym, city, kind, size, aliases, sources } = one;
    const named: Row =
      one.id === 'own'
        ? { id: organisations[index]!, name }
        : one.id === 'of its name'
          ? { id: null, name: `Anonymous ${index}` }
          : { id: null, name, siren: sirenOf(index) };
    world.organisation(String(named.name), {
      ...{ id: null, siren: null, ...named, acronym, city, kind, size, public: one.public, aliases, sources },
      territory: seatsOf(one.seats),
      topics: chooseAll(topics, one.topics),
    });
  }
  for (const [index, one] of plan.networks.entries()) {
    const { name, acronym, city, type, label, rank, sources } = one;
    const structure = lifespanOf(one).isInverted ? { since: null, until: null } : one.structure;
    const row: Row = {
      id: networks[index]!,
      ...{ type, acronym, city, sources, ...period(label) },
      foundedOn: structure.since,
      dissolvedOn: structure.until,
      rank: type === 'POLE' ? rank : null,
      territory: seatsOf(one.seats),
      covers: seatsOf(one.covers),
      topics: chooseAll(topics, one.topics),
    };
    world.pole(name, row);
  }
  const memberKey = ({ member, network, role, period }: Plan['memberships'][number]): unknown => [
    choose(actors, member),
    choose(networks, network),
    role ?? 'MEMBER',
    period.since,
  ];
  for (const [one, index] of distinct(plan.memberships, memberKey)) {
    const [member, network] = [choose(actors, one.member), choose(networks, one.network)];
    if (!member || !network || member === network) continue;
    const { role, roleLabel, writtenAs } = one;
    if (!calendar.takes(`member ${member} ${network} ${one.role ?? 'MEMBER'}`, one.period)) continue;
    const id = one.ownId ? `membership/own-${index}` : null;
    world.member(member, network, { id, role, roleLabel, writtenAs, ...period(one.period), ...factRow(one) });
  }
  const affiliationKey = ({ organisation, parent, period }: Plan['affiliations'][number]): unknown => [
    choose(organisations, organisation),
    choose(organisations, parent),
    period.since,
  ];
  for (const [one, index] of distinct(plan.affiliations, affiliationKey)) {
    const [organisation, parent] = [choose(organisations, one.organisation), choose(organisations, one.parent)];
    // Only with an earlier one: nothing is part of its own part.
    if (!organisation || !parent || organisations.indexOf(parent) >= organisations.indexOf(organisation)) continue;
    if (!calendar.takes(`affiliation ${organisation} ${parent}`, one.period)) continue;
    const id = one.ownId ? `affiliation/own-${index}` : null;
    world.affiliation(organisation, parent, { id, ...period(one.period), ...factRow(one) });
  }
  const partnerKey = ({ from, to, kind, label, period }: Plan['partnerships'][number]): unknown => [
    choose(actors, from),
    choose(actors, to),
    ...[kind, label, period.since],
  ];
  for (const [one, index] of distinct(plan.partnerships, partnerKey)) {
    const [from, to] = [choose(actors, one.from), choose(actors, one.to)];
    if (!from || !to || from === to) continue;
    const { kind, label, parties } = one;
    const ends = ['SUPPLY', 'DISTRIBUTION'].includes(one.kind) ? [from, to] : [from, to].sort();
    if (!calendar.takes(`partners ${ends.join(' ')} ${one.kind} ${one.label}`, one.period)) continue;
    const id = one.ownId ? `partnership/own-${index}` : null;
    world.partners(from, to, { id, kind, label, parties, ...period(one.period), ...factRow(one) });
  }
  const successionKey = ({ from, to, kind }: Plan['successions'][number]): unknown => [
    choose(networks, from),
    choose(networks, to),
    kind,
  ];
  for (const [one, index] of distinct(plan.successions, successionKey)) {
    const [from, to] = [choose(networks, one.from), choose(networks, one.to)];
    // Only to a later one: nothing comes out of itself.
    if (!from || !to || networks.indexOf(from) >= networks.indexOf(to)) continue;
    const [former, later] = [from, to].map((id) => lifespanOf(plan.networks[networks.indexOf(id)]!));
    const [first, last] = daysOf({ since: one.since, until: one.since });
    const isTimely = one.since === null || (former!.from <= last && later!.to >= first);
    const id = one.ownId ? `succession/own-${index}` : null;
    world.succession(from, to, { id, kind: one.kind, since: isTimely ? one.since : null });
  }
  const labelKey = ({ network, label, period }: Plan['labels'][number]): unknown => [
    choose(networks, network),
    choose(topics, label),
    period.since,
  ];
  for (const [one, index] of distinct(plan.labels, labelKey)) {
    const [network, label] = [choose(networks, one.network), choose(topics, one.label)];
    if (!network || !label) continue;
    if (!calendar.takes(`label ${network} ${label}`, one.period)) continue;
    const { term, conditions } = one;
    const id = one.ownId ? `holdslabel/own-${index}` : null;
    world.label(network, label, { id, term, conditions, ...period(one.period), ...factRow(one) });
  }
  for (const [index, one] of plan.projects.entries()) {
    const { funding, participantCount, sources } = one;
    world.project(projects[index]!, {
      ...{ name: one.name, participantCount, funding, currency: funding === null ? null : 'EUR', sources },
      start: one.period.since,
      end: one.period.until,
      labelledBy: chooseAll(networks, one.labelledBy),
      topics: chooseAll(topics, one.topics),
    });
  }
  const participationKey = ({ participant, project }: Plan['participations'][number]): unknown => [
    choose(actors, participant),
    choose(projects, project),
  ];
  for (const [one, index] of distinct(plan.participations, participationKey)) {
    const [participant, project] = [choose(actors, one.participant), choose(projects, one.project)];
    const id = one.ownId ? `participation/own-${index}` : null;
    if (participant && project) world.takesPart(participant, project, { id, role: one.role, sources: one.sources });
  }
  for (const [index, one] of plan.patents.entries()) {
    world.patent(`FR${index}`, {
      ...{ id: patents[index]!, title: one.title, filedOn: one.filedOn },
      applicants: chooseAll(organisations, one.applicants),
      projects: chooseAll(projects, one.projects),
    });
  }
  const productionKey = ({ patent, territory, by }: Plan['productions'][number]): unknown => [
    choose(patents, patent),
    choose(territories, territory),
    choose(organisations, by),
  ];
  for (const [one, index] of distinct(plan.productions, productionKey)) {
    const [patent, territory] = [choose(patents, one.patent), choose(territories, one.territory)];
    if (!patent || !territory) continue;
    const id = one.ownId ? `production/own-${index}` : null;
    world.production(patent, territory, {
      id,
      by: choose(organisations, one.by),
      ...period(one.period),
      ...factRow(one),
    });
  }
  const places = [...actors, ...territories];
  const indicatorKey = ({ about, measure, from }: Plan['indicators'][number]): unknown => [
    choose(places, about),
    ...[measure, from],
  ];
  for (const [{ about, measure, value, from, to, sources }] of distinct(plan.indicators, indicatorKey)) {
    const id = choose(places, about);
    const isLater = to !== null && to.slice(0, 4) > from.slice(0, 4);
    if (id) world.indicator(id, measure, value, { from, to: isLater ? to : null, sources });
  }
  const claimKey = ({ about, field, value }: Plan['claims'][number]): unknown => [
    choose(anything, about),
    field,
    value,
  ];
  for (const [{ about, field, value, preferred, sources }] of distinct(plan.claims, claimKey)) {
    const id = choose(anything, about)!;
    world.claim(id, field, value, { preferred: SHOWN[field]!.test(id) ? null : preferred, sources });
  }
  return world;
}
