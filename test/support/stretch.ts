import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** The message that the hook answers. */
export const QUESTION = 'longest stretch';

/**
 * Milliseconds of processor time that the main thread of a process has spent at the most between two turns of its event loop,
 * since this was asked last. Processor time is the same on a machine that does other things meanwhile; time by the clock is not.
 * The process must be `watched` (process.ts).
 */
export async function longestStretch(child: ChildProcess): Promise<number> {
  const answered = once(child, 'message');
  child.send(QUESTION);
  const [{ longest }] = await answered;
  return longest as number;
}
