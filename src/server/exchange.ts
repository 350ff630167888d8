import { randomUUID } from 'node:crypto';
import type { YogaInitialContext } from 'graphql-yoga';
import type { Author } from '../domain/role.ts';

/** What a request has read: loaders count, the log tells. */
export interface Readings {
  /** How often it went to the graph, and with how many statements. */
  readonly flights: { readonly count: number; readonly statements: number };
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
export class Exchange {
  readonly id: string;
  readonly #startedAt = performance.now();
  /** Calls off what was asked of the graph for this request. */
  readonly cancelling = new AbortController();
  operation: Operation | null = null;
  /** Whom its token names; null for someone anonymous. */
  author: Author | null = null;
  /** Whether it was a question to the graph, well put or not, rather than for a page. */
  isGraphQL = false;
  readings: Readings | null = null;
  cost: { readonly requested: number; readonly maximum: number } | null = null;
  errorCodes: readonly string[] = [];

  constructor(id: string) {
    this.id = id;
  }

  get milliseconds(): number {
    return performance.now() - this.#startedAt;
  }
}

const SANE_ID = /^[\w.:-]{1,64}$/;
const exchanges = new WeakMap<Request, Exchange>();

/** The exchange that a request belongs to, begun when it is first asked for. */
export function exchangeOf(request: Request): Exchange {
  let exchange = exchanges.get(request);
  if (exchange === undefined) {
    const given = request.headers.get('x-request-id');
    exchange = new Exchange(given !== null && SANE_ID.test(given) ? given : randomUUID());
    exchanges.set(request, exchange);
  }
  return exchange;
}

/** The exchange of the request that a GraphQL context was made for. */
export function exchangeIn(context: unknown): Exchange {
  return exchangeOf((context as YogaInitialContext).request);
}
