import type { GraphEngine, RunOptions } from '../graph/engine.ts';
import type { Ask } from './ask.ts';

/** Reads that tell whether all of them were of one version. */
export class VersionedReads {
  readonly #versions = new Set<string | null>();
  readonly ask: Ask;
  /** For reads by others that are to be counted among these. */
  readonly options: RunOptions;

  constructor(engine: GraphEngine, options: RunOptions = {}) {
    this.options = { ...options, onVersion: (version) => void this.#versions.add(version) };
    this.ask = (statement, parameters = {}) => engine.read(statement, parameters, this.options);
  }

  /** The version of all of them; null where they were of several, or nobody knows. */
  get version(): string | null {
    return this.#versions.size === 1 ? [...this.#versions][0]! : null;
  }
}
