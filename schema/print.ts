import { writeFileSync } from 'node:fs';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { schema } from './schema.ts';
import { withSemanticNonNull } from './semantic-non-null.ts';

/**
 * The schema as it is committed beside this file and served at /schema.graphql: sorted, so that a change shows as what it
 * is, with the directives of its fields.
 */
export function printedSchema(): string {
  const text = printSchema(lexicographicSortSchema(schema));
  return `${withSemanticNonNull(text, schema)}\n`;
}

/** The file of the printed schema. */
export const PRINTED_SCHEMA_FILE = new URL('./schema.graphql', import.meta.url);

if (import.meta.main) writeFileSync(PRINTED_SCHEMA_FILE, printedSchema());
