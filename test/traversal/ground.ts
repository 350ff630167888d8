import { World } from '../support/world.ts';

/** The identifier of an organisation of that name. */
export const named = (letter: string): string => `organisation/${letter}`;

/** Many partners, so that a bound is met. */
export const PARTNERS = 520;

/** Between the ends of a lattice there are 13 * 13 * 13 shortest paths: more than an engine compares. */
export const LATTICE = Array.from({ length: 13 }, (_, place) => String.fromCharCode(97 + place));

/**
 * A small chain a - b - c - d with a short cut a - h - d through a hub, an island, a project and two poles; and somebody
 * with more partners than suggestions look behind, each of them with as many more as its number.
 */
export function ground(): World {
  const made = new World()
    .territory('territory/fr', { level: 'COUNTRY' })
    .territory('territory/south', { level: 'REGION' })
    .territory('territory/town', { level: 'COMMUNE' })
    .part('territory/south', 'territory/fr')
    .part('territory/town', 'territory/south')
    .topic('topic/steel')
    .pole('North', { id: 'pole/north', since: '2005', topics: ['topic/steel'], covers: 'territory/south' })
    .pole('South', { id: 'pole/south', since: '2005', topics: ['topic/steel'], covers: 'territory/town' });
  for (const letter of ['a', 'b', 'c', 'd', 'h', 'island', 'x', 'y', 'z'])
    made.organisation(letter, { id: named(letter) });
  made
    .partners(named('a'), named('b'), { kind: 'SUPPLY', since: '2001', until: '2003' })
    .partners(named('b'), named('c'), { kind: 'TRAINING' })
    .partners(named('c'), named('d'), { kind: 'SUPPLY' })
    .partners(named('c'), named('d'), { kind: 'ALLIANCE' })
    .partners(named('a'), named('h'), { kind: 'SUPPLY' })
    .partners(named('h'), named('d'), { kind: 'SUPPLY' });
  for (const letter of ['x', 'y', 'z']) made.partners(named('h'), named(letter), { kind: 'OTHER' });
  made
    .member(named('a'), 'pole/north', { since: '2006' })
    .member(named('b'), 'pole/north', { since: '2006', until: '2008-02' })
    .member(named('b'), 'pole/south')
    .member(named('c'), 'pole/south')
    .project('project/forge', { start: '2007', end: '2009', labelledBy: 'pole/north' })
    .takesPart(named('x'), 'project/forge')
    .takesPart(named('y'), 'project/forge');
  made.organisation('popular', { id: named('popular') });
  for (let place = 0; place < PARTNERS; place++) {
    made.organisation(`p${place}`, { id: named(`p${place}`) }).partners(named('popular'), named(`p${place}`));
    for (let more = 0; more < place % 4; more++) {
      made.partners(named(`p${place}`), named(`p${(place + more + 7) % PARTNERS}`), {
        kind: 'OTHER',
        label: `${place}`,
      });
    }
    if (place % 5 === 0) made.partners(named(`p${place}`), named('z'), { kind: 'TRAINING' });
  }
  return made;
}

/** Adds three layers of organisations, of which each is a partner of all in the next, between a top and a foot. */
export function withLattice(world: World): World {
  const layers = [
    ['top'],
    ...['one', 'two', 'three'].map((layer) => LATTICE.map((each) => `${layer}-${each}`)),
    ['foot'],
  ];
  for (const [place, layer] of layers.entries()) {
    for (const each of layer) {
      world.organisation(each, { id: named(each) });
      for (const above of layers[place - 1] ?? []) world.partners(named(above), named(each));
    }
  }
  return world;
}
