import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { statement } from '../../src/graph/statement.ts';
import { CsvFileError } from '../../src/transfer/csv.ts';
import { emptyGraph } from '../support/graph.ts';
import { scratchFolder, World } from '../support/world.ts';
import { ground, recordsIn } from './ground.ts';

describe('identifiers of registries', () => {
  const siren = '552032534';

  it('belong to one record: within a file the first has it', async () => {
    await using graph = await emptyGraph();
    const world = new World()
      .organisation('Alpha', { id: 'organisation/alpha', siren })
      .organisation('Beta', { id: 'organisation/beta', siren })
      .organisation('Gamma', { id: 'organisation/gamma', siren: '' });
    const { rejections } = await graph.import(world);
    expect(rejections).toEqual([
      {
        file: 'organisations.csv',
        line: 3,
        column: 'siren',
        reason: 'siren 552032534 already belongs to organisation/alpha.',
      },
    ]);
    const { organisations } = await graph.ask('{ organisations { nodes { name } } }');
    expect(organisations.nodes).toEqual([{ name: 'Alpha' }, { name: 'Gamma' }]);
  });

  it('belong to one record: the one that has it in the store', async () => {
    await using graph = await emptyGraph();
    await graph.fill(new World().organisation('Alpha', { id: 'organisation/alpha', siren }));
    const { rejections } = await graph.import(new World().pole('Pole X', { siren }));
    expect(rejections).toEqual([expect.objectContaining({ file: 'networks.csv', line: 2, column: 'siren' })]);
    expect(await graph.import(new World().organisation('Renamed', { id: 'organisation/alpha', siren }))).toMatchObject({
      updated: 1,
      rejections: [],
    });
  });

  it('name a record of one type: another type may not take its identifier', async () => {
    await using graph = await emptyGraph();
    await graph.fill(new World().pole('Pole X'));
    const { rejections } = await graph.import(new World().cluster('Pole X', { id: 'pole/pole-x' }));
    expect(rejections).toEqual([expect.objectContaining({ file: 'networks.csv', line: 2, column: 'id' })]);
  });
});

describe('a file that is unreadable as a whole', () => {
  const good = new World().organisation('Alpha');
  const encoded = (text: string, encoding: BufferEncoding): Uint8Array => Buffer.from(text, encoding);

  it.each<[what: string, file: string, content: string | Uint8Array, message: RegExp]>([
    [
      'a column in another case',
      'networks.csv',
      'Type,name,sources\n',
      /networks\.csv lacks the column type \(it has "Type"\)/,
    ],
    ['a missing column', 'networks.csv', 'type,name\n', /networks\.csv lacks the column sources: its first line/],
    ['two columns of one name', 'networks.csv', 'type,name,name,sources\n', /names the column name twice/],
    ['no header', 'networks.csv', 'POLE,Pole X,source/fixture\n', /lacks the columns .*It names "POLE", "Pole X"/],
    [
      'thousands of columns of other names',
      'networks.csv',
      Array.from({ length: 5_000 }, (_, number) => `c${number}`).join(','),
      /It names "c0", "c1", "c2", "c3", "c4" and 4995 more\.$/,
    ],
    [
      'a header that never ends',
      'networks.csv',
      `type,name,sources${',x'.repeat(600_000)}\n`,
      /first line of networks\.csv, which must name the columns, is no CSV: a row is longer than 1000000 characters/,
    ],
    [
      'a header with a quotation mark that is never closed',
      'networks.csv',
      'type,"name,sources\n',
      /first line of networks\.csv, which must name the columns, is no CSV: a quotation mark is opened and never closed/,
    ],
    ['nothing in it', 'networks.csv', '', /networks\.csv has no header/],
    ['only empty lines', 'networks.csv', '\n\n', /networks\.csv has no header/],
    [
      'UTF-16',
      'networks.csv',
      encoded('\uFEFFtype,name,sources\n', 'utf16le'),
      /networks\.csv is (not UTF-8|no text file)/,
    ],
    [
      'UTF-16 without a mark',
      'networks.csv',
      encoded('type,name,sources\n', 'utf16le'),
      /no text file \(it may be UTF-16\)/,
    ],
    [
      'Latin-1',
      'networks.csv',
      encoded('type,name,sources\nPOLE,Pole X,source/fixture\nPOLE,P\u00f4le,source/fixture\n', 'latin1'),
      /networks\.csv is not UTF-8 \(line 3\): save it again/,
    ],
    ['bytes that are no text', 'networks.csv', new Uint8Array([0, 1, 2, 3, 250, 251]), /is not UTF-8|no text file/],
  ])('leaves nothing of any file, and says what is wrong: %s', async (_, file, content, message) => {
    await using graph = await emptyGraph();
    const folder = await good.write();
    await writeFile(join(folder, file), content);
    const importing = graph.import(folder);
    await expect(importing).rejects.toBeInstanceOf(CsvFileError);
    await expect(importing).rejects.toThrow(message);
    expect(await recordsIn(graph)).toBe(0);
  });

  it('is not there: a folder without any known file is an error that names them', async () => {
    await using graph = await emptyGraph();
    await expect(graph.import(await scratchFolder())).rejects.toThrow(/holds none of the files sources\.csv, /);
  });
});

describe('rejected.csv', () => {
  const manyBad = (count: number): World => {
    const world = new World();
    for (let place = 0; place < count; place++) world.organisation(`Bad ${place}`, { kind: 'FIRM' });
    return world;
  };

  it('lists a thousand bad rows, in order', async () => {
    await using graph = await emptyGraph();
    const { rejections, rejected, created } = await graph.import(manyBad(1_000));
    expect(rejections.map(({ line }) => line)).toEqual(Array.from({ length: 1_000 }, (_, place) => place + 2));
    expect({ rejected, created }).toEqual({ rejected: 1_000, created: 1 });
  });

  it('holds no cell that a spreadsheet would run', async () => {
    await using graph = await emptyGraph();
    const folder = await new World()
      .organisation('Alpha', { kind: '=HYPERLINK("https://example.org")', city: '@SUM(1)' })
      .member('=cmd|calc', '+1')
      .write();
    const rejectedFile = join(await scratchFolder(), 'rejected.csv');
    const { rejections } = await graph.import(folder, { rejectedFile });
    expect(rejections).toEqual([]);
    const text = await readFile(rejectedFile, 'utf8');
    expect(text).toContain('HYPERLINK');
    for (const line of text.trim().split('\r\n')) {
      for (const cell of line.split(',')) expect(cell.replace(/^"/, '')).not.toMatch(/^[=+\-@\t\r]/);
    }
  });

  it('goes when an import has nothing to reject', async () => {
    await using graph = await emptyGraph();
    const rejectedFile = join(await scratchFolder(), 'rejected.csv');
    await graph.import(manyBad(1), { rejectedFile });
    expect(await readFile(rejectedFile, 'utf8')).toMatch(/^file,line,column,reason\r\norganisations\.csv,2,kind,/);
    await graph.import(new World(), { rejectedFile });
    await expect(readFile(rejectedFile)).rejects.toThrow('ENOENT');
  });

  it('that cannot be written ends the import with an error', async () => {
    await using graph = await emptyGraph();
    const rejectedFile = join(await scratchFolder(), 'no such folder', 'rejected.csv');
    await expect(graph.import(manyBad(1), { rejectedFile })).rejects.toThrow('ENOENT');
  });

  it('need not be: rows are counted all the same', async () => {
    await using graph = await emptyGraph();
    expect(await graph.import(manyBad(3), { rejectedFile: null })).toMatchObject({ rejected: 3, rejections: [] });
  });
});

describe('a dry run', () => {
  /** Rows that a cell, a reference, or only the graph shows to be wrong. */
  const faulty = (): World =>
    ground()
      .organisation('Gamma', { kind: 'FIRM' })
      .organisation('Delta', { id: 'organisation/delta', siren: '552032534' })
      .organisation('Epsilon', { id: 'organisation/epsilon', siren: '552032534' })
      .member('Nobody', 'Pole X')
      .member('Alpha', 'Pole X', { since: '2013' })
      .member('Pole X', 'Pole X')
      .member('Delta', 'Pole X', { since: '2006' })
      .partners('Alpha', 'Beta', { kind: 'PROJECT' })
      .member('Epsilon', 'Pole X')
      .takesPart('Gamma', 'project/p')
      .takesPart('Alpha', 'project/p');

  it('writes nothing, and rejects what an import would', async () => {
    await using graph = await emptyGraph();
    const folder = await faulty().write();
    const dry = await graph.import(folder, { dryRun: true });
    expect(await recordsIn(graph)).toBe(0);
    expect(await graph.engine.read(statement('nodes', 'MATCH (n) RETURN n.id AS id'))).toEqual([]);
    const wet = await graph.import(folder);
    expect(wet.rejections.length).toBeGreaterThan(5);
    expect(dry.rejections).toEqual(wet.rejections);
    expect(dry.rows).toBe(wet.rows);
  });

  it('rejects what an import would on a graph that is there', async () => {
    await using graph = await emptyGraph();
    await graph.fill(ground().organisation('Holder', { siren: '552032534' }));
    const before = await recordsIn(graph);
    const folder = await new World()
      .organisation('Thief', { id: 'organisation/thief', siren: '552032534' })
      .member('Alpha', 'Pole X', { since: '2013' })
      .member('Alpha', 'Pole X', { since: '2006' })
      .write();
    const dry = await graph.import(folder, { dryRun: true });
    expect(await recordsIn(graph)).toBe(before);
    expect(dry.rejections.map(({ file, column }) => [file, column])).toEqual([
      ['organisations.csv', 'siren'],
      ['memberships.csv', 'since'],
    ]);
    expect(dry.rejections).toEqual((await graph.import(folder)).rejections);
  });
});
