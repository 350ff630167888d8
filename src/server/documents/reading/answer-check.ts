import {
  type DocumentNode,
  type GraphQLLeafType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { fragmentsOf } from './fragments.ts';
import { type Fragment, fieldsIn } from './walk.ts';

/** Whether a value of an answer serializes to itself. Null is not checked. */
export type Check = (value: unknown) => boolean;

const LARGEST_INT = 2 ** 31 - 1;

const OF_SCALARS: Readonly<Record<string, Check>> = {
  String: (value) => typeof value === 'string',
  ID: (value) => typeof value === 'string',
  Boolean: (value) => typeof value === 'boolean',
  Float: (value) => Number.isFinite(value),
  Int: (value) => Number.isInteger(value) && (value as number) <= LARGEST_INT && (value as number) >= -LARGEST_INT - 1,
};

/** Thrown for a type whose values serialize to other ones. */
class Unlike extends Error {
  override readonly name = 'Unlike';
}

function ofLeaf(type: GraphQLLeafType): Check | null {
  if (isEnumType(type)) {
    const values = type.getValues();
    if (values.some(({ name, value }) => name !== value)) throw new Unlike(`${type} has values of other names.`);
    const names = new Set<unknown>(values.map(({ name }) => name));
    return (value) => names.has(value);
  }
  // The scalars of the API serialize to themselves.
  return isSpecifiedScalarType(type) ? OF_SCALARS[type.name]! : null;
}

/** Selections on values of a type. */
type Selected = readonly [type: GraphQLNamedType, selections: SelectionSetNode];

interface Field {
  readonly type: GraphQLOutputType;
  readonly selected: Selected[];
}

/**
 * A check of the answers of one operation: whether each leaf value serializes to itself. All fields of a name have the
 * same type, in all fragments, in a valid document (GraphQL, section 5.3.2). Null if values serialize to other ones, or
 * fields are not in the schema.
 */
export function checkOfAnswer(
  schema: GraphQLSchema,
  document: DocumentNode,
  { operation, selectionSet }: OperationDefinitionNode,
): Check | null {
  const fragments = fragmentsOf(document);
  const typeWithin = ({ typeCondition }: Fragment, outer: GraphQLNamedType): GraphQLNamedType =>
    typeCondition ? schema.getType(typeCondition.name.value)! : outer;

  const gather = ([type, selectionSet]: Selected, fields: Map<string, Field>, seen: Set<Fragment>): void => {
    for (const [node, parent] of fieldsIn(fragments, [selectionSet], type, typeWithin, seen)) {
      const name = node.name.value;
      if (name === '__typename') continue;
      const definition = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
      if (!definition) throw new Unlike(`${name} is no field of ${parent}.`);
      const key = node.alias?.value ?? name;
      const field = fields.get(key) ?? { type: definition.type, selected: [] };
      fields.set(key, field);
      if (node.selectionSet) field.selected.push([getNamedType(definition.type), node.selectionSet]);
    }
  };

  const ofObject = (selected: readonly Selected[]): Check | null => {
    const fields = new Map<string, Field>();
    const seen = new Set<Fragment>();
    for (const each of selected) gather(each, fields, seen);
    const checks = [...fields].flatMap(([key, field]) => {
      const check = ofType(field.type, field.selected);
      return check ? [{ key, check }] : [];
    });
    if (checks.length === 0) return null;
    return (value) => {
      const object = value as Readonly<Record<string, unknown>>;
      for (const { key, check } of checks) {
        // Values of another type lack the field.
        const own = object[key];
        if (own !== undefined && own !== null && !check(own)) return false;
      }
      return true;
    };
  };

  const ofType = (type: GraphQLOutputType, selected: readonly Selected[]): Check | null => {
    if (isNonNullType(type)) return ofType(type.ofType, selected);
    if (isListType(type)) {
      const ofItem = ofType(type.ofType, selected);
      return ofItem && ((values) => (values as readonly unknown[]).every((each) => each === null || ofItem(each)));
    }
    return isLeafType(type) ? ofLeaf(type) : ofObject(selected);
  };

  try {
    return ofObject([[schema.getRootType(operation)!, selectionSet]]) ?? (() => true);
  } catch (error) {
    if (error instanceof Unlike) return null;
    throw error;
  }
}
