import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PartialDate } from '../../src/domain/partial-date.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { cases } from '../support/tier.ts';
import { Reference } from './filter-reference.ts';
import { known, projectFilters, written } from './random-filters.ts';
import { fill, graphs, type PlainNode, type PlainRelationship } from './random-graph.ts';

/** Graphs for the groups of filtered lists: each filter is a text of its own, that Neo4j plans again for every group. */
const FILTERED_GRAPHS = cases({ fast: 6, usual: 20, neo4j: 2, long: 40 });

const DATE = '2007' as PartialDate;

let graph: TestGraph;
beforeAll(async () => {
  graph = await emptyGraph();
});
afterAll(() => graph[Symbol.asyncDispose]());

const isDated = ({ validFrom, validTo }: PlainRelationship): boolean =>
  validFrom <= `${DATE}-12-31` && validTo >= `${DATE}-01-01`;

describe('groups', () => {
  /** Counts what is given of each, largest first. */
  const groupsOf = <Group extends object>(all: readonly Group[], keyOf: (group: Group) => string) =>
    [...Map.groupBy(all, (one) => JSON.stringify(one))]
      .map(([text, some]) => ({ ...(JSON.parse(text) as Group), count: some.length }))
      .sort((a, b) => b.count - a.count || (keyOf(a) < keyOf(b) ? -1 : 1));
  const yearOf = ({ since }: PlainNode | PlainRelationship): number | null =>
    typeof since === 'string' ? Number(since.slice(0, 4)) : null;
  const GROUPS = /* GraphQL */ `
    query ($filter: ProjectFilter) {
      projects(filter: $filter, first: 1) {
        facets {
          both: groups(by: [PROGRAMME, START_YEAR]) { programme startYear count }
          years: groups(by: [START_YEAR]) { programme startYear count }
          two: groups(by: [START_YEAR, PROGRAMME], first: 2) { programme startYear count }
        }
      }
      both: partnershipGroups(by: [START_YEAR, KIND]) { kind startYear count }
      kinds: partnershipGroups(by: [KIND], asOf: "${DATE}") { kind startYear count }
      supply: partnershipGroups(by: [START_YEAR], kind: [SUPPLY, OTHER]) { kind startYear count }
    }`;

  it('of projects and partnerships equal a plain in-memory reference on random graphs', async () => {
    const property = fc.asyncProperty(graphs, projectFilters, async (plain, made) => {
      await fill(graph.engine, plain);
      await graph.graph.snapshot!.load();
      const filter = known(made, plain);
      const projects = new Reference(plain).list(['Project'], filter, null, 'ASC');
      const ofProjects = projects.map((node) => ({
        programme: (node.programme as string | undefined) ?? null,
        startYear: yearOf(node),
      }));
      const byBoth = groupsOf(ofProjects, ({ programme, startYear }) => `${programme ?? ''}\u001f${startYear ?? ''}`);
      const byYear = groupsOf(ofProjects, ({ programme, startYear }) => `${startYear ?? ''}\u001f${programme ?? ''}`);
      const years = groupsOf(
        ofProjects.map(({ startYear }) => ({ programme: null, startYear })),
        ({ startYear }) => `${startYear ?? ''}`,
      );
      const partnerships = plain.relationships.filter(({ type }) => type === 'PARTNERS_WITH');
      const ofPartnerships = (some: readonly PlainRelationship[], hasKind: boolean, hasYear: boolean) =>
        groupsOf(
          some.map((each) => ({ kind: hasKind ? each.kind : null, startYear: hasYear ? yearOf(each) : null })),
          ({ startYear }) => `${startYear ?? ''}`,
        );
      for (const asker of [graph, graph.plain]) {
        const found = await asker.ask(GROUPS, { filter: written(filter) });
        expect(found.projects.facets, JSON.stringify(filter)).toEqual({ both: byBoth, years, two: byYear.slice(0, 2) });
        expect(found.both).toEqual(ofPartnerships(partnerships, true, true));
        expect(found.kinds).toEqual(ofPartnerships(partnerships.filter(isDated), true, false));
        expect(found.supply).toEqual(ofPartnerships(partnerships, false, true));
      }
    });
    await fc.assert(property, FILTERED_GRAPHS);
  });

  it.each([
    ['{ partnershipGroups(by: []) { count } }', 'by: give at least one value.'],
    ['{ partnershipGroups(by: [KIND], first: -1) { count } }', 'first: -1 is not between 0 and 500.'],
    ['{ projects { facets { groups(by: []) { count } } } }', 'by: give at least one value.'],
    [
      '{ projects { facets { groups(by: [PROGRAMME], first: 501) { count } } } }',
      'first: 501 is not between 0 and 500.',
    ],
  ])('are bounded: %s', async (asked, message) => {
    const { errors } = await graph.answer(asked);
    expect(errors.map((error) => [error.message, error.extensions.code])).toEqual([[message, 'BAD_USER_INPUT']]);
  });
});
