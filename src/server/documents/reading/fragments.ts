import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  type InlineFragmentNode,
  Kind,
} from 'graphql';

/** The fragments of a document by their names. */
export type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

const known = new WeakMap<DocumentNode, Fragments>();

/** The fragments that a document defines, by their names. */
export function fragmentsOf(document: DocumentNode): Fragments {
  const before = known.get(document);
  if (before) return before;
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  known.set(document, fragments);
  return fragments;
}

const knownByName = new WeakMap<object, Fragments>();

/** The fragments of a document, as a resolver gets them. */
export function fragmentsByName(definitions: { readonly [name: string]: FragmentDefinitionNode }): Fragments {
  const before = knownByName.get(definitions);
  if (before) return before;
  const fragments = new Map(Object.entries(definitions));
  knownByName.set(definitions, fragments);
  return fragments;
}

/** The fragment of a selection that is not a field; null for one that the document does not define. */
export function fragmentAt(
  fragments: Fragments,
  selection: FragmentSpreadNode | InlineFragmentNode,
): FragmentDefinitionNode | InlineFragmentNode | null {
  return selection.kind === Kind.INLINE_FRAGMENT ? selection : (fragments.get(selection.name.value) ?? null);
}
