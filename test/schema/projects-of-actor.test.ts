import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN } from '../editing/editors.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { World } from '../support/world.ts';
import { richWorld } from '../support/world-of-plan.ts';

const FILTERS = [
  '{ nameContains: "a" }',
  '{ startsIn: { from: "2003", to: "2009" } }',
  '{ participants: { some: { role: [COORDINATOR] } } }',
  '{ not: { startsIn: { to: "2008" } } }',
  '{ or: [{ nameStartsWith: "alph" }, { participants: { none: { role: [COORDINATOR] } } }] }',
];

describe('the projects of an actor that meet a filter', () => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await emptyGraph();
    await graph.import(richWorld());
  });
  afterAll(() => graph?.[Symbol.asyncDispose]());

  it('are those of all projects that meet it in which the actor takes part, from the snapshot and by statements', async () => {
    const { organisations } = await graph.ask(
      '{ organisations(first: 8, orderBy: { field: PROJECT_COUNT, direction: DESC }) { nodes { id } } }',
    );
    let found = 0;
    for (const ask of [graph, graph.plain].map((asker) => (source: string) => asker.ask(source))) {
      for (const { id } of organisations.nodes as { id: string }[]) {
        for (const filter of FILTERS) {
          const { organisation, projects } = await ask(`{
            organisation(id: "${id}") { projects(filter: ${filter}, first: 100) { totalCount nodes { id }
              facets { startYears { value count } } } }
            projects(filter: { and: [${filter}, { participant: ["${id}"] }] }, first: 100) { totalCount nodes { id }
              facets { startYears { value count } } }
          }`);
          expect(organisation.projects, `${id} ${filter}`).toEqual(projects);
          found += projects.totalCount;
        }
      }
    }
    expect(found).toBeGreaterThan(20);
  });
});

describe('a filter of the projects of an actor', () => {
  it('finds, by the identifier of a record merged away, those of its survivor', async () => {
    await using graph = await emptyGraph();
    const source = { sources: 'source/fixture' };
    const world = new World()
      .row('projects.csv', { id: 'project/p', name: 'P', ...source })
      .row('projects.csv', { id: 'project/q', name: 'Q', ...source });
    for (const name of ['a', 'b', 'c']) {
      world.row('organisations.csv', { id: `organisation/${name}`, name, kind: 'COMPANY', ...source });
    }
    for (const [project, participant] of [
      ['p', 'a'],
      ['q', 'a'],
      ['p', 'b'],
    ]) {
      world.row('participations.csv', {
        ...{ project: `project/${project}`, participant: `organisation/${participant}`, role: 'PARTNER' },
        ...source,
      });
    }
    await graph.fill(world);
    const merge = `mutation { organisationMerge(id: "organisation/c", others: ["organisation/b"]) { problems { message } } }`;
    expect((await graph.answer(merge, {}, ADMIN)).errors).toEqual([]);
    const asked = `{ organisation(id: "organisation/a") {
      projects(filter: { participant: ["organisation/b"] }) { totalCount nodes { id } } } }`;
    const expected = { organisation: { projects: { totalCount: 1, nodes: [{ id: 'project/p' }] } } };
    expect(await graph.ask(asked)).toEqual(expected);
    expect(await graph.plain.ask(asked)).toEqual(expected);
    expect(
      await graph.errorMessages(
        '{ organisation(id: "organisation/a") { projects(filter: { topic: ["topic/x"] }) { totalCount } } }',
      ),
    ).toEqual(['filter: topic: there is no topic "topic/x": give identifiers as id fields show them.']);
  });
});
