import {
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLResolveInfo,
  getArgumentValues,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  type SelectionSetNode,
} from 'graphql';
import { isLeftOut } from '../src/server/documents/reading/conditions.ts';
import { fragmentsByName } from '../src/server/documents/reading/fragments.ts';
import { type Fragment, fieldsIn } from '../src/server/documents/reading/walk.ts';
import { bothRelated, EVERYTHING, type Projection } from '../src/store/list.ts';
import { SUMMARY_PROPERTIES, type SummaryProperty } from '../src/store/node-summary.ts';
import type { RequestContext } from './context.ts';

type Definition = GraphQLField<unknown, unknown>;

interface Asked {
  readonly field: FieldNode;
  readonly definition: Definition;
}

const IS_SUMMARY_PROPERTY: ReadonlySet<string> = new Set(SUMMARY_PROPERTIES);

/** Answers by selection: graphql-js makes one list of field nodes for all siblings. */
const known = new WeakMap<readonly FieldNode[], Projection>();

/** The type of the values of a fragment inside selections on another; null where no such value can be. */
function typeWithin({ typeCondition }: Fragment, type: GraphQLNamedType, { schema }: GraphQLResolveInfo) {
  const condition = typeCondition && schema.getType(typeCondition.name.value);
  // An object stays what it is; of a wider type, the fragment tells which of its kinds it is about.
  if (!isObjectType(type)) return condition ?? type;
  const isOfIt = !condition || condition === type || (isAbstractType(condition) && schema.isSubType(condition, type));
  return isOfIt ? type : null;
}

/**
 * The fields that some selections hold, fragments followed, each with its definition; null where one has none. Fragments
 * of other types than the one that the fields belong to are left out where that one is an object's.
 */
function* fieldsOf(
  selections: readonly SelectionSetNode[],
  type: GraphQLNamedType,
  info: GraphQLResolveInfo,
): Generator<Asked | null> {
  const fragments = fragmentsByName(info.fragments);
  const within = (fragment: Fragment, outer: GraphQLNamedType) => typeWithin(fragment, outer, info);
  for (const [field, parent] of fieldsIn(fragments, selections, type, within)) {
    const name = field.name.value;
    if (name === '__typename') continue;
    const definition = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
    yield definition ? { field, definition } : null;
  }
}

const selectionsOf = (fields: readonly FieldNode[]): SelectionSetNode[] =>
  fields.flatMap(({ selectionSet }) => (selectionSet ? [selectionSet] : []));

/** The property of a summary that a field of a node shows, or none where it only needs the identifier; else undefined. */
function propertyOf({ type, extensions }: Definition): SummaryProperty | 'none' | undefined {
  const shown = extensions.summary ?? extensions.pothosExposedField;
  if (typeof shown === 'string') return IS_SUMMARY_PROPERTY.has(shown) ? (shown as SummaryProperty) : undefined;
  return getNamedType(type).name.endsWith('Connection') ? 'none' : undefined;
}

function summaryOf(fields: Iterable<Asked | null>): Projection['summary'] {
  const properties = new Set<SummaryProperty>();
  for (const asked of fields) {
    const property = asked && propertyOf(asked.definition);
    if (!property) return 'all';
    if (property !== 'none') properties.add(property);
  }
  return properties;
}

/** The fields that are selected under the one that is being resolved. */
const fieldsUnder = (info: GraphQLResolveInfo): Generator<Asked | null> =>
  fieldsOf(selectionsOf(info.fieldNodes), getNamedType(info.returnType), info);

function ofNodes(info: GraphQLResolveInfo): Projection {
  return { summary: summaryOf(fieldsUnder(info)), related: new Set(), positions: false };
}

/** Columns of the relationships that a field of an edge shows; null where it does not say. */
const columnsOf = ({ extensions }: Definition): readonly string[] | 'all' | null =>
  (extensions.columns as readonly string[] | 'all' | undefined) ?? null;

function ofEdges(info: GraphQLResolveInfo): Projection {
  let related: Projection['related'] = new Set();
  const nodes: Asked[] = [];
  let positions = false;
  for (const asked of fieldsUnder(info)) {
    if (!asked) return EVERYTHING;
    const { name } = asked.definition;
    if (name === 'node') nodes.push(asked);
    else if (name === 'cursor') positions = true;
    else {
      const columns = columnsOf(asked.definition);
      if (columns === null) return EVERYTHING;
      related = bothRelated(related, columns === 'all' ? columns : new Set(columns));
    }
  }
  const [node] = nodes;
  const selections = selectionsOf(nodes.map(({ field }) => field));
  const summary = node
    ? summaryOf(fieldsOf(selections, getNamedType(node.definition.type), info))
    : new Set<SummaryProperty>();
  return { summary, related, positions };
}

function ofPlace(info: GraphQLResolveInfo): Projection {
  const names = [...fieldsUnder(info)].map((asked) => asked?.definition.name);
  const positions = names.some((name) => name?.endsWith('Cursor') ?? true);
  return { summary: new Set(), related: new Set(), positions };
}

/** What the fields of a connection that bring a page want of it. */
const OF_FIELD = { nodes: ofNodes, edges: ofEdges, pageInfo: ofPlace };

/**
 * What a field of a connection, `nodes`, `edges` or `pageInfo`, wants of the page, read from the document, so that the
 * graph is asked for no more: a page of relationships is half as dear without the columns that nobody looks at. Where the
 * document does not say, it is everything.
 */
export function projectionOf(field: keyof typeof OF_FIELD, info: GraphQLResolveInfo): Projection {
  let projection = known.get(info.fieldNodes);
  if (!projection) {
    projection = OF_FIELD[field](info);
    known.set(info.fieldNodes, projection);
  }
  return projection;
}

/**
 * Resolves a field, and what it leads to as long as that is there at once: what has to be fetched is asked for, and its
 * answers are added to those that are awaited.
 */
function resolveAhead(
  source: unknown,
  asked: Asked,
  context: RequestContext,
  info: GraphQLResolveInfo,
  awaited: Promise<unknown>[],
): void {
  const { field, definition } = asked;
  if (!definition.resolve || isLeftOut(field, info.variableValues)) return;
  const { name: fieldName, type: returnType } = definition;
  const own = { ...info, fieldName, fieldNodes: [field], returnType };
  const value: unknown = definition.resolve(
    source,
    getArgumentValues(definition, field, info.variableValues),
    context,
    own,
  );
  if (value instanceof Promise) {
    // An error is reported by the field itself, when it is executed.
    value.catch(() => {});
    awaited.push(value);
    return;
  }
  if (!isObjectType(getNamedType(returnType))) return;
  for (const inner of fieldsUnder(own)) if (inner) resolveAhead(value, inner, context, info, awaited);
}

/** What was asked for of a node that is not looked up yet. */
export interface AskedAhead {
  /** Settles when all of it is there, or cannot be answered. */
  readonly lists: Promise<unknown>;
  /** Whether nothing else is selected, so that the node itself is of no use but to tell that it is there. */
  readonly isAll: boolean;
  /** Whether all else that is selected is in the node's summary. */
  readonly isInSummary: boolean;
}

/** What is selected of a node, by the name of its type. */
interface AskedOfNode extends Pick<AskedAhead, 'isAll' | 'isInSummary'> {
  /** The lists, which need nothing of the node but its identifier. */
  readonly lists: readonly Asked[];
}

/** Selections of nodes by their field nodes and the name of the type. */
const knownOfNodes = new WeakMap<readonly FieldNode[], Map<string, AskedOfNode>>();

function askedOf(typeName: string, info: GraphQLResolveInfo): AskedOfNode {
  const byType = knownOfNodes.get(info.fieldNodes) ?? new Map<string, AskedOfNode>();
  knownOfNodes.set(info.fieldNodes, byType);
  const known = byType.get(typeName);
  if (known) return known;
  const fields = [...fieldsOf(selectionsOf(info.fieldNodes), info.schema.getType(typeName)!, info)];
  const lists = fields.filter((asked) => asked && getNamedType(asked.definition.type).name.endsWith('Connection'));
  const others = fields.filter((asked) => !lists.includes(asked) && asked?.definition.name !== 'id');
  const found = {
    lists: lists as Asked[],
    isAll: others.length === 0,
    isInSummary: others.every((asked) => asked !== null && propertyOf(asked.definition) !== undefined),
  };
  byType.set(typeName, found);
  return found;
}

/**
 * Asks for the lists of a node, by the name of its type, while the node itself is still being looked up, so that both
 * are one batch. Where there is no such node, the lists are empty.
 */
export function askListsAhead(
  id: string,
  typeName: string,
  context: RequestContext,
  info: GraphQLResolveInfo,
): AskedAhead {
  const { lists, isAll, isInSummary } = askedOf(typeName, info);
  const awaited: Promise<unknown>[] = [];
  for (const asked of lists) {
    try {
      resolveAhead({ id }, asked, context, info, awaited);
    } catch {
      // An error of arguments is reported by the field itself, when it is executed.
    }
  }
  return { lists: Promise.allSettled(awaited), isAll: isAll && awaited.length > 0, isInSummary };
}
