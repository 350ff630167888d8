import {
  GraphQLIncludeDirective,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getDirectiveValues,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** What a resolver knows of the operation that it is part of. */
export type OperationInfo = Pick<GraphQLResolveInfo, 'operation' | 'fragments' | 'variableValues' | 'parentType'>;

/**
 * The names of the fields that an operation runs on its root type, through fragments, without those that @skip and
 * @include leave out; each name once. Every fragment is read once, so that the work is linear in the document.
 */
export function rootFieldsOf({ operation, fragments, variableValues }: OperationInfo): readonly string[] {
  const names = new Set<string>();
  const spread = new Set<string>();
  const isLeftOut = (selection: SelectionNode): boolean =>
    getDirectiveValues(GraphQLSkipDirective, selection, variableValues)?.if === true ||
    getDirectiveValues(GraphQLIncludeDirective, selection, variableValues)?.if === false;
  const read = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (isLeftOut(selection)) continue;
      if (selection.kind === Kind.FIELD) names.add(selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) read(selection.selectionSet);
      else if (!spread.has(selection.name.value)) {
        spread.add(selection.name.value);
        const fragment = fragments[selection.name.value];
        if (fragment) read(fragment.selectionSet);
      }
    }
  };
  read(operation.selectionSet);
  return [...names];
}
