import { describe, expect, it } from 'vitest';
import { emptyGraph } from '../support/graph.ts';
import { World } from '../support/world.ts';
import { ground, recordsIn } from './ground.ts';

describe('a row', () => {
  it('with several bad cells is reported once for each', async () => {
    await using graph = await emptyGraph();
    const { rejections } = await graph.import(
      new World().organisation('Alpha', { kind: 'FIRM', siren: '1', size: 'HUGE' }),
    );
    expect(rejections.map(({ line, column }) => [line, column])).toEqual([
      [2, 'kind'],
      [2, 'siren'],
      [2, 'size'],
    ]);
  });

  it.each([
    ['too short', 'Alpha,COMPANY', /has 2 cells; the header names 3 columns/],
    ['too long', 'Alpha,COMPANY,source/fixture,more', /has 4 cells; the header names 3 columns/],
    ['broken by a quote within a cell', 'Al"pha,COMPANY,source/fixture', /quotation mark/],
    ['broken by text after a quote', '"Alpha"x,COMPANY,source/fixture', /quotation mark/],
    ['broken by quotes that are not doubled', '"Alpha "the first" one",COMPANY,source/fixture', /quotation mark/],
  ])('is left out when it is %s, and the others are imported', async (_, row, reason) => {
    await using graph = await emptyGraph();
    const text = `name,kind,sources\nFirst,COMPANY,source/fixture\n${row}\nLast,COMPANY,source/fixture\n`;
    const { rejections } = await graph.import(new World().text('organisations.csv', text));
    expect(rejections).toEqual([
      { file: 'organisations.csv', line: 3, column: '', reason: expect.stringMatching(reason) },
    ]);
    const { organisations } = await graph.ask('{ organisations { nodes { name } } }');
    expect(organisations.nodes).toEqual([{ name: 'First' }, { name: 'Last' }]);
  });

  it.each([
    ['to the end of the file', 1, /opened and never closed/],
    ['for more than a row may be long', 60_000, /longer than 1000000 characters: a quotation mark may be missing/],
  ])(
    'whose quote is never closed takes what follows it with it, %s, and is reported once',
    async (_, lines, reason) => {
      await using graph = await emptyGraph();
      const good = 'First,COMPANY,source/fixture\n';
      const text = `name,kind,sources\n${good}"Lost,COMPANY,source/fixture\n${good.repeat(lines)}`;
      const { rejections } = await graph.import(new World().text('organisations.csv', text));
      expect(rejections).toEqual([
        { file: 'organisations.csv', line: 3, column: '', reason: expect.stringMatching(reason) },
      ]);
      const { organisations } = await graph.ask('{ organisations { nodes { name } } }');
      expect(organisations.nodes).toEqual([{ name: 'First' }]);
    },
  );

  it('is named by the line on which it begins, also after cells of several lines', async () => {
    await using graph = await emptyGraph();
    const text = [
      'name,kind,city,sources',
      '"First","COMPANY","one\ntwo\nthree",source/fixture',
      'Second,FIRM,,source/fixture',
      '',
      '"Third","COMPANY","one\r\ntwo",source/fixture',
      '"Fourth\nname",FIRM,,source/fixture',
      'Fifth,FIRM,,source/fixture',
    ].join('\n');
    const { rejections } = await graph.import(new World().text('organisations.csv', text));
    expect(rejections.filter(({ column }) => column === 'kind').map(({ line }) => line)).toEqual([5, 9, 11]);
  });

  it('that says what the graph forbids is left out whole', async () => {
    await using graph = await emptyGraph();
    await graph.fill(ground());
    const before = await recordsIn(graph);
    // Of the labels one is a network that is none: neither the project nor its other label may be there.
    const { created } = await graph.import(new World().project('project/q', { labelledBy: ['Pole X', 'Alpha'] }));
    expect([created, await recordsIn(graph)]).toEqual([0, before]);
  });
});
