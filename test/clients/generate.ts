import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { minifyIntrospection, outputIntrospectionFile } from '@gql.tada/internal';
import { generate } from '@graphql-codegen/cli';
import { buildSchema, introspectionFromSchema } from 'graphql';
import { config } from '../../examples/clients/codegen/codegen.ts';
import { PRINTED_SCHEMA_FILE } from '../../schema/print.ts';

/** The folder of the example clients. */
export const CLIENTS = new URL('../../examples/clients/', import.meta.url);

const pathOf = (name: string): string => fileURLToPath(new URL(name, CLIENTS));

/** The manifests of documents that build tools of the examples write. */
export const MANIFESTS = [pathOf('codegen/gql/persisted-documents.json'), pathOf('relay/persisted.json')];

/** Writes what the build tools of the clients make of the schema: they check every document on the way. */
export async function generateClients(): Promise<void> {
  const introspection = introspectionFromSchema(buildSchema(readFileSync(PRINTED_SCHEMA_FILE, 'utf8')));
  const types = outputIntrospectionFile(minifyIntrospection(introspection), {
    fileType: '.d.ts',
    shouldPreprocess: true,
  });
  writeFileSync(pathOf('tada/graphql-env.d.ts'), types);
  // The compiler writes the manifest of what it compiles only.
  rmSync(pathOf('relay/src/__generated__'), { recursive: true, force: true });
  mkdirSync(pathOf('relay/src/__generated__'), { recursive: true });
  writeFileSync(pathOf('relay/persisted.json'), '{}');
  const relay = createRequire(import.meta.url)('relay-compiler') as string;
  await promisify(execFile)(relay, [pathOf('relay/relay.config.json')], { cwd: pathOf('relay') });
  await generate({ ...config, silent: true, verbose: false }, true);
}
