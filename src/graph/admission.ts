import { type PlaceFigures, type StatementBounds, StatementPlaces } from '../scheduling/statement-places.ts';
import type { GraphEngine, RunOptions, SchemaRule, WriteTransaction } from './engine.ts';
import type { Parameters, Statement } from './statement.ts';

/** Statements whose usual time is known, by name; more than the code has, all their conditions combined as people do. */
const MOST_KNOWN = 2_000;
/** How much a new measure counts beside those before it. */
const WEIGHT_OF_NEWEST = 0.2;

/** How long statements usually take, in milliseconds. */
class UsualTimes {
  /** The one that was used longest ago comes first. */
  readonly #byName = new Map<string, number>();

  of(name: string): number {
    return this.#byName.get(name) ?? 0;
  }

  add(name: string, ms: number): void {
    const known = this.#byName.get(name);
    this.#byName.delete(name);
    this.#byName.set(name, known === undefined ? ms : known + WEIGHT_OF_NEWEST * (ms - known));
    if (this.#byName.size <= MOST_KNOWN) return;
    const [oldest] = this.#byName.keys();
    this.#byName.delete(oldest!);
  }
}

/** Hears how long statements have waited for their places, in seconds. */
export type WaitObserver = (seconds: number) => void;

/**
 * An engine that works at no more statements at one time than its bounds say: those of requests wait in a fair queue. A
 * place is free when the statement has really ended, also one that nobody waits for any more. What no request asks for
 * (loading, following the change log, probes of the version) does not wait, and is counted.
 */
export class AdmittingEngine implements GraphEngine {
  readonly description: string;
  readonly readsInOrder: boolean;
  readonly seeksRelationships: boolean;
  readonly joins: boolean;
  readonly isShared: boolean;
  /** Called with the waiting time of each statement of a request. */
  onWaited: WaitObserver = () => {};
  readonly #engine: GraphEngine;
  readonly #reads: StatementPlaces;
  /** Beside those of reads: a transaction has several statements, and waits for other transactions' locks. */
  readonly #writes: StatementPlaces;
  readonly #usualTimes = new UsualTimes();

  constructor(engine: GraphEngine, bounds: StatementBounds) {
    this.#engine = engine;
    this.#reads = new StatementPlaces(bounds);
    this.#writes = new StatementPlaces({ ...bounds, longStatements: bounds.statements });
    this.description = engine.description;
    this.readsInOrder = engine.readsInOrder;
    this.seeksRelationships = engine.seeksRelationships;
    this.joins = engine.joins;
    this.isShared = engine.isShared;
  }

  /** How many statements and transactions are at work, and how many wait. */
  get figures(): PlaceFigures {
    const [reads, writes] = [this.#reads.figures, this.#writes.figures];
    return { running: reads.running + writes.running, waiting: reads.waiting + writes.waiting };
  }

  read<Row>(statement: Statement<Row>, parameters?: Parameters, options: RunOptions = {}): Promise<Row[]> {
    return this.#within(this.#reads, statement.name, options, (admitted) =>
      this.#engine.read(statement, parameters, admitted),
    );
  }

  write<Result>(work: (transaction: WriteTransaction) => Promise<Result>, options: RunOptions = {}): Promise<Result> {
    return this.#within(this.#writes, 'write', options, (admitted) => this.#engine.write(work, admitted));
  }

  async #within<Result>(
    places: StatementPlaces,
    name: string,
    options: RunOptions,
    run: (options: RunOptions) => Promise<Result>,
  ): Promise<Result> {
    const { requester, signal } = options;
    const askedAt = performance.now();
    const leave = requester ? await places.enter(requester, this.#usualTimes.of(name), signal) : places.pass();
    const begunAt = performance.now();
    if (requester) this.onWaited((begunAt - askedAt) / 1_000);
    const end = (): void => {
      this.#usualTimes.add(name, performance.now() - begunAt);
      leave();
    };
    let ending: Promise<unknown> | null = null;
    const onAbandoned = (rest: Promise<unknown>): void => {
      ending = rest;
      options.onAbandoned?.(rest);
    };
    try {
      return await run({ ...options, onAbandoned });
    } finally {
      if (ending === null) end();
      else (ending as Promise<unknown>).then(end, end);
    }
  }

  version(options?: RunOptions): Promise<string> {
    return this.#engine.version(options);
  }

  ensureSchema(rules: readonly SchemaRule[], options?: RunOptions): Promise<void> {
    return this.#engine.ensureSchema(rules, options);
  }

  ping(options?: RunOptions): Promise<void> {
    return this.#engine.ping(options);
  }

  close(): Promise<void> {
    return this.#engine.close();
  }
}
