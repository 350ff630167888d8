import type { KnownStore } from '../editing/known-store.ts';
import type { LoadingMark } from '../store/loading.ts';
import type { Workload } from './workload.ts';

/** A load of one folder or several: how far it is, and the mark that says so in the graph. */
export interface Load {
  readonly workload: Workload;
  readonly mark: LoadingMark;
  /** What the folders before have left to be known of the store. */
  store?: KnownStore;
}
