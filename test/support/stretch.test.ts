import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { longestStretch } from './stretch.ts';

/** A process that uses 400 ms of processor time at a message, in as many turns of its event loop as the message says. */
const PROGRAM = `
  const used = () => { const { user, system } = process.threadCpuUsage(); return (user + system) / 1000; };
  setInterval(() => {}, 1_000);
  process.on('message', async (turns) => {
    if (typeof turns !== 'number') return;
    for (let turn = 0; turn < turns; turn++) {
      for (const end = used() + 400 / turns; used() < end; );
      await new Promise(setImmediate);
    }
    process.send('done');
  });
`;

it('the longest stretch is what one turn of the event loop takes of the processor, not the sum of several', async () => {
  const hook = fileURLToPath(new URL('./stretch-hook.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', hook, '--eval', PROGRAM], { stdio: ['ignore', 2, 2, 'ipc'] });
  const afterWork = async (turns: number): Promise<number> => {
    const done = once(child, 'message');
    child.send(turns);
    await done;
    return longestStretch(child);
  };
  try {
    expect(await afterWork(1)).toBeGreaterThanOrEqual(400);
    expect(await afterWork(20)).toBeLessThan(200);
    expect(await longestStretch(child)).toBeLessThan(100);
  } finally {
    child.kill('SIGKILL');
  }
});
