import { RELATIONSHIP_TYPES } from '../../src/domain/vocabulary.ts';
import type { GraphEngine } from '../../src/graph/engine.ts';
import { type GraphValue, statement } from '../../src/graph/statement.ts';
import { BOOKKEEPING } from '../../src/store/bookkeeping.ts';

type Properties = Record<string, GraphValue>;

const LABELS = ['Entity', 'Merged', 'Deleted', 'Once', 'Change', 'Counter', 'Touched'] as const;
const NODES = LABELS.map((label) => {
  const text = `MATCH (n:${label}) RETURN labels(n) AS labels, properties(n) AS properties`;
  return statement<{ labels: string[]; properties: Properties }>(`whole_${label}`, text);
});
const RELATIONSHIPS = RELATIONSHIP_TYPES.map((type) => {
  const text = `MATCH (a)-[r:${type}]->(b) RETURN a.id AS from, b.id AS to, properties(r) AS properties`;
  return statement<{ from: string; to: string; properties: Properties }>(`whole_${type}`, text);
});

/** How far the change log is indexed: it depends on when that was done. */
const PROGRESS = ['indexedAfter', 'indexedUntil'];

function comparable(properties: Properties): [string, GraphValue][] {
  return Object.entries(properties)
    .filter(([name, value]) => value !== null && !PROGRESS.includes(name))
    .map(([name, value]): [string, GraphValue] => [
      name,
      name === 'sequences' ? [...(value as number[])].sort() : value,
    ])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Everything that a store holds, in lines that only an equal store shares: records, history, keys, marks, indexes. */
export async function wholeStore(engine: GraphEngine): Promise<string[]> {
  const lines: string[] = [];
  for (const each of NODES) {
    for (const { labels, properties } of await engine.read(each)) {
      if (properties.id === BOOKKEEPING) continue;
      lines.push(JSON.stringify([[...labels].sort(), comparable(properties)]));
    }
  }
  for (const [index, each] of RELATIONSHIPS.entries()) {
    for (const { from, to, properties } of await engine.read(each)) {
      lines.push(JSON.stringify([RELATIONSHIP_TYPES[index], from, to, comparable(properties)]));
    }
  }
  return lines.sort();
}
