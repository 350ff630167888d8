import type { TestGraph } from '../support/graph.ts';
import { World } from '../support/world.ts';

/** Records of every type, some of whose values and dates are not known. */
export const filtered = (): World =>
  new World()
    .source('source/other')
    .territory('territory/occitanie', { level: 'REGION', since: '2016' })
    .territory('territory/midi', { level: 'REGION', until: '2015' })
    .territory('territory/lot', { level: 'DEPARTMENT' })
    .territory('territory/cahors', { level: 'COMMUNE' })
    .part('territory/cahors', 'territory/lot')
    .part('territory/lot', 'territory/midi', { until: '2015' })
    .part('territory/lot', 'territory/occitanie', { since: '2016' })
    .topic('topic/energie')
    .topic('topic/solaire', { broader: 'topic/energie' })
    .pole('Ancien', { id: 'pole/ancien', since: '2005', until: '2010', rank: 'WORLD' })
    .pole('Nouveau', { id: 'pole/nouveau', since: '2011' })
    .cluster('Sans date', { id: 'cluster/sans-date', covers: 'territory/lot' })
    .organisation("L'Énergie du Lot", {
      id: 'organisation/a',
      public: true,
      territory: 'territory/cahors',
      siren: '552032534',
    })
    .organisation('Université', { id: 'organisation/b', kind: 'TRAINING', public: false, topics: 'topic/solaire' })
    .organisation('Sans rien', { id: 'organisation/c', kind: 'UNKNOWN', sources: 'source/other' })
    .member('organisation/a', 'pole/ancien', { since: '2006', until: '2008' })
    .member('organisation/b', 'pole/ancien')
    .member('organisation/b', 'pole/nouveau', { since: '2012' })
    .partners('organisation/a', 'organisation/b', { since: '2007' })
    .project('project/x', { name: 'Xylo', start: '2009', programme: 'Carnot', labelledBy: 'pole/ancien' })
    .project('project/y', { name: 'Ypsilon', topics: 'topic/energie' })
    .takesPart('organisation/a', 'project/x');

const INPUTS: Readonly<Record<string, string>> = { organisations: 'OrganisationFilter', projects: 'ProjectFilter' };

/** The type of the filter of a list. */
export const inputOf = (list: string): string => INPUTS[list] ?? 'NetworkFilter';

/** The nodes that a filter finds in a list, by their identifiers without what stands before the slash. */
export async function foundBy(graph: TestGraph, filter: object, list = 'organisations'): Promise<string[]> {
  const source = `query ($filter: ${inputOf(list)}) { ${list}(filter: $filter) { nodes { id } } }`;
  const nodes: { id: string }[] = (await graph.ask(source, { filter }))[list].nodes;
  return nodes.map(({ id }) => id.slice(id.indexOf('/') + 1)).sort();
}
