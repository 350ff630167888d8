import type { GraphQLResolveInfo } from 'graphql';
import { isLeftOut } from '../src/server/documents/reading/conditions.ts';
import { fragmentsByName } from '../src/server/documents/reading/fragments.ts';
import { fieldsIn } from '../src/server/documents/reading/walk.ts';

/** What a resolver knows of the operation that it is part of. */
export type OperationInfo = Pick<GraphQLResolveInfo, 'operation' | 'fragments' | 'variableValues' | 'parentType'>;

/**
 * The names of the fields that an operation runs on its root type, through fragments, without those that @skip and
 * @include leave out; each name once.
 */
export function rootFieldsOf({ operation, fragments, variableValues }: OperationInfo): readonly string[] {
  const within = (_: unknown, known: true, selection: Parameters<typeof isLeftOut>[0]): true | null =>
    isLeftOut(selection, variableValues) ? null : known;
  const names = new Set<string>();
  for (const [field] of fieldsIn(fragmentsByName(fragments), [operation.selectionSet], true, within)) {
    if (!isLeftOut(field, variableValues)) names.add(field.name.value);
  }
  return [...names];
}
