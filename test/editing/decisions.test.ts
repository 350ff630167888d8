import { describe, expect, it } from 'vitest';
import { type NodeType, nodeTypeOf, type RelationshipType } from '../../src/domain/vocabulary.ts';
import type { GraphAsDecided, RelationshipState } from '../../src/editing/known-graph.ts';
import type { Fields, RelationshipChange } from '../../src/editing/records.ts';
import { decide, duplicateOf, recordProblems, relationshipId } from '../../src/editing/relationship-decision.ts';

/** A relationship as a test writes it. */
type Fact = readonly [type: RelationshipType, from: string, to: string, properties: Fields];

/** Nodes with their properties, and the relationships between them, in the place of what a transaction has read. */
function graphOf(nodes: Readonly<Record<string, Fields>>, facts: readonly Fact[] = []): GraphAsDecided {
  const states = facts.map(([type, from, to, properties], index): RelationshipState => {
    const id = String(properties.id ?? `x/${index + 1}`);
    const after = { validFrom: '0000-01-01', validTo: '9999-12-31', ...properties, id };
    return { id, type, from, to, before: after, after };
  });
  return {
    node: (id) => (nodes[id] ? { type: nodeTypeOf(id) as NodeType } : undefined),
    after: (id) => nodes[id] ?? {},
    relationship: (id) => states.find((state) => state.id === id),
    between: (type, a, b) =>
      states.filter(
        (state) => state.type === type && [state.from, state.to].includes(a) && [state.from, state.to].includes(b),
      ),
  };
}

const record = (...[type, from, to, fields]: Fact): RelationshipChange => ({
  id: null,
  type,
  from,
  to,
  fields: { sources: ['source/s'], ...fields },
});

const asNew = (...fact: Fact): RelationshipChange => ({ ...record(...fact), isNew: true });

const problemsOf = (graph: GraphAsDecided, change: RelationshipChange) =>
  recordProblems(graph, change, new Map()).map(({ code, path, message }) => `${code} ${path.join('.')}: ${message}`);

const NODES = {
  'organisation/a': {},
  'organisation/b': {},
  'pole/p': { lifeFrom: '2005-07-12', lifeTo: '9999-12-31' },
  'pole/old': { lifeFrom: '2005-01-01', lifeTo: '2012-12-31' },
  'cluster/c': {},
  'topic/label': {},
};

describe('a membership', () => {
  const SINCE_2010: Fact = ['MEMBER_OF', 'organisation/a', 'pole/p', { role: 'MEMBER', since: '2010', id: 'x/known' }];

  it('that is recorded again is the existing one, by its ends, role and beginning', () => {
    const again = decide(graphOf(NODES, [SINCE_2010]), record('MEMBER_OF', 'organisation/a', 'pole/p', SINCE_2010[3]));
    expect(again).toMatchObject({ id: 'x/known', known: { id: 'x/known' }, isSettled: false });
  });

  it('gets an identifier from its ends, role and beginning', () => {
    const fact = record('MEMBER_OF', 'organisation/a', 'pole/p', { role: 'MEMBER', since: '2010' });
    const { id, known } = decide(graphOf(NODES), fact);
    expect(known).toBeNull();
    expect(id).toBe(relationshipId('MEMBER_OF', fact.from, fact.to, fact.fields));
    const other = { ...fact.fields, since: '2011' };
    expect(relationshipId('MEMBER_OF', fact.from, fact.to, other)).not.toBe(id);
  });

  it('holds no longer than both of its ends', () => {
    const member = record('MEMBER_OF', 'organisation/a', 'pole/old', { role: 'MEMBER', since: '2000' });
    expect(decide(graphOf(NODES), member).after).toMatchObject({ validFrom: '2005-01-01', validTo: '2012-12-31' });
    const late = record('MEMBER_OF', 'organisation/a', 'pole/old', { role: 'MEMBER', since: '2015' });
    expect(problemsOf(graphOf(NODES), late)).toEqual([
      'INVALID since: The period from 2015 to the end lies outside the lifespan of its ends: pole/old existed from 2005-01-01 to 2012-12-31.',
    ]);
  });

  it.each([
    ['overlaps', { since: '2012' }, 1],
    ['begins when the other has ended', { since: '2016' }, 0],
    ['is in another role', { since: '2012', role: 'BOARD' }, 0],
  ])('that %s beside an existing one', (_, dates, count) => {
    const until2015: Fact = ['MEMBER_OF', 'organisation/a', 'pole/p', { ...SINCE_2010[3], until: '2015' }];
    const fact = asNew('MEMBER_OF', 'organisation/a', 'pole/p', { role: 'MEMBER', ...dates });
    const problems = problemsOf(graphOf(NODES, [until2015]), fact);
    expect(problems).toHaveLength(count);
    if (count > 0)
      expect(problems[0]).toBe(
        'TAKEN network: This membership already exists (since 2010, until 2015; id x/known): update or end it.',
      );
  });

  it('without dates overlaps a dated one on the days on which it is attested', () => {
    const attested = (day: string) =>
      asNew('MEMBER_OF', 'organisation/a', 'pole/p', { role: 'MEMBER', attestedOn: [day] });
    const graph = graphOf(NODES, [SINCE_2010]);
    expect(problemsOf(graph, attested('2012'))).toHaveLength(1);
    expect(problemsOf(graph, attested('2008'))).toEqual([]);
  });

  it('needs ends that exist and are of the right types', () => {
    expect(
      problemsOf(graphOf(NODES), record('MEMBER_OF', 'organisation/none', 'organisation/b', { role: 'MEMBER' })),
    ).toEqual([
      'NOT_FOUND member: There is no "organisation/none".',
      'INVALID network: "organisation/b" is an Organisation; a Pole or a Cluster is needed here.',
    ]);
  });

  it('keeps its identifier and its ends when its dates are corrected', () => {
    const graph = graphOf(NODES, [SINCE_2010]);
    const moved = { ...record('MEMBER_OF', 'organisation/b', 'pole/p', { role: 'MEMBER' }), id: 'x/known' };
    expect(problemsOf(graph, moved)).toEqual([
      'TAKEN id: "x/known" is between organisation/a and pole/p: record what holds between others as a new one.',
    ]);
    const corrected = { ...record('MEMBER_OF', 'organisation/a', 'pole/p', { since: '2009' }), id: 'x/known' };
    expect(problemsOf(graph, corrected)).toEqual([]);
    expect(decide(graph, corrected).after).toMatchObject({ id: 'x/known', since: '2009', role: 'MEMBER' });
  });

  it('that ends before it begins is a problem', () => {
    const inverted = record('MEMBER_OF', 'organisation/a', 'pole/p', { role: 'MEMBER', since: '2012', until: '2010' });
    expect(problemsOf(graphOf(NODES), inverted)).toEqual([
      'INVALID until: The period ends (2010) before it begins (2012).',
    ]);
  });
});

describe('a partnership', () => {
  it.each([
    ['RESEARCH', 'RESEARCH', 'x/1'],
    ['RESEARCH', 'OTHER', null],
    // Who supplies whom is another fact than the reverse.
    ['SUPPLY', 'SUPPLY', null],
  ])('of kind %s says the same as one of kind %s that names the partners in reverse: %s', (kind, other, id) => {
    const known: Fact = ['PARTNERS_WITH', 'organisation/a', 'organisation/b', { kind, since: '2010' }];
    const reverse = {
      ...{ id: 'x/new', from: 'organisation/b', to: 'organisation/a' },
      properties: { kind: other, since: '2012' },
    };
    expect(duplicateOf(graphOf(NODES, [known]), 'PARTNERS_WITH', reverse)?.id ?? null).toBe(id);
  });

  it('has two different partners', () => {
    const own = record('PARTNERS_WITH', 'organisation/a', 'organisation/a', { kind: 'SUPPLY' });
    expect(problemsOf(graphOf(NODES), own)[0]).toMatch(/"organisation\/a" cannot be at both ends/);
  });
});

describe('a succession', () => {
  it.each([
    ['pole/p', 'cluster/c', '2004', '"pole/p" began on 2005-07-12: it cannot have been succeeded in 2004.'],
    ['pole/p', 'pole/old', '2014', '"pole/old" ended on 2012-12-31: it cannot have succeeded another network in 2014.'],
  ])('of %s by %s in %s is a problem', (from, to, since, message) => {
    const fact = record('SUCCEEDED_BY', from, to, { kind: 'MERGE', since });
    expect(problemsOf(graphOf(NODES), fact)).toEqual([`INVALID since: ${message}`]);
  });

  it('exists once, whatever its date', () => {
    const known: Fact = ['SUCCEEDED_BY', 'pole/old', 'pole/p', { kind: 'MERGE', since: '2012' }];
    const again = asNew('SUCCEEDED_BY', 'pole/old', 'pole/p', { kind: 'MERGE', since: '2013' });
    expect(problemsOf(graphOf(NODES, [known]), again)).toEqual([
      'TAKEN to: This succession already exists (id x/1): update or end it.',
    ]);
  });
});

describe('a label', () => {
  it('is valid again after it has ended, and not twice at one time', () => {
    const known: Fact = ['HOLDS_LABEL', 'pole/p', 'topic/label', { since: '2005', until: '2010' }];
    const again = (since: string) => asNew('HOLDS_LABEL', 'pole/p', 'topic/label', { since });
    expect(problemsOf(graphOf(NODES, [known]), again('2013'))).toEqual([]);
    expect(problemsOf(graphOf(NODES, [known]), again('2009'))[0]).toMatch(/^TAKEN .*This label already exists/);
  });
});

describe('a record that names one which was merged away', () => {
  it('changes nothing where the survivor has a fact that says the same', () => {
    const known: Fact = ['MEMBER_OF', 'organisation/a', 'pole/p', { role: 'MEMBER', since: '2010' }];
    const fact = record('MEMBER_OF', 'organisation/a', 'pole/p', { role: 'MEMBER', since: '2011' });
    expect(decide(graphOf(NODES, [known]), { ...fact, tentative: true }).isSettled).toBe(true);
    expect(decide(graphOf(NODES), { ...fact, tentative: true }).isSettled).toBe(false);
  });
});
