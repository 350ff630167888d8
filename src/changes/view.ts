import type { GraphEngine, RunOptions } from '../graph/engine.ts';
import type { Ask } from '../store/ask.ts';
import { VersionedReads } from '../store/versioned-reads.ts';
import { newestSequence, touchedSince } from './log.ts';

/** Entries of the change log that are followed one by one; after more, reading everything again is as fast. */
const MAX_ENTRIES = 200;
/** The first load reads a whole type. */
const LOAD_TIMEOUT_MS = 120_000;

/** How a view of a part of the graph is made, and how it follows a change. */
export interface ViewSource<Content> {
  load(options: RunOptions): Promise<Content>;
  /** Changed nodes that are read again one by one; after more, to read everything again is as fast. */
  readonly most: number;
  /** Brings the content to what the graph now says of the nodes that changes have touched. */
  renew(content: Content, touched: readonly string[], options: RunOptions): Promise<void>;
}

/** The content of a view at a version of the graph. */
export interface Viewed<Content> {
  readonly content: Content;
  readonly version: string;
  /** Whether the content has nothing that is newer than the version. */
  readonly isExact: boolean;
}

interface State<Content> extends Viewed<Content> {
  readonly sequence: number;
}

/**
 * A view of a part of the graph in memory, which follows the change log: the first question after a change compares the
 * versions, and what the entries since then touched is read again. So nothing is polled, and nothing is stale.
 */
export class View<Content> {
  readonly #engine: GraphEngine;
  readonly #source: ViewSource<Content>;
  #state: State<Content> | null = null;
  #catchingUp: Promise<State<Content>> | null = null;

  constructor(engine: GraphEngine, source: ViewSource<Content>) {
    this.#engine = engine;
    this.#source = source;
  }

  /** What it has; null before the first load. To be read before the next await. */
  get known(): Viewed<Content> | null {
    return this.#state;
  }

  /**
   * The content at a version that the caller has just learned, or a later one. To be read before the next await. The first
   * call loads it.
   */
  async current(version: string): Promise<Viewed<Content>> {
    for (;;) {
      if (this.#state?.version === version) return this.#state;
      const before = this.#catchingUp;
      // One that began before this question may have read an older graph: wait for it, then look again.
      if (before) await before.catch(() => {});
      if (this.#state?.version === version) return this.#state;
      if (this.#catchingUp && this.#catchingUp !== before) continue;
      this.#catchingUp ??= this.#catchUp(version).finally(() => {
        this.#catchingUp = null;
      });
      return this.#catchingUp;
    }
  }

  /** Reads begin after the version was learned, and so see at least that version. */
  async #catchUp(version: string): Promise<State<Content>> {
    const reads = new VersionedReads(this.#engine, { timeoutMs: LOAD_TIMEOUT_MS });
    const sequence = await newestSequence(reads.ask);
    const content =
      (await this.#followed(reads.ask, sequence, reads.options)) ?? (await this.#source.load(reads.options));
    const isExact = reads.version === version || (await this.#isStill(sequence, version));
    this.#state = { content, version, isExact, sequence };
    return this.#state;
  }

  /** Whether the newest entry of the log is a certain one at a version: then what was read since it was written is of that version. */
  async #isStill(sequence: number, version: string): Promise<boolean> {
    const check = new VersionedReads(this.#engine);
    return (await newestSequence(check.ask)) === sequence && check.version === version;
  }

  /** The existing content, brought up to a sequence; null when it is better read again. */
  async #followed(ask: Ask, until: number, options: RunOptions): Promise<Content | null> {
    if (!this.#state || until < this.#state.sequence || until - this.#state.sequence > MAX_ENTRIES) return null;
    const { content, sequence: after } = this.#state;
    if (until === after) return content;
    const touched = await touchedSince(ask, after, until);
    if (touched === null || touched.size > this.#source.most) return null;
    await this.#source.renew(content, [...touched], options);
    return content;
  }
}
