import {
  type FieldNode,
  type GraphQLField,
  GraphQLIncludeDirective,
  type GraphQLNamedType,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import type { Connection } from '../src/loaders/loaders.ts';
import { CARD_PROPERTIES, type CardProperty } from '../src/store/card.ts';
import { EVERYTHING, type ListEdge, type Wanted } from '../src/store/list.ts';
import type { RequestContext } from './context.ts';

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

/**
 * The fields that some selections hold, fragments followed, each with its definition; null where one has none. Fragments
 * of other types than the one that the fields belong to are left out where that one is an object's.
 */
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
      const { typeCondition: condition } = fragment;
      const named = condition && info.schema.getType(condition.name.value);
      // An object stays what it is; of a wider type, the fragment tells which of its kinds it is about.
      const isOther = named && isObjectType(type) && named !== type && !isKindOf(type, named, info);
      if (!isOther) yield* fieldsIn([fragment.selectionSet], isObjectType(type) ? type : (named ?? type), info);
    }
  }
}

const isKindOf = (type: GraphQLNamedType, wider: GraphQLNamedType, { schema }: GraphQLResolveInfo): boolean =>
  isObjectType(type) && isAbstractType(wider) && schema.isSubType(wider, type);

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

/** Fields of one name in a document, and the type that they are of. */
interface Selected {
  readonly fieldNodes: readonly FieldNode[];
  readonly type: GraphQLNamedType;
}

const selectedIn = ({ fieldNodes, returnType }: GraphQLResolveInfo): Selected => ({
  fieldNodes,
  type: getNamedType(returnType),
});

function ofNodes({ fieldNodes, type }: Selected, info: GraphQLResolveInfo): Wanted {
  return { card: cardOf(selectionsOf(fieldNodes), type, info), own: new Set(), positions: false };
}

/** Fields of an edge are named as their columns. */
function ofEdges({ fieldNodes, type }: Selected, info: GraphQLResolveInfo): Wanted {
  const own = new Set<string>();
  const nodes: Asked[] = [];
  let positions = false;
  for (const asked of fieldsIn(selectionsOf(fieldNodes), type, info)) {
    if (!asked) return EVERYTHING;
    const { name } = asked.definition;
    if (name === 'node') nodes.push(asked);
    else if (name === 'cursor') positions = true;
    else if (name !== 'relationshipId') own.add(name);
  }
  const [node] = nodes;
  const selections = selectionsOf(nodes.map(({ field }) => field));
  const card = node ? cardOf(selections, getNamedType(node.definition.type), info) : new Set<CardProperty>();
  return { card, own, positions };
}

function ofPlace({ fieldNodes, type }: Selected, info: GraphQLResolveInfo): Wanted {
  const names = [...fieldsIn(selectionsOf(fieldNodes), type, info)].map((asked) => asked?.definition.name);
  return { card: new Set(), own: new Set(), positions: names.some((name) => name?.endsWith('Cursor') ?? true) };
}

/** What the fields of a connection that bring a page want of it. */
const OF_FIELD = { nodes: ofNodes, edges: ofEdges, pageInfo: ofPlace };

/** What a field of a connection, `nodes`, `edges` or `pageInfo`, wants of the page. */
export function wantedBy(field: keyof typeof OF_FIELD, info: GraphQLResolveInfo): Wanted {
  let wanted = known.get(info.fieldNodes);
  if (!wanted) {
    wanted = OF_FIELD[field](selectedIn(info), info);
    known.set(info.fieldNodes, wanted);
  }
  return wanted;
}

function isLeftOut(field: FieldNode, { variableValues }: GraphQLResolveInfo): boolean {
  return (
    getDirectiveValues(GraphQLSkipDirective, field, variableValues)?.if === true ||
    getDirectiveValues(GraphQLIncludeDirective, field, variableValues)?.if === false
  );
}

function askAhead({ field, definition }: Asked, id: string, context: RequestContext, info: GraphQLResolveInfo): void {
  const type = getNamedType(definition.type);
  if (!type.name.endsWith('Connection') || !definition.resolve || isLeftOut(field, info)) return;
  const given = getArgumentValues(definition, field, info.variableValues);
  const connection = definition.resolve({ id }, given, context, info) as Partial<Connection<ListEdge>>;
  if (typeof connection.page !== 'function') return;
  for (const asked of fieldsIn(selectionsOf([field]), type, info)) {
    const name = asked?.definition.name;
    if (!asked || !name || !(name in OF_FIELD) || isLeftOut(asked.field, info)) continue;
    const selected = { fieldNodes: [asked.field], type: getNamedType(asked.definition.type) };
    // Whether it can be answered is told where it is asked in earnest.
    connection.page(OF_FIELD[name as keyof typeof OF_FIELD](selected, info)).catch(() => {});
  }
}

/**
 * Asks for the lists of a node, by the name of its type, while the node itself is still being looked up: so both are one
 * flight. In vain where there is no such node, which is no harm.
 */
export function askListsAhead(id: string, typeName: string, context: RequestContext, info: GraphQLResolveInfo): void {
  const type = info.schema.getType(typeName);
  if (!isObjectType(type)) return;
  for (const asked of fieldsIn(selectionsOf(info.fieldNodes), type, info)) {
    if (!asked) continue;
    try {
      askAhead(asked, id, context, info);
    } catch {
      // Arguments that cannot be answered are told where they are asked in earnest.
    }
  }
}
