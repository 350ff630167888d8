import {
  type ConcreteRequest,
  ConnectionHandler,
  Environment,
  fetchQuery,
  type GraphQLResponse,
  Network,
  RecordSource,
  Store,
} from 'relay-runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { World } from '../support/world.ts';

/** A field as Relay's compiler writes it. */
const scalar = (name: string): object => ({ kind: 'ScalarField', alias: null, args: null, name, storageKey: null });
const linked = (
  name: string,
  plural: boolean,
  selections: readonly object[],
  args: readonly object[] | null = null,
) => ({
  ...{ kind: 'LinkedField', alias: null, args, concreteType: null, name, plural, selections, storageKey: null },
});
const variable = (name: string): object => ({ kind: 'Variable', name, variableName: name });

const TEXT = /* GraphQL */ `query Members($id: ID!, $first: Int, $after: String) {
  pole(id: $id) { __typename id members(first: $first, after: $after) { __typename
    edges { __typename cursor node { __typename id } roles memberships { __typename id role } }
    pageInfo { __typename hasNextPage endCursor } } } }`;

/** What Relay's compiler makes of that document, with `@connection(key: "Pole_members")`. */
function compiled(): ConcreteRequest {
  const page = [variable('after'), variable('first')];
  const node = linked('node', false, [scalar('__typename'), scalar('id')]);
  const memberships = linked('memberships', true, [scalar('__typename'), scalar('id'), scalar('role')]);
  const edges = linked('edges', true, [scalar('__typename'), scalar('cursor'), node, scalar('roles'), memberships]);
  const pageInfo = linked('pageInfo', false, [scalar('__typename'), scalar('hasNextPage'), scalar('endCursor')]);
  const handle = { kind: 'LinkedHandle', alias: null, args: page, filters: null, handle: 'connection' };
  const selections = [
    linked(
      'pole',
      false,
      [
        ...[
          scalar('__typename'),
          scalar('id'),
          linked('members', false, [scalar('__typename'), edges, pageInfo], page),
        ],
        { ...handle, key: 'Pole_members', name: 'members' },
      ],
      [variable('id')],
    ),
  ];
  const argumentDefinitions = ['id', 'first', 'after'].map((name) => ({
    kind: 'LocalArgument',
    defaultValue: null,
    name,
  }));
  return {
    kind: 'Request',
    fragment: {
      kind: 'Fragment',
      name: 'Members',
      type: 'Query',
      abstractKey: null,
      metadata: null,
      argumentDefinitions,
      selections: [],
    },
    operation: { kind: 'Operation', name: 'Members', argumentDefinitions, selections },
    params: { id: null, cacheID: 'Members', metadata: {}, name: 'Members', operationKind: 'query', text: TEXT },
  } as unknown as ConcreteRequest;
}

describe("Relay's store", () => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await emptyGraph();
    const world = new World().pole('P', { id: 'pole/p', since: '2005' });
    for (const name of ['A', 'B', 'C', 'D', 'E']) {
      const id = `organisation/${name}`;
      world.organisation(name, { id }).member(id, 'pole/p', { since: '2005' });
      if (name < 'D') world.member(id, 'pole/p', { role: 'BOARD', since: '2007' });
    }
    await graph.fill(world);
  });
  afterAll(() => graph[Symbol.asyncDispose]());

  it('keeps every member of a paged list, and every membership', async () => {
    const environment = new Environment({
      network: Network.create(
        async ({ text }, variables) =>
          ({ data: await graph.ask(text!, variables as Record<string, unknown>) }) as GraphQLResponse,
      ),
      store: new Store(new RecordSource()),
    });
    const request = compiled();
    let after: string | null = null;
    do {
      const variables = { id: 'pole/p', first: 2, after };
      await fetchQuery(environment, request as never, variables).toPromise();
      const pole = environment.getStore().getSource().get('pole/p')!;
      expect(pole).toBeDefined();
      after = await new Promise<string | null>((resolve) =>
        environment.commitUpdate((store) => {
          const connection = ConnectionHandler.getConnection(store.get('pole/p')!, 'Pole_members')!;
          const info = connection.getLinkedRecord('pageInfo')!;
          resolve(info.getValue('hasNextPage') ? (info.getValue('endCursor') as string) : null);
        }),
      );
    } while (after !== null);
    environment.commitUpdate((store) => {
      const connection = ConnectionHandler.getConnection(store.get('pole/p')!, 'Pole_members')!;
      const edges = connection.getLinkedRecords('edges')!;
      expect(edges.map((edge) => edge!.getLinkedRecord('node')!.getDataID())).toEqual(
        ['A', 'B', 'C', 'D', 'E'].map((name) => `organisation/${name}`),
      );
      expect(edges.map((edge) => edge!.getValue('roles'))).toEqual([
        ...Array(3).fill(['MEMBER', 'BOARD']),
        ...Array(2).fill(['MEMBER']),
      ]);
      const facts = edges.flatMap((edge) => edge!.getLinkedRecords('memberships')!);
      expect(new Set(facts.map((fact) => fact!.getDataID())).size).toBe(8);
    });
  });
});
