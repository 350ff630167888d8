import { firstDay, lastDay, type PartialDate } from '../../src/domain/partial-date.ts';
import { type Plan, richPlan, sirenOf } from './arbitraries.ts';
import { type Row, World } from './world.ts';

interface Period {
  readonly since: string | null;
  readonly until: string | null;
}

const period = ({ since, until }: Period): Row => ({ since, until });
const dated = (id: string, { since, until }: Period): string =>
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

/** The rich world: always the same, with enough of everything for every question to find something. */
export const richWorld = (): World => worldOf(richPlan());
