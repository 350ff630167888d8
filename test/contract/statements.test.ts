import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { RELATIONSHIP_SHAPES } from '../../src/domain/relationship.ts';
import {
  ACTOR_TYPES,
  FACT_TYPES,
  LINK_TYPES,
  NODE_TYPES,
  type NodeType,
  RELATIONSHIP_TYPES,
  type RelationshipType,
} from '../../src/domain/vocabulary.ts';
import type { GraphTransaction } from '../../src/graph/engine.ts';
import type { GraphValue, Parameters, Statement } from '../../src/graph/statement.ts';
import { historyCountOf, recordUnindexed } from '../../src/store/changelog.ts';
import * as check from '../../src/store/check.ts';
import * as closing from '../../src/store/closing.ts';
import * as counts from '../../src/store/counts.ts';
import * as deleted from '../../src/store/deleted.ts';
import * as derivation from '../../src/store/derivation.ts';
import * as manyRows from '../../src/store/many-rows.ts';
import * as marks from '../../src/store/marks.ts';
import * as merge from '../../src/store/merge.ts';
import * as node from '../../src/store/node.ts';
import * as partnership from '../../src/store/partnership.ts';
import * as relationship from '../../src/store/relationship.ts';
import * as write from '../../src/store/write.ts';
import { richPlan, worldOf } from '../support/arbitraries.ts';
import { emptyGraph, engineUnderTest, type TestGraph } from '../support/graph.ts';
import { hearNotifications } from '../support/notifications.ts';
import { type Edge, Reference } from '../support/reference.ts';

const world = worldOf(richPlan());
const reference = new Reference(world);
const { noted, heard } = hearNotifications();

let graph: TestGraph;
beforeAll(async () => {
  graph = await emptyGraph();
  await graph.import(world);
});
afterAll(async () => {
  await graph?.[Symbol.asyncDispose]();
  vi.restoreAllMocks();
});

const read = <Row>(statement: Statement<Row>, parameters: Parameters = {}): Promise<Row[]> =>
  graph.engine.read(statement, parameters);

/** Runs statements in a transaction whose writes are looked at and then taken back. */
async function trying(work: (transaction: GraphTransaction) => Promise<void>): Promise<void> {
  const takenBack = new Error('taken back');
  const written = graph.engine.write(async (transaction) => {
    await work(transaction);
    throw takenBack;
  });
  await expect(written).rejects.toBe(takenBack);
}

const idsOf = (...types: readonly NodeType[]): string[] => reference.all(...types).map((entry) => entry.node.id);
const ALL_IDS = idsOf(...NODE_TYPES);
const edges = (type: RelationshipType): Edge[] => reference.edges.filter((edge) => edge.type === type);
const sorted = (texts: readonly string[]): string[] => [...texts].sort();
const STRANGER = 'organisation/nobody';

describe('statements that find nodes', () => {
  it('find those that exist by identifier, whole, and nothing for others', async () => {
    const rows = await read(node.nodesById, { ids: [...ALL_IDS, STRANGER] });
    expect(sorted(rows.map((row) => row.node.id))).toEqual(sorted(ALL_IDS));
    for (const row of rows) {
      expect(row.node).toMatchObject({ version: 1, createdAt: expect.stringMatching(/Z$/), type: row.node.type });
    }
    expect(await read(node.nodesById, { ids: [STRANGER] })).toEqual([]);
    expect(await read(node.nodesById, { ids: [] })).toEqual([]);
  });

  it('give a row for each occurrence of an identifier', async () => {
    const [id] = ALL_IDS;
    expect(await read(node.typesById, { ids: [id!, id!] })).toHaveLength(2);
  });

  it('return types', async () => {
    const rows = await read(node.typesById, { ids: [...ALL_IDS, STRANGER] });
    expect(new Map(rows.map(({ id, type }) => [id, type]))).toEqual(
      new Map([...reference.nodes.values()].map(({ id, type }) => [id, type])),
    );
  });

  it.each(Object.entries(node.nodesByIdentifier))(
    'find who carries a registry’s identifier: %s',
    async (field, statement) => {
      const carriers = [...reference.nodes.values()].filter(({ fields }) => fields[field] !== undefined);
      const values = carriers.map(({ fields }) => String(fields[field]));
      const rows = await read(statement, { values: [...values, 'no such value'] });
      expect(sorted(rows.map(({ value, id }) => `${value} ${id}`))).toEqual(
        sorted(carriers.map(({ id, fields }) => `${fields[field]} ${id}`)),
      );
      if (field === 'siren') expect(carriers.length).toBeGreaterThan(1);
    },
  );

  it('find all who have a name, letter for letter', async () => {
    const named = [...reference.nodes.values()].filter(({ fields }) => fields.name === 'Älpha');
    expect(named.length).toBeGreaterThan(1);
    const rows = await read(node.nodesByName, { names: ['Älpha', 'ÄLPHA'] });
    expect(sorted(rows.map(({ id, type, name }) => `${name} ${type} ${id}`))).toEqual(
      sorted(named.map(({ id, type }) => `Älpha ${type} ${id}`)),
    );
  });

  it('return all identifiers of a type', async () => {
    for (const type of NODE_TYPES) {
      const [row] = await read(node.idsOfType[type]);
      expect(sorted(row!.ids), type).toEqual(sorted(idsOf(type)));
    }
  });

  it('know that there is something', async () => {
    expect(await read(marks.anyEntity)).toEqual([{ id: expect.any(String) }]);
  });
});

describe('statements that find relationships', () => {
  it.each([...FACT_TYPES, ...LINK_TYPES])('by identifier: %s', async (type) => {
    const found = await read(relationship.relationshipsById[type]!, {
      ids: [...edges(type).map(({ id }) => id), 'membership/none'],
    });
    expect(sorted(found.map(({ from, to, properties }) => `${properties.id} ${from} ${to}`))).toEqual(
      sorted(edges(type).map(({ id, from, to }) => `${id} ${from.id} ${to.id}`)),
    );
    expect(found.length).toBeGreaterThan(0);
  });

  it.each([...FACT_TYPES, ...LINK_TYPES])('by identifier, at one of their ends: %s', async (type) => {
    const seen = edges(type).map(({ id, from, to }, place) => ({ id, node: (place % 2 === 0 ? from : to).id }));
    const found = await read(relationship.relationshipsAt[type]!, {
      seen: [...seen, { id: 'membership/none', node: seen[0]!.node }, { id: seen[0]!.id, node: STRANGER }],
    });
    expect(sorted(found.map(({ from, to, properties }) => `${properties.id} ${from} ${to}`))).toEqual(
      sorted(edges(type).map(({ id, from, to }) => `${id} ${from.id} ${to.id}`)),
    );
  });

  it.each(RELATIONSHIP_TYPES)('at their anchors: %s', async (type) => {
    const { anchor } = RELATIONSHIP_SHAPES[type];
    const found = await read(write.relationshipsAtAnchors[type], { anchors: [...ALL_IDS, STRANGER] });
    expect(sorted(found.map(({ from, to, properties }) => `${properties.id} ${from} ${to}`))).toEqual(
      sorted(edges(type).map(({ id, from, to }) => `${id} ${from.id} ${to.id}`)),
    );
    const [one] = edges(type);
    const some = await read(write.relationshipsAtAnchors[type], { anchors: [one![anchor].id] });
    expect(sorted(some.map(({ properties }) => properties.id))).toEqual(
      sorted(
        edges(type)
          .filter((edge) => edge[anchor] === one![anchor])
          .map(({ id }) => id),
      ),
    );
  });

  it.each(RELATIONSHIP_TYPES)('from either end: %s', async (type) => {
    const [{ from, to }] = edges(type) as [Edge];
    for (const end of [from, to]) {
      const touching = edges(type).filter((edge) => edge.from === end || edge.to === end);
      const found = await read(write.relationshipsOfNodes[type], { ids: [end.id] });
      expect(sorted(found.map((row) => `${row.properties.id} ${row.from} ${row.to}`))).toEqual(
        sorted(touching.map((edge) => `${edge.id} ${edge.from.id} ${edge.to.id}`)),
      );
    }
  });

  it('between two actors, by the projects that they have in common', async () => {
    const actors = idsOf(...ACTOR_TYPES);
    const pairs = actors.flatMap((from) => actors.map((to) => ({ from, to })));
    const placed = pairs.map((pair, position) => ({ ...pair, position }));
    const projectsOf = (id: string): string[] =>
      reference.entries(['PARTICIPATES_IN'], 'from', id).map((entry) => entry.node.id);
    const found = new Map(
      (await read(partnership.projectsInCommon, { pairs: placed })).map(({ pair, projects }) => [pair, projects]),
    );
    let many = 0;
    for (const { from, to, position } of placed) {
      const common = from === to ? [] : projectsOf(from).filter((project) => projectsOf(to).includes(project));
      if (common.length > 1) many++;
      expect(sorted((found.get(position) ?? []).map(([id]) => id)), `${from} and ${to}`).toEqual(sorted(common));
    }
    expect(many).toBeGreaterThan(1);
  });
});

describe('statements that write nodes', () => {
  it('lock nodes and return them', async () => {
    await trying(async (transaction) => {
      const ids = sorted(ALL_IDS);
      const rows = await transaction.run(write.lockNodes, { ids: [...ids, STRANGER] });
      expect(sorted(rows.map((row) => row.node.id))).toEqual(ids);
      expect(rows.every((row) => row.node.version === 1)).toBe(true);
    });
  });

  it.each(RELATIONSHIP_TYPES)('lock nodes, and return the relationships of one of them: %s', async (type) => {
    const [{ from, to }] = edges(type) as [Edge];
    await trying(async (transaction) => {
      for (const end of [from, to]) {
        const ids = sorted([from.id, to.id]);
        const [locked] = await transaction.run(write.lockNodesReading[type], { ids, at: [end.id] });
        expect(locked!.nodes.map(({ id }) => id)).toEqual(ids);
        const touching = edges(type).filter((edge) => edge.from === end || edge.to === end);
        expect(sorted(locked!.existing.map((row) => `${row.properties.id} ${row.from} ${row.to}`))).toEqual(
          sorted(touching.map((edge) => `${edge.id} ${edge.from.id} ${edge.to.id}`)),
        );
      }
      expect(await transaction.run(write.lockNodesReading[type], { ids: [STRANGER], at: [STRANGER] })).toEqual([
        { nodes: [], existing: [] },
      ]);
    });
  });

  it.each(NODE_TYPES)('make one that is found as an entity and as what it is: %s', async (type) => {
    await trying(async (transaction) => {
      const row = {
        id: `x/${type}`,
        type,
        name: 'A fixture',
        sortKey: `a fixture ${type}`,
        sources: ['source/fixture'],
      };
      await transaction.run(write.createNodes[type], { rows: [row] });
      expect(await transaction.run(node.nodesById, { ids: [row.id] })).toEqual([{ node: row }]);
      const labels = { name: 'labels', text: 'MATCH (n:Entity {id: $id}) UNWIND labels(n) AS label RETURN label' };
      const found = await transaction.run<{ label: string }>(labels, { id: row.id });
      const network = type === 'Pole' || type === 'Cluster' ? ['Network'] : [];
      expect(sorted(found.map(({ label }) => label))).toEqual(sorted(['Entity', type, ...network]));
    });
  });

  it('replace all properties of nodes, and forget those that are left out', async () => {
    const [id] = idsOf('Organisation');
    await trying(async (transaction) => {
      const row = { id: id!, type: 'Organisation', name: 'Renamed', version: 2 };
      await transaction.run(write.updateNodes, { rows: [row, { id: STRANGER, name: 'nobody' }] });
      expect(await transaction.run(node.nodesById, { ids: [id!, STRANGER] })).toEqual([{ node: row }]);
    });
  });

  it('count partners, projects and members afresh', async () => {
    const ids = idsOf(...ACTOR_TYPES);
    await trying(async (transaction) => {
      const spoilt = ids.map((id) => ({ id, partnerCount: 99, projectCount: 99, memberCount: 99 }));
      await transaction.run(write.updateNodes, { rows: spoilt });
      await transaction.run(counts.recount, { ids });
      for (const row of await transaction.run(node.nodesById, { ids })) {
        const { partnerCount, projectCount, memberCount } = reference.stored(reference.nodes.get(row.node.id)!);
        expect(row.node).toEqual({ id: row.node.id, partnerCount, projectCount, memberCount });
      }
    });
  });
});

describe('statements that write relationships', () => {
  it.each(RELATIONSHIP_TYPES)('make, change and delete one: %s', async (type) => {
    const [{ from, to, id }] = edges(type) as [Edge];
    const { anchor } = RELATIONSHIP_SHAPES[type];
    const others = edges(type).length;
    await trying(async (transaction) => {
      const at = { from: from.id, to: to.id }[anchor];
      const all = async (): Promise<Map<string, Record<string, unknown>>> => {
        const rows = await transaction.run(write.relationshipsAtAnchors[type], { anchors: ALL_IDS });
        return new Map(rows.map(({ properties }) => [properties.id, properties]));
      };
      const made = { id: 'x/new', since: '2009', sources: ['source/fixture'] };
      await transaction.run(write.createRelationships[type], {
        rows: [{ from: from.id, to: to.id, properties: made }],
      });
      expect((await all()).get('x/new')).toEqual(made);
      expect((await all()).size).toBe(others + 1);

      const changed = { id: 'x/new', until: '2012' };
      await transaction.run(write.updateRelationships[type], {
        rows: [{ anchor: at, id: 'x/new', properties: changed }],
      });
      expect((await all()).get('x/new')).toEqual(changed);

      await transaction.run(write.deleteRelationships[type], { rows: [{ anchor: at, id }] });
      const left = await all();
      expect(left.has(id)).toBe(false);
      expect(left.size).toBe(others);
    });
  });

  it.each(RELATIONSHIP_TYPES)('make none where an end is missing: %s', async (type) => {
    const [{ from, to }] = edges(type) as [Edge];
    await trying(async (transaction) => {
      const rows = [
        { from: STRANGER, to: to.id, properties: { id: 'x/a' } },
        { from: from.id, to: STRANGER, properties: { id: 'x/b' } },
      ];
      await transaction.run(write.createRelationships[type], { rows });
      expect(await transaction.run(write.relationshipsAtAnchors[type], { anchors: ALL_IDS })).toHaveLength(
        edges(type).length,
      );
    });
  });
});

describe('many new records at once', () => {
  // Enough that their properties go out as lists; each lacks some.
  const ROWS = 250;
  const propertiesOf = (id: string, number: number): Record<string, GraphValue> & { id: string } => ({
    id,
    name: `Ligne « ${number} »`,
    ...(number % 2 === 0 && { version: number }),
    ...(number % 3 === 0 && { strength: number / 7 }),
    ...(number % 5 === 0 && { preferred: number % 10 === 0 }),
    ...(number % 7 !== 0 && { sources: ['source/a', `source/${number}`] }),
  });

  it('are stored with the properties that each has, and no others', async () => {
    await trying(async (transaction) => {
      const nodes = Array.from({ length: ROWS }, (_, number) => propertiesOf(`organisation/many-${number}`, number));
      await transaction.run(...manyRows.nodesToCreate('Organisation', nodes));
      const ids = nodes.map(({ id }) => id);
      const found = (await transaction.run(node.nodesById, { ids })).map((row) => row.node);
      expect(found.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))).toEqual(nodes);
      const links = ids.map((id, number) => ({
        from: id,
        to: ids[(number + 1) % ROWS]!,
        properties: propertiesOf(`x/many-${number}`, number),
      }));
      await transaction.run(...manyRows.relationshipsToCreate('PARTNERS_WITH', links));
      const rows = await transaction.run(write.relationshipsAtAnchors.PARTNERS_WITH, { anchors: ids });
      expect(rows.sort((a, b) => ids.indexOf(a.from) - ids.indexOf(b.from))).toEqual(links);
    });
  });

  it('have properties whose names can stand in a statement', () => {
    const rows = Array.from({ length: ROWS }, () => ({ 'id}) DETACH DELETE (n': 1 }));
    expect(() => manyRows.nodesToCreate('Organisation', rows)).toThrow('cannot be a property');
  });
});

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

  it('lead from a record that was merged away to its survivor', async () => {
    const merge = { name: 'merge', text: 'CREATE (:Merged {id: $id, into: $into})' };
    await trying(async (transaction) => {
      await transaction.run(merge, { id: 'organisation/old', into: 'organisation/new' });
      expect(await transaction.run(node.mergedInto, { ids: ['organisation/old', STRANGER] })).toEqual([
        { id: 'organisation/old', into: 'organisation/new' },
      ]);
      await transaction.run(write.createNodes.Source, { rows: [{ id: 'source/taken', type: 'Source' }] });
      expect(await transaction.run(node.takenIds, { ids: ['organisation/old', STRANGER, 'source/taken'] })).toEqual([
        { id: 'organisation/old' },
        { id: 'source/taken' },
      ]);
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

describe('all of them', () => {
  const statementsIn = (exported: unknown): string[] => {
    if (typeof exported !== 'object' || exported === null) return [];
    // A fragment of a filter is no statement: its parameters are still to be numbered.
    if ('text' in exported && 'name' in exported)
      return String(exported.text).includes('#') ? [] : [String(exported.name)];
    return Object.values(exported).flatMap(statementsIn);
  };

  it.each(Object.entries({ check, deleted, node, partnership, relationship, write }))(
    'have run here: those of store/%s.ts',
    (_, module) => {
      const untried = new Set(statementsIn({ ...module })).difference(new Set(graph.engine.statements));
      expect([...untried]).toEqual([]);
    },
  );

  it.runIf(engineUnderTest === 'neo4j')('leave no notification in Neo4j', async () => {
    expect(await heard()).toBeGreaterThan(100);
    expect(noted).toEqual([]);
  });
});
