import { type PlaceFigures, type StatementBounds, StatementPlaces } from '../scheduling/statement-places.ts';
import type { GraphEngine, RunOptions, SchemaRule, WriteTransaction } from './engine.ts';
import type { Parameters, Statement } from './statement.ts';

/**
 * Maximum of statements whose usual time is stored: more than those in use, with the usual combinations of conditions.
 */
const MAX_KNOWN = 2_000;
/** The weight of a new measurement in the moving average. */
const WEIGHT_OF_NEWEST = 0.2;

/** The usual time of each statement, in milliseconds. */
class UsualTimes {
  /** The least recently used one is first. */
  readonly #byName = new Map<string, number>();
  /** When the statements began that are running for the first time. */
  readonly #firstBegun = new Map<string, number>();

  /** Of a statement that has never ended yet, how long it has been running. */
  of(name: string): number {
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    const begunAt = this.#firstBegun.get(name);
    return begunAt === undefined ? 0 : performance.now() - begunAt;
  }

  begin(name: string): void {
    if (this.#byName.has(name) || this.#firstBegun.has(name)) return;
    this.#firstBegun.set(name, performance.now());
  }

  add(name: string, ms: number): void {
    const known = this.#byName.get(name);
    this.#firstBegun.delete(name);
    this.#byName.delete(name);
    this.#byName.set(name, known === undefined ? ms : known + WEIGHT_OF_NEWEST * (ms - known));
    if (this.#byName.size <= MAX_KNOWN) return;
    const [oldest] = this.#byName.keys();
    this.#byName.delete(oldest!);
  }
}

/** Called with the time that a statement has waited for its place, in seconds. */
export type WaitObserver = (seconds: number) => void;

/**
 * An engine that limits the statements executed at one time: those of requests wait in a fair queue. A place is free
 * when the statement has really ended, even if nobody waits for its result. Statements without a request (loading,
 * following the change log, probes of the version) do not wait; they are counted.
 */
export class AdmittingEngine implements GraphEngine {
  readonly description: string;
  readonly seeksRelationships: boolean;
  readonly isShared: boolean;
  /** Called with the waiting time of each statement of a request. */
  onWaited: WaitObserver = () => {};
  readonly #engine: GraphEngine;
  readonly #reads: StatementPlaces;
  /** Apart from those of reads: a transaction has several statements, and waits for the locks of others. */
  readonly #writes: StatementPlaces;
  readonly #usualTimes = new UsualTimes();

  constructor(engine: GraphEngine, bounds: StatementBounds) {
    this.#engine = engine;
    this.#reads = new StatementPlaces(bounds);
    this.#writes = new StatementPlaces({ statements: bounds.statements, longStatements: bounds.statements });
    this.description = engine.description;
    this.seeksRelationships = engine.seeksRelationships;
    this.isShared = engine.isShared;
  }

  /** The number of running statements and transactions, and of waiting ones. */
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
    const arrivedAt = performance.now();
    const leave = requester ? await places.enter(requester, () => this.#usualTimes.of(name), signal) : places.pass();
    const begunAt = performance.now();
    this.#usualTimes.begin(name);
    if (requester) this.onWaited((begunAt - arrivedAt) / 1_000);
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
