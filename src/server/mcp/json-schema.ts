import { type GraphQLInputType, isEnumType, isListType, isNonNullType, isScalarType } from 'graphql';

/** A JSON Schema of a value: of the keywords, those that arguments of tools need. */
export interface JsonSchema {
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object';
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly default?: unknown;
}

/** Scalars that are not sent as texts. */
const NUMBERS: Readonly<Record<string, JsonSchema['type']>> = { Int: 'integer', Float: 'number', Boolean: 'boolean' };

/**
 * The JSON Schema of a GraphQL input type. Input objects are objects without further rules: their many fields are described
 * by the schema of the API, and checked when they are sent.
 */
export function jsonSchemaOf(type: GraphQLInputType): JsonSchema {
  if (isNonNullType(type)) return jsonSchemaOf(type.ofType);
  if (isListType(type)) return { type: 'array', items: jsonSchemaOf(type.ofType) };
  if (isEnumType(type)) return { type: 'string', enum: type.getValues().map(({ name }) => name) };
  if (isScalarType(type)) return { type: NUMBERS[type.name] ?? 'string' };
  return { type: 'object' };
}
