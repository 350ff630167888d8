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

/** Fields of an operation that is compiled, at the most: 500 take about 50 ms, in which nobody else is served. */
const MOST_FIELDS = 500;
/** Selections that the compiler looks at for these, at the most: it looks below each field at all that follows. */
const MOST_STEPS = 20_000;

/** Whether an input type holds itself, in some depth, as filters do: the compiler unfolds it without end. */
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

/** Whether a field with a condition is selected in one place beside another of its name. */
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
 * Whether fields with a condition are used in several places, or selected beside others of their name. The compiler
 * remembers conditions with the field, not with the place: of `...F @include(if: $no) ...F` it leaves both out.
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

/** What the compiler has to do. */
interface Work {
  readonly fields: number;
  readonly steps: number;
}

const NOTHING: Work = { fields: 0, steps: 0 };
const sum = (one: Work, other: Work): Work => ({ fields: one.fields + other.fields, steps: one.steps + other.steps });

/**
 * What the compiler has to do for an operation. It compiles the fields of an abstract type once for each of its kinds, and
 * looks below each field at all selections that follow, those of other types too.
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

/** Whether the compiler can do an operation, as graphql-js would and in a time in which others can wait. */
export function isCompilable(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): boolean {
  if (hasRecursiveVariables(schema, operation) || sharesConditions(document)) return false;
  const { fields, steps } = workOn(schema, document, operation);
  return fields <= MOST_FIELDS && steps <= MOST_STEPS;
}
