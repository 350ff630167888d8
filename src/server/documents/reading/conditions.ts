import { GraphQLIncludeDirective, GraphQLSkipDirective, getDirectiveValues, type SelectionNode } from 'graphql';

/** Whether `@skip` or `@include` leaves a selection out; the variables must be coerced. */
export function isLeftOut(selection: SelectionNode, variables: { readonly [name: string]: unknown }): boolean {
  if (selection.directives === undefined || selection.directives.length === 0) return false;
  if (getDirectiveValues(GraphQLSkipDirective, selection, variables)?.if === true) return true;
  return getDirectiveValues(GraphQLIncludeDirective, selection, variables)?.if === false;
}
