import { type GraphQLSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';

/** Introspection's lists have no arguments; their lengths are the schema's own, on average over its types. */
const introspectionItems = new WeakMap<GraphQLSchema, ReadonlyMap<string, number>>();

/**
 * The number of items of each list of an introspection by field: the maximum, or the average over the types of the
 * schema.
 */
export function introspectionItemsOf(schema: GraphQLSchema): ReadonlyMap<string, number> {
  const known = introspectionItems.get(schema);
  if (known !== undefined) return known;
  const types = Object.values(schema.getTypeMap());
  const fields = types.flatMap((type) =>
    isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [],
  );
  const perType = (total: number): number => Math.max(1, total / types.length);
  const sum = (numbers: number[]): number => numbers.reduce((one, other) => one + other, 0);
  const items = new Map([
    ['types', types.length],
    ['fields', perType(fields.length)],
    ['args', Math.max(1, sum(fields.map(({ args }) => args.length)) / Math.max(1, fields.length))],
    [
      'inputFields',
      perType(sum(types.map((type) => (isInputObjectType(type) ? Object.keys(type.getFields()).length : 0)))),
    ],
    ['enumValues', perType(sum(types.map((type) => (isEnumType(type) ? type.getValues().length : 0))))],
    ['interfaces', perType(sum(types.map((type) => (isObjectType(type) ? type.getInterfaces().length : 0))))],
    [
      'possibleTypes',
      perType(sum(types.map((type) => (isInterfaceType(type) ? schema.getPossibleTypes(type).length : 0)))),
    ],
    ['directives', schema.getDirectives().length],
  ]);
  introspectionItems.set(schema, items);
  return items;
}
