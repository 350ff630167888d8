import type { CodegenConfig } from '@graphql-codegen/cli';

/**
 * GraphQL Code Generator with the client preset: types for each document, and a manifest of all documents, which the server
 * reads (GRAPPE_PERSISTED_DOCUMENTS) so that the application sends identifiers only.
 */
export const config: CodegenConfig = {
  importExtension: '.ts',
  // The file of this repository, or the address of a server: http://127.0.0.1:4000/schema.graphql.
  schema: process.env.GRAPPE_SCHEMA ?? new URL('../../../schema/schema.graphql', import.meta.url).pathname,
  documents: [new URL('./documents.ts', import.meta.url).pathname],
  generates: {
    [new URL('./gql/', import.meta.url).pathname]: {
      preset: 'client',
      presetConfig: { persistedDocuments: { mode: 'embedHashInDocument', hashAlgorithm: 'sha256' } },
      config: {
        strictScalars: true,
        scalars: { PartialDate: 'string', DateTime: 'string', URL: 'string' },
        useTypeImports: true,
        enumsAsTypes: true,
      },
    },
  },
};

// What `graphql-codegen --config codegen.ts` looks for.
export default config;
