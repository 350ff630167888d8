import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { trimChanges } from '../../src/changes/retention.ts';
import type { EditAction, EditArguments } from '../../src/editing/editor.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { World } from '../support/world.ts';
import { dump } from './dump.ts';
import { done, EDITOR, rejected, requested, SOURCES } from './editors.ts';

const WRONG = ['source/wrong'];

let graph: TestGraph;
beforeEach(async () => {
  graph = await emptyGraph();
  await graph.fill(
    new World()
      .source('source/wrong')
      .territory('territory/x', { name: 'X' })
      .territory('territory/y', { name: 'Y' })
      .topic('topic/a')
      .topic('topic/b')
      .organisation('A', { id: 'organisation/a', city: 'Pau', territory: 'territory/x', topics: 'topic/a' })
      .organisation('B', { id: 'organisation/b' })
      .organisation('C', { id: 'organisation/c' })
      .pole('P', { id: 'pole/p', since: '2005' })
      .claim('organisation/a', 'city', 'Pau')
      .claim('organisation/a', 'city', 'Dax')
      .claim('organisation/a', 'territory', 'X')
      .member('organisation/a', 'pole/p', { id: 'membership/a', since: '2006' })
      .partners('organisation/a', 'organisation/b', { id: 'partnership/ab', kind: 'SUPPLY', since: '2010' })
      .affiliation('organisation/c', 'organisation/a', { id: 'affiliation/ca' })
      .label('pole/p', 'topic/l', { id: 'holdslabel/p', since: '2005' })
      .topic('topic/l', { scheme: 'LABEL' })
      .project('project/q', { start: '2010', end: '2012' })
      .takesPart('organisation/b', 'project/q')
      .takesPart('organisation/c', 'project/q'),
  );
});
afterEach(() => graph?.[Symbol.asyncDispose]());

/** The sequence of the last change. */
const last = async (): Promise<number> =>
  (await graph.plain.ask('{ statistics { lastSequence } }')).statistics.lastSequence;

const UNDO =
  'mutation ($sequence: Int!) { changeUndo(sequence: $sequence) { node { id } problems { code path message } } }';

/** Takes a change back as an editor: its problems, as `CODE path: message`. */
async function undo(sequence: number): Promise<string[]> {
  const { data, errors } = await requested(graph, EDITOR, UNDO, { sequence });
  expect(errors).toEqual([]);
  return data.changeUndo.problems.map(
    ({ code, path, message }: { code: string; path: string[]; message: string }) => `${code} ${path}: ${message}`,
  );
}

/** Corrections of every kind of record, each with a source of its own. */
const CORRECTIONS: readonly (readonly [EditAction, EditArguments])[] = [
  [
    'organisationUpdate',
    { id: 'organisation/a', input: { city: 'Dax', website: 'https://a.example', sources: WRONG } },
  ],
  [
    'organisationUpdate',
    { id: 'organisation/a', input: { territory: 'territory/y', topics: ['topic/b'], sources: WRONG } },
  ],
  ['organisationUpdate', { id: 'organisation/a', input: { topics: null } }],
  ['networkUpdate', { id: 'pole/p', input: { since: '2006', acronym: 'PP', sources: WRONG } }],
  ['membershipUpdate', { id: 'membership/a', input: { role: 'FOUNDER', since: '2007', sources: WRONG } }],
  ['membershipEnd', { id: 'membership/a', on: '2012', sources: WRONG }],
  ['partnershipUpdate', { id: 'partnership/ab', input: { parties: 4, label: 'Pact', sources: WRONG } }],
  ['affiliationEnd', { id: 'affiliation/ca', on: '2015', sources: WRONG }],
  ['labelUpdate', { id: 'holdslabel/p', input: { term: '2005-2008', sources: WRONG } }],
  ['projectUpdate', { id: 'project/q', input: { end: '2020', sources: WRONG } }],
  ['sourceUpdate', { id: 'source/wrong', input: { title: 'Another title', licence: 'CC0' } }],
];

describe('a correction that is taken back', () => {
  it('leaves nothing behind: fields, sources, links, claims and what follows from them are as before', async () => {
    const states: string[][] = [];
    const sequences: number[] = [];
    for (const [action, args] of CORRECTIONS) {
      states.push(await dump(graph.engine));
      await done(graph, action, args);
      sequences.push(await last());
      expect(await dump(graph.engine), action).not.toEqual(states.at(-1));
    }
    const corrected = await dump(graph.engine);
    for (const sequence of sequences.toReversed()) {
      expect(await undo(sequence)).toEqual([]);
      expect(await dump(graph.engine)).toEqual(states.pop());
    }
    // To take that back corrects it again.
    const undone = await last();
    for (let index = 0; index < sequences.length; index++) expect(await undo(undone - index)).toEqual([]);
    expect(await dump(graph.engine)).toEqual(corrected);
  });

  it('is one change of its author in the history of the record', async () => {
    await done(graph, 'membershipUpdate', { id: 'membership/a', input: { role: 'BOARD', sources: WRONG } });
    expect(await undo(await last())).toEqual([]);
    const { node } = await graph.ask('{ node(id: "membership/a") { history { nodes { action by before after } } } }');
    expect(node.history.nodes[0]).toMatchObject({ action: 'changeUndo', by: EDITOR.name });
    expect(JSON.parse(node.history.nodes[0].after)).toEqual(JSON.parse(node.history.nodes[1].before));
    expect(JSON.parse(node.history.nodes[0].after)['membership/a'].sources).toEqual(SOURCES);
  });

  it('is a conflict where a field changed again since, and other fields stay what they are', async () => {
    await done(graph, 'organisationUpdate', { id: 'organisation/a', input: { city: 'Dax' } });
    const sequence = await last();
    await done(graph, 'organisationUpdate', { id: 'organisation/a', input: { website: 'https://a.example' } });
    await done(graph, 'organisationUpdate', { id: 'organisation/a', input: { city: 'Foix' } });
    const before = await dump(graph.engine);
    expect(await undo(sequence)).toEqual([
      'CONFLICT sequence: city of "organisation/a" changed again since: take the later change back first, or correct the record.',
    ]);
    expect(await dump(graph.engine)).toEqual(before);
    expect(await undo(sequence + 2)).toEqual([]);
    expect(await undo(sequence)).toEqual([]);
    expect((await graph.ask('{ organisation(id: "organisation/a") { city website } }')).organisation).toEqual({
      city: 'Pau',
      website: 'https://a.example',
    });
  });

  it('says why it cannot be: no such change, an import, a record or fact that was recorded, deleted or merged', async () => {
    expect(await undo(0)).toEqual(['NOT_FOUND sequence: There is no change 0 in the change log.']);
    expect(await undo(1)).toEqual([expect.stringMatching(/^INVALID sequence: Change 1 \(import .*does not say what/)]);
    const input = { member: 'organisation/b', network: 'pole/p', role: 'MEMBER', since: '2011', sources: SOURCES };
    const id = await done(graph, 'membershipStart', { input });
    expect(await undo(await last())).toEqual([expect.stringContaining(`recorded "${id}": delete it with nodeDelete`)]);
    await done(graph, 'nodeDelete', { id });
    expect(await undo(await last())).toEqual([expect.stringContaining(`deleted "${id}": record it again`)]);
    await done(graph, 'organisationUpdate', { id: 'organisation/b', input: { city: 'Albi', topics: ['topic/a'] } });
    const corrected = await last();
    await done(graph, 'organisationUpdate', { id: 'organisation/b', input: { topics: ['topic/b'] } });
    const [first, ...others] = await undo(corrected);
    expect([first, others]).toEqual([expect.stringContaining('has other links of type ABOUT since'), []]);
    await done(graph, 'organisationMerge', { id: 'organisation/a', others: ['organisation/b'] });
    expect(await undo(corrected)).toContainEqual(
      expect.stringContaining('"organisation/b" was merged or deleted since'),
    );
    await trimChanges(graph.engine, new Date(Date.now() + 60_000).toISOString());
    expect(await undo(corrected)).toEqual([`NOT_FOUND sequence: There is no change ${corrected} in the change log.`]);
  });

  it('meets the rules of every change: a source that was deleted, a fact that is recorded by now', async () => {
    await done(graph, 'organisationUpdate', { id: 'organisation/c', input: { city: 'Albi', sources: WRONG } });
    await done(graph, 'organisationUpdate', { id: 'organisation/c', input: { city: 'Foix' } });
    const input = { member: 'organisation/a', network: 'pole/p', role: 'MEMBER', since: '2013', sources: SOURCES };
    await done(graph, 'membershipEnd', { id: 'membership/a', on: '2012', sources: SOURCES });
    const ended = await last();
    await done(graph, 'membershipStart', { input });
    expect(await undo(ended)).toEqual([expect.stringMatching(/^TAKEN sequence: This membership already exists/)]);
    expect(await rejected(graph, 'changeUndo', { sequence: ended })).toHaveLength(1);
  });
});
