import { isMainThread } from 'node:worker_threads';
import { QUESTION } from './stretch.ts';

// Loaded into a process under test by --import: it answers `longestStretch` (stretch.ts).

/** Milliseconds between two looks: while the event loop turns, no stretch is longer than this. */
const LOOK_MS = 2;

/** Milliseconds of processor time that this thread has used. */
const used = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
};

if (isMainThread && process.send) {
  let longest = 0;
  let last = used();
  const look = (): void => {
    const now = used();
    longest = Math.max(longest, now - last);
    last = now;
  };
  // A timer is due in each turn of the event loop that comes this much later.
  setInterval(look, LOOK_MS).unref();
  process.on('message', (message) => {
    if (message !== QUESTION) return;
    look();
    process.send!({ longest });
    longest = 0;
  });
  // The process ends when the server does, whether or not its parent still listens.
  process.channel!.unref();
}
