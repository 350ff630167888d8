import { LRUCache } from 'lru-cache';
import { StoppedError } from './stop.ts';

/** A result under way, and how many wait for it. */
interface UnderWay {
  promise: Promise<unknown>;
  readonly controller: AbortController;
  waiting: number;
}

/** Waits for a result under way, without its value: until what this returns is called, or it is done, it is not stopped. */
export type Hold = () => () => void;

/** A result, and about how many bytes it takes. */
export interface Sized<Value> {
  readonly value: Value;
  readonly bytes: number;
  /** The version of the graph that it is of. Omitted: it stays whatever the version. */
  readonly version?: string;
}

/**
 * Results by keys that contain the version of the graph: what is asked again is not computed again, and what several
 * requests wait for is computed once. It is stopped when the last of them has left.
 */
export class SharedResults {
  readonly #done: LRUCache<string, Sized<unknown>>;
  readonly #underWay = new Map<string, UnderWay>();
  /** The version of the graph that was read last, and the one before it. */
  #versions: readonly string[] = [];

  /** Results of so many bytes in all stay. */
  constructor(bytes: number) {
    this.#done = new LRUCache({ maxSize: bytes, sizeCalculation: (sized) => Math.max(1, Math.ceil(sized.bytes)) });
  }

  /** How many results there are. */
  get size(): number {
    return this.#done.size;
  }

  /**
   * Notes the version of the graph that is read from now on. Nobody asks for results of earlier ones again, but for requests
   * that have begun at the one before: the others are dropped, which are up to all bytes that results may take.
   */
  turnTo(version: string): void {
    const [latest, before] = this.#versions;
    if (version === latest) return;
    this.#versions = latest === undefined ? [version] : [version, latest];
    if (version === before) return;
    for (const [key, { version: its }] of [...this.#done.entries()]) {
      if (its !== undefined && !this.#versions.includes(its)) this.#done.delete(key);
    }
  }

  /** A result that is there; undefined where it is not. */
  known<Value>(key: string): Value | undefined {
    return this.#done.get(key)?.value as Value | undefined;
  }

  /** Stores a result. */
  set(key: string, sized: Sized<unknown>): void {
    this.#done.set(key, sized);
  }

  /** The result of a key, by `work` if it is not there. Rejects with the reason of the signal once that is aborted. */
  async get<Value>(
    key: string,
    signal: AbortSignal,
    work: (signal: AbortSignal, hold: Hold) => Promise<Sized<Value>>,
  ): Promise<Value> {
    const known = this.#done.get(key);
    if (known) return known.value as Value;
    signal.throwIfAborted();
    const underWay = this.#underWay.get(key) ?? this.#begin(key, work);
    underWay.waiting++;
    const { promise: left, reject } = Promise.withResolvers<never>();
    const leave = (): void => reject(signal.reason);
    signal.addEventListener('abort', leave, { once: true });
    try {
      return (await Promise.race([underWay.promise, left])) as Value;
    } finally {
      signal.removeEventListener('abort', leave);
      this.#release(key, underWay);
    }
  }

  #begin<Value>(key: string, work: (signal: AbortSignal, hold: Hold) => Promise<Sized<Value>>): UnderWay {
    const controller = new AbortController();
    const underWay: UnderWay = { promise: Promise.resolve(), controller, waiting: 0 };
    this.#underWay.set(key, underWay);
    const hold: Hold = () => {
      underWay.waiting++;
      let isInUse = true;
      return () => {
        if (isInUse) this.#release(key, underWay);
        isInUse = false;
      };
    };
    underWay.promise = work(controller.signal, hold).then((sized) => {
      this.#done.set(key, sized);
      return sized.value;
    });
    // Those who wait hear of it; there may be none left.
    underWay.promise
      .catch(() => {})
      .finally(() => {
        if (this.#underWay.get(key) === underWay) this.#underWay.delete(key);
      });
    return underWay;
  }

  #release(key: string, underWay: UnderWay): void {
    if (--underWay.waiting > 0) return;
    underWay.controller.abort(new StoppedError());
    if (this.#underWay.get(key) === underWay) this.#underWay.delete(key);
  }
}
