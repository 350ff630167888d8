import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isListType,
  isObjectType,
} from 'graphql';
import { schema } from '../../schema/schema.ts';

export type Field = GraphQLField<unknown, unknown>;

/** A list of the API: a field that gives several nodes, at once or in pages, and the type of object that has it. */
export interface SchemaList {
  readonly name: string;
  readonly parent: GraphQLObjectType;
  readonly field: Field;
}

/** A step from an object to one that it leads to; `on` is the type of what is met, where the field gives several. */
export interface Step {
  readonly field: Field;
  readonly on: GraphQLObjectType;
}

const query = schema.getQueryType()!;

const objectsOf = (type: GraphQLNamedType): readonly GraphQLObjectType[] =>
  isAbstractType(type) ? schema.getPossibleTypes(type) : isObjectType(type) ? [type] : [];

const fieldsOf = (type: GraphQLObjectType): Field[] => Object.values(type.getFields());

/** Whether a list is read in pages. */
export const isConnection = (type: GraphQLNamedType): boolean => type.name.endsWith('Connection');

const isPartOfPage = (type: GraphQLObjectType): boolean => isConnection(type) || type.name.endsWith('Edge');

export const hasArgument = ({ args }: Field, name: string): boolean => args.some((arg) => arg.name === name);

export const isRequired = ({ type, defaultValue }: GraphQLArgument): boolean =>
  getNullableType(type) !== type && defaultValue === undefined;

/** The shortest way from the query to each type of object; a node is reached by its identifier. */
function waysFrom(start: GraphQLObjectType): ReadonlyMap<GraphQLObjectType, readonly Step[]> {
  const ways = new Map<GraphQLObjectType, readonly Step[]>([[start, []]]);
  const byId = start.getFields().node!;
  for (const on of objectsOf(getNamedType(byId.type))) ways.set(on, [{ field: byId, on }]);
  // A map may grow while it is gone through: what is added is visited too.
  for (const [type, way] of ways) {
    for (const field of fieldsOf(type)) {
      for (const on of objectsOf(getNamedType(field.type))) if (!ways.has(on)) ways.set(on, [...way, { field, on }]);
    }
  }
  return ways;
}

const WAYS = waysFrom(query);

/** How a document reaches an object that has a list: the shortest way, from the query. */
export function wayTo({ parent }: SchemaList): readonly Step[] {
  return WAYS.get(parent)!;
}

/** What the process does at the moment is no part of the graph: two answers differ. */
const OF_THE_PROCESS = 'Subgraph.progress';

/** Every list of the graph that a query can reach, as the schema describes it. */
export const SCHEMA_LISTS: readonly SchemaList[] = [...WAYS.keys()]
  .filter((parent) => !isPartOfPage(parent))
  .flatMap((parent) =>
    fieldsOf(parent)
      .filter(({ type }) => {
        const named = getNamedType(type);
        return isConnection(named) || (isListType(getNullableType(type)) && isCompositeType(named));
      })
      .map((field) => ({ name: `${parent.name}.${field.name}`, parent, field })),
  )
  .filter(({ name }) => name !== OF_THE_PROCESS);
