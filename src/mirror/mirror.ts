import type { GraphEngine, RunOptions } from '../graph/engine.ts';
import { lastSequence, touchedAfter } from '../store/search.ts';

/** Entries of the change log that are followed one by one; after more, reading all anew is as fast. */
const MAX_ENTRIES = 200;
/** The first load reads a whole type. */
const LOAD_TIMEOUT_MS = 120_000;

/** A part of the graph that can be held in the process: how to read it, and how it goes with a change. */
export interface Mirrored<Content> {
  load(options: RunOptions): Promise<Content>;
  /** Touched nodes that are read again one by one; after more, reading all anew is as fast. */
  readonly most: number;
  /** Brings the content to what the graph now says of the nodes that changes have touched. */
  renew(content: Content, touched: readonly string[], options: RunOptions): Promise<void>;
}

interface State<Content> {
  readonly content: Content;
  readonly version: string;
  readonly sequence: number;
}

/**
 * A part of the graph held in the process and kept in step by the change log: whoever asks first compares the graph's
 * version with the mirror's, and what the entries since then touched is read again. So nothing is polled and nothing is
 * stale.
 */
export class Mirror<Content> {
  readonly #engine: GraphEngine;
  readonly #mirrored: Mirrored<Content>;
  #state: State<Content> | null = null;
  #catchingUp: Promise<State<Content>> | null = null;

  constructor(engine: GraphEngine, mirrored: Mirrored<Content>) {
    this.#engine = engine;
    this.#mirrored = mirrored;
  }

  /** The content if it is as of a version; null when it has to catch up first. */
  at(version: string): Content | null {
    return this.#state?.version === version ? this.#state.content : null;
  }

  /** The same; one that has to catch up begins to, for those who ask later. */
  standing(version: string): Content | null {
    const content = this.at(version);
    // Whoever asks for it in earnest is told why it cannot be read.
    if (content === null && this.#catchingUp === null) void this.asOf(version).catch(() => {});
    return content;
  }

  /**
   * The content as of a version, or later, which the caller has just been told. It is the mirror's own: to be read before
   * the next await. The first call loads it.
   */
  async asOf(version: string): Promise<Content> {
    for (;;) {
      if (this.#state?.version === version) return this.#state.content;
      const before = this.#catchingUp;
      // One that began before this question may have read an older graph: it is waited for, and then looked at again.
      if (before) await before.catch(() => {});
      if (this.#state?.version === version) return this.#state.content;
      if (this.#catchingUp && this.#catchingUp !== before) continue;
      this.#catchingUp ??= this.#catchUp(version).finally(() => {
        this.#catchingUp = null;
      });
      return (await this.#catchingUp).content;
    }
  }

  /** Reads begin after the version was told, and so see at least that version. */
  async #catchUp(version: string): Promise<State<Content>> {
    const options: RunOptions = { timeoutMs: LOAD_TIMEOUT_MS };
    const [newest] = await this.#engine.read(lastSequence, {}, options);
    const sequence = newest?.sequence ?? 0;
    const content = (await this.#followed(sequence, options)) ?? (await this.#mirrored.load(options));
    this.#state = { content, version, sequence };
    return this.#state;
  }

  /** The standing content, brought up to a sequence; null when it is better read anew. */
  async #followed(until: number, options: RunOptions): Promise<Content | null> {
    if (!this.#state || until < this.#state.sequence || until - this.#state.sequence > MAX_ENTRIES) return null;
    const { content, sequence: after } = this.#state;
    if (until === after) return content;
    const entries = await this.#engine.read(touchedAfter, { after, until }, options);
    const touched = [...new Set(entries.flatMap((entry) => entry.touched))];
    // The log is shortened from time to time: what it no longer tells may have touched anything.
    if (entries.length < until - after || touched.length > this.#mirrored.most) return null;
    await this.#mirrored.renew(content, touched, options);
    return content;
  }
}
