import { type DocumentNode, Kind, type OperationDefinitionNode, type SelectionSetNode, visit } from 'graphql';
import { fragmentsOf } from './fragments.ts';
import { measured } from './walk.ts';

/** The shape of one operation, with its fragments. */
export interface OperationShape {
  /** Levels of nested fields. */
  readonly depth: number;
  /** Root fields, each counted as often as it is selected. */
  readonly rootFields: number;
}

const HERE = () => true as const;
const larger = (one: number, other: number): number => Math.max(one, other);
const sum = (one: number, other: number): number => one + other;

/** The shape of each operation of a document. A fragment inside itself does not count. */
export function shapesOf(document: DocumentNode): OperationShape[] {
  const fragments = fragmentsOf(document);
  const common = { nothing: 0, within: HERE };
  const depthOf = measured<true, number>(fragments, {
    ...common,
    join: larger,
    ofField: ({ selectionSet }, known, inside) => 1 + (selectionSet ? inside(selectionSet, known) : 0),
  });
  const fieldsOf = measured<true, number>(fragments, { ...common, join: sum, ofField: () => 1 });
  return operationsOf(document).map(({ selectionSet }) => ({
    depth: depthOf(selectionSet, true),
    rootFields: fieldsOf(selectionSet, true),
  }));
}

function operationsOf({ definitions }: DocumentNode): OperationDefinitionNode[] {
  return definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
}

/** Counts of what a document contains, as written. */
export interface Numbers {
  readonly aliases: number;
  readonly directives: number;
  /** Values of the longest list. */
  readonly longestList: number;
  /** The response name that occurs most often in one selection set, and how often. */
  readonly mostRepeated: { readonly name: string; readonly times: number };
}

/** Counts response names in a selection set. Those in fragments are left to validation, which limits its steps. */
function mostRepeatedIn({ selections }: SelectionSetNode): Numbers['mostRepeated'] {
  const times = new Map<string, number>();
  let most = { name: '', times: 0 };
  for (const selection of selections) {
    if (selection.kind !== Kind.FIELD) continue;
    const name = (selection.alias ?? selection.name).value;
    const found = (times.get(name) ?? 0) + 1;
    times.set(name, found);
    if (found > most.times) most = { name, times: found };
  }
  return most;
}

/** Counts what a document contains. */
export function numbersOf(document: DocumentNode): Numbers {
  let aliases = 0;
  let directives = 0;
  let longestList = 0;
  let mostRepeated: Numbers['mostRepeated'] = { name: '', times: 0 };
  visit(document, {
    Field: ({ alias }) => {
      if (alias !== undefined) aliases++;
    },
    Directive: () => {
      directives++;
    },
    ListValue: ({ values }) => {
      longestList = Math.max(longestList, values.length);
    },
    SelectionSet: (selectionSet) => {
      const found = mostRepeatedIn(selectionSet);
      if (found.times > mostRepeated.times) mostRepeated = found;
    },
  });
  return { aliases, directives, longestList, mostRepeated };
}
