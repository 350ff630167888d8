import { setImmediate as nextTurn } from 'node:timers/promises';
import type { VersionProbe } from '../graph/version-probe.ts';
import type { Slices } from '../scheduling/slices.ts';
import type { CurrentSnapshot, SnapshotState } from '../snapshot/current.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';

/** How often a reading of the snapshot begins again because the graph has changed meanwhile. */
const MAX_READINGS = 8;

/** How one request reads the snapshot. */
export interface SnapshotReaderOptions {
  readonly snapshot: CurrentSnapshot | null;
  readonly versions: VersionProbe;
  readonly slices: Slices;
  readonly signal: AbortSignal;
  /** When the request came, on the clock of performance.now. Default: now. */
  readonly arrivedAt?: number | undefined;
  /** Takes the version of each reading. */
  readonly note: (version: string) => void;
}

/** Reads the snapshot for one request, where it equals the graph as it was when the request came, or later. */
export class SnapshotReader {
  readonly #current: CurrentSnapshot | null;
  readonly #options: SnapshotReaderOptions;
  #startedAt: number;

  constructor(options: SnapshotReaderOptions) {
    this.#current = options.snapshot;
    this.#options = options;
    this.#startedAt = options.arrivedAt ?? performance.now();
  }

  /** When the request came, or last wrote: what it reads is of then or later. */
  get startedAt(): number {
    return this.#startedAt;
  }

  /** The request has written: it reads nothing of before. */
  restart(): void {
    this.#startedAt = performance.now();
  }

  /** The snapshot; null where it is not of now, and the database has to be asked. To be read before the next await. */
  async current(): Promise<Snapshot | null> {
    if (this.#current === null || this.#current.version === null) return null;
    const { versions, note } = this.#options;
    const version = await (this.#current.hasWaiting ? versions.probe() : versions.after(this.#startedAt));
    const found = this.#current.at(version);
    if (found) note(version);
    return found;
  }

  /**
   * Does work, in slices; null where the snapshot is not of now, or changes between two slices. Where another process may write to the
   * graph, the work is done while the graph is asked whether the snapshot is of now.
   */
  async run<Value>(
    work: (snapshot: Snapshot) => Generator<void, Value>,
    note: (version: string) => void,
  ): Promise<Value | null> {
    const { slices, versions } = this.#options;
    const current = this.#current;
    if (current === null || current.version === null) return null;
    const isSent = versions.isAsking(this.#startedAt);
    const asked = versions.ahead(current.version, this.#startedAt);
    // The question is sent before the work begins.
    if (asked !== null && !isSent) await nextTurn();
    if (slices.isOver) await slices.start();
    const snapshot = asked === null ? await this.current() : current.at(current.version);
    const { version } = current;
    if (snapshot === null || version === null) return null;
    const steps = work(snapshot);
    let step = steps.next();
    for (; !step.done; step = steps.next()) {
      if (!slices.isOver) continue;
      await slices.next();
      if (!this.#isStill(snapshot, version)) return null;
    }
    const newest = await asked;
    if (newest !== null && newest !== version) {
      current.at(newest);
      return null;
    }
    this.#options.note(version);
    note(version);
    return step.value;
  }

  /**
   * What `read` makes of the snapshot, of one version from its first step to its last. `pause` lets other work have its
   * turn, and gives false where the snapshot has changed: then `read` gives null and begins again. Waits for a snapshot
   * that catches up. The state where there is none.
   */
  async wait<Value>(
    read: (snapshot: Snapshot, version: string, pause: () => Promise<boolean>) => Promise<Value | null>,
  ): Promise<{ readonly value: Value } | { readonly unavailable: SnapshotState | 'off' }> {
    const { slices, signal } = this.#options;
    const current = this.#current;
    if (current === null) return { unavailable: 'off' };
    for (let tries = 0; tries < MAX_READINGS; tries++) {
      signal.throwIfAborted();
      const snapshot = await this.current();
      const { version } = current;
      if (snapshot === null || version === null) {
        if (current.state !== 'ready') return { unavailable: current.state };
        current.hurry();
        await current.settled();
        continue;
      }
      const pause = async (): Promise<boolean> => {
        if (!slices.isOver) return true;
        await slices.next();
        return this.#isStill(snapshot, version);
      };
      if (slices.isOver) await slices.start();
      if (!this.#isStill(snapshot, version)) continue;
      const value = await read(snapshot, version, pause);
      if (value !== null) return { value };
    }
    return { unavailable: 'loading' };
  }

  #isStill(snapshot: Snapshot, version: string): boolean {
    return this.#current!.version === version && this.#current!.at(version) === snapshot;
  }
}
