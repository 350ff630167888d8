import { writeFileSync } from 'node:fs';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { schema } from './schema.ts';

/** The schema as it is committed beside this file: sorted, so that a change shows as what it is. */
export function printedSchema(): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}

/** The file of the printed schema. */
export const PRINTED_SCHEMA_FILE = new URL('./schema.graphql', import.meta.url);

if (import.meta.main) writeFileSync(PRINTED_SCHEMA_FILE, printedSchema());
