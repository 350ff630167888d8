import type { CommittedAddition } from '../changes/addition.ts';
import { touchedSince } from '../changes/log.ts';
import { nodeTypeOf } from '../domain/vocabulary.ts';
import type { GraphEngine, RunOptions } from '../graph/engine.ts';
import { Slices } from '../scheduling/slices.ts';
import type { Ask } from '../store/ask.ts';
import { type CommitCounts, countCommits } from '../store/bookkeeping.ts';
import { type NodeWithEdges, nodesWithEdgesAt } from '../store/snapshot.ts';
import { VersionedReads } from '../store/versioned-reads.ts';
import { type Counted, isSame, isUnlogged } from './counted.ts';
import type { SavedSnapshot } from './file.ts';
import { isInSnapshot, readSnapshot } from './load.ts';
import { Snapshot } from './snapshot.ts';
import { WaitingAdditions } from './waiting-additions.ts';

/** Changed nodes that are read again; after more, reading everything is as fast. */
const MAX_CHANGED = 20_000;
/** Milliseconds from an addition of this process to the next look at the graph, so that one look serves a burst. */
const LOOK_MS = 20;
/** Changed nodes that are read at once. */
const PAGE = 500;
/** How often it starts again because the graph changed while it caught up; then the next question tries. */
const MAX_TRIES = 3;
/** The share of garbage from which on a new load is worth its time. */
const MAX_GARBAGE = 0.25;
/** A load reads the whole graph. */
const LOAD_TIMEOUT_MS = 120_000;
/** A new load begins at the earliest after this many times the duration of the last: most of the time is for questions. */
const PAUSE_FACTOR = 10;

/** `too large`: the graph does not fit into the budget, and the database answers everything. */
export type SnapshotState = 'none' | 'loading' | 'ready' | 'too large';

/** What limits a snapshot. */
export interface SnapshotOptions {
  /** Bytes that it may take. Default: any number. */
  readonly maxBytes?: number;
}

/** What a snapshot has done since the start. */
export interface SnapshotFigures {
  /** Loads of the whole graph, and how long the last one took; 0 before the first. */
  readonly loads: number;
  readonly loadMs: number;
  /** Questions that met a snapshot equal to the graph, and those that met one behind it. */
  readonly current: number;
  readonly behind: number;
}

/** A snapshot, and the state of the graph that it has. */
interface Loaded extends Counted {
  readonly snapshot: Snapshot;
  /** The version that it equals; null while it may hold a mix of two. */
  version: string | null;
  /** Those up to which it has every change. */
  commits: CommitCounts;
  countedAt: string | null;
  /** Whether somebody has written past the change log: no entry tells what it lacks, and only a new load finds it. */
  isLost: boolean;
}

/**
 * The snapshot of one graph, which follows the change log and stays exact. A question about a version is answered from it only if it
 * equals the graph at that version; otherwise it catches up for the next question, and the database answers this one.
 */
export class CurrentSnapshot {
  readonly #engine: GraphEngine;
  readonly #maxBytes: number;
  #loaded: Loaded | null = null;
  #work: Promise<void> | null = null;
  #state: SnapshotState = 'none';
  #nextLoadAt = 0;
  /** What this process has added and the snapshot has not, by the entries of the change log. */
  readonly #waiting = new WaitingAdditions();
  /** Whether reads name the version that a write of this process has made. In a cluster they may call it otherwise. */
  #namesOwnVersions: boolean;
  #look: NodeJS.Timeout | null = null;
  readonly #figures = { loads: 0, loadMs: 0, current: 0, behind: 0 };

  constructor(engine: GraphEngine, { maxBytes = Number.POSITIVE_INFINITY }: SnapshotOptions = {}) {
    this.#engine = engine;
    this.#maxBytes = maxBytes;
    this.#namesOwnVersions = !engine.isShared;
  }

  /** Bytes that it may take. */
  get maxBytes(): number {
    return this.#maxBytes;
  }

  get state(): SnapshotState {
    return this.#state;
  }

  get figures(): SnapshotFigures {
    return this.#figures;
  }

  /** The version that it equals; null where it equals none. */
  get version(): string | null {
    return this.#loaded?.version ?? null;
  }

  get bytes(): number {
    return this.#loaded?.snapshot.bytes ?? 0;
  }

  /** The snapshot if it equals the graph at a version, to be read before the next await; null where it does not. */
  at(version: string): Snapshot | null {
    if (this.#loaded?.version === version) {
      this.#figures.current++;
      return this.#loaded.snapshot;
    }
    this.#figures.behind++;
    this.hurry();
    return null;
  }

  /**
   * Takes note of a change of this process, and catches up soon. What was only added is not read again: several additions
   * share one look at the graph.
   */
  wrote(addition: CommittedAddition | null): void {
    if (addition === null || this.#loaded === null) {
      this.hurry();
      return;
    }
    this.#waiting.add(addition);
    this.#look ??= setTimeout(() => {
      this.#look = null;
      // A failure leaves the snapshot behind the graph: the next question begins again.
      this.probe().then(
        (version) => {
          if (this.version !== version) this.hurry();
        },
        () => {},
      );
    }, LOOK_MS).unref();
  }

  /** Whether this process has added something that the snapshot does not have yet: `probe` adds it. */
  get hasWaiting(): boolean {
    const { last } = this.#waiting;
    return this.#loaded !== null && last !== null && last.sequence > this.#loaded.commits.sequence;
  }

  /** The version of the graph, from a read that begins now. Where only this process has written, the snapshot then equals it. */
  async probe(): Promise<string> {
    const loaded = this.#loaded;
    const { last } = this.#waiting;
    if (loaded === null || last === null || this.#work !== null || !this.hasWaiting) return this.#engine.version();
    const reads = new VersionedReads(this.#engine);
    const until = this.#engine.isShared
      ? await countCommits(reads.ask)
      : { ...loaded.commits, sequence: last.sequence };
    const version = this.#engine.isShared ? reads.version : await this.#engine.version();
    if (version === null) return this.#engine.version();
    // A reading that began meanwhile may have read some of it.
    if (this.#work !== null || this.#loaded !== loaded) return version;
    if (this.#addWaiting(loaded, until, version) && loaded.snapshot.garbage > MAX_GARBAGE) this.hurry();
    return version;
  }

  /** Adds what waits, if that is all that has happened to the graph since. */
  #addWaiting(loaded: Loaded, until: CommitCounts, version: string): boolean {
    const additions = this.#waiting.allBetween(loaded.commits.sequence, until.sequence);
    // With another version, somebody has written past the log since the last one.
    if (loaded.version === null || additions?.at(-1)?.version !== version) return false;
    loaded.snapshot.add(additions!);
    this.#isUpTo(loaded, until, version);
    loaded.countedAt = version;
    this.#namesOwnVersions = true;
    return true;
  }

  #isUpTo(loaded: Loaded, commits: CommitCounts, version: string | null): void {
    loaded.commits = commits;
    loaded.version = version;
    this.#waiting.discard(commits.sequence);
  }

  /** Begins to catch up: the graph has changed. */
  hurry(): void {
    if (this.#loaded === null || this.#work !== null) return;
    // A failure leaves the snapshot behind the graph: the next question begins again.
    this.#begin((loaded) => this.#catchUp(loaded, {})).catch(() => {});
  }

  /** Loads the whole graph. Resolves when it can answer, or is known to be too large. */
  async load(options: RunOptions = {}): Promise<void> {
    while (this.#work) await this.#work.catch(() => {});
    await this.#begin(() => this.#load(options));
  }

  /**
   * Takes a snapshot that equals the graph at a version, in place of loading it, and catches up. False, and nothing is taken, if it
   * does not fit into the budget.
   */
  async restore({ snapshot, commits }: SavedSnapshot, version: string): Promise<boolean> {
    if (snapshot.bytes > this.#maxBytes) return false;
    while (this.#work) await this.#work.catch(() => {});
    await this.#begin(async () => {
      const loaded: Loaded = { snapshot, version, commits, countedAt: version, isLost: false };
      await this.#catchUp(loaded, { timeoutMs: LOAD_TIMEOUT_MS });
      // Where it could not catch up, everything was loaded again.
      if (this.#loaded !== null || this.#state === 'too large') return;
      this.#loaded = loaded;
      this.#state = 'ready';
    });
    return true;
  }

  /** What it has, if that equals the graph at a version: to be saved before it changes. */
  saved(version: string): SavedSnapshot | null {
    return this.#loaded?.version === version ? this.#loaded : null;
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    while (this.#work) await this.#work.catch(() => {});
  }

  async #begin(work: (loaded: Loaded) => Promise<void>): Promise<void> {
    const begun = work(this.#loaded!).finally(() => {
      this.#work = null;
    });
    this.#work = begun;
    await begun;
  }

  async #load(given: RunOptions): Promise<void> {
    if (this.#state === 'none') this.#state = 'loading';
    this.#waiting.discard();
    const options = { timeoutMs: LOAD_TIMEOUT_MS, ...given };
    const startedAt = performance.now();
    const before = new VersionedReads(this.#engine, options);
    const commits = await countCommits(before.ask);
    const snapshot = new Snapshot();
    const isWhole = await this.#fill(snapshot, options).finally(() => {
      // A load that failed is not tried again at once either.
      this.#figures.loads++;
      this.#figures.loadMs = performance.now() - startedAt;
      this.#nextLoadAt = performance.now() + PAUSE_FACTOR * this.#figures.loadMs;
    });
    if (!isWhole) {
      this.#state = 'too large';
      this.#loaded = null;
      return;
    }
    const loaded: Loaded = { snapshot, version: null, commits, countedAt: before.version, isLost: false };
    await this.#catchUp(loaded, options);
    this.#loaded = loaded;
    this.#state = 'ready';
  }

  /** Fills a snapshot within the budget; false where it does not fit. */
  async #fill(snapshot: Snapshot, options: RunOptions): Promise<boolean> {
    let fits = true;
    const maxBytes = this.#maxBytes;
    async function* bounded(pages: AsyncIterable<readonly NodeWithEdges[]>): AsyncGenerator<readonly NodeWithEdges[]> {
      for await (const page of pages) {
        fits = snapshot.bytes <= maxBytes;
        if (!fits) return;
        yield page;
      }
    }
    await snapshot.load(bounded(readSnapshot(this.#engine, options)), Slices.inBackground());
    return fits && snapshot.bytes <= maxBytes;
  }

  /** Reads what has changed until the snapshot equals the graph, or the graph has changed too often meanwhile. */
  async #catchUp(loaded: Loaded, options: RunOptions): Promise<void> {
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      if (loaded.isLost) return this.#loadAgain();
      const version = await this.#engine.version(options);
      if (loaded.version === version) return this.#withoutGarbage(loaded);
      const reads = new VersionedReads(this.#engine, options);
      const own = this.#waiting.last;
      const until = await countCommits(reads.ask);
      if (reads.version === version && this.#addWaiting(loaded, until, version)) return this.#withoutGarbage(loaded);
      const counted = { commits: until, countedAt: reads.version };
      const isAfterOwn = this.#namesOwnVersions && own?.sequence === until.sequence && own.version !== reads.version;
      if (isUnlogged(loaded, counted, isAfterOwn) || !(await this.#takeIn(loaded, until, reads.ask))) {
        loaded.version = null;
        loaded.isLost = true;
        return this.#loadAgain();
      }
      // Where nobody knows the version of the new count, one that equals it is as good.
      if (counted.countedAt !== null || !isSame(loaded, counted)) loaded.countedAt = counted.countedAt;
      this.#isUpTo(loaded, until, reads.version);
      if (loaded.version === version) return this.#withoutGarbage(loaded);
    }
  }

  /** Takes in what entries up to one of the log have changed: reads it, or has it already. False where that is too much, or not known. */
  async #takeIn({ snapshot, version, commits }: Loaded, until: CommitCounts, ask: Ask): Promise<boolean> {
    const additions = this.#waiting.allBetween(commits.sequence, until.sequence);
    if (additions !== null && version !== null) {
      snapshot.add(additions);
      return true;
    }
    const changed = await this.#changedBetween(commits.sequence, until.sequence, ask);
    if (changed === null) return false;
    const rows = await this.#read(changed, ask);
    snapshot.replace(changed, rows.out, rows.in);
    return true;
  }

  async #withoutGarbage({ snapshot }: Loaded): Promise<void> {
    if (snapshot.garbage > MAX_GARBAGE) await this.#loadAgain();
  }

  /** The nodes that entries of the log touched; null where there are too many, or the log no longer holds all entries. */
  async #changedBetween(after: number, until: number, ask: Ask): Promise<readonly string[] | null> {
    const touched = await touchedSince(ask, after, until);
    if (touched === null) return null;
    const ids = [...touched].filter((id) => isInSnapshot(nodeTypeOf(id)));
    return ids.length > MAX_CHANGED ? null : ids;
  }

  async #read(ids: readonly string[], ask: Ask): Promise<{ out: NodeWithEdges[]; in: NodeWithEdges[] }> {
    const found: { out: NodeWithEdges[]; in: NodeWithEdges[] } = { out: [], in: [] };
    for (let start = 0; start < ids.length; start += PAGE) {
      const some = { ids: ids.slice(start, start + PAGE) };
      found.out.push(...(await ask(nodesWithEdgesAt.out, some)));
      found.in.push(...(await ask(nodesWithEdgesAt.in, some)));
    }
    return found;
  }

  /** Loads everything in place of what is loaded, unless that was done a moment ago. */
  async #loadAgain(): Promise<void> {
    if (performance.now() >= this.#nextLoadAt) await this.#load({});
  }
}
