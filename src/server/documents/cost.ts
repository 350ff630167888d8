import {
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  GraphQLIncludeDirective,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getArgumentValues,
  getDirectiveValues,
  getIntrospectionQuery,
  getNamedType,
  getNullableType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  SchemaMetaFieldDef,
  type SelectionNode,
  type SelectionSetNode,
  TypeMetaFieldDef,
} from 'graphql';
import { fragmentsOf } from './fragments.ts';

/** What a field may say of itself in `extensions.cost`, where the rule would judge it wrongly. */
export interface FieldCost {
  /** What it costs apart from the values that it returns: 1 unless the graph has more to do for it. */
  readonly weight?: number;
  /** How many items its list has at most, when no argument tells. */
  readonly items?: number;
}

/** Items of a page when neither first nor last is given. */
const DEFAULT_PAGE = 20;
/** Items that a list without a page is taken to have: lists of aliases, sources, topics are short. */
const DEFAULT_ITEMS = 5;

type Variables = { readonly [name: string]: unknown };

/** Introspection's lists have no arguments; their lengths are the schema's own, on average over its types. */
const introspectionItems = new WeakMap<GraphQLSchema, ReadonlyMap<string, number>>();

function introspectionItemsOf(schema: GraphQLSchema): ReadonlyMap<string, number> {
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

function isLeftOut(node: SelectionNode, variables: Variables): boolean {
  if (node.directives === undefined || node.directives.length === 0) return false;
  const skip = getDirectiveValues(GraphQLSkipDirective, node, variables);
  if (skip?.if === true) return true;
  return getDirectiveValues(GraphQLIncludeDirective, node, variables)?.if === false;
}

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

function argumentsOf(field: GraphQLField<unknown, unknown>, node: FieldNode, variables: Variables): Variables {
  try {
    return getArgumentValues(field, node, variables);
  } catch {
    return {}; // The execution says what is wrong with them.
  }
}

/** Items of the page that a field's arguments ask for; null when it has no pages. */
function pageOf(field: GraphQLField<unknown, unknown>, values: Variables): number | null {
  if (!field.args.some(({ name }) => name === 'first' || name === 'last')) return null;
  const asked = [values.first, values.last].filter((size) => typeof size === 'number');
  return asked.length === 0 ? DEFAULT_PAGE : Math.max(0, Math.min(...asked));
}

/**
 * How many values an operation may return at most: each field counts one, times the items of the lists around it. A
 * list has as many items as its own `first` or `last` asks for, or those of the connection that it is part of, or `ids`.
 * Fragments count wherever they are used; the variables must be coerced.
 */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): number {
  const fragments = fragmentsOf(document);
  // A fragment inside a page costs the same in every page of that size: without this, fragments double at each level.
  const known = new Map<string, number>();

  const ofFragment = (name: string, page: number | null): number => {
    const key = `${name} ${page}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const fragment = fragments.get(name);
    const type = fragment && schema.getType(fragment.typeCondition.name.value);
    const cost = fragment && isCompositeType(type) ? ofSelections(fragment.selectionSet, type, page) : 0;
    known.set(key, cost);
    return cost;
  };

  const ofField = (node: FieldNode, parent: GraphQLCompositeType, page: number | null): number => {
    const field = fieldOf(schema, parent, node.name.value);
    if (field === null) return 1;
    const { weight = 1, items }: FieldCost = field.extensions.cost ?? {};
    const values = argumentsOf(field, node, variables);
    const ownPage = pageOf(field, values);
    const type = getNamedType(field.type);
    const isList = isListType(getNullableType(field.type));
    const inside =
      node.selectionSet !== undefined && isCompositeType(type)
        ? ofSelections(node.selectionSet, type, isList ? null : ownPage)
        : 0;
    if (!isList) return weight + inside;
    const ids = Array.isArray(values.ids) ? values.ids.length : null;
    const introspected = parent.name.startsWith('__') ? introspectionItemsOf(schema).get(field.name) : undefined;
    const length = ownPage ?? ids ?? introspected ?? items ?? page ?? DEFAULT_ITEMS;
    return weight - 1 + length * (1 + inside);
  };

  const ofSelections = (
    { selections }: SelectionSetNode,
    parent: GraphQLCompositeType,
    page: number | null,
  ): number => {
    let cost = 0;
    for (const selection of selections) {
      if (isLeftOut(selection, variables)) continue;
      if (selection.kind === Kind.FIELD) cost += ofField(selection, parent, page);
      else if (selection.kind === Kind.FRAGMENT_SPREAD) cost += ofFragment(selection.name.value, page);
      else {
        const type = selection.typeCondition ? schema.getType(selection.typeCondition.name.value) : parent;
        cost += ofSelections(selection.selectionSet, isCompositeType(type) ? type : parent, page);
      }
    }
    return cost;
  };

  const root = schema.getRootType(operation.operation);
  return root ? Math.ceil(ofSelections(operation.selectionSet, root, null)) : 0;
}

/** What the introspection costs by which GraphiQL and code generators learn the schema. */
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
