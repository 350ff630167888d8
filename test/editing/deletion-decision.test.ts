import { describe, expect, it } from 'vitest';
import {
  annotationsAbout,
  decideSource,
  missingProblems,
  recordsWithout,
  referenceProblems,
  separatedPairs,
} from '../../src/editing/deletion-decision.ts';
import type { StoredNode } from '../../src/store/node.ts';
import type { StoredRelationship } from '../../src/store/write.ts';

const link = (type: string, from: string, to: string): StoredRelationship =>
  ({ type, from, to, properties: { id: `${type} ${from} ${to}` } }) as unknown as StoredRelationship;
const node = (id: string, sources: readonly string[] = []): StoredNode =>
  ({ id, type: 'Organisation', sources }) as unknown as StoredNode;

describe('a record that is to be deleted', () => {
  it('must be there under this very identifier', () => {
    expect(missingProblems('organisation/a', undefined).map(({ message }) => message)).toEqual([
      'There is no "organisation/a".',
    ]);
    expect(missingProblems('organisation/a', node('organisation/b')).map(({ message }) => message)).toEqual([
      '"organisation/a" was merged into "organisation/b": delete that one, if you mean it.',
    ]);
    expect(missingProblems('organisation/a', node('organisation/a'))).toEqual([]);
  });

  it('is in use by what others say of it, claims too, not by its own links', () => {
    const own = [link('LOCATED_IN', 'a', 'territory/x'), link('ABOUT', 'a', 'topic/t')];
    expect(referenceProblems('a', own, false)).toEqual([]);
    const used = [
      ...own,
      link('MEMBER_OF', 'a', 'pole/p'),
      link('MEMBER_OF', 'a', 'pole/q'),
      link('CLAIMED', 'a', 'claim/1'),
    ];
    const [inUse] = referenceProblems('a', used, false);
    expect(inUse).toMatchObject({ code: 'IN_USE', path: ['id'] });
    expect(inUse!.message).toContain('(1 CLAIMED, 2 MEMBER_OF)');
    expect(referenceProblems('a', used, true)).toEqual([]);
  });

  it('takes its claims and figures along, not those in which it is one', () => {
    const touching = [link('CLAIMED', 'a', 'claim/1'), link('OBSERVED', 'a', 'indicator/1'), link('CLAIMED', 'b', 'a')];
    expect(annotationsAbout('a', touching)).toEqual(['claim/1', 'indicator/1']);
  });

  it('if it is a project, separates each pair of its participants once', () => {
    const touching = ['c', 'a', 'b', 'a'].map((actor) => link('PARTICIPATES_IN', actor, 'project/p'));
    expect(separatedPairs([...touching, link('LABELS', 'pole/p', 'project/p')])).toEqual([
      ['a', 'b'],
      ['a', 'c'],
      ['b', 'c'],
    ]);
  });
});

describe('a source that is to be deleted', () => {
  const S = 'source/s';
  const fact = (
    id: string,
    sources: readonly string[],
    type: 'MEMBER_OF' | 'ABOUT' | 'PARTNERS_WITH' = 'MEMBER_OF',
  ) => ({
    ...{ type, id, sources },
    from: `from ${id}`,
    to: `to ${id}`,
  });

  it('is in use by records and facts, unless the deletion cascades', () => {
    const uses = { records: [{ id: 'a', sources: [S, 'source/t'] }], relationships: [fact('m', [S, 'source/t'])] };
    expect(decideSource(S, uses, false).problems.map(({ message }) => message)).toEqual([
      `"${S}" is in use (1 MEMBER_OF, 1 records): take these away first, or delete it with cascade.`,
    ]);
    const { problems, losing } = decideSource(S, uses, true);
    expect(problems).toEqual([]);
    expect([...losing]).toEqual([['MEMBER_OF', { ids: new Set(['m']), anchors: ['from m'] }]]);
  });

  it('is not deleted where it is the last of a fact, with cascade either', () => {
    const uses = { records: [], relationships: [fact('m', [S])] };
    expect(decideSource(S, uses, true).problems.map(({ code, message }) => [code, message])).toEqual([
      ['IN_USE', `"${S}" is all that 1 facts rest on, such as m: give them another source, or delete them.`],
    ]);
  });

  it('may be the last of own links and of derived partnerships: these have the sources of others', () => {
    const derived = fact('partnership/project-1', [S], 'PARTNERS_WITH');
    const { problems, losing } = decideSource(
      S,
      { records: [], relationships: [fact('t', [S], 'ABOUT'), derived] },
      true,
    );
    expect(problems).toEqual([]);
    expect([...losing.keys()]).toEqual(['PARTNERS_WITH']);
  });

  it('leaves the other sources of a record', () => {
    expect(recordsWithout([node('a', [S, 'source/t'])], S)).toEqual([
      { id: 'a', type: 'Organisation', fields: { sources: ['source/t'] } },
    ]);
  });
});
