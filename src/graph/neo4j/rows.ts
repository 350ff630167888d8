import type { QueryResult } from 'neo4j-driver';

/** Not by a record's own `toObject`: its generators, written for older machines, take longer than to read a short record. */
export function rowsOf<Row>({ records }: QueryResult): Row[] {
  return records.map((record) => {
    const row: Record<PropertyKey, unknown> = {};
    for (const key of record.keys) row[key] = record.get(key);
    return row as Row;
  });
}
