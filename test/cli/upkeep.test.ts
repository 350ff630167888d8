import { describe, expect, it } from 'vitest';
import { ask } from '../support/clients.ts';
import { grappe, ready, type ServerProcess } from '../support/process.ts';
import { scratchFolder } from '../support/world.ts';

const SEQUENCES = '{ changesSince(sequence: 0, first: 1000) { sequence } }';
const sequencesOf = async (server: ServerProcess): Promise<number[]> =>
  (await ask(async () => server, SEQUENCES)).data.changesSince.map(({ sequence }: { sequence: number }) => sequence);

describe('a server that may have so many entries of the change log', () => {
  it('deletes the oldest of more, and says so', async () => {
    const environment = { GRAPPE_DATA: await scratchFolder(), GRAPPE_KEEP_CHANGES: '5' };
    const first = await ready(grappe(['serve'], environment));
    for (let number = 0; number < 12; number++) {
      const mutation = `mutation { sourceCreate(input: { title: "S ${number}" }) { problems { message } } }`;
      expect((await ask(async () => first, mutation)).data.sourceCreate.problems).toEqual([]);
    }
    first.child.kill('SIGTERM');
    await first.ended;
    const second = await ready(grappe(['serve'], environment));
    await expect.poll(() => sequencesOf(second), { timeout: 10_000 }).toEqual([8, 9, 10, 11, 12]);
    expect(second.said()).toContain('entries of the change log were deleted');
    await second.kill();
  });
});
