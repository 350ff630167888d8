import {
  type GraphQLNamedType,
  type GraphQLResolveInfo,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isListType,
  isObjectType,
} from 'graphql';
import { isLeftOut } from './conditions.ts';
import { fragmentsByName } from './fragments.ts';
import { measured } from './walk.ts';

/** The part of the resolver's info about the list that it resolves. */
export type ListInfo = Pick<
  GraphQLResolveInfo,
  'fieldNodes' | 'fragments' | 'returnType' | 'schema' | 'variableValues'
>;

const fieldsOf = (type: GraphQLNamedType) => (isObjectType(type) || isInterfaceType(type) ? type.getFields() : {});

/**
 * The number of values that each item of a list adds to an answer: itself, and its selected fields. Nested lists do not
 * count here, since they count their own items; those without a resolver are properties of the item, and short.
 */
export function valuesPerItem({ fieldNodes, fragments, returnType, schema, variableValues }: ListInfo): number {
  const valuesIn = measured<GraphQLNamedType, number>(fragmentsByName(fragments), {
    nothing: 0,
    join: (one, other) => one + other,
    isLeftOut: (selection) => isLeftOut(selection, variableValues),
    within: ({ typeCondition }, outer) => (typeCondition && schema.getType(typeCondition.name.value)) ?? outer,
    ofField: ({ name, selectionSet }, type, inside) => {
      const field = fieldsOf(type)[name.value];
      if (field?.resolve && isListType(getNullableType(field.type))) return 0;
      return 1 + (selectionSet && field ? inside(selectionSet, getNamedType(field.type)) : 0);
    },
  });
  const type = getNamedType(returnType);
  return fieldNodes.reduce((sum, { selectionSet }) => sum + (selectionSet ? valuesIn(selectionSet, type) : 0), 1);
}
