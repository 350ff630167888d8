import {
  type DirectiveNode,
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInputObjectType,
  isInputType,
  isObjectType,
  type NamedTypeNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
  typeFromAST,
  visit,
} from 'graphql';
import { type Fragments, fragmentsOf } from './fragments.ts';
import { fieldsIn, measured, type Within } from './walk.ts';

/** Maximum of fields of a compiled operation: 500 take about 50 ms, in which all other requests wait. */
const MAX_FIELDS = 500;
/** Maximum of selections that the compiler visits: for each field it visits all selections that follow. */
const MAX_STEPS = 20_000;

/** Whether an input type contains itself at some depth, as filters do: the compiler would not end. */
function isRecursive(type: GraphQLInputType, outer: readonly GraphQLInputType[] = []): boolean {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return false;
  const inner = [...outer, named];
  return outer.includes(named) || Object.values(named.getFields()).some((field) => isRecursive(field.type, inner));
}

function hasRecursiveVariables(schema: GraphQLSchema, { variableDefinitions = [] }: OperationDefinitionNode): boolean {
  return variableDefinitions.some(({ type }) => {
    const known = typeFromAST(schema, type as NamedTypeNode);
    return known !== undefined && isInputType(known) && isRecursive(known);
  });
}

const CONDITIONS: ReadonlySet<string> = new Set(['skip', 'include']);

const hasCondition = ({ directives = [] }: { readonly directives?: readonly DirectiveNode[] | undefined }): boolean =>
  directives.some(({ name }) => CONDITIONS.has(name.value));

/** Whether a selection set has a field with a condition and another one of the same name. */
function repeatsConditional(fragments: Fragments, selectionSet: SelectionSetNode): boolean {
  const seen = new Map<string, boolean>();
  const within: Within<boolean> = (_, isConditional, selection) => isConditional || hasCondition(selection);
  for (const [field, isInConditional] of fieldsIn(fragments, [selectionSet], false, within)) {
    const name = (field.alias ?? field.name).value;
    const isConditional = isInConditional || hasCondition(field);
    const before = seen.get(name);
    if (before !== undefined && (before || isConditional)) return true;
    seen.set(name, isConditional);
  }
  return false;
}

/**
 * Whether fields with a condition are used in several places, or beside others of the same name. The compiler stores
 * conditions by field, not by place: of `...F @include(if: $no) ...F` it leaves both out.
 */
function sharesConditions(document: DocumentNode): boolean {
  const used = new Set<string>();
  let isConditional = false;
  let isShared = false;
  visit(document, {
    Directive: ({ name }) => {
      isConditional ||= CONDITIONS.has(name.value);
    },
    FragmentSpread: ({ name }) => {
      isShared ||= used.has(name.value);
      used.add(name.value);
    },
  });
  if (!isConditional || isShared) return isConditional;
  const fragments = fragmentsOf(document);
  visit(document, {
    SelectionSet: (selectionSet) => {
      isShared ||= repeatsConditional(fragments, selectionSet);
    },
  });
  return isShared;
}

/** The work of the compiler. */
interface Work {
  readonly fields: number;
  readonly steps: number;
}

const NOTHING: Work = { fields: 0, steps: 0 };
const sum = (one: Work, other: Work): Work => ({ fields: one.fields + other.fields, steps: one.steps + other.steps });

/**
 * The work of the compiler for an operation. It compiles the fields of an abstract type once for each object type, and
 * for each field visits all selections that follow, also those of other types.
 */
function workOn(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): Work {
  const fragments = fragmentsOf(document);
  const selectionsIn = measured<true, number>(fragments, {
    nothing: 0,
    within: () => true,
    join: (one, other) => one + other + 1,
    ofField: ({ selectionSet }, known, inside) => (selectionSet ? inside(selectionSet, known) : 0),
  });
  const kindsOf = (type: GraphQLNamedType): readonly GraphQLNamedType[] =>
    isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
  const workIn = measured<GraphQLNamedType, Work>(fragments, {
    nothing: NOTHING,
    join: sum,
    nameOf: ({ name }) => name,
    within: ({ typeCondition }, type) => {
      const condition = typeCondition && schema.getType(typeCondition.name.value);
      const isOfIt =
        !condition || condition === type || (isAbstractType(condition) && schema.isSubType(condition, type as never));
      return isOfIt ? type : null;
    },
    ofField: ({ name, selectionSet }, type, inside) => {
      const field = isObjectType(type) ? type.getFields()[name.value] : undefined;
      if (!selectionSet || !field) return { fields: 1, steps: 1 };
      const kinds = kindsOf(getNamedType(field.type)).map((kind) => inside(selectionSet, kind));
      return kinds.reduce(sum, { fields: 1, steps: 1 + selectionsIn(selectionSet, true) });
    },
  });
  return kindsOf(schema.getQueryType()!)
    .map((kind) => workIn(operation.selectionSet, kind))
    .reduce(sum, NOTHING);
}

/** Whether the compiler can process an operation correctly, and in a short time. */
export function isCompilable(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): boolean {
  if (hasRecursiveVariables(schema, operation) || sharesConditions(document)) return false;
  const { fields, steps } = workOn(schema, document, operation);
  return fields <= MAX_FIELDS && steps <= MAX_STEPS;
}
