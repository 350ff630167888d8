import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { RELOAD_SCRIPT } from '../scripts/explorer-reload.ts';

it('reloads the page of npm run dev when the explorer was built again, and not while the server is away', async () => {
  const answers: (string | null)[] = ['<script src="/assets/index-1.js">', null, '<script src="/assets/index-1.js">'];
  let [look, reloads] = [async (): Promise<void> => {}, 0];
  runInNewContext(RELOAD_SCRIPT, {
    setInterval: (repeated: typeof look) => {
      look = repeated;
    },
    fetch: async () => {
      const answer = answers.shift();
      if (answer === null) throw new TypeError('no server');
      return { ok: true, text: async () => answer };
    },
    location: { reload: () => void reloads++ },
  });
  for (const _ of [1, 2, 3]) await look();
  expect([answers, reloads]).toEqual([[], 0]);
  answers.push('<script src="/assets/index-2.js">');
  await look();
  expect(reloads).toBe(1);
});
