import SchemaBuilder, { BasePlugin, type PothosOutputFieldConfig, type SchemaTypes } from '@pothos/core';

import { SEMANTIC_NON_NULL } from './semantic-non-null.ts';

declare global {
  namespace PothosSchemaTypes {
    interface Plugins<Types extends SchemaTypes> {
      fallibleRoots: FallibleRootsPlugin<Types>;
    }
  }
}

/** The plugin's name. */
export const FALLIBLE_ROOTS = 'fallibleRoots';

/**
 * The one place that makes fields of the query nullable that can fail by what they are asked: the error of one then leaves
 * the answers of the others (GraphQL specification, section 6.4.4).
 */
export class FallibleRootsPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onOutputFieldConfig(field: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    const { parentType, type, args, description } = field;
    if (parentType !== 'Query' || type.nullable || Object.keys(args).length === 0) return field;
    return {
      ...field,
      type: { ...type, nullable: true },
      extensions: { ...field.extensions, ...SEMANTIC_NON_NULL },
      description: `${description} Null only with an error.`,
    };
  }
}

SchemaBuilder.registerPlugin(FALLIBLE_ROOTS, FallibleRootsPlugin);
