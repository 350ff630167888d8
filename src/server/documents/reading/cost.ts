import {
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getIntrospectionQuery,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  type OperationDefinitionNode,
  parse,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  type VariableNode,
  valueFromAST,
  visit,
} from 'graphql';
import { isLeftOut } from './conditions.ts';
import { fragmentsOf } from './fragments.ts';
import { introspectionItemsOf } from './introspection-items.ts';
import { type Measured, measured } from './walk.ts';

/** The cost of a field in `extensions.cost`, where the general rule is wrong. */
export interface FieldCost {
  /** Its cost apart from the values that it returns. Default: 1. */
  readonly weight?: number;
  /** Maximum of items of its list, if no argument sets it. */
  readonly items?: number;
}

/** Items of a page without first and last. */
const DEFAULT_PAGE = 20;
/** Assumed items of a list without a page and without a maximum. */
const DEFAULT_ITEMS = 100;

type Variables = { readonly [name: string]: unknown };

/**
 * The cost of selections, linear in the size of the page: lists without a size of their own are as long as the page
 * that contains them, which only the parent field knows.
 */
interface Cost {
  readonly fixed: number;
  readonly perItem: number;
}

const NOTHING: Cost = { fixed: 0, perItem: 0 };
const sum = (one: Cost, other: Cost): Cost => ({
  fixed: one.fixed + other.fixed,
  perItem: one.perItem + other.perItem,
});

function fieldOf(
  schema: GraphQLSchema,
  parent: GraphQLCompositeType,
  name: string,
): GraphQLField<unknown, unknown> | null {
  if (parent === schema.getQueryType()) {
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  }
  return 'getFields' in parent ? (parent.getFields()[name] ?? null) : null;
}

/** The arguments that decide how many items a list has. */
const SIZES: ReadonlySet<string> = new Set(['first', 'last', 'ids']);

/** The values of these arguments, whatever others are: those may be invalid, which the execution reports. */
function sizesOf(field: GraphQLField<unknown, unknown>, node: FieldNode, variables: Variables): Variables {
  const sizes: Record<string, unknown> = {};
  for (const { name, type, defaultValue } of field.args) {
    if (!SIZES.has(name)) continue;
    const given = node.arguments?.find((argument) => argument.name.value === name);
    const value: unknown = given && valueFromAST(given.value, type, variables);
    sizes[name] = value === undefined ? defaultValue : value;
  }
  return sizes;
}

/** The size of the page that a field's arguments request; null for a field without pages. */
function pageOf(field: GraphQLField<unknown, unknown>, values: Variables): number | null {
  if (!field.args.some(({ name }) => name === 'first' || name === 'last')) return null;
  const sizes = [values.first, values.last].filter((size) => typeof size === 'number');
  return sizes.length === 0 ? DEFAULT_PAGE : Math.max(0, Math.min(...sizes));
}

/**
 * The maximum of values that an operation can return: each field counts one, times the items of the lists around it. A
 * list has as many items as its `first` or `last`, or that of its connection, or `ids`. Fragments count wherever they
 * are used. The variables must be coerced.
 */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): number {
  const ofField = (
    node: FieldNode,
    parent: GraphQLCompositeType,
    ofSelections: Measured<GraphQLCompositeType, Cost>,
  ): Cost => {
    const field = fieldOf(schema, parent, node.name.value);
    if (field === null) return { fixed: 1, perItem: 0 };
    const { weight = 1, items }: FieldCost = field.extensions.cost ?? {};
    const values = sizesOf(field, node, variables);
    const page = pageOf(field, values);
    const type = getNamedType(field.type);
    const isList = isListType(getNullableType(field.type));
    const { fixed, perItem } =
      node.selectionSet && isCompositeType(type) ? ofSelections(node.selectionSet, type) : NOTHING;
    const inside = fixed + perItem * ((isList ? null : page) ?? DEFAULT_ITEMS);
    if (!isList) return { fixed: weight + inside, perItem: 0 };
    const ids = Array.isArray(values.ids) ? values.ids.length : null;
    const introspected = parent.name.startsWith('__') ? introspectionItemsOf(schema).get(field.name) : undefined;
    const length = page ?? ids ?? introspected ?? items;
    return length === undefined
      ? { fixed: weight - 1, perItem: 1 + inside }
      : { fixed: weight - 1 + length * (1 + inside), perItem: 0 };
  };
  const costIn = measured<GraphQLCompositeType, Cost>(fragmentsOf(document), {
    ofField,
    join: sum,
    nothing: NOTHING,
    isLeftOut: (selection) => isLeftOut(selection, variables),
    within: ({ typeCondition }, outer) => {
      const type = typeCondition && schema.getType(typeCondition.name.value);
      return isCompositeType(type) ? type : outer;
    },
  });
  const root = schema.getRootType(operation.operation);
  if (!root) return 0;
  const { fixed, perItem } = costIn(operation.selectionSet, root);
  // Fragments that double at each level soon exceed the exact integers.
  return Math.min(Math.ceil(fixed + perItem * DEFAULT_ITEMS), Number.MAX_SAFE_INTEGER);
}

/** The names of the variables of a document on which the cost of its operations depends. */
export function variablesOfCost(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  const variables = { Variable: ({ name }: VariableNode) => void names.add(name.value) };
  visit(document, {
    Argument(argument) {
      if (SIZES.has(argument.name.value)) visit(argument, variables);
    },
    Directive(directive) {
      visit(directive, variables);
    },
  });
  return [...names];
}

/** The cost of the introspection query of GraphiQL and code generators. */
export function introspectionCost(schema: GraphQLSchema): number {
  const query = getIntrospectionQuery({
    descriptions: true,
    schemaDescription: true,
    inputValueDeprecation: true,
    oneOf: true,
  });
  const document = parse(query);
  return costOf(schema, document, document.definitions[0] as OperationDefinitionNode, {});
}
