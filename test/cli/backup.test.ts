import { readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openEngine } from '../../src/graph/open.ts';
import { writeMark } from '../../src/store/marks.ts';
import { ask } from '../support/clients.ts';
import { grappe, listening, ready } from '../support/process.ts';
import { scratchFolder } from '../support/world.ts';

/** Runs a command to its end: its exit code, and what it said. */
async function run(words: string[], environment: Record<string, string>): Promise<[number | null, string]> {
  const command = grappe(words, environment);
  return [await command.ended, command.said()];
}

const create = (title: string): string =>
  `mutation { sourceCreate(input: { title: "${title}" }) { problems { message } } }`;
const titles = '{ sources { nodes { title } } changesSince(sequence: 0) { sequence } }';

describe('grappe backup and grappe restore', () => {
  it('take a backup of a running server, and restore it', async () => {
    const folder = await scratchFolder();
    const [file, data] = [join(folder, 'graph.backup'), join(folder, 'data')];
    const server = await ready(grappe(['serve'], { GRAPPE_DATA: data }));
    const door = async () => server;
    for (const title of ['One', 'Two']) await ask(door, create(title));
    // The store is the server's: a second process cannot open it, and says what to do.
    const [taken, why] = await run(['backup', file], { GRAPPE_DATA: data });
    expect([taken, why]).toEqual([1, expect.stringMatching(/^Another process holds .*grappe backup FILE --from URL/)]);
    for (const command of [['check'], ['import', folder]]) {
      const [code, said] = await run(command, { GRAPPE_DATA: data });
      expect([code, said]).toEqual([1, expect.stringMatching(/Another process holds .*grappe \w+ .*--to URL/)]);
    }
    const at = ['backup', file, '--from', server.url];
    const [refused, whyRefused] = await run(at, { GRAPPE_TOKEN: `grappe_${'x'.repeat(43)}` });
    expect([refused, whyRefused]).toEqual([1, expect.stringMatching(/refuses/)]);
    expect(await run(at, { GRAPPE_TOKEN: server.token })).toEqual([
      0,
      expect.stringMatching(/2 records and 2 changes, as of change 2: /),
    ]);
    const token = join(folder, 'token');
    await writeFile(token, `${server.token}\n`);
    expect((await run(at, { GRAPPE_TOKEN_FILE: token }))[0]).toBe(0);
    expect(await run(at, { GRAPPE_TOKEN_FILE: join(folder, 'nowhere') })).toEqual([
      expect.any(Number),
      expect.stringMatching(/GRAPPE_TOKEN_FILE=.*cannot be read \(ENOENT\)/),
    ]);
    await ask(door, create('Three'));
    const before = await ask(door, titles);
    expect(before.data.sources.nodes).toHaveLength(3);
    await server.kill();

    const restored = join(folder, 'restored');
    const [code, said] = await run(['restore', file], { GRAPPE_DATA: restored });
    expect([code, said]).toEqual([
      0,
      expect.stringContaining('2 records and 2 changes, as of change 2: restored, and counted again.'),
    ]);
    expect(said).toContain('The graph is consistent.');
    expect(await run(['restore', file], { GRAPPE_DATA: restored })).toEqual([
      1,
      expect.stringMatching(/is not empty, and nothing was changed/),
    ]);
    const again = await ready(grappe(['serve'], { GRAPPE_DATA: restored }));
    const { data: found } = await ask(async () => again, titles);
    expect(found.sources.nodes.map(({ title }: { title: string }) => title)).toEqual(['One', 'Two']);
    expect(found.changesSince).toEqual([{ sequence: 1 }, { sequence: 2 }]);
    await again.kill();
  });

  it('say what is wrong, and leave no half of a file', async () => {
    const folder = await scratchFolder();
    const file = join(folder, 'graph.backup');
    const GRAPPE_DATA = join(folder, 'data');
    await (await openEngine({ engine: 'grafeo', folder: GRAPPE_DATA })).close();
    expect((await run(['backup', file], { GRAPPE_DATA }))[0]).toBe(0);
    const { size } = await stat(file);
    const whole = await readFile(file);
    await truncate(file, size - 5);
    const [code, said] = await run(['restore', file], { GRAPPE_DATA: join(folder, 'other') });
    expect([code, said]).toEqual([1, expect.stringMatching(/is not complete/)]);
    // A backup that fails leaves the file of the one before.
    const unreachable = { GRAPPE_TOKEN: `grappe_${'x'.repeat(43)}` };
    expect((await run(['backup', file, '--from', 'http://127.0.0.1:1'], unreachable))[0]).toBe(1);
    expect((await readFile(file)).equals(whole.subarray(0, size - 5))).toBe(true);
    await expect(stat(`${file}.part`)).rejects.toThrow('ENOENT');
  });

  it('a server does not answer from a store of a newer version, and says so', async () => {
    const folder = join(await scratchFolder(), 'data');
    const engine = await openEngine({ engine: 'grafeo', folder });
    await engine.write((transaction) => transaction.run(writeMark, { id: 'format', value: '999' }));
    await engine.close();
    const server = (await listening(grappe(['serve'], { GRAPPE_DATA: folder })))!;
    const reason = async () => ((await (await fetch(`${server.url}/readyz`)).json()) as { reason: string }).reason;
    await expect.poll(reason, { timeout: 20_000 }).toBe('STORE_TOO_NEW');
    const answer = await ask(async () => server, '{ sources { totalCount } }');
    expect([answer.status, answer.code]).toEqual([503, 'STORE_TOO_NEW']);
    expect(server.said()).toContain('start that version, or a newer one');
    await server.kill();
    expect(await run(['check'], { GRAPPE_DATA: folder })).toEqual([1, expect.stringMatching(/newer version/)]);
  });
});
