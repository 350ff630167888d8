import type { Plugin } from 'graphql-yoga';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Authenticate } from './authentication.ts';
import { exchangeOf } from './exchange.ts';
import type { RouteHandler } from './routes.ts';

/** What a server tells of the results that it keeps. */
interface Kept {
  readonly figures: {
    readonly hits: number;
    readonly misses: number;
    readonly entries: number;
    readonly bytes: number;
  };
}

/** Seconds that most answers take, and those that a reader waits for. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Figures of one server in the format of Prometheus: no names, no texts of questions, nothing of the graph. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #seconds: Histogram<'type' | 'outcome'>;
  readonly #statements: Counter;

  constructor(kept: Kept | null) {
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
    if (kept) this.#tellKept(kept);
  }

  #tellKept(kept: Kept): void {
    const registers = [this.#registry];
    const counted = (figure: 'hits' | 'misses', help: string): void => {
      new Counter({
        ...{ name: `grappe_kept_results_${figure}_total`, help, registers },
        collect() {
          this.reset();
          this.inc(kept.figures[figure]);
        },
      });
    };
    const measured = (figure: 'entries' | 'bytes', help: string): void => {
      new Gauge({
        ...{ name: `grappe_kept_results_${figure}`, help, registers },
        collect() {
          this.set(kept.figures[figure]);
        },
      });
    };
    counted('hits', 'Results that were found among those kept from earlier requests.');
    counted('misses', 'Results that had to be read.');
    measured('entries', 'Results that are kept.');
    measured('bytes', 'Bytes that the kept results take, as estimated.');
  }

  /** Counts a GraphQL request that is answered. */
  answered(type: string, outcome: 'ok' | 'error', seconds: number, statements: number): void {
    this.#seconds.observe({ type, outcome }, seconds);
    this.#statements.inc(statements);
  }

  /** All figures as Prometheus reads them. */
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

/** Counts each GraphQL request when its answer is known. */
export function useMetrics(metrics: Metrics): Plugin {
  return {
    onResponse({ request }) {
      const { isGraphQL, operation, errorCodes, milliseconds, readings } = exchangeOf(request);
      if (!isGraphQL) return;
      const outcome = errorCodes.length === 0 ? 'ok' : 'error';
      metrics.answered(operation?.type ?? 'none', outcome, milliseconds / 1_000, readings?.flights?.statements ?? 0);
    },
  };
}
