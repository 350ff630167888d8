import { closeSync, cpSync, existsSync, fstatSync, mkdirSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import packageFile from '../../package.json' with { type: 'json' };
import type { LocalNeo4j } from '../../src/neo4j-local.ts';
import type { CursorAfter, Language, Question, Values, Workload } from '../workloads/workload.ts';
import { Connections, type Prepared } from './client.ts';
import { type Child, printed, residentMegabytes, startNode, untilPrinted } from './process.ts';

/** What a server speaks: a statement per question, or one of the two GraphQL schemas. */
export type Tongue = 'cypher' | 'peer' | 'grappe';

/** One line of the table of servers. */
export interface ServerKind {
  readonly id: string;
  readonly title: string;
  readonly tongue: Tongue;
  /** The script, from the root of the repository, and its words. */
  readonly words: readonly string[];
  readonly engine: 'neo4j' | 'embedded';
  /** No question is asked of it twice, so that no cache helps. */
  readonly asksOnce?: true;
  /** It runs where it is named only. */
  readonly isExtra?: true;
  /** Settings beside those of the engine. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Grappe as it starts on a developer's machine: it can be asked for its fields, and makes a token for writing. */
const GRAPPE = {
  GRAPPE_SEED: 'none',
  HOST: '127.0.0.1',
  PORT: '0',
};

/** Grappe's words, as `npm start` has them: flags of Node, the script, its words. */
export const START = packageFile.scripts.start.split(' ').slice(1);

/** The words of `npm run grappe`, likewise. */
export const COMMAND = packageFile.scripts.grappe.split(' ').slice(1);

/** The servers, in the order in which they take turns; all are compared with the first. A variant is a line here. */
export const SERVERS: readonly ServerKind[] = [
  {
    id: 'auto-commit',
    title: 'hand-written Cypher in auto-commit (the limit)',
    tongue: 'cypher',
    words: ['bench/servers/hand-written.ts', 'autoCommit'],
    engine: 'neo4j',
    environment: {},
  },
  {
    id: 'cypher',
    title: 'the same by executeQuery, as the manual has it',
    tongue: 'cypher',
    words: ['bench/servers/hand-written.ts', 'executeQuery'],
    engine: 'neo4j',
    environment: {},
  },
  {
    id: 'neo4j-graphql',
    title: '@neo4j/graphql 7',
    tongue: 'peer',
    words: ['bench/servers/neo4j-graphql.ts'],
    engine: 'neo4j',
    environment: {},
  },
  ...(['neo4j', 'embedded'] as const).flatMap((engine) =>
    (['new', 'seen'] as const).map((questions) => ({
      id: `grappe-${engine}-${questions}`,
      title: `Grappe ${engine === 'neo4j' ? 'on Neo4j' : 'embedded'}, questions ${questions === 'new' ? 'never asked before' : 'asked before'}`,
      tongue: 'grappe' as const,
      words: START,
      engine,
      ...(questions === 'new' ? { asksOnce: true as const } : {}),
      environment: GRAPPE,
    })),
  ),
  // Every answer is as of a question never asked before, also where there is one question only.
  ...(['neo4j', 'embedded'] as const).map((engine) => ({
    id: `grappe-${engine}-uncached`,
    title: `Grappe ${engine === 'neo4j' ? 'on Neo4j' : 'embedded'}, without cached results`,
    tongue: 'grappe' as const,
    words: START,
    engine,
    isExtra: true as const,
    environment: { ...GRAPPE, GRAPPE_CACHE_MB: '0' },
  })),
];

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Where the engines of a run are. */
export interface Engines {
  readonly neo4j: LocalNeo4j | null;
  /** The store that every server gets a copy of. */
  readonly embeddedFolder: string;
}

/** The settings that make Grappe, or a peer, use one of them. */
export function engineEnvironment(engine: ServerKind['engine'], engines: Engines): Record<string, string> {
  if (engine === 'embedded') return { GRAPPE_DATA: engines.embeddedFolder };
  const { uri, user, password } = engines.neo4j!;
  return { NEO4J_URI: uri, NEO4J_USER: user, NEO4J_PASSWORD: password, NEO4J_DATABASE: 'neo4j' };
}

/**
 * A store of a server's own, since the embedded engine's has one process alone; that of its last start where there was one. The
 * files keep their times, or the snapshot beside the store would not be taken.
 */
function copyFor({ id }: ServerKind, { embeddedFolder }: Engines, stores: string): string {
  const folder = join(stores, id);
  if (!existsSync(folder)) cpSync(embeddedFolder, folder, { recursive: true, preserveTimestamps: true });
  return folder;
}

/** What a server holds of the graph in memory. */
export interface InMemory {
  readonly state: 'ready' | 'too large';
  readonly megabytes: number;
}

/** Milliseconds that a server may take to read the graph into memory. */
const READ_LIMIT_MS = 900_000;
const READ_POLL_MS = 100;
/** While it reads again, it answers from the database. */
const READ_AGAIN_POLL_MS = 500;

/** A figure of a server's metrics; NaN where there is none of the name. */
function figureIn(metrics: string, name: string): number {
  const line = metrics.split('\n').find((each) => each.startsWith(`${name} `));
  return Number(line?.slice(name.length));
}

/** How often a request went to the graph, as Grappe's log says. */
export interface RoundTrips {
  readonly roundTrips: number;
  readonly statements: number;
}

interface GraphQLAnswer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string }[];
}

/** Milliseconds between two tries to reach a server that is starting. */
const POLL_MS = 10;
const START_LIMIT_MS = 600_000;

/** A server that answers. */
export class RunningServer {
  readonly kind: ServerKind;
  readonly child: Child;
  readonly startSeconds: number;
  readonly startMegabytes: number;
  readonly url: string;
  readonly one: Connections;
  readonly many: Connections;
  readonly #log: string;
  readonly #begun: number;
  #cursors: Partial<Record<'poles' | 'organisations', string>> = {};
  #fields: ReadonlySet<string> = new Set();

  private constructor(kind: ServerKind, child: Child, url: string, connections: number, log: string, begun: number) {
    this.kind = kind;
    this.child = child;
    this.#log = log;
    this.url = url;
    this.one = new Connections(url, 1);
    this.many = new Connections(url, connections);
    this.startSeconds = (performance.now() - begun) / 1_000;
    this.startMegabytes = residentMegabytes(child.pid)!.now;
    this.#begun = begun;
  }

  /** Starts a server of a kind and waits until it has answered a question. */
  static async start(kind: ServerKind, { engines, work, connections, probe }: StartOptions): Promise<RunningServer> {
    mkdirSync(join(work, 'logs'), { recursive: true });
    const log = join(work, 'logs', `${kind.id}.log`);
    const own = kind.engine === 'embedded' ? { ...engines, embeddedFolder: copyFor(kind, engines, work) } : engines;
    const begun = performance.now();
    const environment = { ...kind.environment, ...engineEnvironment(kind.engine, own) };
    const child = startNode(kind.words, { environment, cwd: root, log });
    try {
      const url = await untilPrinted(child, /(http:\/\/127\.0\.0\.1:\d+)/, log);
      await untilAnswered(url, probe(kind), log);
      const server = new RunningServer(kind, child, url, connections, log, begun);
      if (kind.tongue === 'grappe') await server.#acquaint();
      return server;
    } catch (error) {
      await child.stop();
      throw error;
    }
  }

  /**
   * Waits until a server of ours has the graph and the names in memory, and resolves to the seconds since its start; null for
   * the others, which read nothing ahead.
   */
  async untilRead(): Promise<number | null> {
    if (this.kind.tongue !== 'grappe') return null;
    for (const deadline = performance.now() + READ_LIMIT_MS; ; await pause(READ_POLL_MS)) {
      if ((await this.inMemory()) !== null && (await this.#hasNames())) break;
      if (performance.now() > deadline) throw new Error(`A server does not read the graph; its log is ${this.#log}.`);
    }
    return (performance.now() - this.#begun) / 1_000;
  }

  /** Waits until a server of ours has read again what others have changed past its change log. */
  async untilCurrent(): Promise<void> {
    if (this.kind.tongue !== 'grappe') return;
    const answeredFromMemory = async (): Promise<number> =>
      figureIn(await this.#metrics(), 'grappe_snapshot_current_total');
    const deadline = performance.now() + READ_LIMIT_MS;
    for (let polls = 0; ; polls++) {
      const before = await answeredFromMemory();
      // A page that was never asked for is in no cache.
      await this.#query(
        `{ organisations(first: 1, after: "${this.#after('organisations', `${polls}`)}") { nodes { id } } }`,
      );
      if ((await answeredFromMemory()) > before) return;
      if (performance.now() > deadline) throw new Error(`A server does not read the graph; its log is ${this.#log}.`);
      await pause(READ_AGAIN_POLL_MS);
    }
  }

  /** What a server of ours has of the graph in memory, as its metrics say; null while it reads. */
  async inMemory(): Promise<InMemory | null> {
    const metrics = await this.#metrics();
    for (const state of ['ready', 'too large'] as const) {
      const isIt = figureIn(metrics, `grappe_snapshot_state{state="${state}"}`) === 1;
      if (isIt) return { state, megabytes: figureIn(metrics, 'grappe_snapshot_bytes') / 2 ** 20 };
    }
    return null;
  }

  async #metrics(): Promise<string> {
    return (await fetch(`${this.url}/metrics`)).text();
  }

  async #hasNames(): Promise<boolean> {
    const { body } = await this.one.ask({
      path: '/graphql',
      body: JSON.stringify({ query: '{ search(text: "a", first: 1) { nodes { id } } }' }),
      bytes: null,
    });
    return !body.includes('"errors"');
  }

  /** A question as this server takes it; null when it has no words for it. */
  prepare(workload: Workload, question: Question): Prepared | null {
    const { tongue } = this.kind;
    const language = workload[tongue];
    const values = tongue === 'grappe' ? question.grappe(this.#after) : question[tongue];
    if (!language || !values) return null;
    const request = prepared(tongue, workload.id, language, values);
    const token = workload.writes ? this.token : null;
    return token === null ? request : { ...request, authorization: `Bearer ${token}` };
  }

  /** Grappe makes a token for each start, and prints it; the others let everybody write. */
  get token(): string | null {
    return this.kind.tongue === 'grappe' ? printed(this.child, /^\s*token\s+(\S+)/) : null;
  }

  /** What an answer says, in the form in which all servers' answers are compared. Throws for an error. */
  read(workload: Workload, status: number, body: Buffer): unknown {
    const language = workload[this.kind.tongue]!;
    if (this.kind.tongue === 'cypher') {
      if (status !== 200) throw new Error(`HTTP ${status}: ${body.toString().slice(0, 300)}`);
      return language.answer(JSON.parse(body.toString()) as never);
    }
    const { data, errors } = JSON.parse(body.toString()) as GraphQLAnswer;
    if (errors || !data) throw new Error(errors?.[0]?.message ?? `HTTP ${status} without data`);
    return language.answer(data as never);
  }

  /** Which of a workload's needs this server does not meet yet. */
  missing({ needs }: Workload): string[] {
    return this.kind.tongue === 'grappe' ? needs.filter((need) => !this.#fields.has(need)) : [];
  }

  /** Round trips of the last request of a workload, where the log of the server has them. */
  roundTrips({ id }: Workload): RoundTrips | null {
    if (this.kind.tongue === 'cypher') return { roundTrips: 1, statements: 1 };
    if (this.kind.tongue === 'peer') return null;
    const operation = `"operation":"${id}"`;
    const line = endOf(this.#log)
      .split('\n')
      .findLast((text) => text.startsWith('{') && text.endsWith('}') && text.includes(operation));
    return line ? (JSON.parse(line) as RoundTrips) : null;
  }

  async stop(): Promise<void> {
    await Promise.all([this.one.close(), this.many.close()]);
    await this.child.stop();
  }

  /** A cursor of the list's first entry serves as the form of all others: no page has to be turned to come to one. */
  readonly #after: CursorAfter = (list, sortKey) => {
    const [tag] = JSON.parse(Buffer.from(this.#cursors[list]!, 'base64url').toString()) as [string];
    return Buffer.from(JSON.stringify([tag, sortKey])).toString('base64url');
  };

  async #query<Data>(query: string): Promise<Data> {
    const { body } = await this.one.ask({ path: '/graphql', body: JSON.stringify({ query }), bytes: null });
    return (JSON.parse(body.toString()) as { data: Data }).data;
  }

  async #acquaint(): Promise<void> {
    type Lists = Record<'poles' | 'organisations', { pageInfo: { endCursor: string } }>;
    const lists = await this.#query<Lists>(
      '{ poles(first: 1) { pageInfo { endCursor } } organisations(first: 1) { pageInfo { endCursor } } }',
    );
    this.#cursors = {
      poles: lists.poles.pageInfo.endCursor,
      organisations: lists.organisations.pageInfo.endCursor,
    };
    type Field = { name: string; args?: { name: string }[] };
    type Types = { __schema: { types: { name: string; fields: Field[] | null; inputFields: Field[] | null }[] } };
    const { __schema } = await this.#query<Types>(
      '{ __schema { types { name fields { name args { name } } inputFields { name } } } }',
    );
    this.#fields = new Set(
      __schema.types.flatMap(({ name, fields, inputFields }) =>
        [...(fields ?? []), ...(inputFields ?? [])].flatMap((field) => [
          `${name}.${field.name}`,
          ...(field.args ?? []).map((argument) => `${name}.${field.name}(${argument.name})`),
        ]),
      ),
    );
  }
}

/** What a server is started with. */
interface StartOptions {
  readonly engines: Engines;
  /** Where its store and its log are. */
  readonly work: string;
  readonly connections: number;
  readonly probe: Prober;
}

/** A question by which a server of a kind shows that it answers. */
export type Prober = (kind: ServerKind) => Prepared;

/** A request in the form of a server's language. */
export function prepared(tongue: Tongue, id: string, { text }: Language, values: Values): Prepared {
  if (tongue === 'cypher') return { path: `/${id}`, body: JSON.stringify(values), bytes: null };
  const query = text.replace(/\s+/g, ' ').trim();
  // Named by the workload also where two share a document, so that the log tells them apart.
  const named = query.replace(/^(query|mutation) \w+/, `$1 ${id}`);
  return {
    path: '/graphql',
    body: JSON.stringify({ query: named, operationName: id, variables: values }),
    bytes: null,
  };
}

/** Bytes at the end of a log that are looked at: hundreds of requests. */
const LOG_END = 1 << 17;

function endOf(file: string): string {
  const log = openSync(file, 'r');
  try {
    const { size } = fstatSync(log);
    const buffer = Buffer.alloc(Math.min(size, LOG_END));
    readSync(log, buffer, 0, buffer.length, size - buffer.length);
    return buffer.toString();
  } finally {
    closeSync(log);
  }
}

async function untilAnswered(url: string, probe: Prepared, log: string): Promise<void> {
  const connections = new Connections(url, 1);
  const deadline = performance.now() + START_LIMIT_MS;
  try {
    for (;;) {
      const answer = await connections.ask(probe).then(
        ({ status, body }) => ({ isRight: status === 200 && !body.includes('"errors"'), text: body.toString() }),
        (error: Error) => ({ isRight: false, text: error.message }),
      );
      if (answer.isRight) return;
      if (performance.now() > deadline) {
        throw new Error(`A server does not answer rightly (${answer.text.slice(0, 300)}); its log is ${log}.`);
      }
      await pause(POLL_MS);
    }
  } finally {
    await connections.close();
  }
}
