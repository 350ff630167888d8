import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { World } from '../support/world.ts';

let graph: TestGraph;
beforeEach(async () => {
  graph = await emptyGraph();
});
afterEach(() => graph?.[Symbol.asyncDispose]());

describe('the form of a file', () => {
  const header = 'name,kind,sources';
  const names = async (): Promise<string[]> => {
    const { organisations } = await graph.ask('{ organisations { nodes { name } } }');
    return organisations.nodes.map(({ name }: { name: string }) => name);
  };

  it.each([
    ['a byte order mark', `\uFEFF${header}\nAlpha,COMPANY,source/fixture\n`],
    ['lines that end as on Windows', `${header}\r\nAlpha,COMPANY,source/fixture\r\n`],
    ['no line break at the end', `${header}\nAlpha,COMPANY,source/fixture`],
    ['empty lines', `${header}\n\nAlpha,COMPANY,source/fixture\n\n`],
    ['quotes around every cell', '"name","kind","sources"\n"Alpha","COMPANY","source/fixture"\n'],
    ['spaces around cells', `${header}\n Alpha , COMPANY,source/fixture \n`],
    ['columns in another order', 'sources,kind,name\nsource/fixture,COMPANY,Alpha\n'],
  ])('may have %s', async (_, text) => {
    const { rejections } = await graph.import(new World().text('organisations.csv', text));
    expect(rejections).toEqual([]);
    expect(await names()).toEqual(['Alpha']);
  });

  it('keeps commas, quotes and line breaks of a quoted cell', async () => {
    const description = 'A fixture, "quoted",\r\nwith a line break.';
    await graph.fill(new World().pole('Pole X', { description }));
    const { pole } = await graph.ask('{ pole(id: "pole/pole-x") { description } }');
    expect(pole.description).toBe(description);
  });

  it('may be of any size: characters of several bytes may lie across the parts in which it is read', async () => {
    // A fixture of a little more than a mebibyte in which every place falls within a character of two, three or four bytes.
    for (const [shift, letter] of [
      [0, 'é'],
      [1, 'é'],
      [0, '日'],
      [1, '日'],
      [2, '日'],
      [0, '𠮷'],
      [1, '𠮷'],
      [3, '𠮷'],
    ] as const) {
      const row = `Alpha,COMPANY,source/fixture,${letter.repeat(100)}\n`;
      const text = `${header},city\n${'x'.repeat(shift)}${row.repeat(Math.ceil(1_100_000 / Buffer.byteLength(row)))}`;
      const folder = await new World().write();
      await writeFile(join(folder, 'organisations.csv'), text);
      await expect(graph.import(folder, { dryRun: true }), `${letter} ${shift}`).resolves.toMatchObject({
        rejected: 0,
      });
    }
  });

  it('is left as it is', async () => {
    const folder = await new World().pole('Pole X').write();
    const before = await readFile(join(folder, 'networks.csv'));
    await graph.import(folder);
    expect(await readFile(join(folder, 'networks.csv'))).toEqual(before);
  });
});
