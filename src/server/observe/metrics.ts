import type { Plugin } from 'graphql-yoga';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { ERROR_CODES } from '../../domain/client-error.ts';
import type { StatementObserver } from '../../graph/observed.ts';
import { NO_PLACE_REASONS, type NoPlaceReason } from '../../scheduling/request-places.ts';
import type { Authenticate } from '../auth/authentication.ts';
import { type RequestState, requestState } from '../http/request-state.ts';
import type { RouteHandler } from '../http/routes.ts';
import { gaugeOf } from './figures.ts';
import { type CacheMeasured, observeCache, observeSnapshot, type SnapshotMeasured } from './memory-metrics.ts';
import type { Readiness } from './readiness.ts';
import { statementMetrics } from './statement-metrics.ts';
import { observeStore } from './store-metrics.ts';

/** The figures of places with a queue. */
interface Places {
  readonly figures: { readonly running: number; readonly waiting: number };
}

/** What has places with a queue: requests in execution, statements, computations of measures. */
export type Place = 'request' | 'statement' | 'measure';

/** What the metrics say of a server besides its requests. */
export interface Measured {
  readonly cache?: CacheMeasured | null | undefined;
  readonly snapshot?: SnapshotMeasured | null | undefined;
  readonly readiness?: Readiness;
  /** The folder of the embedded store. */
  readonly store?: string | null;
}

/** Buckets in seconds. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const COSTS = [10, 100, 1_000, 10_000, 25_000, 50_000, 100_000];
const ROUND_TRIPS = [0, 1, 2, 3, 4, 6, 8, 12, 20];

/** Figures of one server in the format of Prometheus: no names, no texts of requests, nothing from the graph. */
export class Metrics {
  /** Measures the statements of an engine. */
  readonly statement: StatementObserver;
  readonly #registry = new Registry();
  readonly #seconds: Histogram<'type' | 'outcome'>;
  readonly #costs: Histogram;
  readonly #roundTrips: Histogram;
  readonly #statements: Counter;
  readonly #fromCache: Counter;
  readonly #errors: Counter<'code'>;
  readonly #lists: Counter<'by'>;
  readonly #waits: Histogram<'place'>;
  readonly #turnedAway: Counter<'reason'>;
  readonly #places = new Map<Place, Places>();
  readonly #subscriptions: Gauge;
  readonly #events: Counter;
  readonly #isDatabaseUp: Gauge;
  readonly #outages: Counter;
  #isUp = true;

  constructor() {
    const registry = this.#registry;
    const registers = [registry];
    collectDefaultMetrics({ register: registry });
    this.statement = statementMetrics(registry);
    this.#seconds = new Histogram({
      name: 'grappe_request_seconds',
      help: 'Time from the first byte of a GraphQL request to the end of its answer.',
      labelNames: ['type', 'outcome'],
      buckets: SECONDS,
      registers,
    });
    this.#costs = new Histogram({
      name: 'grappe_request_cost',
      help: 'Cost of executed requests: the values that their answers could hold.',
      buckets: COSTS,
      registers,
    });
    this.#roundTrips = new Histogram({
      name: 'grappe_request_round_trips',
      help: 'Batches of statements that a request has sent, one after the other.',
      buckets: ROUND_TRIPS,
      registers,
    });
    const counter = <Label extends string>(name: string, help: string, ...labelNames: Label[]): Counter<Label> =>
      new Counter({ name: `grappe_${name}_total`, help, labelNames, registers });
    this.#statements = counter('statements', 'Statements that GraphQL requests have sent to the graph.');
    this.#fromCache = counter('cached_answers', 'Requests whose complete answer was cached.');
    this.#errors = counter('errors', 'Requests whose answer has an error with this code.', 'code');
    this.#lists = counter('list_reads', 'Parts of lists that were read, by their plan.', 'by');
    this.#turnedAway = counter(
      'requests_turned_away',
      'Requests that were answered OVERLOADED: their client had its share, all places were taken, or they waited too long.',
      'reason',
    );
    this.#events = counter('subscription_events', 'Events that subscriptions have sent.');
    this.#outages = counter('database_outages', 'Outages of the database.');
    this.#waits = new Histogram({
      name: 'grappe_wait_seconds',
      help: 'Time that requests have waited to be executed, and their statements for the database.',
      labelNames: ['place'],
      buckets: SECONDS,
      registers,
    });
    const gauge = (name: string, help: string): Gauge => new Gauge({ name: `grappe_${name}`, help, registers });
    this.#subscriptions = gauge('subscriptions', 'Open subscriptions.');
    this.#isDatabaseUp = gauge('database_up', 'Whether the database answered the last call.');
    this.#isDatabaseUp.set(1);
    this.#observePlaces();
    // A series that begins at its first event has no increase then, and an alert would miss it.
    for (const code of ERROR_CODES) this.#errors.inc({ code }, 0);
    for (const reason of NO_PLACE_REASONS) this.#turnedAway.inc({ reason }, 0);
  }

  /** Adds figures of parts of the server, each once. */
  observe({ cache, snapshot, readiness, store }: Measured): void {
    const registry = this.#registry;
    if (cache) observeCache(registry, cache);
    if (snapshot) observeSnapshot(registry, snapshot);
    if (store) observeStore(registry, store);
    if (readiness) {
      const help = 'Whether the server is ready: its database was reached, and has the first part of its seed.';
      gaugeOf(registry, 'grappe_ready', help, () => (readiness.reason === null ? 1 : 0));
    }
  }

  #observePlaces(): void {
    const places = this.#places;
    for (const figure of ['running', 'waiting'] as const) {
      new Gauge({
        name: `grappe_${figure}`,
        help: `Requests, statements and computations of measures ${figure === 'running' ? 'at work' : 'that wait to begin'}.`,
        labelNames: ['place'],
        registers: [this.#registry],
        collect() {
          for (const [place, { figures }] of places) this.set({ place }, figures[figure]);
        },
      });
    }
  }

  /** Adds the figures of places. */
  observePlaces(place: Place, places: Places): void {
    this.#places.set(place, places);
  }

  /** Adds a gauge that is always 1, whose labels name the program and what it runs on. */
  observeBuild(labels: { readonly version: string; readonly engine: string }): void {
    const help = 'The version of Grappe, its engine, and the version of Node.';
    const all = { ...labels, node: process.versions.node };
    new Gauge({
      ...{ name: 'grappe_build_info', help, labelNames: Object.keys(all), registers: [this.#registry] },
    }).set(all, 1);
  }

  /** Counts an answered GraphQL request. */
  answered({ operation, errorCodes, milliseconds, readings, cost, isFromCache }: RequestState): void {
    const outcome = errorCodes.length === 0 ? 'ok' : 'error';
    this.#seconds.observe({ type: operation?.type ?? 'none', outcome }, milliseconds / 1_000);
    this.#statements.inc(readings?.batches?.statements ?? 0);
    for (const code of errorCodes) this.#errors.inc({ code });
    if (isFromCache) this.#fromCache.inc();
    if (readings?.batches) this.#roundTrips.observe(readings.batches.roundTrips);
    if (cost) this.#costs.observe(cost.requested);
    for (const { by } of readings?.plan ?? []) this.#lists.inc({ by });
  }

  /** Notes the time that a request, or a statement, has waited for its place. */
  waited(place: Place, seconds: number): void {
    this.#waits.observe({ place }, seconds);
  }

  /** Counts a request that got no place. */
  turnedAway(reason: NoPlaceReason): void {
    this.#turnedAway.inc({ reason });
  }

  /** Notes the number of open subscriptions. */
  subscriptions(open: number): void {
    this.#subscriptions.set(open);
  }

  /** Counts an event of a subscription. */
  eventSent(): void {
    this.#events.inc();
  }

  /** Notes that the database has stopped to answer, or answers again. */
  databaseUp(isUp: boolean): void {
    // An outage may have several causes, one after the other.
    if (!isUp && this.#isUp) this.#outages.inc();
    this.#isUp = isUp;
    this.#isDatabaseUp.set(isUp ? 1 : 0);
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
      const state = requestState(request);
      if (state.isGraphQL) metrics.answered(state);
    },
  };
}
