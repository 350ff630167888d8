import type { QueryResult } from 'neo4j-driver';

/**
 * Converts records to rows. (The driver's `toObject` uses generators, which take longer than reading a short record.)
 */
export function rowsOf<Row>({ records }: QueryResult): Row[] {
  return records.map((record) => {
    const row: Record<PropertyKey, unknown> = {};
    for (const key of record.keys) row[key] = record.get(key);
    return row as Row;
  });
}
