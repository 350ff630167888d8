import neo4j from 'neo4j-driver';
import { RELATIONSHIP_SHAPES } from '../../src/domain/relationship.ts';
import { RELATIONSHIP_TYPES } from '../../src/domain/vocabulary.ts';
import type { GraphEngine } from '../../src/graph/engine.ts';
import { statement } from '../../src/graph/statement.ts';
import { neo4jUnderTest } from './neo4j-under-test.ts';

const everyNode = statement<{ node: { id: string }; labels: readonly string[] }>(
  'everyNode',
  'MATCH (n) RETURN properties(n) AS node, labels(n) AS labels',
);

/** Sends Cypher past Grappe, as somebody else does who uses the same database. */
export async function asSomebodyElse<Row>(text: string, parameters: object = {}): Promise<Row[]> {
  const { uri, user, password, database } = neo4jUnderTest();
  await using driver = neo4j.driver(uri, neo4j.auth.basic(user, password), { disableLosslessIntegers: true });
  const { records } = await driver.executeQuery(text, parameters, { database });
  return records.map((record) => record.toObject() as Row);
}

/**
 * Puts beside a graph what resembles it most: each of its nodes once more, with the same labels, identifiers and all other
 * properties, joined among themselves and with the graph's own nodes by relationships of all its types. Gives how many
 * nodes there are now that are not Grappe's.
 */
export async function putForeignNodesBeside(engine: GraphEngine): Promise<number> {
  const nodes = await engine.read(everyNode);
  for (const [labels, alike] of Map.groupBy(nodes, ({ labels }) => labels.map((label) => `:${label}`).join(''))) {
    await asSomebodyElse(`UNWIND $rows AS row CREATE (n${labels}) SET n = row, n.foreign = true`, {
      rows: alike.map(({ node }) => node),
    });
  }
  for (const type of RELATIONSHIP_TYPES) {
    const [from] = RELATIONSHIP_SHAPES[type].from.types;
    const facts =
      "{id: 'foreign', validFrom: '0000-01-01', validTo: '9999-12-31', sources: ['source/foreign'], kind: 'PROJECT'}";
    await asSomebodyElse(`
      MATCH (a:${from} {foreign: true}) WITH a LIMIT 3
      MATCH (b) WHERE b.id IS NOT NULL WITH a, b LIMIT 300
      CREATE (a)-[:${type} ${facts}]->(b) CREATE (b)-[:${type} ${facts}]->(a)`);
  }
  await asSomebodyElse("CREATE (:Change {sequence: 999999, at: '2020', touched: ['organisation/a'], foreign: true})");
  await asSomebodyElse(
    "CREATE (:Entity:Underived {id: 'project/foreign', foreign: true}), (:Organisation {name: 'Foreign', foreign: true})",
  );
  const [row] = await asSomebodyElse<{ total: number }>('MATCH (n {foreign: true}) RETURN count(n) AS total');
  return row!.total;
}
