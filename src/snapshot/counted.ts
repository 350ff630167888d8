import type { CommitCounts } from '../store/bookkeeping.ts';

/** The commits to a graph, and the version at which they were counted; null where nobody knows it. */
export interface Counted {
  readonly commits: CommitCounts;
  readonly countedAt: string | null;
}

/** Whether two counts are equal. */
export const isSame = ({ commits: a }: Counted, { commits: b }: Counted): boolean =>
  a.sequence === b.sequence && a.bookkeeping === b.bookkeeping;

/**
 * Whether somebody has written past the change log between two counts: the graph has another version, and no commit of this
 * program tells why. One that falls between commits of this program is not seen.
 */
export function isUnlogged(before: Counted, after: Counted, isAfterOwn: boolean): boolean {
  const { sequence, bookkeeping } = before.commits;
  if (after.commits.sequence < sequence || after.commits.bookkeeping < bookkeeping) return true;
  if (before.countedAt === null || after.countedAt === null || before.countedAt === after.countedAt) return false;
  return isSame(before, after) || (isAfterOwn && after.commits.bookkeeping === bookkeeping);
}
