import { Counter, Histogram, type Registry } from 'prom-client';
import { GraphError, type GraphErrorCode } from '../../graph/errors.ts';
import type { StatementObserver } from '../../graph/observed.ts';

/** Seconds: fewer buckets than of requests, since there is a series of each for every name. */
const SECONDS = [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10];
/** Names of statements that have series of their own; the store has about a hundred. */
const MAX_NAMES = 150;
/** What follows in a name is what the client chose: conditions, orders, columns. */
const CHOSEN = /\+| by | from |\(/;

/** What a running statement may fail with. */
const CODES = [
  ...['UNAVAILABLE', 'CREDENTIALS', 'READ_ONLY', 'OUTCOME_UNKNOWN', 'TIMEOUT', 'NOT_UNIQUE', 'CONTENTION'],
  ...['STORAGE_FULL', 'STORAGE_FAILED', 'FAILED', 'ABORTED'],
] as readonly (GraphErrorCode | 'ABORTED')[];

/** The part of a statement's name that does not depend on what a client asks for. */
export const statementLabel = (name: string): string => name.split(CHOSEN, 1)[0]!.trim();

/** Measures statements by name, with a limited number of names. */
export function statementMetrics(registry: Registry): StatementObserver {
  const registers = [registry];
  const seconds = new Histogram({
    name: 'grappe_statement_seconds',
    help: 'Time of the statements that were sent to the database, by name, without their wait for a place.',
    labelNames: ['statement'],
    buckets: SECONDS,
    registers,
  });
  const errors = new Counter({
    name: 'grappe_statement_errors_total',
    help: 'Statements that failed, by the code of the error; `ABORTED`: nobody waited for them any more.',
    labelNames: ['code'],
    registers,
  });
  for (const code of CODES) errors.inc({ code }, 0);
  const known = new Set<string>();
  const labelOf = (name: string): string => {
    const label = statementLabel(name);
    if (!known.has(label) && known.size >= MAX_NAMES) return 'other';
    known.add(label);
    return label;
  };
  return (name) => {
    const startedAt = performance.now();
    return (error) => {
      seconds.observe({ statement: labelOf(name) }, (performance.now() - startedAt) / 1_000);
      if (error === undefined) return;
      errors.inc({ code: error instanceof GraphError ? error.code : 'ABORTED' });
    };
  };
}
