/** What a client may still spend. */
export interface Allowance {
  /** Whether the amount was taken. */
  readonly isAllowed: boolean;
  /** The amount per minute. */
  readonly limit: number;
  /** What is left; 0 in debt. */
  readonly remaining: number;
  /** Whole seconds until the amount could be taken; 0 if it was. */
  readonly retryAfterS: number;
  /** Whole seconds until all of the limit is there again. */
  readonly resetS: number;
}

interface Bucket {
  level: number;
  at: number;
}

const MINUTE_MS = 60_000;
/** Clients after which those without anything spent are forgotten; then the ones that asked longest ago, until these remain. */
const MOST_CLIENTS = 10_000;
const REMAINING_CLIENTS = 9_000;

/**
 * A token bucket for each client: it holds one minute's amount, and fills evenly. An amount beyond what a bucket holds is
 * taken when the bucket is full, and paid back afterwards.
 */
export class TokenBuckets {
  readonly #perMinute: number;
  readonly #now: () => number;
  /** By client, in the order of last use. */
  readonly #buckets = new Map<string, Bucket>();

  constructor(perMinute: number, now: () => number = () => performance.now()) {
    this.#perMinute = perMinute;
    this.#now = now;
  }

  /** Takes an amount for a client, unless it has too little left. */
  take(client: string, amount: number): Allowance {
    const level = this.#levelOf(client);
    const needed = Math.min(amount, this.#perMinute);
    const isAllowed = level >= needed;
    const left = isAllowed ? level - amount : level;
    this.#buckets.delete(client);
    this.#buckets.set(client, { level: left, at: this.#now() });
    this.#forget();
    return {
      isAllowed,
      limit: this.#perMinute,
      remaining: Math.max(0, Math.floor(left)),
      retryAfterS: isAllowed ? 0 : this.#seconds(needed - level),
      resetS: this.#seconds(this.#perMinute - left),
    };
  }

  #seconds(amount: number): number {
    return Math.ceil((amount / this.#perMinute) * (MINUTE_MS / 1_000));
  }

  #levelOf(client: string): number {
    const bucket = this.#buckets.get(client);
    return bucket === undefined ? this.#perMinute : this.#filled(bucket);
  }

  #filled({ level, at }: Bucket): number {
    return Math.min(this.#perMinute, level + ((this.#now() - at) / MINUTE_MS) * this.#perMinute);
  }

  /** Forgets a thousand at once: to look through all of them for each request of a new client would take 0.3 ms. */
  #forget(): void {
    if (this.#buckets.size <= MOST_CLIENTS) return;
    for (const [client, bucket] of this.#buckets) {
      if (this.#filled(bucket) >= this.#perMinute) this.#buckets.delete(client);
    }
    for (const client of this.#buckets.keys()) {
      if (this.#buckets.size <= REMAINING_CLIENTS) break;
      this.#buckets.delete(client);
    }
  }
}
