import { type GraphQLSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';

const NAME = /[_A-Za-z]\w*/g;
const QUOTED = /"(?:[^"\\]|\\.)*"/g;

/** Names of GraphQL itself, which are in every schema. */
const COMMON = ['Query', 'Mutation', 'Subscription', 'Int', 'Float', 'String', 'Boolean', 'ID'];

const known = new WeakMap<GraphQLSchema, ReadonlySet<string>>();

/** Every name in a schema: of types, fields, arguments, input fields and enum values. */
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

/** The document and the variables that a client has sent. */
export interface SentRequest {
  readonly query?: string | null | undefined;
  readonly variables?: unknown;
}

/**
 * Hides the names of a schema that the client has not sent from a message of graphql-js. There they are quoted: alone,
 * in a type such as "[Pole!]!", or in a pair such as "Query.poles".
 */
export function withoutUnsentNames(message: string, schema: GraphQLSchema, { query, variables }: SentRequest): string {
  const names = namesOf(schema);
  const sent = new Set(`${query ?? ''} ${JSON.stringify(variables) ?? ''}`.match(NAME) ?? []);
  const hidden = (name: string): string => (names.has(name) && !sent.has(name) ? '…' : name);
  return message.replace(/ Did you mean [^?]*\?/g, '').replace(QUOTED, (text) => text.replace(NAME, hidden));
}
