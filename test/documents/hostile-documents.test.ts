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
      // The first time it is interpreted, the second time the compiler is asked.
      for (let time = 0; time < 3; time++) {
        const { data, code } = await server.ask(text, { headers: { accept } });
        expect(code ?? data).toEqual(outcome);
      }
    },
  );
});
