import { randomUUID } from 'node:crypto';
import type { YogaInitialContext } from 'graphql-yoga';
import type { Author } from '../domain/role.ts';
import { Requester } from '../scheduling/requester.ts';
import { Slices } from '../scheduling/slices.ts';
import type { AnswerBudget } from './budget.ts';

/** What a request has read: loaders count, the log tells. */
export interface Readings {
  /** How often it went to the graph, and with how many statements. */
  readonly batches: { readonly roundTrips: number; readonly statements: number };
  /** The one version of the graph that all of it is of; null when there is no such one. */
  readonly answeredAt: string | null;
}

/** What the executed operation says of itself. */
export interface Operation {
  readonly name: string | null;
  readonly type: string;
  /** Whether it asks for the schema alone, which needs no database. */
  readonly isIntrospection: boolean;
}

/** One request and its answer, from the first byte to the last: what the log line and the errors need to know. */
export class RequestState {
  readonly id: string;
  readonly #startedAt = performance.now();
  /** Calls off what was asked of the graph for this request. */
  readonly cancelling = new AbortController();
  operation: Operation | null = null;
  /** Whom its token names; null for someone anonymous. */
  author: Author | null = null;
  /** Where it comes from; the same for all that come over no connection. */
  address = 'local';
  #requester: Requester | null = null;
  /** Whether it was a question to the graph, well put or not, rather than for a page. */
  isGraphQL = false;
  readings: Readings | null = null;
  cost: { readonly requested: number; readonly maximum: number } | null = null;
  errorCodes: readonly string[] = [];
  /** What its execution may still bring into the answer. */
  budget: AnswerBudget | null = null;

  constructor(id: string) {
    this.id = id;
  }

  /** The processor time that it takes before its resolvers do. */
  readonly slices = new Slices();

  /** With whom it shares the server's places: those of the same token, or else of the same address. */
  get client(): string {
    return this.author === null ? `address ${this.address}` : `token ${this.author.name}`;
  }

  /** For whom the engine admits its statements. To be asked for when the author is known. */
  get requester(): Requester {
    this.#requester ??= new Requester(this.client);
    return this.#requester;
  }

  get milliseconds(): number {
    return performance.now() - this.#startedAt;
  }
}

const SANE_ID = /^[\w.:-]{1,64}$/;
const states = new WeakMap<Request, RequestState>();

/** The state that a request belongs to, begun when it is first asked for. */
export function requestState(request: Request): RequestState {
  let state = states.get(request);
  if (state === undefined) {
    const given = request.headers.get('x-request-id');
    state = new RequestState(given !== null && SANE_ID.test(given) ? given : randomUUID());
    states.set(request, state);
  }
  return state;
}

/** The state of the request that a GraphQL context was made for. */
export function requestStateIn(context: unknown): RequestState {
  return requestState((context as YogaInitialContext).request);
}
