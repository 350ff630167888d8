import { randomUUID } from 'node:crypto';
import type { YogaInitialContext } from 'graphql-yoga';
import type { Author } from '../../domain/role.ts';
import { Requester, type WorkFollower } from '../../scheduling/requester.ts';
import type { Allowance } from '../../scheduling/token-buckets.ts';
import type { AnswerBudget } from '../documents/budget.ts';

/** What a request has read: counted by the loaders, written by the log. */
export interface Readings {
  /** Number of round trips to the graph, and of statements. */
  readonly batches: { readonly roundTrips: number; readonly statements: number };
  /** How lists were read. */
  readonly plan?: readonly { readonly by: string }[];
  /** The version of the graph that all results show; null if they show several. */
  readonly answeredAt: string | null;
}

/** The executed operation. */
export interface Operation {
  readonly name: string | null;
  readonly type: string;
  /** Whether it selects only introspection, which needs no database. */
  readonly isIntrospection: boolean;
}

/** One request and its answer: what the log, the metrics and the errors need. */
export class RequestState {
  readonly id: string;
  readonly #startedAt = performance.now();
  /** Aborts the statements of this request. */
  readonly cancelling = new AbortController();
  operation: Operation | null = null;
  /** The author named by its token; null for an anonymous one. */
  author: Author | null = null;
  /** Its address; `local` without a connection. */
  address = 'local';
  #requester: Requester | null = null;
  /** Follows its work; null where nobody does. To be set before the requester is used. */
  follower: WorkFollower | null = null;
  /** The identifier of its trace; null where none is sent. */
  traceId: string | null = null;
  /** Whether it may only read, whatever the role of its author: it comes from an agent. */
  readsOnly = false;
  /** Whether its document is one of the server itself, which is answered where only trusted documents are. */
  hasOwnDocument = false;
  /** Whether it was a GraphQL request, valid or not, rather than one for a page. */
  isGraphQL = false;
  readings: Readings | null = null;
  /** Whether its complete answer came from the cache. */
  isFromCache = false;
  cost: { readonly requested: number; readonly maximum: number } | null = null;
  /** Whether its answer was in memory; null if there is no cache. */
  cacheStatus: 'HIT' | 'MISS' | null = null;
  /** What its client may still ask for; null without a limit. */
  rate: Allowance | null = null;
  /** Whether its answer is compressed where it is made, if at all. */
  sentAsIs = false;
  errorCodes: readonly string[] = [];
  /** The remaining budget of its answer. */
  budget: AnswerBudget | null = null;

  constructor(id: string) {
    this.id = id;
  }

  /** The client that shares the places of the server: a token, or else an address. */
  get client(): string {
    return this.author === null ? `address ${this.address}` : `token ${this.author.name}`;
  }

  /** The requester of its statements and its processor time. To be used once the author is known. */
  get requester(): Requester {
    this.#requester ??= new Requester(this.client, this.follower, this.cancelling.signal);
    return this.#requester;
  }

  get milliseconds(): number {
    return performance.now() - this.#startedAt;
  }
}

const SANE_ID = /^[\w.:-]{1,64}$/;

/**
 * The property of a request that has its state. In a WeakMap the state would keep the request alive, which it leads to, until
 * the next full garbage collection: minor ones take all values of such a map to be in use.
 */
const STATE = Symbol('state');

/** The state of a request, created on first use. */
export function requestState(request: Request & { [STATE]?: RequestState }): RequestState {
  const known = request[STATE];
  if (known !== undefined) return known;
  const given = request.headers.get('x-request-id');
  const state = new RequestState(given !== null && SANE_ID.test(given) ? given : randomUUID());
  request[STATE] = state;
  return state;
}

/** The state of the request of a GraphQL context. */
export function requestStateIn(context: unknown): RequestState {
  return requestState((context as YogaInitialContext).request);
}
