import type { GraphEngine } from '../../src/graph/engine.ts';
import { statement } from '../../src/graph/statement.ts';

const NODES = statement<{ properties: Record<string, unknown> }>(
  'dumpNodes',
  'MATCH (n:Entity) RETURN properties(n) AS properties',
);
const RELATIONSHIPS = statement<{ type: string; from: string; to: string; properties: Record<string, unknown> }>(
  'dumpRelationships',
  'MATCH (a:Entity)-[r]->(b:Entity) RETURN type(r) AS type, a.id AS from, b.id AS to, properties(r) AS properties',
);
const MERGED = statement<{ properties: Record<string, unknown> }>(
  'dumpMerged',
  'MATCH (m:Merged) RETURN properties(m) AS properties',
);
const DELETED = statement<{ properties: Record<string, unknown> }>(
  'dumpDeleted',
  'MATCH (d:Deleted) RETURN properties(d) AS properties',
);

/** What a copy need not share: who wrote when, and how often. */
const BOOKKEEPING = new Set(['version', 'createdAt', 'updatedAt']);
const COUNTS = new Set(['partnerCount', 'projectCount', 'memberCount']);

function comparable(properties: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([field, value]) => !BOOKKEEPING.has(field) && value !== null && !(COUNTS.has(field) && value === 0))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

const sorted = (lines: string[]): string[] => lines.sort();

/** The entire graph in lines that two equal graphs share: nodes, relationships, records merged away. */
export async function dump(engine: GraphEngine): Promise<string[]> {
  const options = { timeoutMs: 120_000 };
  const nodes = await engine.read(NODES, {}, options);
  const relationships = await engine.read(RELATIONSHIPS, {}, options);
  const merged = await engine.read(MERGED, {}, options);
  const deleted = await engine.read(DELETED, {}, options);
  return sorted([
    ...nodes.map(({ properties }) => JSON.stringify(comparable(properties))),
    ...relationships.map(
      ({ type, from, to, properties }) => `${from} ${type} ${to} ${JSON.stringify(comparable(properties))}`,
    ),
    ...merged.map(({ properties }) => `merged ${JSON.stringify(comparable(properties))}`),
    ...deleted.map(({ properties }) => `deleted ${JSON.stringify(comparable(properties))}`),
  ]);
}

const INVERTED = [
  statement<{ id: string }>(
    'inverted nodes',
    'MATCH (n:Entity) WHERE n.validFrom > n.validTo OR n.lifeFrom > n.lifeTo RETURN n.id AS id',
  ),
  statement<{ id: string }>(
    'inverted relationships',
    'MATCH (:Entity)-[r]->(:Entity) WHERE r.validFrom > r.validTo RETURN r.id AS id',
  ),
];

/** Nodes and relationships whose period is empty: they hold at no date, and no list shows them. */
export async function invertedIn(engine: GraphEngine): Promise<string[]> {
  return (await Promise.all(INVERTED.map((each) => engine.read(each)))).flat().map(({ id }) => id);
}
