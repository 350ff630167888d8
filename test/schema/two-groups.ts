import { World } from '../support/world.ts';

const GROUPS = [
  ['a', 'b', 'c', 'd'],
  ['w', 'x', 'y', 'z'],
];
/** The identifier of an organisation of that name. */
export const id = (name: string): string => `organisation/${name}`;

/** Two groups of four that know each other, and one organisation between them; a pair apart; one alone. */
export function twoGroups(): World {
  const made = new World()
    .topic('topic/optics')
    .topic('topic/steel')
    .topic('topic/laser', { scheme: 'TECHNOLOGY' })
    .territory('territory/north', { level: 'REGION' })
    .territory('territory/south', { level: 'REGION' })
    .territory('territory/south-town', { level: 'COMMUNE' })
    .part('territory/south-town', 'territory/south', { since: '2016' })
    .project('project/laser', { topics: 'topic/laser' });
  for (const [place, group] of GROUPS.entries()) {
    for (const name of group) {
      made.organisation(name.toUpperCase(), {
        id: id(name),
        kind: place === 0 ? 'COMPANY' : 'RESEARCH',
        topics: place === 0 ? 'topic/optics' : 'topic/steel',
        territory: place === 0 ? 'territory/north' : 'territory/south-town',
      });
    }
  }
  made.organisation('M', { id: id('m'), kind: 'RESEARCH' }).organisation('Alone', { id: id('alone') });
  made
    .organisation('P', { id: id('p') })
    .organisation('Q', { id: id('q') })
    .partners(id('p'), id('q'), { parties: 5 });
  for (const group of GROUPS) {
    for (const [place, from] of group.entries()) {
      for (const to of group.slice(place + 1)) made.partners(id(from), id(to));
    }
  }
  made.partners(id('a'), id('m'), { parties: 3 }).partners(id('m'), id('z'), { parties: 3 });
  for (const name of ['a', 'b']) made.takesPart(id(name), 'project/laser');
  return made;
}
