import {
  type GraphQLField,
  type GraphQLNamedType,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schema } from '../../schema/schema.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { FIXTURE_SOURCE, World } from '../support/world.ts';

let graph: TestGraph;

beforeAll(async () => {
  graph = await emptyGraph();
  await graph.fill(
    new World()
      .territory('territory/departement-31', { level: 'DEPARTMENT', name: 'Haute-Garonne', code: '31' })
      .topic('topic/aeronautics', { name: 'Aeronautics' })
      .pole('one', { acronym: 'ONE', since: '2005', until: '2019', covers: 'territory/departement-31' })
      .organisation('a', { acronym: 'AA', territory: 'territory/departement-31', topics: 'topic/aeronautics' })
      .organisation('b', { acronym: 'BB', territory: 'territory/departement-31' })
      .member('organisation/a', 'pole/one', { since: '2006', until: '2010', role: 'BOARD', roleLabel: 'a label' })
      .member('organisation/b', 'pole/one', { since: '2007', attestedOn: '2008' })
      .partners('organisation/a', 'organisation/b', { since: '2008', label: 'a label' })
      .row('projects.csv', {
        ...{ id: 'project/one', name: 'Project', title: 'A project', acronym: 'PRO', start: '2009', end: '2011' },
        ...{ labelledBy: 'pole/one', topics: 'topic/aeronautics', sources: FIXTURE_SOURCE },
      })
      .row('participations.csv', { project: 'project/one', participant: 'organisation/a', sources: FIXTURE_SOURCE })
      .row('participations.csv', { project: 'project/one', participant: 'organisation/b', sources: FIXTURE_SOURCE })
      .row('patents.csv', { number: 'FR1', title: 'A patent', applicants: 'organisation/a', sources: FIXTURE_SOURCE }),
  );
});

afterAll(async () => graph[Symbol.asyncDispose]());

/** A node of each type that has lists. */
const NODES = {
  Organisation: 'organisation/a',
  Pole: 'pole/one',
  Project: 'project/one',
  Territory: 'territory/departement-31',
  Topic: 'topic/aeronautics',
};

type Field = GraphQLField<unknown, unknown>;

const fieldsOf = (type: GraphQLNamedType): Field[] =>
  isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];

/** Fields without arguments and selections. */
const leavesOf = (type: GraphQLNamedType): string[] =>
  fieldsOf(type)
    .filter(({ args, type: own }) => isLeafType(getNamedType(own)) && !args.some(isRequiredArgument))
    .map(({ name }) => name);

/** Every leaf of a page of a connection, with its path. */
function leavesOfPage(connection: GraphQLNamedType): string[] {
  const typeOf = (of: GraphQLNamedType, name: string): GraphQLNamedType =>
    getNamedType(fieldsOf(of).find((field) => field.name === name)!.type);
  const node = typeOf(connection, 'nodes');
  const kinds = isInterfaceType(node) ? [node, ...schema.getPossibleTypes(node)] : [node];
  const ofNode = kinds.flatMap((kind) =>
    leavesOf(kind).map((leaf) => `... on ${kind.name} { ${kind.name}_${leaf}: ${leaf} }`),
  );
  return [
    ...leavesOf(typeOf(connection, 'edges')).map((leaf) => `edges { ${leaf} }`),
    ...ofNode.map((leaf) => `edges { node { ${leaf} } }`),
    ...ofNode.map((leaf) => `nodes { ${leaf} }`),
    ...leavesOf(typeOf(connection, 'pageInfo')).map((leaf) => `pageInfo { ${leaf} }`),
  ];
}

const LISTS = Object.entries(NODES).flatMap(([type, id]) =>
  fieldsOf(schema.getType(type)!)
    .filter(
      ({ type: own, args }) =>
        getNamedType(own).name.endsWith('Connection') && args.some(({ name }) => name === 'after'),
    )
    .map((field) => ({ type, id, field: field.name, connection: getNamedType(field.type) })),
);

/** A part of an answer equals the same part of the complete answer. */
function expectPart(part: unknown, whole: unknown): void {
  expect(whole).toMatchObject(part as object);
}

describe('a page', () => {
  it('is selected of every node that has lists', () => {
    expect(LISTS.length).toBeGreaterThan(10);
  });

  it.each(LISTS.map((list) => [`${list.type}.${list.field}`, list] as const))(
    '%s says the same of one field as of all',
    async (_, { type, id, field, connection }) => {
      const leaves = leavesOfPage(connection);
      const question = (selection: string): string =>
        `{ node(id: "${id}") { ... on ${type} { list: ${field}(first: 5) { ${selection} } } } }`;
      // With more aliases than a server answers.
      const whole = (await graph.plain.ask(question(leaves.join(' ')))).node.list;
      for (const leaf of leaves) expectPart((await graph.ask(question(leaf))).node.list, whole);
      // Asked from the node's own field, the list is read ahead of the node.
      const own = type === 'Organisation' ? `organisation(by: { id: "${id}" })` : `${type.toLowerCase()}(id: "${id}")`;
      for (const leaf of leaves) {
        const { node } = await graph.ask(`{ node: ${own} { list: ${field}(first: 5) { ${leaf} } } }`);
        expectPart(node.list, whole);
      }
    },
  );

  it('is filled in the tests of this file', async () => {
    const { node } = await graph.ask(
      `{ node(id: "${NODES.Organisation}") { ... on Organisation { partners { totalCount } } } }`,
    );
    expect(node.partners.totalCount).toBeGreaterThan(0);
  });
});
