import fc from 'fast-check';
import { LRUCache } from 'lru-cache';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { statement } from '../../src/graph/statement.ts';
import { singleToken } from '../../src/server/auth/tokens.ts';
import { emptyGraph, engineUnderTest, type TestGraph } from '../support/graph.ts';
import { type LiveServer, liveServer } from '../support/live.ts';
import { atOneInstant } from '../support/one-instant.ts';
import { type PlainAnswer, type PlainServer, plainServer } from '../support/plain-server.ts';
import { type Asked, type Document, documentOf, isPaged, type Question, QuestionMaker } from '../support/questions.ts';
import { SCHEMA_LISTS } from '../support/schema-lists.ts';
import { amount, cases } from '../support/tier.ts';
import { richWorld } from '../support/world-of-plan.ts';

/** Seconds for which questions are sent, other ones in every run; by default it is a fixed number of them. */
const SECONDS = Number(process.env.GRAPPE_SEARCH_SECONDS ?? 0);
/** Sequences of questions. Neo4j plans each new text, which takes it a while. */
const SEQUENCES = engineUnderTest === 'neo4j' ? { usual: 8, long: 200 } : { fast: 20, usual: 40, long: 600 };
const TOKEN = `grappe_${'x'.repeat(43)}`;
const VIEWER = { name: 'Édith', role: 'EDITOR' } as const;
/** No question of a test may be rejected for its size. */
const LIMITS = { tokens: 50_000, aliases: 1_000, rootFields: 1_000, depth: 40, cost: 1_000_000_000_000 };

/** Some questions in one request, and how it is sent. */
interface Request {
  readonly questions: readonly Question[];
  readonly by: 'GET' | 'POST';
  readonly values: 'literals' | 'variables';
  readonly accept: string;
  readonly isNamed: boolean;
}

const idsOfNodes = statement<{ id: string }>('idsOfNodes', 'MATCH (n:Entity) RETURN n.id AS id');
const idsOfRelationships = statement<{ id: string }>('idsOfRelationships', 'MATCH ()-[r]->() RETURN r.id AS id');

let graph: TestGraph;
let plain: PlainServer;
let maker: QuestionMaker;
/** Questions compared with their answers without caches. */
let compared = 0;

beforeAll(async () => {
  graph = await emptyGraph();
  const world = richWorld();
  const folder = await world.write();
  await graph.import(folder);
  await atOneInstant(graph.engine);
  plain = await plainServer(folder);
  maker = new QuestionMaker(await knownIds());
});

afterAll(async () => {
  await plain?.[Symbol.asyncDispose]();
  await graph?.[Symbol.asyncDispose]();
});

/** Identifiers of nodes and relationships by the types that the API gives them. */
async function knownIds(): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = [...(await graph.engine.read(idsOfNodes)), ...(await graph.engine.read(idsOfRelationships))];
  const ids = rows.map(({ id }) => id).sort();
  const found: { id: string; __typename: string }[] = [];
  for (let start = 0; start < ids.length; start += 100) {
    const some = ids.slice(start, start + 100);
    const { nodes } = await graph.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }', { ids: some });
    found.push(...nodes.filter(Boolean));
  }
  const byType = Map.groupBy(found, ({ __typename }) => __typename);
  return new Map([...byType].map(([type, some]) => [type, some.map(({ id }) => id)]));
}

/** Answers without caches, by document: the graph stands still. The last ones, since a search asks for an hour. */
const known = new LRUCache<string, Promise<PlainAnswer>>({ max: 2_000 });

/** A search says after a second that the names are not read yet, which happens on a machine that does much else: it is sent again. */
async function untilNamesAreRead<Answer>(send: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    const answer = await send();
    if (!JSON.stringify(answer).includes('The names of the graph are still being read')) return answer;
  }
}

function askAlone(asked: Asked): Promise<PlainAnswer> {
  const { query } = documentOf([asked], 'literals');
  const answer = known.get(query) ?? untilNamesAreRead(() => plain.ask(query));
  known.set(query, answer);
  return answer;
}

/** What stands at a key, anywhere in an answer. */
function* valuesAt(data: unknown, key: string): Generator<unknown> {
  if (typeof data !== 'object' || data === null) return;
  for (const [name, value] of Object.entries(data)) {
    if (name === key) yield value;
    else yield* valuesAt(value, key);
  }
}

/** A question with the page that it asks for; its cursor is that of an entry of the same list. */
async function withPage(question: Question): Promise<Asked> {
  const { page, selection } = question;
  if (page === null) return { question, page: {}, selection };
  const size = { [page.end]: page.size };
  if (page.from === null) return { question, page: size, selection };
  const { data } = await askAlone({ question, page: { first: 10 }, selection: 'edges { cursor }' });
  const cursors = [...valuesAt(data, 'cursor')] as string[];
  if (cursors.length === 0) return { question, page: size, selection };
  const cursor = cursors[page.from % cursors.length];
  return { question, page: { ...size, [page.end === 'first' ? 'after' : 'before']: cursor }, selection };
}

/** A client that remembers what it was answered by GET, and with which tag. */
class Client {
  readonly #server: LiveServer;
  readonly #known = new Map<string, { readonly tag: string; readonly text: string }>();

  constructor(server: LiveServer) {
    this.#server = server;
  }

  async ask({ query, variables }: Document, { by, accept, isNamed }: Request): Promise<unknown> {
    const headers = { accept, ...(isNamed ? { authorization: `Bearer ${TOKEN}` } : {}) };
    const url = new URL('/graphql', this.#server.url);
    const search = new URLSearchParams({ query, variables: JSON.stringify(variables) });
    // Longer addresses than most servers take.
    if (by === 'POST' || search.toString().length > 7_000) {
      const body = JSON.stringify({ query, variables });
      const response = await fetch(url, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body,
      });
      return response.json();
    }
    url.search = search.toString();
    const name = JSON.stringify([url.search, headers]);
    const known = this.#known.get(name);
    // Whatever a client has of other questions does not answer this one.
    const tags = [...this.#known.values()].map(({ tag }) => tag).join(', ');
    const response = await fetch(url, { headers: { ...headers, ...(tags === '' ? {} : { 'if-none-match': tags }) } });
    if (response.status === 304) {
      expect(response.headers.get('etag')).toBe(known?.tag);
      return JSON.parse(known!.text);
    }
    const text = await response.text();
    const tag = response.headers.get('etag');
    if (tag !== null) this.#known.set(name, { tag, text });
    return JSON.parse(text);
  }
}

/** What is wrong with an answer to some questions at once, given those to each alone. */
function compare(answer: unknown, alone: readonly PlainAnswer[], description: string, isNamed: boolean): void {
  const { data, errors = [] } = answer as { data: Record<string, unknown> | null; errors?: { message: string }[] };
  const messages = errors.map(({ message }) => message);
  const expected = alone.flatMap((each) => each.errors);
  // Measures are answered from the snapshot alone, which a process without caches does not have.
  if (expected.some((message) => message.includes('GRAPPE_SNAPSHOT_MB'))) return;
  // Where an error leaves no data it stands for all, and who came second need not be reported.
  expect(expected, description).toEqual(expect.arrayContaining(messages));
  expect(messages.length === 0, description).toBe(expected.length === 0);
  if (data === null || data === undefined) {
    expect(messages, description).not.toEqual([]);
    return;
  }
  for (const [place, { data: one }] of alone.entries()) {
    if (one === null) continue;
    expect(data[`q${place}`], description).toEqual((one as Record<string, unknown>).q0);
    compared++;
  }
  expect(data.viewer, description).toEqual(isNamed ? VIEWER : { name: null, role: 'READER' });
}

async function ask(client: Client, request: Request): Promise<void> {
  const asked = await Promise.all(request.questions.map(withPage));
  const alone: PlainAnswer[] = [];
  for (const one of asked) alone.push(await askAlone(one));
  const document = documentOf(asked, request.values, 'viewer { name role }');
  const description = `${document.query}\n${JSON.stringify(document.variables)}`;
  compare(await untilNamesAreRead(() => client.ask(document, request)), alone, description, request.isNamed);
}

const requestsAbout = (questions: fc.Arbitrary<Question>): fc.Arbitrary<Request> =>
  fc.record({
    questions: fc.array(questions, { minLength: 1, maxLength: 3 }),
    by: fc.constantFrom('GET' as const, 'POST' as const),
    values: fc.constantFrom('literals' as const, 'variables' as const),
    accept: fc.constantFrom('application/json', 'application/graphql-response+json'),
    isNamed: fc.boolean(),
  });

/** Requests that have one or two lists in common, and few values of their arguments. */
function sequences(): fc.Arbitrary<Request[]> {
  // A list that is read in pages shows more.
  const paged = fc.constantFrom(...SCHEMA_LISTS.filter(isPaged));
  const lists = fc.oneof({ arbitrary: paged, weight: 3 }, { arbitrary: fc.constantFrom(...SCHEMA_LISTS), weight: 1 });
  const topic = lists.chain((list) => maker.topicOf(list));
  return fc.tuple(topic, topic).chain(([one, other]) => {
    const questions = fc.oneof(
      { arbitrary: maker.questionOf(one), weight: 4 },
      { arbitrary: maker.questionOf(other), weight: 1 },
    );
    return fc.array(requestsAbout(questions), { minLength: 4, maxLength: 8 });
  });
}

it(
  'a server with every cache answers each question as one that was asked nothing else',
  async () => {
    const askAll = async (requests: readonly Request[]): Promise<void> => {
      const tokens = singleToken(TOKEN, VIEWER);
      const server = await liveServer(graph.engine, { tokens, limits: LIMITS, snapshotBytes: 100_000_000 });
      try {
        const client = new Client(server);
        // Once more, when all of it has been answered.
        for (const request of [...requests, ...requests]) await ask(client, request);
      } finally {
        await server.close();
      }
    };
    let last: Promise<void> = Promise.resolve();
    const property = fc.asyncProperty(sequences(), (requests) => {
      last = askAll(requests);
      return last;
    });
    const search = { numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: SECONDS * 1_000 };
    await fc.assert(property, SECONDS > 0 ? search : cases(SEQUENCES));
    // When its time is over a search does not wait for the requests that it has begun.
    await last;
    if (SECONDS > 0) console.log(`${compared} answers were compared.`);
    expect(compared).toBeGreaterThan(amount(SEQUENCES));
  },
  SECONDS * 1_000 + 600_000,
);
