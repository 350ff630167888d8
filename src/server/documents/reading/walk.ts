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
 * What is known about the parent inside a fragment, given what is known outside (`outer`); null to skip the fragment.
 * `selection` is where it is used.
 */
export type Within<Known> = (
  fragment: Fragment,
  outer: Known,
  selection: FragmentSpreadNode | InlineFragmentNode,
) => Known | null;

/**
 * The fields of a selection, each with what is known about its parent. Fragments are followed, each once, as GraphQL
 * collects the fields of an object (section 6.3.2). So the time is linear in the document, however often a fragment is
 * used.
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
  /** The value of one field. `inside` measures its selections. */
  readonly ofField: (field: FieldNode, known: Known, inside: Measured<Known, Value>) => Value;
  /** Joins the values of two selections, starting from `nothing`. */
  readonly join: (one: Value, other: Value) => Value;
  readonly nothing: Value;
  readonly within: Within<Known>;
  /** What the value of a fragment depends on besides its text; it is measured once for each. Default: nothing. */
  readonly nameOf?: (known: Known) => string;
  /** Selections that do not count. */
  readonly isLeftOut?: (selection: SelectionNode) => boolean;
}

/** Measures selections, given what is known about their parent. */
export type Measured<Known, Value> = (selectionSet: SelectionSetNode, known: Known) => Value;

/**
 * Measures selections with their fragments, as if each fragment were written where it is used, but visits each once:
 * the time is linear in the document, while the measured value may double with every fragment. A fragment inside itself
 * counts as `nothing`: validation rejects it.
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
