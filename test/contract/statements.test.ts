import { describe, expect, it } from 'vitest';
import { RELATIONSHIP_SHAPES } from '../../src/domain/relationship.ts';
import { ACTOR_TYPES, FACT_TYPES, LINK_TYPES, NODE_TYPES, RELATIONSHIP_TYPES } from '../../src/domain/vocabulary.ts';
import { type GraphValue, statement } from '../../src/graph/statement.ts';
import * as counts from '../../src/store/counts.ts';
import * as manyRows from '../../src/store/many-rows.ts';
import * as marks from '../../src/store/marks.ts';
import * as node from '../../src/store/node.ts';
import * as partnership from '../../src/store/partnership.ts';
import * as relationship from '../../src/store/relationship.ts';
import * as write from '../../src/store/write.ts';
import type { Edge } from '../support/reference-graph.ts';
import { edges, idsOf, openRichGraph, reference, STRANGER, sorted } from './rich-graph.ts';

const { read, trying, describeCoverage } = openRichGraph();
const ALL_IDS = idsOf(...NODE_TYPES);

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

  it('find all properties of a node, and no others', async () => {
    const every = statement<{ node: node.StoredNode }>('every', 'MATCH (n:Entity) RETURN properties(n) AS node');
    const byId = (rows: readonly { readonly node: node.StoredNode }[]) =>
      new Map(rows.map((row) => [row.node.id, row.node]));
    const all = byId(await read(every, {}));
    expect(all.size).toBe(ALL_IDS.length);
    expect(byId(await read(node.nodesById, { ids: ALL_IDS }))).toEqual(all);
    for (const type of NODE_TYPES) {
      const ids = idsOf(type);
      expect(byId(await read(node.nodesOfTypeById[type], { ids }))).toEqual(
        new Map(ids.map((id) => [id, all.get(id)])),
      );
    }
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
      const [right, ...others] = await transaction.run(counts.recount, { ids });
      await transaction.run(write.updateNodes, { rows: spoilt.filter(({ id }) => id !== right!.id) });
      // What is right already is left alone.
      const renewed = await transaction.run(counts.recountMiscounted, { ids: sorted(ids) });
      expect(sorted(renewed.map(({ id }) => id))).toEqual(sorted(others.map(({ id }) => id)));
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
    ...(number % 3 === 0 && { value: number / 7 }),
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

describeCoverage({ node, partnership, relationship, write }, 100);
