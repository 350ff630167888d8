import { writeFileSync } from 'node:fs';
import { lexicographicSortSchema, parse, print, printSchema, visit } from 'graphql';
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

/** The file of the schema as it was last released, without descriptions: what clients rely on. */
export const RELEASED_SCHEMA_FILE = new URL('./released.graphql', import.meta.url);

/** A printed schema without its descriptions. */
function undescribed(text: string): string {
  return `${print(visit(parse(text), { enter: (node) => ('description' in node ? { ...node, description: undefined } : undefined) }))}\n`;
}

if (import.meta.main) {
  writeFileSync(PRINTED_SCHEMA_FILE, printedSchema());
  // With a release, the schema of the moment becomes what later ones are compared with.
  if (process.argv.includes('--release')) writeFileSync(RELEASED_SCHEMA_FILE, undescribed(printedSchema()));
}
