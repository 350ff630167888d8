import { type GraphQLSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';

const NAME = /[_A-Za-z]\w*/g;
const QUOTED = /"(?:[^"\\]|\\.)*"/g;

/** Names of GraphQL itself, which tell nothing of a schema. */
const COMMON = ['Query', 'Mutation', 'Subscription', 'Int', 'Float', 'String', 'Boolean', 'ID'];

const known = new WeakMap<GraphQLSchema, ReadonlySet<string>>();

/** Every name that a schema gives: of types, fields, arguments, input fields and values. */
function namesOf(schema: GraphQLSchema): ReadonlySet<string> {
  const before = known.get(schema);
  if (before) return before;
  const names = new Set<string>();
  for (const type of Object.values(schema.getTypeMap())) {
    names.add(type.name);
    if (isEnumType(type)) for (const { name } of type.getValues()) names.add(name);
    if (isInputObjectType(type)) for (const name of Object.keys(type.getFields())) names.add(name);
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const { name, args } of Object.values(type.getFields())) {
      names.add(name);
      for (const arg of args) names.add(arg.name);
    }
  }
  for (const name of COMMON) names.delete(name);
  known.set(schema, names);
  return names;
}

/** What a client has sent of a question. */
export interface Said {
  readonly query?: string | null | undefined;
  readonly variables?: unknown;
}

/**
 * A message of graphql-js without the names of a schema that the client has not said: they are quoted there, alone, in a
 * type such as "[Pole!]!", or in a pair such as "Query.poles".
 */
export function withoutUnsaid(message: string, schema: GraphQLSchema, { query, variables }: Said): string {
  const names = namesOf(schema);
  const said = new Set(`${query ?? ''} ${JSON.stringify(variables) ?? ''}`.match(NAME) ?? []);
  const hidden = (name: string): string => (names.has(name) && !said.has(name) ? '…' : name);
  return message.replace(/ Did you mean [^?]*\?/g, '').replace(QUOTED, (text) => text.replace(NAME, hidden));
}
