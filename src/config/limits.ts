import { availableParallelism } from 'node:os';
import type { EngineSettings } from '../graph/open.ts';
import type { StatementBounds } from '../scheduling/statement-places.ts';
import type { Reader } from './reader.ts';

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

/** Beyond this depth the recursion of the parser comes near the end of the stack. */
const DEEPEST = 200;

/** The limits of a request, and of all. */
export function limits(reader: Reader): Limits {
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

/**
 * The embedded engine shares the processors with this process; with a Neo4j, most of the time is waiting. One client has as many
 * places beside others as keep the processors at work.
 */
export function statementBounds(reader: Reader, { engine }: EngineSettings): StatementBounds {
  const processors = availableParallelism();
  const isEmbedded = engine === 'grafeo';
  const [most, long] = isEmbedded
    ? [Math.max(2, processors), processors - 1]
    : [4 * processors, Math.floor(processors / 2)];
  const all = reader.integer('GRAPPE_MAX_STATEMENTS', most, 2, 10_000);
  const upTo = (number: number, maximum: number): number => Math.min(maximum, Math.max(1, number));
  const longStatements = upTo(long, all - 1);
  return Object.freeze({
    statements: all,
    longStatements: reader.integer('GRAPPE_MAX_LONG_STATEMENTS', longStatements, 1, all - 1),
    statementsOfOne: isEmbedded ? all : upTo(3 * processors, all - 1),
    statementsBesideOthers: upTo(isEmbedded ? processors - 1 : processors, all - 1),
  });
}
