import {
  type FieldNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  type InlineFragmentNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { type Fragments, fragmentAt } from './fragments.ts';

export type Fragment = FragmentDefinitionNode | InlineFragmentNode;

/**
 * What the values of a fragment are known as, inside selections on values known as `outer`; null to leave the fragment
 * out. `selection` is where it is used.
 */
export type Within<Known> = (
  fragment: Fragment,
  outer: Known,
  selection: FragmentSpreadNode | InlineFragmentNode,
) => Known | null;

/**
 * The fields that are selected in one place, each with what its parent is known as: fragments are followed, and each is
 * looked into once, as GraphQL collects the fields of an object (section 6.3.2). So it takes no longer than the document
 * is long, however often a fragment is used.
 */
export function* fieldsIn<Known>(
  fragments: Fragments,
  selectionSets: readonly SelectionSetNode[],
  known: Known,
  within: Within<Known>,
  seen: Set<Fragment> = new Set(),
): Generator<readonly [field: FieldNode, known: Known]> {
  for (const { selections } of selectionSets) {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        yield [selection, known];
        continue;
      }
      const fragment = fragmentAt(fragments, selection);
      if (!fragment || seen.has(fragment)) continue;
      const inner = within(fragment, known, selection);
      if (inner === null) continue;
      seen.add(fragment);
      yield* fieldsIn(fragments, [fragment.selectionSet], inner, within, seen);
    }
  }
}

/** How a document is measured, from its leaves to its root. */
export interface Measure<Known, Value> {
  /** What one field counts for; `inside` measures selections that belong to it. */
  readonly ofField: (field: FieldNode, known: Known, inside: Measured<Known, Value>) => Value;
  /** What selections of one place count for together, joined two by two, from `nothing` on. */
  readonly join: (one: Value, other: Value) => Value;
  readonly nothing: Value;
  readonly within: Within<Known>;
  /** What a fragment inside, looked at once for each name, depends on beside its text; nothing unless told. */
  readonly nameOf?: (known: Known) => string;
  /** Selections that do not count. */
  readonly isLeftOut?: (selection: SelectionNode) => boolean;
}

/** Measures selections on values of which something is known. */
export type Measured<Known, Value> = (selectionSet: SelectionSetNode, known: Known) => Value;

/**
 * Measures selections with the fragments that they use, as if each stood where it is used, and yet looks into each but
 * once: the time grows with the document, while what is measured may double with every fragment. A fragment inside itself
 * counts for nothing there: validation refuses it.
 */
export function measured<Known, Value>(
  fragments: Fragments,
  { ofField, join, nothing, within, nameOf = () => '', isLeftOut = () => false }: Measure<Known, Value>,
): Measured<Known, Value> {
  const known = new Map<FragmentDefinitionNode, Map<string, Value>>();

  const ofDefinition = (fragment: FragmentDefinitionNode, inner: Known): Value => {
    const values = known.get(fragment) ?? new Map<string, Value>();
    known.set(fragment, values);
    const name = nameOf(inner);
    const before = values.get(name);
    if (before !== undefined) return before;
    values.set(name, nothing);
    const value = ofSelections(fragment.selectionSet, inner);
    values.set(name, value);
    return value;
  };

  const ofSelection = (selection: SelectionNode, outer: Known): Value => {
    if (isLeftOut(selection)) return nothing;
    if (selection.kind === Kind.FIELD) return ofField(selection, outer, ofSelections);
    const fragment = fragmentAt(fragments, selection);
    const inner = fragment && within(fragment, outer, selection);
    if (inner === null) return nothing;
    return fragment!.kind === Kind.FRAGMENT_DEFINITION
      ? ofDefinition(fragment!, inner)
      : ofSelections(fragment!.selectionSet, inner);
  };

  const ofSelections: Measured<Known, Value> = ({ selections }, outer) => {
    let value = nothing;
    for (const selection of selections) value = join(value, ofSelection(selection, outer));
    return value;
  };
  return ofSelections;
}
