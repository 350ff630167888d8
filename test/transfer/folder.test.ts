import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CsvFileError } from '../../src/transfer/csv.ts';
import { FILES } from '../../src/transfer/files.ts';
import { writeTemplate } from '../../src/transfer/template.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { scratchFolder, World } from '../support/world.ts';
import { richWorld } from '../support/world-of-plan.ts';

let graph: TestGraph;
beforeEach(async () => {
  graph = await emptyGraph();
});
afterEach(() => graph?.[Symbol.asyncDispose]());

const names = async (): Promise<string[]> => {
  const { organisations } = await graph.ask('{ organisations { nodes { name } } }');
  return organisations.nodes.map(({ name }: { name: string }) => name);
};

describe('a folder to import', () => {
  it('that is not there is reported as missing, and a file as a file', async () => {
    const folder = await scratchFolder();
    await expect(graph.import(join(folder, 'none'))).rejects.toThrow(/^There is no folder .*none: look at its path\.$/);
    await writeFile(join(folder, 'organisations.csv'), 'name\n');
    const file = join(folder, 'organisations.csv');
    await expect(graph.import(file)).rejects.toThrow(/organisations\.csv is a file: name the folder/);
    await expect(graph.import(file)).rejects.toBeInstanceOf(CsvFileError);
  });

  it('may hold CSV files of other names: they are named, with what was probably meant', async () => {
    const folder = await new World().organisation('Alpha').write();
    for (const name of ['Memberships.CSV', 'organisation.csv', 'prices.csv', 'rejected.csv', 'notes.txt']) {
      await writeFile(join(folder, name), 'x\n');
    }
    await mkdir(join(folder, 'old.csv'));
    const { notes, rejections } = await graph.import(folder);
    expect(rejections).toEqual([]);
    expect(notes).toEqual([
      'Memberships.CSV is not read: no file of the import has that name (perhaps memberships.csv is meant).',
      'organisation.csv is not read: no file of the import has that name (perhaps organisations.csv is meant).',
      'prices.csv is not read: no file of the import has that name.',
    ]);
  });

  it('that holds only files of other names says which', async () => {
    const folder = await scratchFolder();
    await writeFile(join(folder, 'organisation.csv'), 'name\n');
    await expect(graph.import(folder)).rejects.toThrow(/holds none of the files .* It holds organisation\.csv\.$/);
  });

  it('may hold a column that is not known: it is named, and everything else is imported', async () => {
    const text = 'name,kind,sources,colour,webiste\nAlpha,COMPANY,source/fixture,blue,https://example.org\n';
    const { notes, rejections } = await graph.import(new World().text('organisations.csv', text).pole('Pole X'));
    expect(rejections).toEqual([]);
    expect(notes).toEqual([
      'organisations.csv: the column "colour" is not read.',
      'organisations.csv: the column "webiste" is not read (perhaps website is meant).',
    ]);
    expect(await names()).toEqual(['Alpha']);
  });

  it.each([
    ['semicolons', 'name;kind;aliases;sources\nAlpha;COMPANY;"A;B";source/fixture\n'],
    ['semicolons', '\uFEFFname;kind;aliases;sources\r\n"Alpha";COMPANY;"A;B";source/fixture\r\n'],
    ['tabs', 'name\tkind\taliases\tsources\nAlpha\tCOMPANY\tA;B\tsource/fixture\n'],
  ])('may separate cells by %s, as some spreadsheets do, and says so', async (what, text) => {
    const { notes, rejections } = await graph.import(new World().text('organisations.csv', text));
    expect({ notes, rejections }).toEqual({
      notes: [`organisations.csv: its cells are separated by ${what}.`],
      rejections: [],
    });
    const { organisations } = await graph.ask('{ organisations { nodes { name aliases } } }');
    expect(organisations.nodes).toEqual([{ name: 'Alpha', aliases: ['A', 'B'] }]);
  });

  it('may end rows in every way, mixed in one file', async () => {
    const text =
      'name,kind,sources\r\nA,COMPANY,source/fixture\rB,COMPANY,source/fixture\n\n"C",COMPANY,source/fixture\r\n';
    const bad = 'D,FIRM,source/fixture\rE,COMPANY,source/fixture';
    const { rejections } = await graph.import(new World().text('organisations.csv', text + bad));
    expect(rejections).toEqual([expect.objectContaining({ line: 6, column: 'kind' })]);
    expect(await names()).toEqual(['A', 'B', 'C', 'E']);
  });

  it('goes on after a cell that is too long', async () => {
    const long = `Long,COMPANY,source/fixture,"${'x\n'.repeat(600_000)}"`;
    const text = `name,kind,sources,city\nFirst,COMPANY,source/fixture,\n${long}\nLast,COMPANY,source/fixture,Pau\n`;
    const { rejections } = await graph.import(new World().text('organisations.csv', text));
    expect(rejections).toEqual([
      { file: 'organisations.csv', line: 3, column: '', reason: expect.stringMatching(/longer than 1000000/) },
    ]);
    expect(await names()).toEqual(['First', 'Last']);
  });
});

describe('organisations whose names read alike', () => {
  const reason = (name: string, id: string, other: string): string =>
    `"${name}" would be ${id}, which is "${other}": give ${id} as its id if it is the same, or an id of its own.`;

  it.each(['dry run', 'import'])('are not made one: %s', async (how) => {
    const world = new World()
      .organisation("L'Air", { city: 'Paris' })
      .organisation('Air', { city: 'Lyon' })
      .organisation('C++')
      .organisation('Cplusplus')
      .organisation('ÉTÉ', { aliases: ['Eté'] })
      .organisation('Eté')
      .patent('FR 1')
      .patent('fr-1');
    const { rejections, created } = await graph.import(world, { dryRun: how === 'dry run' });
    expect(rejections.map(({ file, line, column, reason }) => [file, line, column, reason])).toEqual([
      ['organisations.csv', 3, 'id', reason('Air', 'organisation/air', "L'Air")],
      ['organisations.csv', 5, 'id', reason('Cplusplus', 'organisation/cplusplus', 'C++')],
      ['patents.csv', 3, 'id', reason('fr-1', 'patent/fr-1', 'FR 1')],
    ]);
    // The fixture's source, three organisations and a patent.
    expect(created).toBe(5);
  });

  it('are two when one of them has an identifier of its own, and one when it has that of the other', async () => {
    await graph.fill(new World().organisation("L'Air", { city: 'Paris' }));
    await graph.fill(
      new World()
        .organisation('Air', { id: 'organisation/air-lyon', city: 'Lyon' })
        .organisation('Air France', { id: 'organisation/air' }),
    );
    expect(await names()).toEqual(['Air', 'Air France']);
    const { rejections } = await graph.import(new World().organisation("L'Air"));
    expect(rejections.map(({ reason }) => reason)).toEqual([reason("L'Air", 'organisation/air', 'Air France')]);
  });
});

describe('a dry run', () => {
  it('says what the import creates, updates, deletes and leaves', async () => {
    const world = richWorld();
    const named = (file: string): string => String(new Map(world.tables).get(file)!.find(({ id }) => id)!.id);
    const [known, network] = [named('organisations.csv'), named('networks.csv')];
    const dry = await graph.import(world, { dryRun: true });
    const wet = await graph.import(world);
    const counts = ({ created, updated, deleted, unchanged, rows, rejected }: typeof dry): object => ({
      ...{ created, updated, deleted, unchanged, rows, rejected },
    });
    expect(counts(dry)).toEqual(counts(wet));
    expect(wet.created).toBeGreaterThan(200);

    const changes = new World()
      .organisation('Renamed', { id: known, territory: '', topics: '' })
      .organisation('Renamed', { id: known, city: 'Pau' })
      .organisation('New', { siren: '552032534' })
      .organisation('Thief', { id: 'organisation/thief', siren: '552032534' })
      .member('organisation/siren-552032534', network, { role: 'BOARD' })
      .member('New', network, { role: 'BOARD' })
      .member('New', network, { role: 'BOARD', since: '2009' })
      .claim(known, 'city', 'Pau');
    const before = await graph.import(changes, { dryRun: true });
    const after = await graph.import(changes);
    expect(counts(before)).toEqual(counts(after));
    expect(before.rejections).toEqual(after.rejections);
    expect(after.updated + after.deleted).toBeGreaterThan(0);
    expect(counts(await graph.import(changes, { dryRun: true }))).toMatchObject({ created: 0, updated: 0, deleted: 0 });
  });

  it('counts merges too, and finds those that cannot be', async () => {
    await graph.fill(
      new World()
        .organisation('A', { id: 'organisation/a', siren: '552032534' })
        .organisation('B', { id: 'organisation/b', siren: '732829320' })
        .organisation('C', { id: 'organisation/c' }),
    );
    const merges = new World()
      .row('merges.csv', { merged: 'organisation/c', into: 'organisation/a' })
      .row('merges.csv', { merged: 'organisation/b', into: 'organisation/a' })
      .row('merges.csv', { merged: 'organisation/gone', into: 'organisation/a' })
      .row('deletions.csv', { deleted: 'organisation/a' })
      .row('deletions.csv', { deleted: 'organisation/lost' });
    const dry = await graph.import(merges, { dryRun: true });
    expect(await names()).toEqual(['A', 'B', 'C']);
    const wet = await graph.import(merges);
    expect(dry).toEqual(wet);
    expect(wet.created).toBe(3);
    expect(wet.rejections.map(({ file, line }) => [file, line])).toEqual([
      ['merges.csv', 3],
      ['deletions.csv', 2],
    ]);
    expect(await names()).toEqual(['A', 'B']);
  });
});

describe('the template of an import', () => {
  it('is taken whole by an empty store', async () => {
    const folder = await scratchFolder();
    await writeTemplate(join(folder, 'template'));
    const { rejections, notes, created, files } = await graph.import(join(folder, 'template'));
    expect({ rejections, notes }).toEqual({ rejections: [], notes: [] });
    expect(created).toBeGreaterThan(20);
    expect(files).toEqual(FILES.map(({ file }) => file));
    const { pole } = await graph.ask(
      '{ pole(id: "pole/cimes") { predecessors { from { ... on Pole { name } } } members { nodes { name } } } }',
    );
    expect(pole).toEqual({
      predecessors: [{ from: { name: 'ViaMéca' } }],
      members: { nodes: [{ name: 'Michelin' }, { name: 'Vilesta' }] },
    });
  });
});
