import { World } from '../support/world.ts';

/** Numbers that come out the same for the same seed, so that a failure can be met again. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 to 1, exclusive: mulberry32. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** An integer from `least` to `most`, both included. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.whole(0, items.length - 1)]!;
  }

  /** Some of the items, none twice, in their order. */
  some<Item>(items: readonly Item[], probability: number): Item[] {
    return items.filter(() => this.chance(probability));
  }
}

/** What a random graph is made of, by identifier. */
export interface RandomGraph {
  readonly organisations: readonly string[];
  readonly networks: readonly string[];
  readonly projects: readonly string[];
  readonly patents: readonly string[];
  readonly topics: readonly string[];
  readonly territories: readonly string[];
  readonly all: readonly string[];
}

const KINDS = ['SUPPLY', 'TRAINING', 'ALLIANCE', 'OTHER'];
const CITIES = ['Toulouse', 'Saint-Étienne', 'Le Havre', ''];

/** A date of any precision between 2000 and 2012, or none. */
function date(dice: Dice, chance = 0.6): string {
  if (!dice.chance(chance)) return '';
  const [year, month, day] = [dice.whole(2000, 2012), dice.whole(1, 12), dice.whole(1, 28)];
  const two = (number: number): string => String(number).padStart(2, '0');
  return dice.pick([`${year}`, `${year}-${two(month)}`, `${year}-${two(month)}-${two(day)}`]);
}

/** Two dates of which the first is no later than the second, each perhaps unknown. */
function period(dice: Dice): { since: string; until: string } {
  const [one, other] = [date(dice), date(dice)];
  // Years apart, so that no precision makes the end come before the beginning.
  if (one !== '' && other !== '' && one.slice(0, 4) >= other.slice(0, 4)) return { since: one, until: '' };
  return { since: one, until: other };
}

/** Whether a network may have succeeded another on a date: the former had begun, the later had not ended. */
function isTimely(date: string, former?: { since: string }, later?: { until: string }): boolean {
  const year = date.slice(0, 4);
  return (!former?.since || former.since.slice(0, 4) < year) && (!later?.until || later.until.slice(0, 4) > year);
}

/** A word or two of a name, sometimes with a typing error or turned around, so that some records look alike. */
function nameOf(dice: Dice, place: number): string {
  const words = [
    dice.pick(['institut', 'instiut', 'laboratoire', 'labo']),
    dice.pick(['optique', 'otpique', 'chimie']),
  ];
  if (dice.chance(0.3)) words.reverse();
  if (dice.chance(0.3)) words.splice(1, 0, dice.pick(['de', 'des', "d'"]));
  return dice.chance(0.75) ? words.join(' ') : `${words.join(' ')} ${place}`;
}

/** Adds one small random graph to a world; its identifiers begin with `prefix`, and nothing leads out of it. */
export function addRandomGraph(world: World, prefix: string, dice: Dice): RandomGraph {
  const ids = (type: string, count: number): string[] =>
    Array.from({ length: count }, (_, place) => `${type}/${prefix}-${String.fromCharCode(97 + place)}`);
  const territories = ids('territory', dice.whole(3, 6));
  territories.forEach((id, place) => {
    world.territory(id, { level: place < 2 ? 'COUNTRY' : 'REGION' });
    if (place >= 2) world.part(id, territories[dice.whole(0, place - 1)]!, dice.chance(0.3) ? period(dice) : {});
  });
  const topics = ids('topic', dice.whole(1, 3));
  for (const id of topics) world.topic(id);
  const networks = [...ids('pole', dice.whole(1, 2)), ...ids('cluster', dice.whole(1, 2))];
  const labels = new Map<string, { since: string; until: string }>();
  const label = (its: Dice, id: string): { since: string; until: string } => {
    labels.set(id, period(its));
    return labels.get(id)!;
  };
  for (const id of networks) {
    const row = {
      id,
      topics: dice.some(topics, 0.4),
      territory: dice.chance(0.4) ? dice.pick(territories) : '',
      covers: dice.some(territories.slice(2), 0.3),
      ...(dice.chance(0.4) ? label(dice, id) : {}),
    };
    if (id.startsWith('pole/')) world.pole(`Pole ${id}`, row);
    else world.cluster(`Cluster ${id}`, row);
  }
  const organisations = ids('organisation', dice.whole(4, 10));
  organisations.forEach((id, place) => {
    world.organisation(`${nameOf(dice, place)} ${prefix}`, {
      id,
      topics: dice.some(topics, 0.4),
      territory: dice.chance(0.5) ? dice.pick(territories) : '',
      city: dice.pick(CITIES),
      rnsr: dice.chance(0.2) ? `${String(dice.whole(0, 999_999_999)).padStart(9, '0')}A` : '',
    });
  });
  const actors = [...organisations, ...networks];
  const density = dice.pick([0.1, 0.2, 0.35]);
  for (const member of actors) {
    for (const network of networks) {
      if (member !== network && dice.chance(density)) {
        world.member(member, network, { role: dice.pick(['MEMBER', 'FOUNDER']), ...period(dice) });
      }
    }
  }
  actors.forEach((from, place) => {
    for (const to of actors.slice(place + 1)) {
      // Some pairs have two partnerships, of two kinds.
      for (const kind of dice.some(KINDS, density / 3)) {
        const parties = dice.chance(0.3) ? dice.whole(2, 5) : '';
        const [a, b] = dice.chance(0.5) ? [from, to] : [to, from];
        world.partners(a, b, { kind, parties, ...period(dice) });
      }
    }
  });
  networks.forEach((from, place) => {
    const to = networks[place + 1];
    if (to && dice.chance(0.4)) {
      const since = date(dice);
      world.succession(from, to, { since: isTimely(since, labels.get(from), labels.get(to)) ? since : '' });
    }
  });
  organisations.forEach((id, place) => {
    if (place > 1 && id.charCodeAt(id.length - 1) % 3 === 0)
      world.affiliation(id, organisations[place >> 1]!, period(dice));
  });
  const projects = ids('project', dice.whole(0, 4));
  for (const id of projects) {
    const { since: start, until: end } = period(dice);
    world.project(id, { start, end, labelledBy: dice.some(networks, 0.3), topics: dice.some(topics, 0.3) });
    for (const actor of dice.some(actors, 0.25)) world.takesPart(actor, id);
  }
  const patents = ids('patent', dice.whole(0, 5));
  for (const id of patents) {
    world.patent(`P ${id}`, {
      id,
      filedOn: date(dice),
      applicants: dice.some(actors, 0.25),
      projects: dice.some(projects, 0.25),
    });
    for (const territory of dice.some(territories, 0.25)) world.production(id, territory, period(dice));
  }
  const all = [...actors, ...projects, ...patents, ...topics, ...territories];
  return { organisations, networks, projects, patents, topics, territories, all };
}

/** A world of so many random graphs, disjoint, so that one store holds them all. */
export function randomGraphs(count: number, seed: number): { world: World; graphs: RandomGraph[] } {
  const world = new World();
  const dice = new Dice(seed);
  const graphs = Array.from({ length: count }, (_, place) => addRandomGraph(world, `g${place}`, dice));
  return { world, graphs };
}
