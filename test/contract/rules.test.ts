import { afterEach, expect, it, vi } from 'vitest';
import { type GraphValue, statement } from '../../src/graph/statement.ts';
import { SCHEMA_RULES } from '../../src/store/rules.ts';
import { bareGraph, engineUnderTest } from '../support/graph.ts';
import { hearNotifications } from '../support/notifications.ts';

afterEach(() => vi.restoreAllMocks());

const constraints = statement<Record<string, GraphValue>>('constraints', 'SHOW CONSTRAINTS');
const indexes = statement<Record<string, GraphValue>>('indexes', 'SHOW INDEXES');
/** Columns of a listing about the state rather than the rule: how full an index is, when it was read last. */
const STATE = /^(state|populationPercent|lastRead|readCount|trackedSince|size|count|entries)/i;

const create = statement<never>('create', 'CREATE (n:Entity) SET n = $properties');

it('are ensured twice without a warning, and change nothing the second time', async () => {
  const { noted, heard } = hearNotifications();
  await using graph = await bareGraph();
  const rules = async (): Promise<unknown[]> => {
    const rows = [...(await graph.engine.read(constraints)), ...(await graph.engine.read(indexes))];
    return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([column]) => !STATE.test(column))));
  };
  await graph.engine.ensureSchema(SCHEMA_RULES);
  const first = await rules();
  expect(first.length).toBeGreaterThanOrEqual(SCHEMA_RULES.length / 2);
  await graph.engine.ensureSchema(SCHEMA_RULES);
  expect(await rules()).toEqual(first);
  const statements = await heard();
  if (engineUnderTest === 'neo4j') expect(statements).toBeGreaterThan(SCHEMA_RULES.length);
  expect(noted).toEqual([]);
});

it('are ensured by two processes at once', async () => {
  await using graph = await bareGraph();
  await Promise.all([graph.engine.ensureSchema(SCHEMA_RULES), graph.engine.ensureSchema(SCHEMA_RULES)]);
  await graph.engine.write((transaction) => transaction.run(create, { properties: { id: 'organisation/a' } }));
});

it.each([
  ['an identifier', { id: 'organisation/a' }],
  ['a SIREN number', { id: 'organisation/b', siren: '552032534' }],
])('hold %s to one entity', async (_, properties) => {
  await using graph = await bareGraph();
  await graph.engine.ensureSchema(SCHEMA_RULES);
  const before = { id: 'organisation/a', siren: '552032534' };
  await graph.engine.write((transaction) => transaction.run(create, { properties: before }));
  const again = graph.engine.write((transaction) => transaction.run(create, { properties }));
  await expect(again).rejects.toMatchObject({ name: 'GraphError', code: 'NOT_UNIQUE', statement: 'create' });
});

it('leave nodes without the property alone', async () => {
  await using graph = await bareGraph();
  await graph.engine.ensureSchema(SCHEMA_RULES);
  await graph.engine.write(async (transaction) => {
    for (const id of ['organisation/a', 'organisation/b']) await transaction.run(create, { properties: { id } });
  });
  const count = statement<{ total: number }>('count', 'MATCH (n:Entity) RETURN count(n) AS total');
  expect(await graph.engine.read(count)).toEqual([{ total: 2 }]);
});

it.runIf(engineUnderTest === 'neo4j')('hold the identifier of a relationship to one', async () => {
  await using graph = await bareGraph();
  await graph.engine.ensureSchema(SCHEMA_RULES);
  const join = statement<never>('join', "CREATE (:Fixture)-[:MEMBER_OF {id: 'membership/a'}]->(:Fixture)");
  await graph.engine.write((transaction) => transaction.run(join));
  const again = graph.engine.write((transaction) => transaction.run(join));
  await expect(again).rejects.toMatchObject({ code: 'NOT_UNIQUE' });
});
