import { describe, expect, it } from 'vitest';
import type { PartialDate } from '../../src/domain/partial-date.ts';
import { beginningOf, beginsBy, endingOf } from '../../src/editing/succession-decision.ts';
import type { StoredNode } from '../../src/store/node.ts';

const network = (fields: Partial<StoredNode>): StoredNode =>
  ({ id: 'pole/p', type: 'Pole', sources: ['source/own'], ...fields }) as StoredNode;
const date = (text: string): PartialDate => text as PartialDate;
const SOURCES = ['source/new'];

describe('the former network of a succession', () => {
  const end = (kind: string, fields: Partial<StoredNode> = {}) =>
    endingOf(network(fields), { kind, since: date('2019-02'), sources: SOURCES });

  it.each(['MERGE', 'RENAME', 'SPLIT', 'ABSORPTION'])('ends on its date by %s, and has its sources too', (kind) => {
    expect(end(kind).nodes).toEqual([
      { id: 'pole/p', type: 'Pole', fields: { until: '2019-02', sources: ['source/own', 'source/new'] } },
    ]);
  });

  it('goes on in a federation', () => {
    expect(end('FEDERATION').nodes).toEqual([]);
  });

  it('has the end that was known', () => {
    expect(end('MERGE', { until: date('2018') }).nodes).toEqual([]);
  });
});

describe('the later network of a succession', () => {
  const begin = (dates: readonly string[], since: string | null) =>
    beginningOf(network(since === null ? {} : { since: date(since) }), dates.map(date), SOURCES);

  it('begins by a merger, a renaming, a division or a federation, and not by an absorption', () => {
    const kinds = ['MERGE', 'RENAME', 'SPLIT', 'FEDERATION', 'ABSORPTION'];
    expect(kinds.filter(beginsBy)).toEqual(['MERGE', 'RENAME', 'SPLIT', 'FEDERATION']);
  });

  it('begins with the first of its successions', () => {
    const { nodes } = begin(['2019-05', '2018'], null);
    expect(nodes.map(({ fields }) => fields.since)).toEqual(['2018']);
  });

  it('has the more precise date that was known', () => {
    expect(begin(['2018'], '2018-03').nodes).toEqual([]);
  });

  it('has the more precise date of the succession, without a claim of the year', () => {
    const { nodes } = begin(['2018-03'], '2018');
    expect(nodes.map(({ type, fields }) => [type, fields.since])).toEqual([['Pole', '2018-03']]);
  });

  it('says in a claim which other year it had, by the sources that said so', () => {
    const { nodes } = begin(['2018'], '2005');
    expect(nodes.map(({ type }) => type).sort()).toEqual(['Claim', 'Pole']);
    const claim = nodes.find(({ type }) => type === 'Claim')!;
    expect(claim.fields).toMatchObject({ value: '2005', sources: ['source/own'] });
    expect(String(claim.fields.note)).toContain('2018');
  });

  it('does not change without a date', () => {
    expect(begin([], '2005').nodes).toEqual([]);
  });
});
