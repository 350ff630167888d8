import { readFileSync } from 'node:fs';
import { BlockList, isIP } from 'node:net';
import { availableParallelism } from 'node:os';
import type { EngineSettings } from './graph/open.ts';
import type { StatementBounds } from './scheduling/statement-places.ts';

/** What an empty store is filled with at the first start. */
export const SEEDS = ['none', 'curated', 'full'] as const;
export type Seed = (typeof SEEDS)[number];

/** For whom the server stands: developers get GraphiQL, introspection and suggestions, strangers do not. */
export const PROFILES = ['development', 'production'] as const;
export type Profile = (typeof PROFILES)[number];

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** How much one request may ask for, and how many may last; docs/errors.md says what is answered beyond. */
export interface Limits {
  /** Milliseconds from the start of an execution to its end. */
  readonly timeMs: number;
  /** Bytes of a request's body. */
  readonly bodyBytes: number;
  /** Words and signs of a document, as GraphQL reads it. */
  readonly tokens: number;
  /** Fields inside one another, fragments followed; input objects and lists alike. */
  readonly depth: number;
  readonly aliases: number;
  readonly directives: number;
  /** Fields of an operation itself, each of which is a question of its own. */
  readonly rootFields: number;
  /** Times that one selection set may select the same field: every two of them are compared. */
  readonly repeats: number;
  /** Values in one list of an argument or a variable: ids, for the most part. */
  readonly listItems: number;
  /** Values that an answer may hold at most, page sizes multiplied. */
  readonly cost: number;
  /** Values that lists bring into an answer, as they are counted while it is made. */
  readonly values: number;
  /** Bytes of an answer. */
  readonly answerBytes: number;
  /** Subscriptions open at one time, of all clients together. */
  readonly subscriptions: number;
  /** Requests executed at one time, of all clients together. */
  readonly executions: number;
  /** Requests that wait to be executed. */
  readonly waiting: number;
  /** Milliseconds that one waits at the most. */
  readonly waitMs: number;
  /** Of these three, how many one client may have, in percent. */
  readonly clientShare: number;
}

/** Wide enough for what people ask in GraphiQL, narrow enough that one request does not hold up the others. */
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

/** Everything that the environment decides, checked and frozen. */
export interface Config {
  readonly host: string;
  /** 0 lets the system choose one. */
  readonly port: number;
  readonly engine: EngineSettings;
  readonly seed: Seed;
  readonly profile: Profile;
  readonly graphiql: boolean;
  /** Whether the schema can be asked for, and misspelt names are answered with suggestions from it. */
  readonly introspection: boolean;
  /** Names under which the server is asked besides this machine's own; without any, see `hostRule`. */
  readonly allowedHosts: readonly string[];
  /** Where /metrics is answered instead of on the port of the graph; 0 lets the system choose one, null: nowhere else. */
  readonly metricsPort: number | null;
  /** Origins whose pages may read answers in a browser; without any, CORS is off. */
  readonly corsOrigins: readonly string[];
  /** Who may do more than read; made and kept by `grappe token`. */
  readonly tokensFile: string | null;
  /** Whether everything can be read without a token. */
  readonly publicRead: boolean;
  /** Days for which entries of the change log are kept; 0: for ever. */
  readonly keepChangesDays: number;
  /** What is kept in memory of what was read; without bytes, nothing. */
  readonly cache: { readonly bytes: number; readonly stalenessMs: number };
  /** Bytes that the structure of the graph may take in memory; 0: it is not loaded. */
  readonly snapshotBytes: number;
  readonly limits: Limits;
  /** Statements that the database works at, at one time. */
  readonly statements: StatementBounds;
  /** Proxies whose X-Forwarded-For is believed. */
  readonly trustedProxies: BlockList;
  readonly logLevel: LogLevel;
  /** Settings that were given and have no effect, a sentence each. */
  readonly warnings: readonly string[];
}

/** One variable that cannot be used. */
export interface ConfigFault {
  readonly variable: string;
  /** As given; hidden for secrets, null when it is missing. */
  readonly value: string | null;
  readonly expected: string;
}

/** Every fault of the environment at once, so that it takes one restart to mend them all. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly faults: readonly ConfigFault[];

  constructor(faults: readonly ConfigFault[]) {
    super(
      faults
        .map(({ variable, value, expected }) => `${variable}${value === null ? '' : `="${value}"`}: ${expected}`)
        .join('\n'),
    );
    this.faults = faults;
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

/** Beyond this depth the parser's own recursion comes near the end of the stack. */
const DEEPEST = 200;

/** Reads one variable after the other, and remembers what is wrong with each. */
class Reader {
  readonly faults: ConfigFault[] = [];
  readonly #environment: Environment;
  readonly #known = new Set<string>();

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  /** An empty value counts as none: that is what compose files pass for a variable that is not set. */
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

  fault(variable: string, value: string | null, expected: string): void {
    this.faults.push({ variable, value, expected });
  }

  integer(variable: string, otherwise: number, from: number, to: number): number {
    const value = this.text(variable);
    if (value === null) return otherwise;
    const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
    if (number >= from && number <= to) return number;
    this.fault(variable, value, `a whole number from ${from} to ${to} is needed (default ${otherwise}).`);
    return otherwise;
  }

  oneOf<Choice extends string>(variable: string, choices: readonly Choice[], otherwise: Choice): Choice {
    const value = this.text(variable);
    if (value === null) return otherwise;
    const choice = choices.find((known) => known === value.toLowerCase());
    if (choice === undefined) this.fault(variable, value, `one of ${choices.join(', ')} is needed.`);
    return choice ?? otherwise;
  }

  flag(variable: string, otherwise: boolean): boolean {
    return this.oneOf(variable, ['true', 'false'], otherwise ? 'true' : 'false') === 'true';
  }

  /** Names that begin like ours but are not: a misspelt setting would else be lost in silence. */
  strangers(): string[] {
    return Object.keys(this.#environment).filter((name) => name.startsWith('GRAPPE_') && !this.#known.has(name));
  }
}

function neo4jPassword(reader: Reader): string {
  const password = reader.text('NEO4J_PASSWORD');
  const file = reader.text('NEO4J_PASSWORD_FILE');
  if (file === null) return password ?? '';
  if (password !== null) {
    reader.fault('NEO4J_PASSWORD_FILE', file, 'NEO4J_PASSWORD is set too: give one of the two.');
    return password;
  }
  try {
    const text = readFileSync(file, 'utf8').trim();
    if (text === '') reader.fault('NEO4J_PASSWORD_FILE', file, 'the file is empty: it is to hold the password alone.');
    return text;
  } catch (error) {
    reader.fault('NEO4J_PASSWORD_FILE', file, `the file cannot be read (${(error as NodeJS.ErrnoException).code}).`);
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
    reader.fault(
      'NEO4J_URI',
      uri,
      'an address such as bolt://localhost:7687 or neo4j+s://graph.example.org is needed.',
    );
  }
  if (password === '' && reader.text('NEO4J_PASSWORD_FILE') === null) {
    const expected = 'the password of NEO4J_USER is needed, here or in a file that NEO4J_PASSWORD_FILE names.';
    reader.fault('NEO4J_PASSWORD', null, `${expected} A Neo4j without authentication takes any, such as "none".`);
  }
  return { engine: 'neo4j', uri, user, password, database, shared };
}

function corsOrigins(reader: Reader): readonly string[] {
  const origins = reader.list('GRAPPE_CORS_ORIGINS');
  for (const origin of origins) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
      reader.fault('GRAPPE_CORS_ORIGINS', origin, 'origins such as https://example.org are needed, joined by commas.');
    }
  }
  return origins;
}

const HOST_NAME = /^(?:[a-z\d](?:[a-z\d.-]*[a-z\d])?|\[[\da-f:.]+\])$/i;

function allowedHosts(reader: Reader): readonly string[] {
  const given = (reader.text('GRAPPE_ALLOWED_HOSTS') ?? '').split(',').map((name) => name.trim());
  const names = given.filter((name) => name !== '');
  for (const name of names) {
    if (HOST_NAME.test(name)) continue;
    reader.fault(
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

/** The embedded engine shares the machine's processors with this process; a Neo4j is waited for more than it is worked at. */
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
      reader.fault('GRAPPE_TRUSTED_PROXIES', given, expected);
    }
  }
  return proxies;
}

/** A quarter of the memory that the process may still take, at most 4 GiB. */
function defaultSnapshotMb(): number {
  return Math.min(4_096, Math.floor(process.availableMemory() / 4 / 1_048_576));
}

/** Reads the settings (README, "On Neo4j") from the environment; throws one ConfigError that names every fault. */
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
    introspection: reader.flag('GRAPPE_ALLOW_INTROSPECTION', forDevelopers),
    allowedHosts: Object.freeze(allowedHosts(reader)),
    metricsPort:
      reader.text('GRAPPE_METRICS_PORT') === null ? null : reader.integer('GRAPPE_METRICS_PORT', 0, 0, 65_535),
    corsOrigins: Object.freeze(corsOrigins(reader)),
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
    keepChangesDays: reader.integer('GRAPPE_KEEP_CHANGES_DAYS', 0, 0, 36_500),
    logLevel: reader.oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
    warnings: reader.strangers().map((name) => `${name} is not a setting of Grappe: no effect.`),
  };
  if (reader.faults.length > 0) throw new ConfigError(reader.faults);
  return Object.freeze(config);
}
