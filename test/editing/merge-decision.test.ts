import { describe, expect, it } from 'vitest';
import { decideMerge } from '../../src/editing/merge-decision.ts';
import { annotationIds, combinedClaims, type MergeState } from '../../src/editing/merge-links.ts';
import { TO_RECORDS } from '../../src/editing/to-records.ts';
import type { StoredNode } from '../../src/store/node.ts';
import type { StoredRelationship } from '../../src/store/write.ts';

const NOW = '2026-11-29T10:00:00.000Z';
const ALWAYS = { validFrom: '0000-01-01', validTo: '9999-12-31' };

const node = (id: string, fields: object = {}): StoredNode =>
  ({ id, type: 'Organisation', name: id, sources: [`source/${id}`], ...fields }) as unknown as StoredNode;
const link = (type: string, from: string, to: string, properties: object = {}): StoredRelationship =>
  ({ type, from, to, properties: { id: `${type} ${from} ${to}`, ...ALWAYS, ...properties } }) as StoredRelationship;

const state = (survivor: StoredNode, others: readonly StoredNode[], known: readonly StoredNode[] = []): MergeState => ({
  survivor,
  others: new Map(others.map((other) => [other.id, other])),
  nodes: new Map([survivor, ...others, ...known].map((each) => [each.id, each])),
  now: NOW,
});

const claimsIn = (nodes: ReturnType<typeof decideMerge>['nodes']) =>
  nodes
    .filter(({ type }) => type === 'Claim')
    .map(({ fields }) => [fields.field, fields.value, fields.preferred ?? false]);

describe('the record of a merge', () => {
  it('has the fields of the survivor, else the first of the others, whose names become aliases', () => {
    const survivor = node('a', { city: 'Pau' });
    const others = [
      node('b', { name: 'B', acronym: 'BB', website: 'https://b.test' }),
      node('c', { aliases: ['Sea'] }),
    ];
    const { nodes, problems } = decideMerge(state(survivor, others), [], []);
    expect(problems).toEqual([]);
    expect(nodes).toEqual([
      {
        id: 'a',
        type: 'Organisation',
        fields: {
          acronym: 'BB',
          website: 'https://b.test',
          aliases: ['B', 'c', 'Sea'],
          sources: ['source/a', 'source/b', 'source/c'],
        },
      },
    ]);
  });

  it('claims both values where two records differ, and prefers what the survivor shows', () => {
    const { nodes } = decideMerge(state(node('a', { city: 'Pau' }), [node('b', { city: 'Tarbes' })]), [], []);
    expect(claimsIn(nodes)).toEqual([
      ['city', 'Pau', true],
      ['city', 'Tarbes', false],
    ]);
  });

  it('has no kind against a record whose kind is unknown', () => {
    const { nodes } = decideMerge(state(node('a', { kind: 'UNKNOWN' }), [node('b', { kind: 'COMPANY' })]), [], []);
    expect(nodes[0]!.fields.kind).toBe('COMPANY');
    expect(claimsIn(nodes)).toEqual([]);
  });

  it('is a problem where two registries speak of different organisations', () => {
    const { problems } = decideMerge(
      state(node('a', { siren: '552100554' }), [node('b', { siren: '732829320' })]),
      [],
      [],
    );
    expect(problems.map(({ code, path }) => [code, path])).toEqual([['CONFLICT', ['others']]]);
    expect(problems[0]!.message).toContain('siren 552100554 and 732829320');
  });
});

describe('the relationships of a merge', () => {
  const records = state(node('a'), [node('b'), node('c')], [node('territory/x', { name: 'X' }), node('territory/y')]);

  it('move to the survivor, and those that say the same about one time become the survivor’s own', () => {
    const own = link('MEMBER_OF', 'a', 'pole/p', { role: 'MEMBER', sources: ['source/1'] });
    const same = link('MEMBER_OF', 'b', 'pole/p', { role: 'MEMBER', since: '2010', sources: ['source/2'] });
    const other = link('MEMBER_OF', 'c', 'pole/q', { role: 'BOARD', sources: ['source/3'] });
    const between = link('PARTNERS_WITH', 'b', 'c', { kind: 'OTHER', sources: [] });
    const { relationships, leaving } = decideMerge(records, [own, same, other, between], []);
    expect(relationships).toMatchObject([
      { id: own.properties.id, from: 'a', to: 'pole/p', fields: { since: '2010', sources: ['source/1', 'source/2'] } },
      { id: other.properties.id, from: 'a', to: 'pole/q', fields: { role: 'BOARD' } },
    ]);
    expect(leaving).toEqual([same, other, between]);
  });

  it('leave one seat at a time: another one is a claim', () => {
    const seat = link('LOCATED_IN', 'a', 'territory/x');
    const competing = link('LOCATED_IN', 'b', 'territory/y');
    const equal = link('LOCATED_IN', 'c', 'territory/x');
    const { nodes, relationships } = decideMerge(records, [seat, competing, equal], []);
    expect(relationships).toEqual([]);
    expect(claimsIn(nodes)).toEqual([
      ['territory', 'territory/y', false],
      ['territory', 'X', true],
    ]);
  });

  it('name the survivor as producer', () => {
    const { relationships } = decideMerge(records, [], [{ id: 'production/1', from: 'patent/1', to: 'territory/x' }]);
    expect(relationships).toEqual([
      { id: 'production/1', type: 'PRODUCED_AT', from: 'patent/1', to: 'territory/x', fields: { by: 'a' } },
    ]);
  });
});

describe('claims about merged records', () => {
  const claim = (about: string, sources: readonly string[]): StoredNode => {
    const { id, type, fields } = TO_RECORDS.claim({ about, field: 'city', value: 'Pau', note: '', sources }).nodes[0]!;
    return { id, type, ...fields, about } as unknown as StoredNode;
  };

  it('are about the survivor afterwards, in place of those named by their content', () => {
    const theirs = claim('b', ['source/1']);
    const records = state(node('a', { city: 'Pau' }), [node('b')], [theirs]);
    const claimed = link('CLAIMED', 'b', theirs.id);
    const { nodes, removed } = decideMerge(records, [claimed], []);
    expect(removed.map(({ id }) => id)).toEqual(['b', theirs.id]);
    expect(nodes.slice(1).map(({ id }) => id)).toEqual(annotationIds(records, [claimed]));
    expect(annotationIds(records, [claimed])).toEqual([claim('a', []).id]);
  });

  it('are one where two say the same, with the sources of both', () => {
    const [one, other] = [claim('a', ['source/1']), claim('a', ['source/2'])];
    const change = { id: other.id, type: 'Claim', fields: { sources: ['source/2'] } } as const;
    const combined = combinedClaims(
      [change, { ...change, fields: { sources: ['source/3'] } }],
      new Map([[one.id, one]]),
    );
    expect(combined.map(({ fields }) => fields.sources)).toEqual([['source/1', 'source/2', 'source/3']]);
  });
});
