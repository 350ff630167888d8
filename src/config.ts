import { readFileSync } from 'node:fs';
import { BlockList, isIP } from 'node:net';
import { availableParallelism } from 'node:os';
import type { EngineSettings } from './graph/open.ts';
import type { StatementBounds } from './scheduling/statement-places.ts';

/** The seed for an empty store at the first start. */
export const SEEDS = ['none', 'curated', 'full'] as const;
export type Seed = (typeof SEEDS)[number];

/** The profile of the server: in development it has GraphiQL, introspection and suggestions. */
export const PROFILES = ['development', 'production'] as const;
export type Profile = (typeof PROFILES)[number];

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Limits of one request, and of all. docs/errors.md describes the errors beyond them. */
export interface Limits {
  /** Milliseconds from the start of an execution to its end. */
  readonly timeMs: number;
  /** Bytes of a request's body. */
  readonly bodyBytes: number;
  /** Tokens of a document. */
  readonly tokens: number;
  /** Levels of nested fields, with fragments; also of input objects and lists. */
  readonly depth: number;
  readonly aliases: number;
  readonly directives: number;
  /** Root fields of an operation. */
  readonly rootFields: number;
  /** Selections of the same field in one selection set: each pair of them is compared. */
  readonly repeats: number;
  /** Values in one list of an argument or a variable. */
  readonly listItems: number;
  /** Estimated maximum of values in an answer: page sizes multiplied. */
  readonly cost: number;
  /** Values of lists in an answer, counted during execution. */
  readonly values: number;
  /** Bytes of an answer. */
  readonly answerBytes: number;
  /** Subscriptions open at one time, of all clients together. */
  readonly subscriptions: number;
  /** Requests executed at one time, of all clients together. */
  readonly executions: number;
  /** Requests that may wait to be executed. */
  readonly waiting: number;
  /** Maximum of milliseconds that a request waits. */
  readonly waitMs: number;
  /** The share of one client of subscriptions, executions and waiting requests, in percent. */
  readonly clientShare: number;
}

/** Wide enough for queries in GraphiQL, narrow enough that one request does not delay the others. */
export const DEFAULT_LIMITS: Limits = {
  timeMs: 10_000,
  bodyBytes: 262_144,
  tokens: 2_000,
  depth: 20,
  aliases: 30,
  directives: 50,
  rootFields: 20,
  repeats: 100,
  listItems: 100,
  cost: 100_000,
  values: 100_000,
  answerBytes: 10_000_000,
  subscriptions: 100,
  executions: 96,
  waiting: 64,
  waitMs: 5_000,
  clientShare: 50,
};

/** The configuration from the environment, checked and frozen. */
export interface Config {
  readonly host: string;
  /** 0 lets the system choose one. */
  readonly port: number;
  readonly engine: EngineSettings;
  readonly seed: Seed;
  readonly profile: Profile;
  readonly graphiql: boolean;
  /** Whether answers show how their lists were read. */
  readonly plan: boolean;
  /** Whether introspection is allowed, and error messages suggest names of the schema. */
  readonly introspection: boolean;
  /** Names of the server besides those of this machine. Without any, see `hostRule`. */
  readonly allowedHosts: readonly string[];
  /** A port for /metrics instead of that of the graph. 0: the system chooses one; null: none. */
  readonly metricsPort: number | null;
  /** Origins whose pages may read answers in a browser; without any, CORS is off. */
  readonly corsOrigins: readonly string[];
  /** Origins whose pages may read files of links, and nothing else. */
  readonly exportOrigins: readonly string[];
  /** The address at which clients reach the server, without a slash at the end; null: that of their request. */
  readonly publicUrl: string | null;
  /** The file with the tokens that allow more than reading, managed by `grappe token`. */
  readonly tokensFile: string | null;
  /** Whether everything can be read without a token. */
  readonly publicRead: boolean;
  /** Entries that the change log may have before the oldest are deleted; 0: any number. */
  readonly keepChanges: number;
  /** Days after which entries of the change log are deleted; 0: never. */
  readonly keepChangesDays: number;
  /** Limits of the result cache; 0 bytes: no cache. */
  readonly cache: { readonly bytes: number; readonly stalenessMs: number };
  /** Maximum of bytes of the snapshot in memory; 0: it is not loaded. */
  readonly snapshotBytes: number;
  readonly limits: Limits;
  /** Maximum of statements executed at one time. */
  readonly statements: StatementBounds;
  /** Proxies whose X-Forwarded-For is trusted. */
  readonly trustedProxies: BlockList;
  readonly logLevel: LogLevel;
  /** A sentence for each setting without effect. */
  readonly warnings: readonly string[];
}

/** The problem of one variable. */
export interface ConfigProblem {
  readonly variable: string;
  /** As given; hidden for secrets, null if missing. */
  readonly value: string | null;
  readonly expected: string;
}

/** All problems of the environment at once, so that one restart suffices. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    super(
      problems
        .map(({ variable, value, expected }) => `${variable}${value === null ? '' : `="${value}"`}: ${expected}`)
        .join('\n'),
    );
    this.problems = problems;
  }
}

export type Environment = { readonly [variable: string]: string | undefined };

const LIMIT_VARIABLES: { readonly [Limit in keyof Limits]: string } = {
  timeMs: 'GRAPPE_REQUEST_TIMEOUT_MS',
  bodyBytes: 'GRAPPE_MAX_BODY_BYTES',
  tokens: 'GRAPPE_MAX_TOKENS',
  depth: 'GRAPPE_MAX_DEPTH',
  aliases: 'GRAPPE_MAX_ALIASES',
  directives: 'GRAPPE_MAX_DIRECTIVES',
  rootFields: 'GRAPPE_MAX_ROOT_FIELDS',
  repeats: 'GRAPPE_MAX_REPEATS',
  listItems: 'GRAPPE_MAX_LIST_ITEMS',
  cost: 'GRAPPE_MAX_COST',
  values: 'GRAPPE_MAX_VALUES',
  answerBytes: 'GRAPPE_MAX_ANSWER_BYTES',
  subscriptions: 'GRAPPE_MAX_SUBSCRIPTIONS',
  executions: 'GRAPPE_MAX_EXECUTIONS',
  waiting: 'GRAPPE_MAX_WAITING',
  waitMs: 'GRAPPE_MAX_WAIT_MS',
  clientShare: 'GRAPPE_MAX_CLIENT_SHARE',
};

const NEO4J_URI = /^(?:neo4j|bolt)(?:\+s|\+ssc)?:\/\/[^/\s]+/;

/** Beyond this depth the recursion of the parser comes near the end of the stack. */
const DEEPEST = 200;

/** Reads variables, and collects their problems. */
class Reader {
  readonly problems: ConfigProblem[] = [];
  readonly #environment: Environment;
  readonly #known = new Set<string>();

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  /** An empty value counts as none: compose files pass it for a variable that is not set. */
  text(variable: string): string | null {
    this.#known.add(variable);
    const value = this.#environment[variable]?.trim();
    return value === undefined || value === '' ? null : value;
  }

  /** Several values, joined by commas. */
  list(variable: string): string[] {
    const given = (this.text(variable) ?? '').split(',').map((value) => value.trim());
    return given.filter((value) => value !== '');
  }

  addProblem(variable: string, value: string | null, expected: string): void {
    this.problems.push({ variable, value, expected });
  }

  integer(variable: string, otherwise: number, from: number, to: number): number {
    const value = this.text(variable);
    if (value === null) return otherwise;
    const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
    if (number >= from && number <= to) return number;
    this.addProblem(variable, value, `a whole number from ${from} to ${to} is needed (default ${otherwise}).`);
    return otherwise;
  }

  oneOf<Choice extends string>(variable: string, choices: readonly Choice[], otherwise: Choice): Choice {
    const value = this.text(variable);
    if (value === null) return otherwise;
    const choice = choices.find((known) => known === value.toLowerCase());
    if (choice === undefined) this.addProblem(variable, value, `one of ${choices.join(', ')} is needed.`);
    return choice ?? otherwise;
  }

  flag(variable: string, otherwise: boolean): boolean {
    return this.oneOf(variable, ['true', 'false'], otherwise ? 'true' : 'false') === 'true';
  }

  /** Variables that begin like ours but are unknown, such as misspelt ones. */
  unknownVariables(): string[] {
    return Object.keys(this.#environment).filter((name) => name.startsWith('GRAPPE_') && !this.#known.has(name));
  }
}

function neo4jPassword(reader: Reader): string {
  const password = reader.text('NEO4J_PASSWORD');
  const file = reader.text('NEO4J_PASSWORD_FILE');
  if (file === null) return password ?? '';
  if (password !== null) {
    reader.addProblem('NEO4J_PASSWORD_FILE', file, 'NEO4J_PASSWORD is set too: give one of the two.');
    return password;
  }
  try {
    const text = readFileSync(file, 'utf8').trim();
    if (text === '')
      reader.addProblem('NEO4J_PASSWORD_FILE', file, 'the file is empty: it must contain the password alone.');
    return text;
  } catch (error) {
    reader.addProblem(
      'NEO4J_PASSWORD_FILE',
      file,
      `the file cannot be read (${(error as NodeJS.ErrnoException).code}).`,
    );
    return '';
  }
}

function engineSettings(reader: Reader): EngineSettings {
  const folder = reader.text('GRAPPE_DATA') ?? './data';
  const uri = reader.text('NEO4J_URI');
  const user = reader.text('NEO4J_USER') ?? 'neo4j';
  const database = reader.text('NEO4J_DATABASE') ?? 'neo4j';
  const password = neo4jPassword(reader);
  const shared = reader.flag('NEO4J_SHARED', false);
  if (uri === null) return { engine: 'grafeo', folder };
  if (!NEO4J_URI.test(uri)) {
    reader.addProblem(
      'NEO4J_URI',
      uri,
      'an address such as bolt://localhost:7687 or neo4j+s://graph.example.org is needed.',
    );
  }
  if (password === '' && reader.text('NEO4J_PASSWORD_FILE') === null) {
    const expected = 'the password of NEO4J_USER is needed, here or in a file that NEO4J_PASSWORD_FILE names.';
    reader.addProblem('NEO4J_PASSWORD', null, `${expected} A Neo4j without authentication takes any, such as "none".`);
  }
  return { engine: 'neo4j', uri, user, password, database, shared };
}

function origins(reader: Reader, variable: string): readonly string[] {
  const given = reader.list(variable);
  for (const origin of given) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
      reader.addProblem(variable, origin, 'origins such as https://example.org are needed, joined by commas.');
    }
  }
  return given;
}

/** The web applications that open files by their address: Gephi Lite and VOSviewer Online. */
export const VIEWER_ORIGINS: readonly string[] = ['https://lite.gephi.org', 'https://app.vosviewer.com'];

function exportOrigins(reader: Reader): readonly string[] {
  const given = reader.text('GRAPPE_EXPORT_ORIGINS');
  if (given === null) return VIEWER_ORIGINS;
  return given.toLowerCase() === 'none' ? [] : origins(reader, 'GRAPPE_EXPORT_ORIGINS');
}

function publicUrl(reader: Reader): string | null {
  const given = reader.text('GRAPPE_PUBLIC_URL');
  if (given === null) return null;
  const url = URL.parse(given);
  if (url === null || !/^https?:$/.test(url.protocol) || `${url.username}${url.search}${url.hash}` !== '') {
    reader.addProblem('GRAPPE_PUBLIC_URL', given, 'an address such as https://graph.example.org is needed.');
    return null;
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

const HOST_NAME = /^(?:[a-z\d](?:[a-z\d.-]*[a-z\d])?|\[[\da-f:.]+\])$/i;

function allowedHosts(reader: Reader): readonly string[] {
  const given = (reader.text('GRAPPE_ALLOWED_HOSTS') ?? '').split(',').map((name) => name.trim());
  const names = given.filter((name) => name !== '');
  for (const name of names) {
    if (HOST_NAME.test(name)) continue;
    reader.addProblem(
      'GRAPPE_ALLOWED_HOSTS',
      name,
      'names such as graph.example.org are needed, without a port, joined by commas.',
    );
  }
  return names;
}

function limits(reader: Reader): Limits {
  const read = (limit: keyof Limits, most = Number.MAX_SAFE_INTEGER): number =>
    reader.integer(LIMIT_VARIABLES[limit], DEFAULT_LIMITS[limit], 1, most);
  return Object.freeze({
    // setTimeout takes no more.
    timeMs: read('timeMs', 2 ** 31 - 1),
    bodyBytes: read('bodyBytes'),
    tokens: read('tokens'),
    depth: read('depth', DEEPEST),
    aliases: read('aliases'),
    directives: read('directives'),
    rootFields: read('rootFields'),
    repeats: read('repeats'),
    listItems: read('listItems'),
    cost: read('cost'),
    values: read('values'),
    answerBytes: read('answerBytes'),
    subscriptions: read('subscriptions'),
    executions: read('executions'),
    waiting: read('waiting'),
    waitMs: read('waitMs', 2 ** 31 - 1),
    clientShare: read('clientShare', 100),
  });
}

/** The embedded engine shares the processors with this process; with a Neo4j, most of the time is waiting. */
function statements(reader: Reader, { engine }: EngineSettings): StatementBounds {
  const processors = availableParallelism();
  const [most, long] =
    engine === 'grafeo' ? [Math.max(2, processors), processors - 1] : [4 * processors, Math.floor(processors / 2)];
  const all = reader.integer('GRAPPE_MAX_STATEMENTS', most, 2, 10_000);
  return Object.freeze({
    statements: all,
    longStatements: reader.integer('GRAPPE_MAX_LONG_STATEMENTS', Math.min(all - 1, Math.max(1, long)), 1, all - 1),
  });
}

function trustedProxies(reader: Reader): BlockList {
  const proxies = new BlockList();
  for (const given of reader.list('GRAPPE_TRUSTED_PROXIES')) {
    const [address = '', length, ...more] = given.split('/');
    const family = isIP(address);
    const bits = family === 6 ? 128 : 32;
    const prefix = length === undefined ? bits : /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN;
    if (family !== 0 && prefix <= bits && more.length === 0) {
      proxies.addSubnet(address, prefix, family === 6 ? 'ipv6' : 'ipv4');
    } else {
      const expected = 'addresses or networks such as 10.0.0.1 or 10.0.0.0/8 are needed, joined by commas.';
      reader.addProblem('GRAPPE_TRUSTED_PROXIES', given, expected);
    }
  }
  return proxies;
}

/** A quarter of the memory that the process may still use, at most 4 GiB. */
function defaultSnapshotMb(): number {
  return Math.min(4_096, Math.floor(process.availableMemory() / 4 / 1_048_576));
}

/** Reads the settings (README, "On Neo4j") from the environment. Throws one ConfigError with all problems. */
export function readConfig(environment: Environment = process.env): Config {
  const reader = new Reader(environment);
  const profile = reader.oneOf('GRAPPE_PROFILE', PROFILES, 'development');
  const forDevelopers = profile === 'development';
  const engine = engineSettings(reader);
  const config: Config = {
    host: reader.text('HOST') ?? '127.0.0.1',
    port: reader.integer('PORT', 4000, 0, 65_535),
    engine,
    seed: reader.oneOf('GRAPPE_SEED', SEEDS, 'full'),
    profile,
    graphiql: reader.flag('GRAPPE_ALLOW_GRAPHIQL', forDevelopers),
    plan: reader.flag('GRAPPE_SHOW_PLAN', forDevelopers),
    introspection: reader.flag('GRAPPE_ALLOW_INTROSPECTION', forDevelopers),
    allowedHosts: Object.freeze(allowedHosts(reader)),
    metricsPort:
      reader.text('GRAPPE_METRICS_PORT') === null ? null : reader.integer('GRAPPE_METRICS_PORT', 0, 0, 65_535),
    corsOrigins: Object.freeze(origins(reader, 'GRAPPE_CORS_ORIGINS')),
    exportOrigins: Object.freeze(exportOrigins(reader)),
    publicUrl: publicUrl(reader),
    tokensFile: reader.text('GRAPPE_TOKENS_FILE'),
    publicRead: reader.flag('GRAPPE_PUBLIC_READ', true),
    cache: Object.freeze({
      bytes: reader.integer('GRAPPE_CACHE_MB', 64, 0, 100_000) * 1_048_576,
      stalenessMs: reader.integer('GRAPPE_CACHE_STALENESS_MS', 0, 0, 3_600_000),
    }),
    snapshotBytes: reader.integer('GRAPPE_SNAPSHOT_MB', defaultSnapshotMb(), 0, 1_000_000) * 1_048_576,
    limits: limits(reader),
    statements: statements(reader, engine),
    trustedProxies: trustedProxies(reader),
    keepChanges: reader.integer('GRAPPE_KEEP_CHANGES', 1_000_000, 0, 1_000_000_000),
    keepChangesDays: reader.integer('GRAPPE_KEEP_CHANGES_DAYS', 0, 0, 36_500),
    logLevel: reader.oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
    warnings: reader.unknownVariables().map((name) => `${name} is not a setting of Grappe: no effect.`),
  };
  if (reader.problems.length > 0) throw new ConfigError(reader.problems);
  return Object.freeze(config);
}
