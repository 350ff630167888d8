import type { Plugin } from 'graphql-yoga';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { NoPlaceReason } from '../../scheduling/request-places.ts';
import type { Authenticate } from '../auth/authentication.ts';
import { requestState } from '../http/request-state.ts';
import type { RouteHandler } from '../http/routes.ts';

/** The figures of a cache. */
interface Cache {
  readonly figures: {
    readonly hits: number;
    readonly misses: number;
    readonly entries: number;
    readonly bytes: number;
  };
}

/** The figures of places with a queue. */
interface Places {
  readonly figures: { readonly running: number; readonly waiting: number };
}

/** The places of a server, each with a queue. */
export interface PlacesOfServer {
  readonly request: Places;
  /** None if the engine admits every statement. */
  readonly statement?: Places | undefined;
}

/** Buckets in seconds. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Figures of one server in the format of Prometheus: no names, no texts of requests, nothing from the graph. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #seconds: Histogram<'type' | 'outcome'>;
  readonly #statements: Counter;
  readonly #waits: Histogram<'place'>;
  readonly #turnedAway: Counter<'reason'>;

  constructor(cache: Cache | null) {
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    this.#seconds = new Histogram({
      name: 'grappe_request_seconds',
      help: 'Time from the first byte of a GraphQL request to the end of its answer.',
      labelNames: ['type', 'outcome'],
      buckets: SECONDS,
      registers,
    });
    this.#statements = new Counter({
      name: 'grappe_statements_total',
      help: 'Statements that GraphQL requests have sent to the graph.',
      registers,
    });
    this.#waits = new Histogram({
      name: 'grappe_wait_seconds',
      help: 'Time that requests have waited to be executed, and their statements for the database.',
      labelNames: ['place'],
      buckets: SECONDS,
      registers,
    });
    this.#turnedAway = new Counter({
      name: 'grappe_requests_turned_away_total',
      help: 'Requests that were answered OVERLOADED: their client had its share, all places were taken, or they waited too long.',
      labelNames: ['reason'],
      registers,
    });
    if (cache) this.#observeCache(cache);
  }

  /** Adds the figures of places. To be called once. */
  observePlaces(places: PlacesOfServer): void {
    for (const figure of ['running', 'waiting'] as const) {
      new Gauge({
        name: `grappe_${figure}`,
        help: figure === 'running' ? 'Requests and statements at work.' : 'Requests and statements that wait to begin.',
        labelNames: ['place'],
        registers: [this.#registry],
        collect() {
          for (const [place, of] of Object.entries(places)) if (of) this.set({ place }, (of as Places).figures[figure]);
        },
      });
    }
  }

  #observeCache(cache: Cache): void {
    const registers = [this.#registry];
    const counted = (figure: 'hits' | 'misses', help: string): void => {
      new Counter({
        ...{ name: `grappe_result_cache_${figure}_total`, help, registers },
        collect() {
          this.reset();
          this.inc(cache.figures[figure]);
        },
      });
    };
    const measured = (figure: 'entries' | 'bytes', help: string): void => {
      new Gauge({
        ...{ name: `grappe_result_cache_${figure}`, help, registers },
        collect() {
          this.set(cache.figures[figure]);
        },
      });
    };
    counted('hits', 'Results found in the cache of earlier requests.');
    counted('misses', 'Results that had to be read.');
    measured('entries', 'Cached results.');
    measured('bytes', 'Estimated bytes of the cached results.');
  }

  /** Counts an answered GraphQL request. */
  answered(type: string, outcome: 'ok' | 'error', seconds: number, statements: number): void {
    this.#seconds.observe({ type, outcome }, seconds);
    this.#statements.inc(statements);
  }

  /** Notes the time that a request, or a statement, has waited for its place. */
  waited(place: keyof PlacesOfServer, seconds: number): void {
    this.#waits.observe({ place }, seconds);
  }

  /** Counts a request that got no place. */
  turnedAway(reason: NoPlaceReason): void {
    this.#turnedAway.inc({ reason });
  }

  /** All figures in the format of Prometheus. */
  async written(): Promise<{ readonly text: string; readonly contentType: string }> {
    return { text: await this.#registry.metrics(), contentType: this.#registry.contentType };
  }
}

/** /metrics, for those who may read the graph. */
export function metricsRoute(metrics: Metrics, authenticate: Authenticate): RouteHandler {
  return async (request) => {
    await authenticate(request);
    const { text, contentType } = await metrics.written();
    return new Response(text, { headers: { 'Content-Type': contentType } });
  };
}

/** Counts each GraphQL request at its end. */
export function useMetrics(metrics: Metrics): Plugin {
  return {
    onResponse({ request }) {
      const { isGraphQL, operation, errorCodes, milliseconds, readings } = requestState(request);
      if (!isGraphQL) return;
      const outcome = errorCodes.length === 0 ? 'ok' : 'error';
      metrics.answered(operation?.type ?? 'none', outcome, milliseconds / 1_000, readings?.batches?.statements ?? 0);
    },
  };
}
