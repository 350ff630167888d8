// Writes what gql.tada needs to know of schema/schema.graphql, for the types of the explorer's queries. `npm run types`
// runs it; the file is not committed.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { minifyIntrospection, outputIntrospectionFile } from '@gql.tada/internal';
import { buildSchema, introspectionFromSchema } from 'graphql';

const schema = buildSchema(readFileSync(new URL('../schema/schema.graphql', import.meta.url), 'utf8'));
const introspection = introspectionFromSchema(schema, { descriptions: false });
const file = new URL('../explorer/src/api/introspection.gen.ts', import.meta.url);
const output = outputIntrospectionFile(minifyIntrospection(introspection), {
  fileType: '.d.ts',
  shouldPreprocess: true,
});
// Without the part that would make it the schema of every user of gql.tada.
const [text = ''] = output.split('import * as gqlTada');
if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
