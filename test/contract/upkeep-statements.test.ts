import { describe, expect, it } from 'vitest';
import { ACTOR_TYPES, FACT_TYPES, LINK_TYPES } from '../../src/domain/vocabulary.ts';
import type { GraphValue, Parameters, Statement } from '../../src/graph/statement.ts';
import { historyCountOf, recordUnindexed } from '../../src/store/changelog.ts';
import * as check from '../../src/store/check.ts';
import * as closing from '../../src/store/closing.ts';
import * as counts from '../../src/store/counts.ts';
import * as deleted from '../../src/store/deleted.ts';
import * as derivation from '../../src/store/derivation.ts';
import * as marks from '../../src/store/marks.ts';
import * as merge from '../../src/store/merge.ts';
import * as node from '../../src/store/node.ts';
import * as write from '../../src/store/write.ts';
import type { Edge } from '../support/reference-graph.ts';
import { edges, idsOf, openRichGraph, reference, STRANGER, sorted } from './rich-graph.ts';

const { read, trying, describeCoverage } = openRichGraph();

describe('statements that derive', () => {
  it('mark projects, find the marked, and take the mark away', async () => {
    const [one, other] = idsOf('Project') as [string, string];
    await trying(async (transaction) => {
      await transaction.run(derivation.markUnderived, { ids: [one, other, other] });
      expect(sorted((await transaction.run(derivation.underivedProjects)).map(({ id }) => id))).toEqual(
        sorted([one, other]),
      );
      await transaction.run(derivation.markDerived, { ids: [one] });
      expect(await transaction.run(derivation.underivedProjects)).toEqual([{ id: other }]);
    });
    expect(await read(derivation.underivedProjects)).toEqual([]);
  });

  it('note once after which change nothing was counted, until all is', async () => {
    await trying(async (transaction) => {
      const mark = async (): Promise<unknown> =>
        (await transaction.run(marks.readMark, { id: counts.UNCOUNTED }))[0]?.value ?? null;
      await transaction.run(marks.writeMark, { id: counts.UNCOUNTED, value: '' });
      await transaction.run(counts.markUncounted, { after: '7' });
      await transaction.run(counts.markUncounted, { after: '9' });
      expect(await mark()).toBe('7');
      await transaction.run(marks.writeMark, { id: counts.UNCOUNTED, value: '' });
      await transaction.run(counts.markUncounted, { after: '9' });
      expect(await mark()).toBe('9');
    });
  });

  it('return the participants of each project, also of one without any', async () => {
    const ids = idsOf('Project');
    const rows = await read(derivation.participantsOfProjects, { ids });
    expect(rows).toHaveLength(ids.length);
    for (const row of rows) {
      const project = reference.nodes.get(row.project)!;
      const participants = reference.entries(['PARTICIPATES_IN'], 'to', row.project).map((entry) => entry.node.id);
      expect(sorted(row.participants)).toEqual(sorted(participants));
      expect(row).toMatchObject({
        since: project.fields.since ?? null,
        until: project.fields.until ?? null,
        participantCount: project.fields.participantCount ?? null,
        sources: project.fields.sources,
      });
    }
  });

  it('return the projects of each actor', async () => {
    const ids = idsOf(...ACTOR_TYPES);
    const rows = await read(derivation.projectsOfActors, { ids: [...ids, STRANGER] });
    expect(sorted(rows.map(({ actor }) => actor))).toEqual(sorted(ids));
    for (const { actor, projects } of rows) {
      const expected = reference.entries(['PARTICIPATES_IN'], 'from', actor).map((entry) => entry.node.id);
      expect(sorted(projects)).toEqual(sorted(expected));
    }
  });

  it('read all projects and all derived partnerships in order, some at a time', async () => {
    const projects = sorted(idsOf('Project'));
    const first = await read(derivation.projectsAfter, { after: '', limit: 2 });
    expect(first.map(({ id }) => id)).toEqual(projects.slice(0, 2));
    const rest = await read(derivation.projectsAfter, { after: projects[1]!, limit: 1_000 });
    expect(rest.map(({ id }) => id)).toEqual(projects.slice(2));

    const derived = edges('PARTNERS_WITH')
      .filter(({ fields }) => fields.kind === 'PROJECT')
      .map(({ id, from, to }) => ({ id, from: from.id, to: to.id }))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    expect(derived.length).toBeGreaterThan(3);
    expect(await read(derivation.derivedPartnershipsAfter, { after: '', limit: 3 })).toEqual(derived.slice(0, 3));
    expect(await read(derivation.derivedPartnershipsAfter, { after: derived[2]!.id, limit: 1_000 })).toEqual(
      derived.slice(3),
    );
  });
});

describe('statements that keep the log and the marks', () => {
  it('number changes one by one, and keep what they say', async () => {
    await trying(async (transaction) => {
      const change = { at: '2026-11-23T00:00:00.000Z', by: 'a fixture', action: 'test', touched: ['pole/a', 'pole/b'] };
      const [first] = await transaction.run(recordUnindexed, { change });
      const [second] = await transaction.run(recordUnindexed, { change: { ...change, by: null } });
      // To hold the log changes nothing in it.
      await transaction.run(closing.holdChanges);
      expect(second!.sequence).toBe(first!.sequence + 1);
      expect(await transaction.run(marks.readMark, { id: 'change' })).toEqual([{ value: second!.sequence }]);
      const logged = { name: 'logged', text: 'MATCH (c:Change {sequence: $sequence}) RETURN properties(c) AS change' };
      expect(await transaction.run(logged, { sequence: first!.sequence })).toEqual([
        { change: { ...change, sequence: first!.sequence } },
      ]);
      const totals = async (after: number) =>
        (await transaction.run(historyCountOf, { parents: ['pole/b', STRANGER], after })).map(({ total }) => total);
      expect(await totals(first!.sequence)).toEqual([1, 0]);
      expect(await totals(second!.sequence)).toEqual([0, 0]);
    });
  });

  it('end a mutation: counts, an entry, and which sources and identifiers there are or were', async () => {
    await trying(async (transaction) => {
      const change = { at: '2026-11-23T00:00:00.000Z', by: 'a fixture', action: 'test', touched: ['pole/a'] };
      const [first] = await transaction.run(recordUnindexed, { change });
      await transaction.run(write.createNodes.Source, { rows: [{ id: 'source/named', type: 'Source' }] });
      const gone = { id: 'organisation/gone', into: 'pole/a', name: 'Gone', at: change.at };
      await transaction.run(merge.keepMerged, { rows: [gone] });
      await transaction.run(deleted.rememberDeleted, { rows: [{ id: 'organisation/lost', at: change.at }] });
      const ids = sorted(idsOf(...ACTOR_TYPES));
      const spoilt = ids.map((id) => ({ id, partnerCount: 99, projectCount: 99, memberCount: 99 }));
      await transaction.run(write.updateNodes, { rows: spoilt });
      const counts = ids.map((id) => {
        const { partnerCount, projectCount, memberCount } = reference.stored(reference.nodes.get(id)!);
        return { id, partnerCount, projectCount, memberCount };
      });
      const asked = {
        sources: ['source/named', STRANGER],
        given: ['organisation/gone', 'organisation/lost', STRANGER],
      };
      const none = { locked: [], expected: null, counted: [], sources: [], given: [] };
      expect(await transaction.run(closing.closeMutation(), { ...none, counted: ids, change, ...asked })).toEqual([
        {
          sequence: first!.sequence + 1,
          ...{ locked: [], counts, sources: [{ id: 'source/named', type: 'Source' }] },
          ...{ merged: ['organisation/gone'], deleted: ['organisation/lost'] },
        },
      ]);
      expect((await transaction.run(node.nodesById, { ids })).map((row) => row.node)).toEqual(counts);
      // An entry is added where there is nothing else to do, too.
      expect(await transaction.run(closing.closeMutation(), { ...none, change })).toEqual([
        { sequence: first!.sequence + 2, locked: [], counts: [], sources: [], merged: [], deleted: [] },
      ]);
      expect(await transaction.run(marks.readMark, { id: 'change' })).toEqual([{ value: first!.sequence + 2 }]);
      const logged = {
        name: 'logged',
        text: 'MATCH (c:Change) WHERE c.sequence > $sequence RETURN count(c) AS entries',
      };
      expect(await transaction.run(logged, { sequence: first!.sequence })).toEqual([{ entries: 2 }]);
    });
  });

  it('end a mutation together with the lock and the writes before it, whose relationships are counted', async () => {
    await trying(async (transaction) => {
      const change = { at: '2026-11-23T00:00:00.000Z', by: null, action: 'test', touched: ['organisation/new'] };
      const made = { id: 'organisation/new', type: 'Organisation', name: 'New' };
      const [one, two] = sorted(idsOf('Organisation'));
      const asked = {
        ...{ change, locked: [], expected: null, counted: ['organisation/new'] },
        ...{ sources: [], given: ['organisation/new'] },
      };
      const end = (
        writes: readonly (readonly [Statement<never>, rows: readonly GraphValue[]])[],
        locked: readonly string[] = [],
      ) => {
        const own = closing.parametersBeforeEnd(writes.map(([, rows]) => ({ rows })));
        return transaction.run(closing.closeMutation(...writes.map(([each]) => each)), { ...own, ...asked, locked });
      };
      const closed = (partnerCount: number, locked: readonly string[] = []) => [
        {
          sequence: expect.any(Number),
          locked: locked.map((id) => expect.objectContaining({ id, type: 'Organisation' })),
          counts: [{ id: 'organisation/new', partnerCount, projectCount: 0, memberCount: 0 }],
          sources: [],
          merged: [],
          deleted: [],
        },
      ];
      const links = [one, two].map((to) => ({ from: 'organisation/new', to: to!, properties: { id: `x/${to}` } }));
      const { PARTNERS_WITH: link } = write.createRelationships;
      const both = [
        [write.createNodes.Organisation, [made]],
        [link, links],
      ] as const;
      // Locked nodes are returned as they were before the writes; missing ones are not.
      expect(await end(both, [one!, STRANGER, two!, 'organisation/new'])).toEqual(closed(2, [one!, two!]));
      // What changes nothing leaves the rest to be done all the same.
      expect(await end([[link, []]])).toEqual(closed(2));
      const gone = [{ anchor: 'organisation/new', id: links[0]!.properties.id }];
      expect(await end([[write.deleteRelationships.PARTNERS_WITH, gone]])).toEqual(closed(1));
      const logged = { name: 'logged', text: 'MATCH (c:Change {action: "test"}) RETURN count(c) AS entries' };
      expect(await transaction.run(logged)).toEqual([{ entries: 3 }]);
    });
  });

  it('take the end of a mutation back that expected otherwise', async () => {
    const change = { at: '2026-11-23T00:00:00.000Z', by: null, action: 'test', touched: [] };
    const [organisation] = idsOf('Organisation');
    const [source] = idsOf('Source');
    const fine = { change, counted: [], locked: [organisation!], sources: [source!], given: [STRANGER] };
    const ended = async (asked: Parameters): Promise<string> => {
      let outcome = '';
      await trying(async (transaction) => {
        const gone = { id: 'organisation/gone', into: organisation!, name: 'Gone', at: change.at };
        await transaction.run(merge.keepMerged, { rows: [gone] });
        await transaction.run(deleted.rememberDeleted, { rows: [{ id: 'organisation/lost', at: change.at }] });
        await transaction.run(recordUnindexed, { change });
        outcome = await transaction.run(closing.closeMutation(), { ...fine, ...asked }).then(
          () => 'ended',
          (error) => error.code,
        );
      });
      return outcome;
    };
    expect(await ended({ expected: ['Organisation'] })).toBe('ended');
    for (const wrong of [
      { expected: ['Topic'] },
      { expected: ['Organisation', 'Organisation'], locked: [organisation!, STRANGER] },
      { sources: [source!, STRANGER] },
      { sources: [organisation!] },
      { given: ['organisation/gone'] },
    ]) {
      expect(await ended({ ...wrong, expected: null }), JSON.stringify(wrong)).toBe('ended');
      expect(await ended({ expected: ['Organisation'], ...wrong }), JSON.stringify(wrong)).toBe('NOT_UNIQUE');
    }
  });

  it('set a mark, read it, and set it again', async () => {
    await trying(async (transaction) => {
      expect(await transaction.run(marks.readMark, { id: 'fixture' })).toEqual([]);
      for (const value of ['begun', 'begun curated']) {
        await transaction.run(marks.writeMark, { id: 'fixture', value });
        expect(await transaction.run(marks.readMark, { id: 'fixture' })).toEqual([{ value }]);
      }
    });
  });

  it('remember a deleted record as it was first, and return it', async () => {
    await trying(async (transaction) => {
      const [first, later] = ['2026-11-23T00:00:00.000Z', '2026-11-24T00:00:00.000Z'] as const;
      const rows = [
        { id: 'organisation/lost', at: first, by: 'a fixture' },
        { id: 'organisation/other', at: first },
      ];
      await transaction.run(merge.keepMerged, {
        rows: [{ id: 'organisation/old', into: 'organisation/lost', at: first }],
      });
      expect(await transaction.run(merge.mergedIds, { into: 'organisation/lost' })).toEqual([
        { id: 'organisation/old' },
      ]);
      await transaction.run(deleted.rememberDeleted, { rows });
      await transaction.run(deleted.rememberDeleted, { rows: [{ id: 'organisation/lost', at: later }] });
      expect(await transaction.run(deleted.deletedAmong, { ids: ['organisation/lost', STRANGER] })).toEqual([
        { id: 'organisation/lost', at: first },
      ]);
      expect(await transaction.run(deleted.deletedAfter, { after: 'organisation/k', limit: 9 })).toEqual([
        { id: 'organisation/lost', at: first, by: 'a fixture' },
        { id: 'organisation/other', at: first, by: null },
      ]);
      expect(await transaction.run(node.takenIds, { ids: ['organisation/lost', STRANGER] })).toEqual([
        { id: 'organisation/lost' },
      ]);
    });
  });
});

describe('statements that check', () => {
  it('find nothing amiss in what was imported', async () => {
    for (const statement of check.incompleteRelationships) {
      expect((await read(statement)).reduce((sum, { incomplete }) => sum + incomplete, 0)).toBe(0);
    }
    for (const statement of [check.emptyNodes, ...check.emptyRelationships]) expect(await read(statement)).toEqual([]);
    expect(await read(check.strayAnnotations)).toEqual([]);
    expect(await read(check.miscountedActors, { ids: idsOf(...ACTOR_TYPES) })).toEqual([]);
    for (const statement of check.namedSources) {
      for (const { id } of await read(statement)) expect(idsOf('Source')).toContain(id);
    }
    const actors = await read(check.actorsAfter, { after: '', limit: 1_000 });
    expect(actors.map(({ id }) => id)).toEqual(sorted(idsOf(...ACTOR_TYPES)));
  });

  it('find a relationship without its period, an annotation of nothing, a wrong count', async () => {
    const [actor] = idsOf('Organisation');
    await trying(async (transaction) => {
      for (const type of [...FACT_TYPES, ...LINK_TYPES]) {
        const [{ from, to }] = edges(type) as [Edge];
        const rows = [{ from: from.id, to: to.id, properties: { id: `x/${type}` } }];
        await transaction.run(write.createRelationships[type], { rows });
      }
      for (const statement of check.incompleteRelationships) {
        expect(await transaction.run(statement)).toEqual([{ type: expect.any(String), incomplete: 1 }]);
      }
      const empty = { validFrom: '2013-01-01', validTo: '2012-12-31' };
      for (const [index, type] of [...FACT_TYPES, ...LINK_TYPES].entries()) {
        const [{ from, to }] = edges(type) as [Edge];
        const rows = [{ from: from.id, to: to.id, properties: { id: `empty/${type}`, ...empty } }];
        await transaction.run(write.createRelationships[type], { rows });
        expect(await transaction.run(check.emptyRelationships[index]!)).toEqual([{ id: `empty/${type}` }]);
      }
      await transaction.run(write.createNodes.Project, { rows: [{ id: 'project/empty', type: 'Project', ...empty }] });
      expect(await transaction.run(check.emptyNodes)).toEqual([{ id: 'project/empty' }]);
      await transaction.run(write.createNodes.Claim, { rows: [{ id: 'claim/stray', type: 'Claim' }] });
      expect(await transaction.run(check.strayAnnotations)).toEqual([{ id: 'claim/stray' }]);
      await transaction.run(write.updateNodes, { rows: [{ id: actor!, type: 'Organisation', memberCount: 7 }] });
      expect(await transaction.run(check.miscountedActors, { ids: [actor!] })).toEqual([{ id: actor }]);
      await transaction.run(write.updateNodes, { rows: [{ id: actor!, type: 'Organisation', sources: ['source/x'] }] });
      const [namedByNodes] = check.namedSources;
      expect(await transaction.run(namedByNodes!)).toContainEqual({ id: 'source/x' });
    });
  });
});

describeCoverage({ check, deleted }, 60);
