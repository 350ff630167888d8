import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  typeFromAST,
  type VariableDefinitionNode,
  valueFromASTUntyped,
} from 'graphql';
import { type JsonSchema, jsonSchemaOf } from './json-schema.ts';

/** A tool that agents call: what they see of it, and the operation that answers. */
export interface Tool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: JsonSchema;
  /** The document of its operation; null where the caller sends one. */
  readonly query: string | null;
}

const FOLDER = fileURLToPath(new URL('../../../examples/agents/', import.meta.url));

/** The tool for what no other tool answers: a question in GraphQL. */
const GRAPHQL: Tool = {
  name: 'graphql',
  description:
    'Any question in GraphQL, read only: filters, facets, counts, rankings. Lists are Relay connections. Look types up first: { __type(name: "Query") { fields { name args { name } } } }. Select sources { title url } of the facts.',
  inputSchema: {
    type: 'object',
    properties: { query: { type: 'string' }, variables: { type: 'object' } },
    required: ['query'],
    additionalProperties: false,
  },
  query: null,
};

function argumentOf(definition: VariableDefinitionNode, schema: GraphQLSchema): [string, JsonSchema] {
  const { variable, description, defaultValue, type } = definition;
  const schemaOf = jsonSchemaOf(typeFromAST(schema, type as never) as GraphQLInputType);
  return [
    variable.name.value,
    {
      ...schemaOf,
      ...(description && { description: description.value }),
      ...(defaultValue && { default: valueFromASTUntyped(defaultValue) }),
    },
  ];
}

/** A document as it is sent: the descriptions are for those who read it. */
function withoutDescriptions(document: DocumentNode): string {
  const definitions = document.definitions.map((definition) => {
    if (definition.kind !== Kind.OPERATION_DEFINITION) return definition;
    const variableDefinitions = definition.variableDefinitions?.map(({ description: _, ...rest }) => rest);
    const { description: _, ...operation } = definition;
    return { ...operation, variableDefinitions } as OperationDefinitionNode;
  });
  return print({ ...document, definitions });
}

/**
 * The tool of a document: its operation's name and description, and its variables as arguments. Throws an Error where it
 * has no operation with both.
 */
export function toolOf(text: string, schema: GraphQLSchema): Tool {
  const document = parse(text);
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  if (!operation?.name || !operation.description) throw new Error('A tool is an operation with name and description.');
  const variables = operation.variableDefinitions ?? [];
  const required = variables.filter(({ type, defaultValue }) => type.kind === Kind.NON_NULL_TYPE && !defaultValue);
  return {
    name: operation.name.value,
    description: operation.description.value,
    inputSchema: {
      type: 'object',
      properties: Object.fromEntries(variables.map((definition) => argumentOf(definition, schema))),
      required: required.map(({ variable }) => variable.name.value),
      additionalProperties: false,
    },
    query: withoutDescriptions(document),
  };
}

/** The tools by name, in the order of their files under examples/agents; the one for GraphQL is the last. */
export function readTools(schema: GraphQLSchema): ReadonlyMap<string, Tool> {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.graphql'));
  const tools = files.sort().map((file) => toolOf(readFileSync(FOLDER + file, 'utf8'), schema));
  return new Map([...tools, GRAPHQL].map((tool) => [tool.name, tool]));
}
