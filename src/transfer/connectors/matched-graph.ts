import type { GraphEngine } from '../../graph/engine.ts';
import { longRead } from '../../graph/long-read.ts';
import {
  type KnownNetwork,
  type KnownOrganisation,
  knownNetworks,
  knownOrganisations,
} from '../../store/known-organisation.ts';

const TIMEOUT_MS = 60_000;

/** What the records of a published list are matched with: the graph of this process, or that of a running server. */
export interface MatchedGraph {
  /** All organisations, in pages. */
  organisations(signal?: AbortSignal): AsyncIterable<readonly KnownOrganisation[]>;
  /** All networks with what registries call them, in pages. */
  networks(signal?: AbortSignal): AsyncIterable<readonly KnownNetwork[]>;
}

/** The graph of an engine. */
export const graphOf = (engine: GraphEngine): MatchedGraph => ({
  organisations: (signal) =>
    longRead(engine, knownOrganisations, ({ sortKey }) => sortKey, '', {}, { signal, timeoutMs: TIMEOUT_MS }),
  networks: (signal) => longRead(engine, knownNetworks, ({ id }) => id, '', {}, { signal, timeoutMs: TIMEOUT_MS }),
});
