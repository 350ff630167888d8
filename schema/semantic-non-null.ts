import {
  DirectiveLocation,
  GraphQLDirective,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
} from 'graphql';

/** The extensions of a field that is null only with an error. */
export const SEMANTIC_NON_NULL = { isSemanticNonNull: true } as const;

/** The directive by which Relay, Apollo and code generators know such fields, as they declare it. */
export const SemanticNonNullDirective = new GraphQLDirective({
  name: 'semanticNonNull',
  description:
    'Null only with an error: clients that handle errors may take the field as non-null. levels counts the lists around the value.',
  locations: [DirectiveLocation.FIELD_DEFINITION],
  args: {
    levels: {
      type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(GraphQLInt))),
      defaultValue: [0],
      description: '0 is the field itself, 1 the items of its list, and so on.',
    },
  },
});

function isMarked(schema: GraphQLSchema, typeName: string, fieldName: string): boolean {
  const type = schema.getType(typeName);
  if (!isObjectType(type) && !isInterfaceType(type)) return false;
  return type.getFields()[fieldName]?.extensions.isSemanticNonNull === true;
}

/** Adds the directive to a printed schema, since graphql-js prints no directives of fields but `@deprecated`. */
export function withSemanticNonNull(printed: string, schema: GraphQLSchema): string {
  let type = '';
  let field = '';
  let isInText = false;
  return printed
    .split('\n')
    .map((line) => {
      // Descriptions may look like fields.
      if (line.split('"""').length === 2) isInText = !isInText;
      if (isInText) return line;
      type = /^(?:type|interface) (\w+)/.exec(line)?.[1] ?? type;
      field = /^ {2}(\w+)[(:]/.exec(line)?.[1] ?? field;
      const [, result] = /^(?: {2}\w+: | {2}\): | {2}\w+\(.*\): )([\w[\]!]+)/.exec(line) ?? [];
      if (result === undefined || !isMarked(schema, type, field)) return line;
      const end = line.indexOf(`: ${result}`, line.lastIndexOf(')')) + 2 + result.length;
      return `${line.slice(0, end)} @semanticNonNull${line.slice(end)}`;
    })
    .join('\n');
}
