import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { ClientError } from '../domain/client-error.ts';
import type { WeightedGraph } from './graph.ts';
import type { JobAnswer, JobMessage, JobName, Jobs } from './jobs.ts';
import type { Progress } from './progress.ts';
import { newControl, raise, StoppedError } from './stop.ts';

/** Workers: requests are answered beside them, and graphs are in shared memory once. */
const WORKERS = Math.min(2, availableParallelism());
/** Computations that may wait. More are not begun: their clients would have left before their turn. */
const MAX_WAITING = 64;
/** Seconds after which there may be a place. */
const RETRY_AFTER = 2;

/** The error of a computation for which too many others wait. */
export class PoolBusyError extends ClientError {
  override readonly name = 'PoolBusyError';

  constructor() {
    super('MEASURES_BUSY', `${MAX_WAITING} computations wait for a processor: ask again in a few seconds.`, {
      status: 503,
      details: { retryAfter: RETRY_AFTER },
      headers: { 'Retry-After': String(RETRY_AFTER) },
    });
  }
}

interface Waiting {
  readonly message: JobMessage;
  readonly progress: Progress | undefined;
  readonly resolve: (result: never) => void;
  readonly reject: (error: unknown) => void;
}

/** Runs computations on graphs in a few worker threads, in the order in which they came. Workers start with the first. */
export class WorkerPool {
  readonly #script: URL;
  readonly #free: Worker[] = [];
  readonly #waiting: Waiting[] = [];
  readonly #running = new Map<Worker, Waiting>();

  /** `script` is what its workers run. */
  constructor(script: URL = new URL('./worker.ts', import.meta.url)) {
    this.#script = script;
  }

  /** Computations at work, and those that wait. */
  get figures(): { readonly running: number; readonly waiting: number } {
    return { running: this.#running.size, waiting: this.#waiting.length };
  }

  /**
   * The result of one computation. Once the signal is aborted it rejects with its reason, and the worker stops within some
   * milliseconds. Rejects with an error that is no ClientError where the computation fails or its worker ends. Throws a
   * PoolBusyError. It is a part of the progress, where one is given.
   */
  run<Name extends JobName>(
    name: Name,
    graph: WeightedGraph,
    parameters: Parameters<Jobs[Name]>[1],
    signal: AbortSignal,
    progress?: Progress,
  ): Promise<ReturnType<Jobs[Name]>> {
    signal.throwIfAborted();
    if (this.#waiting.length >= MAX_WAITING) throw new PoolBusyError();
    const control = newControl();
    progress?.add(control);
    const { size, offsets, neighbours, weights } = graph;
    const { promise, resolve, reject } = Promise.withResolvers<ReturnType<Jobs[Name]>>();
    const waiting: Waiting = {
      message: { name, graph: { size, offsets, neighbours, weights }, parameters, control },
      progress,
      resolve,
      reject,
    };
    const leave = (): void => {
      raise(control);
      const index = this.#waiting.indexOf(waiting);
      if (index >= 0) this.#waiting.splice(index, 1);
      reject(signal.reason);
    };
    signal.addEventListener('abort', leave, { once: true });
    this.#waiting.push(waiting);
    this.#begin();
    return promise.finally(() => signal.removeEventListener('abort', leave));
  }

  #begin(): void {
    while (this.#waiting.length > 0) {
      const worker = this.#free.pop() ?? (this.#running.size < WORKERS ? this.#started() : null);
      if (worker === null) return;
      const next = this.#waiting.shift()!;
      this.#running.set(worker, next);
      worker.ref();
      next.progress?.begin(next.message.control);
      worker.postMessage(next.message);
    }
  }

  /** Ends the workers; computations that wait or run are rejected. */
  async close(): Promise<void> {
    const rest = [...this.#waiting.splice(0), ...this.#running.values()];
    const workers = [...this.#free.splice(0), ...this.#running.keys()];
    this.#running.clear();
    for (const { reject } of rest) reject(new StoppedError());
    await Promise.all(workers.map((worker) => worker.terminate()));
  }

  #started(): Worker {
    const worker = new Worker(this.#script);
    worker.on('message', (answer: JobAnswer) => {
      const running = this.#running.get(worker);
      // The pool was closed meanwhile.
      if (running === undefined) return;
      const { resolve, reject } = running;
      this.#running.delete(worker);
      // A worker that has nothing to do does not hold up the end of the process.
      worker.unref();
      this.#free.push(worker);
      if (answer.is === 'done') resolve(answer.result as never);
      else reject(answer.is === 'stopped' ? new StoppedError() : new Error(answer.message));
      this.#begin();
    });
    worker.on('error', (error) => this.#lost(worker, error));
    worker.on('exit', (code) => this.#lost(worker, new Error(`A worker of the measures ended with code ${code}.`)));
    return worker;
  }

  /** A worker that has ended gives no answer any more: what it computed fails, and another begins with what waits. */
  #lost(worker: Worker, error: unknown): void {
    const running = this.#running.get(worker);
    const index = this.#free.indexOf(worker);
    this.#running.delete(worker);
    if (index >= 0) this.#free.splice(index, 1);
    running?.reject(error);
    this.#begin();
  }
}
