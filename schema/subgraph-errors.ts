import { GraphQLError } from 'graphql';
import { PoolBusyError } from '../src/measures/pool.ts';
import { SnapshotUnavailableError } from '../src/subgraphs/subgraphs.ts';

/** Seconds after which a snapshot that loads, or a busy worker, may have an answer. */
const RETRY_AFTER = 2;

const again = { retryAfter: RETRY_AFTER, http: { headers: { 'Retry-After': String(RETRY_AFTER) } } };

/** What is found, or the error of a snapshot or of workers that cannot answer, with its code. */
export async function answered<Value>(found: Promise<Value>): Promise<Value> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof PoolBusyError) {
      throw new GraphQLError(error.message, { extensions: { code: 'MEASURES_BUSY', ...again } });
    }
    if (!(error instanceof SnapshotUnavailableError)) throw error;
    if (error.reason === 'off' || error.reason === 'too large') {
      const why = error.reason === 'off' ? 'is switched off' : 'would need more memory than it may have';
      throw new GraphQLError(
        `Subgraphs are answered from the graph in memory, which ${why} on this server: who runs it sets GRAPPE_SNAPSHOT_MB.`,
        { extensions: { code: 'SNAPSHOT_OFF' } },
      );
    }
    throw new GraphQLError(
      'Subgraphs are answered from the graph in memory, which is still being read: ask again in a few seconds.',
      { extensions: { code: 'SNAPSHOT_NOT_READY', ...again } },
    );
  }
}
