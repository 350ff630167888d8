import {
  type GraphQLInputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schema } from '../../schema/schema.ts';
import { newToken, singleToken } from '../../src/server/auth/tokens.ts';
import { world } from '../server/world.ts';
import { embeddedGraph, type TestGraph } from '../support/graph.ts';
import { type LiveServer, liveServer } from '../support/live.ts';
import { World } from '../support/world.ts';

const NAME = /[_A-Za-z]\w*/g;

/** Every name of the schema, but those that GraphQL itself has. */
const NAMES = new Set<string>();
for (const type of Object.values(schema.getTypeMap())) {
  NAMES.add(type.name);
  if (isEnumType(type)) for (const { name } of type.getValues()) NAMES.add(name);
  if (isInputObjectType(type)) for (const name of Object.keys(type.getFields())) NAMES.add(name);
  if (!isObjectType(type) && !isInterfaceType(type)) continue;
  for (const { name, args } of Object.values(type.getFields()))
    for (const each of [name, ...args.map((arg) => arg.name)]) NAMES.add(each);
}
for (const name of ['Query', 'Mutation', 'Subscription', 'Int', 'Float', 'String', 'Boolean', 'ID']) NAMES.delete(name);

/** Requests that are rejected, for every reason by which a name of the schema could be shown. */
const REFUSED: readonly (readonly [query: string] | readonly [query: string, variables: object])[] = [
  ['{ poles }'],
  ['{ viewer { role { x } } }'],
  ['{ pole }'],
  ['{ pole(id: "x") }'],
  ['{ pole { name } }'],
  ['{ pole(id: "x", ident: 1) { name } }'],
  ['{ pole(id: "x") { nam } }'],
  ['{ pole(id: [1]) { name } }'],
  ['{ poles(first: "x") { totalCount } }'],
  ['{ poles(filter: { nameContain: "a" }) { totalCount } }'],
  ['{ poles(filter: { rank: WORD }) { totalCount } }'],
  ['{ poles(filter: { rank: 3 }) { totalCount } }'],
  ['{ poles(filter: "x") { totalCount } }'],
  ['{ actor(by: {}) { id } }'],
  ['{ actor(by: { id: "a", siren: "b" }) { id } }'],
  ['{ node(id: "x") { ... on Pole { members { nodes { x: id } } } ... on Cluster { x: name } } }'],
  ['{ node(id: "x") { ... on Pole { x: id } ... on Cluster { x: isActive(asOf: "2000") } } }'],
  ['{ pole(id: "x") { ... on Project { id } } }'],
  ['{ pole(id: "x") { ...F } } fragment F on Project { id }'],
  ['{ pole(id: "x") { ...F } } fragment F on PartialDate { id }'],
  ['query ($d: Int) { pole(id: $d) { id } }'],
  ['query ($d: NetworkFilterr) { poles(filter: $d) { totalCount } }'],
  ['query ($d: Pole) { poles { totalCount } }'],
  ['query ($f: NetworkFilter) { poles(filter: $f) { totalCount } }', { f: { rank: ['X'] } }],
  ['query ($f: NetworkFilter) { poles(filter: $f) { totalCount } }', { f: { and: [{ xs: 1 }] } }],
  ['query ($f: NetworkFilter) { poles(filter: $f) { totalCount } }', { f: { memberCount: { min: 'x' } } }],
  ['query ($by: ActorRef!) { actor(by: $by) { id } }', { by: { siren: '1', ror: '2' } }],
  ['query ($by: ActorRef!) { actor(by: $by) { id } }', {}],
  ['query ($i: [ID!]!) { nodes(ids: $i) { id } }', { i: [null] }],
  ['mutation ($i: OrganisationCreateInput!) { organisationCreate(input: $i) { problems { code } } }', { i: {} }],
  [
    'mutation ($i: OrganisationCreateInput!) { organisationCreate(input: $i) { problems { code } } }',
    { i: { name: 1 } },
  ],
  ['mutation { organisationCreate(input: { name: "x" }) { problems { code } } }'],
  ['mutation { membershipStart(input: {}) { problems { code } } }'],
  ['subscription { graphChanged }'],
  ['{ search(text: "x", types: [POL]) { totalCount } }'],
  ['{ poles @skip { totalCount } }'],
  ['{ poles @deprecated { totalCount } }'],
  ['{ __schema { types { name } } }'],
  ['{ __typ }'],
];

describe('where the schema is not shown', () => {
  it.each(REFUSED)('an error names nothing that the client has not said: %s', async (query, variables?: object) => {
    const headers = { accept: 'text/event-stream, application/json' };
    const { body } = await world({ schema, introspection: false, graphiql: false }).ask(query, { variables, headers });
    expect(body.errors!.length).toBeGreaterThan(0);
    const said = new Set(`${query} ${JSON.stringify(variables)}`.match(NAME));
    for (const { message } of body.errors!) {
      const quoted = [...message.matchAll(/"[^"]*"/g)].flatMap(([text]) => text.match(NAME) ?? []);
      expect(
        quoted.filter((name) => NAMES.has(name) && !said.has(name)),
        message,
      ).toEqual([]);
      expect(message).not.toMatch(/did you mean/i);
    }
  });

  it('is shown elsewhere', async () => {
    const { body } = await world({ schema }).ask('{ poles }');
    expect(body.errors![0]!.message).toContain('"PolesConnection"');
  });
});

let graph: TestGraph;
let server: LiveServer;
const token = newToken();

beforeAll(async () => {
  graph = await embeddedGraph();
  await graph.fill(new World().pole('A', { id: 'pole/a' }));
  server = await liveServer(graph.engine, { tokens: singleToken(token, { name: 'Édith', role: 'ADMIN' }) });
});

afterAll(async () => {
  await server?.close();
  await graph?.[Symbol.asyncDispose]();
});

const LONG = 'xy'.repeat(2_500);

/** A value of an input type with a long text wherever one may stand; `deep` bounds types that hold themselves. */
function longValue(type: GraphQLInputType, deep = 0): unknown {
  const named = getNamedType(type);
  const value = isInputObjectType(named)
    ? Object.fromEntries(
        Object.values(named.getFields())
          .filter((_, place) => !named.isOneOf || place === 0)
          .filter(({ type: own }) => deep < 1 || !isInputObjectType(getNamedType(own)))
          .map(({ name, type: own }) => [name, longValue(own, deep + 1)]),
      )
    : LONG;
  return String(type).includes('[') ? [value] : value;
}

const ROOTS = [schema.getQueryType()!, schema.getMutationType()!].flatMap((root) =>
  Object.values(root.getFields()).map((field) => ({
    root: root === schema.getQueryType() ? 'query' : 'mutation',
    field,
  })),
);

/** Every field with every argument long, and with each argument alone. */
const QUESTIONS = ROOTS.filter(({ field }) => field.args.length > 0).map(({ root, field }) => {
  const declared = field.args.map(({ name, type }) => `$${name}: ${type}`).join(', ');
  const given = field.args.map(({ name }) => `${name}: $${name}`).join(', ');
  const type = getNamedType(field.type);
  const inside =
    isObjectType(type) || isInterfaceType(type)
      ? type.getFields().problems
        ? '{ problems { message } }'
        : '{ __typename }'
      : '';
  return [field.name, `${root} (${declared}) { ${field.name}(${given}) ${inside} }`, field.args] as const;
});

describe('an input', () => {
  it.each(QUESTIONS)('is never repeated at length: of %s', async (_, query, args) => {
    const strings = args.filter(({ type }) => !['Int', 'Boolean', 'Float'].includes(getNamedType(type).name));
    for (const { name } of strings) {
      const variables = Object.fromEntries(
        args.map((arg) => [
          arg.name,
          arg.name === name ? longValue(arg.type) : getNamedType(arg.type).name === 'Int' ? 1 : longValue(arg.type),
        ]),
      );
      const { text } = await server.ask(query, { variables, token });
      expect(text.length).toBeLessThan(20_000);
      expect(text).not.toContain(LONG.slice(0, 200));
    }
  });

  it.each([
    [`{ ${LONG} }`],
    [`{ poles { ${LONG} } }`],
    [`{ ...${LONG} }`],
    [`{ pole(id: "a", ${LONG}: 1) { id } }`],
    [`query ($${LONG}: Int) { poles { totalCount } }`],
    [`query ($a: ${LONG}) { poles(first: $a) { totalCount } }`],
    [`{ poles @${LONG} { totalCount } }`],
    [`{ poles(orderBy: { field: ${LONG} }) { totalCount } }`],
    [`{ poles(first: "${LONG}") { totalCount } }`],
    [`{ pole(id: "a") { isActive(asOf: "${LONG}") } }`],
    [`{ poles ${'"'}${LONG}`],
    [`{ poles(first: 1) { nodes { id } } } ${LONG}`],
    [`query ${LONG} { a: poles { totalCount } a: clusters { totalCount } }`],
  ])('of a document is never repeated at length', async (query) => {
    for (const variables of [{}, { a: LONG, [LONG]: LONG }]) {
      const { text, code } = await server.ask(query, { variables, token });
      expect(code).toBeDefined();
      expect(text).not.toContain(LONG.slice(0, 200));
    }
  });

  it('is reported with its line in the document, which the errors no longer contain', async () => {
    const text = `# A comment.\n{\n  poles(first: 1) {\n    nodes {\n      members(first: 300) { totalCount }\n    }\n  }\n}`;
    const { text: answer } = await server.ask(text, { token });
    const { errors } = JSON.parse(answer);
    expect(errors[0]).toMatchObject({ locations: [{ line: 5, column: 7 }], path: ['poles', 'nodes', 0, 'members'] });
    const { text: refused } = await server.ask('{\n  poles {\n    x\n  }\n}', { token });
    expect(JSON.parse(refused).errors[0].locations).toEqual([{ line: 3, column: 5 }]);
  });
});
