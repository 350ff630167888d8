import {
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLResolveInfo,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { CARD_PROPERTIES, type CardProperty } from '../src/store/card.ts';
import { EVERYTHING, type Wanted } from '../src/store/list.ts';

/**
 * What a page is asked for, read from the document, so that the graph is asked for no more: a page of relationships is
 * half as dear without the columns that nobody looks at. Where it cannot be told, it is everything.
 */
type Definition = GraphQLField<unknown, unknown>;

interface Asked {
  readonly field: FieldNode;
  readonly definition: Definition;
}

const IS_CARD_PROPERTY: ReadonlySet<string> = new Set(CARD_PROPERTIES);

/** Answers, told to be of the same selection by graphql-js itself, which makes one list of nodes for all siblings. */
const known = new WeakMap<readonly FieldNode[], Wanted>();

/** The fields that some selections hold, fragments followed, each with its definition; null where one has none. */
function* fieldsIn(
  selections: readonly SelectionSetNode[],
  type: GraphQLNamedType,
  info: GraphQLResolveInfo,
): Generator<Asked | null> {
  for (const { selections: all } of selections) {
    for (const selection of all) {
      if (selection.kind === Kind.FIELD) {
        const name = selection.name.value;
        if (name === '__typename') continue;
        const definition = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
        yield definition ? { field: selection, definition } : null;
        continue;
      }
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? info.fragments[selection.name.value]! : selection;
      const condition = fragment.typeCondition;
      const inner = condition ? info.schema.getType(condition.name.value) : type;
      yield* fieldsIn([fragment.selectionSet], inner!, info);
    }
  }
}

const selectionsOf = (fields: readonly FieldNode[]): SelectionSetNode[] =>
  fields.flatMap(({ selectionSet }) => (selectionSet ? [selectionSet] : []));

/** The property of a card that a field of a node shows, or none where it only needs the identifier; else undefined. */
function propertyOf({ type, extensions }: Definition): CardProperty | 'none' | undefined {
  const shown = extensions.card ?? extensions.pothosExposedField;
  if (typeof shown === 'string') return IS_CARD_PROPERTY.has(shown) ? (shown as CardProperty) : undefined;
  return getNamedType(type).name.endsWith('Connection') ? 'none' : undefined;
}

function cardOf(
  selections: readonly SelectionSetNode[],
  type: GraphQLNamedType,
  info: GraphQLResolveInfo,
): Wanted['card'] {
  const properties = new Set<CardProperty>();
  for (const asked of fieldsIn(selections, type, info)) {
    const property = asked && propertyOf(asked.definition);
    if (!property) return 'all';
    if (property !== 'none') properties.add(property);
  }
  return properties;
}

const typeOf = ({ returnType }: GraphQLResolveInfo): GraphQLNamedType => getNamedType(returnType);

function remembered(info: GraphQLResolveInfo, work: () => Wanted): Wanted {
  let wanted = known.get(info.fieldNodes);
  if (!wanted) {
    wanted = work();
    known.set(info.fieldNodes, wanted);
  }
  return wanted;
}

/** What a field of a connection that lists nodes asks for. */
export function wantedOfNodes(info: GraphQLResolveInfo): Wanted {
  return remembered(info, () => ({
    card: cardOf(selectionsOf(info.fieldNodes), typeOf(info), info),
    own: new Set(),
    positions: false,
  }));
}

/** What a field of a connection that lists edges asks for. Fields of an edge are named as their columns. */
export function wantedOfEdges(info: GraphQLResolveInfo): Wanted {
  return remembered(info, () => {
    const own = new Set<string>();
    const nodes: Asked[] = [];
    let positions = false;
    for (const asked of fieldsIn(selectionsOf(info.fieldNodes), typeOf(info), info)) {
      if (!asked) return EVERYTHING;
      const name = asked.definition.name;
      if (name === 'node') nodes.push(asked);
      else if (name === 'cursor') positions = true;
      else if (name !== 'relationshipId') own.add(name);
    }
    const card =
      nodes.length === 0
        ? new Set<CardProperty>()
        : cardOf(selectionsOf(nodes.map(({ field }) => field)), getNamedType(nodes[0]!.definition.type), info);
    return { card, own, positions };
  });
}

/** What a connection's pageInfo asks for. */
export function wantedOfPlace(info: GraphQLResolveInfo): Wanted {
  return remembered(info, () => {
    const names = [...fieldsIn(selectionsOf(info.fieldNodes), typeOf(info), info)].map(
      (asked) => asked?.definition.name,
    );
    return { card: new Set(), own: new Set(), positions: names.some((name) => name?.endsWith('Cursor') ?? true) };
  });
}
