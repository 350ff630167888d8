import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { embeddedGraph, type TestGraph } from '../support/graph.ts';
import { type LiveServer, liveServer } from '../support/live.ts';
import { World } from '../support/world.ts';

let graph: TestGraph;
let server: LiveServer;

beforeAll(async () => {
  graph = await embeddedGraph();
  await graph.fill(new World().pole('A', { id: 'pole/a' }).pole('B', { id: 'pole/b' }));
  server = await liveServer(graph.engine);
});

afterAll(async () => {
  await server?.close();
  await graph?.[Symbol.asyncDispose]();
});

const repeated = (times: number, text: (place: number) => string): string =>
  Array.from({ length: times }, (_, place) => text(place)).join(' ');

/** Fragments of which each uses the next one twice, so that the last is used 2 ** levels times. */
const doubling = (levels: number, on: string, last: string, use = (next: string) => `...${next} ...${next}`): string =>
  `${repeated(levels, (n) => `fragment F${n} on ${on} { ${use(`F${n + 1}`)} }`)} fragment F${levels} on ${on} { ${last} }`;

/** Documents within the limits that double with each fragment, and what they are answered with. */
const DOUBLING: Readonly<Record<string, readonly [document: string, outcome: unknown]>> = {
  'of a type that the value does not have': [
    `query ($x: Boolean = true) { node(id: "pole/a") { ...F0 id @include(if: $x) } } ${doubling(60, 'Node', '... on Territory { id }')}`,
    'TOO_COSTLY',
  ],
  'of one field': [`{ pole(id: "pole/a") { ...F0 } } ${doubling(60, 'Pole', 'name')}`, 'TOO_COSTLY'],
  'that are left out by a variable': [
    `query ($x: Boolean = false) { pole(id: "pole/a") { ...F0 @include(if: $x) id } } ${doubling(60, 'Pole', 'name')}`,
    { pole: { id: 'pole/a' } },
  ],
  'that are left out inside': [
    `query ($x: Boolean = true) { pole(id: "pole/a") { ...F0 id } } ${doubling(45, 'Pole', 'name @skip(if: $x)')}`,
    { pole: { id: 'pole/a' } },
  ],
  'on the nodes of a page, left out': [
    `query ($x: Boolean = true) { poles { nodes { ...F0 id } } } ${doubling(45, 'Pole', 'name @skip(if: $x)')}`,
    { poles: { nodes: [{ id: 'pole/a' }, { id: 'pole/b' }] } },
  ],
  'around lists that are left out': [
    `query ($x: Boolean = true) { pole(id: "pole/a") { ...F0 id } } ${doubling(45, 'Pole', 'members @skip(if: $x) { nodes { id } }')}`,
    { pole: { id: 'pole/a' } },
  ],
  'through inline fragments': [
    `query ($x: Boolean = true) { pole(id: "pole/a") { ...F0 id } } ${doubling(45, 'Pole', 'name @skip(if: $x)', (next) => `... on Pole { ...${next} } ... on Node { ...${next} }`)}`,
    { pole: { id: 'pole/a' } },
  ],
  'inside fields that are left out': [
    `query ($x: Boolean = true) { pole(id: "pole/a") { ...F0 id } } ${doubling(8, 'Pole', 'id', (next) => `a: memberships @skip(if: $x) { nodes { ...G${next} } } b: memberships @skip(if: $x) { nodes { ...G${next} } }`)} ${repeated(8, (n) => `fragment GF${n + 1} on Network { ... on Pole { ...F${n + 1} } }`)}`,
    { pole: { id: 'pole/a' } },
  ],
  'in a subscription': [
    `subscription { graphChanged { ...F0 } } ${doubling(60, 'ChangeEntry', 'sequence')}`,
    'TOO_COSTLY',
  ],
};

describe('documents that double with each fragment', () => {
  it.each(Object.entries(DOUBLING))(
    '%s are answered again and again',
    { timeout: 20_000 },
    async (_, [text, outcome]) => {
      const accept = text.startsWith('subscription') ? 'text/event-stream, application/json' : 'application/json';
      // The first time it is interpreted, the second time compiled.
      for (let time = 0; time < 3; time++) {
        const { data, code } = await server.ask(text, { headers: { accept } });
        expect(code ?? data).toEqual(outcome);
      }
    },
  );
});

const LONG = 'x'.repeat(100_000);

/** Documents of every hostile shape, with the code that each is answered with; without one, it is answered. */
const SHAPES: Readonly<Record<string, readonly [document: string, code: string | undefined, variables?: object]>> = {
  'deep fields': [`{ ${'a { '.repeat(19)} a ${'}'.repeat(19)} }`, 'GRAPHQL_VALIDATION_FAILED'],
  'deeper fields': [`{ ${'a { '.repeat(30)} a ${'}'.repeat(30)} }`, 'TOO_DEEP'],
  'deep inline fragments': [`{ ${'... { '.repeat(38)} __typename ${'}'.repeat(38)} }`, undefined],
  'a deep list': [`{ nodes(ids: ${'['.repeat(30)}"a"${']'.repeat(30)}) { id } }`, 'GRAPHQL_VALIDATION_FAILED'],
  'many spreads of one fragment': [
    `{ pole(id: "pole/a") { ${'...F '.repeat(900)} } } fragment F on Pole { id }`,
    undefined,
  ],
  'many fragments that use each other': [
    `{ pole(id: "pole/a") { ...F0 } } ${repeated(60, (n) => `fragment F${n} on Pole { id ${repeated(Math.min(8, 59 - n), (next) => `...F${n + 1 + next}`)} }`)}`,
    'TOO_COSTLY',
  ],
  'a fragment inside itself': [
    '{ pole(id: "pole/a") { ...F } } fragment F on Pole { memberships { nodes { ... on Pole { ...F } } } }',
    'GRAPHQL_VALIDATION_FAILED',
  ],
  'fragments in a circle': [
    `{ pole(id: "pole/a") { ...F0 } } ${repeated(200, (n) => `fragment F${n} on Pole { ...F${(n + 1) % 200} }`)}`,
    'GRAPHQL_VALIDATION_FAILED',
  ],
  'thousands of aliases': [`{ ${repeated(600, (n) => `a${n}: __typename`)} }`, 'TOO_MANY_ROOT_FIELDS'],
  'thousands of aliases inside': [`{ viewer { ${repeated(600, (n) => `a${n}: name`)} } }`, 'TOO_MANY_ALIASES'],
  'thousands of directives': [`{ __typename ${'@skip(if: false) '.repeat(250)} }`, 'TOO_MANY_DIRECTIVES'],
  'a long comment': [`# ${LONG}\n{ pole(id: "pole/a") { id } }`, undefined],
  'many lines': [`${'#\n'.repeat(50_000)}{ pole(id: "pole/a") { id members(first: 300) { totalCount } } }`, 'BAD_PAGE'],
  'a long text': [`{ pole(id: "${LONG}") { id } }`, undefined],
  'a long block text': [`{ search(text: """${LONG}""") { totalCount } }`, 'BAD_USER_INPUT'],
  'a variable that nobody asked for': ['{ pole(id: "pole/a") { id } }', undefined, { x: LONG }],
  'thousands of wrong variables': [
    'query ($f: NetworkFilter) { poles(filter: $f) { totalCount } }',
    'BAD_USER_INPUT',
    { f: Object.fromEntries(Array.from({ length: 9_000 }, (_, place) => [`name${place}`, 1])) },
  ],
  'a default that is used': [
    'query ($first: Int = 1, $id: ID! = "pole/a") { pole(id: $id) { id members(first: $first) { totalCount } } }',
    undefined,
  ],
  'a default that costs too much': [
    'query ($first: Int = 200) { poles(first: $first) { nodes { members(first: $first) { nodes { id name } } } } }',
    'TOO_COSTLY',
  ],
  'a default that is overruled': [
    'query ($n: Int = 1) { poles(first: $n) { nodes { a: members(first: $n) { nodes { partners(first: $n) { nodes { id } } } } } } }',
    'TOO_COSTLY',
    { n: 200 },
  ],
  'descriptions of an operation, its variables and fragments': [
    `"""An operation.""" query Q("An identifier." $id: ID! = "pole/a") { pole(id: $id) { ...F } } """${LONG}""" fragment F on Pole { id }`,
    undefined,
  ],
};

describe('documents of hostile shapes', () => {
  it.each(Object.entries(SHAPES))('%s', { timeout: 20_000 }, async (_, [text, expected, variables]) => {
    for (let time = 0; time < 3; time++) {
      const answer = await server.ask(text, variables ? { variables: variables as Record<string, unknown> } : {});
      expect(answer.code).toBe(expected);
      expect(answer.status).toBeLessThan(500);
    }
  });
});
