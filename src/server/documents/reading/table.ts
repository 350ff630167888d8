import {
  type DocumentNode,
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isLeafType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  TypeNameMetaFieldDef,
} from 'graphql';
import { fragmentsOf } from './fragments.ts';
import { fieldsIn } from './walk.ts';

/** Names of an answer, from the outside to the inside. */
export type Path = readonly string[];

/** A list of an answer as a table: one row an entry. */
export interface ListTable {
  /** Where the list stands: `['organisations', 'nodes']`. */
  readonly path: Path;
  /** Where the leaves stand in an entry: `['seat', 'name']`; `[]` if the entries are leaves themselves. */
  readonly columns: readonly Path[];
  /** The variable that asks for the page after a cursor; null if the document has none. */
  readonly after: string | null;
}

/** Columns of a table at the most: a document can name far more with fragments in fragments. */
export const MAX_COLUMNS = 500;

/** One name of an object in the answer: its type, and the fields of the document that it joins. */
interface Selected {
  readonly type: GraphQLOutputType;
  readonly fields: FieldNode[];
}

/** The names of an object in the answer; lists of introspection are left out. */
function selected(
  schema: GraphQLSchema,
  document: DocumentNode,
  sets: readonly SelectionSetNode[],
  parent: GraphQLNamedType,
): ReadonlyMap<string, Selected> {
  const names = new Map<string, Selected>();
  const fields = fieldsIn<GraphQLNamedType>(
    fragmentsOf(document),
    sets,
    parent,
    ({ typeCondition }, outer) => schema.getType(typeCondition?.name.value ?? outer.name) ?? null,
  );
  for (const [field, type] of fields) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    const isTypeName = field.name.value === TypeNameMetaFieldDef.name;
    const definition = isTypeName ? TypeNameMetaFieldDef : type.getFields()[field.name.value];
    if (definition === undefined) continue;
    const name = (field.alias ?? field.name).value;
    const known = names.get(name);
    if (known) known.fields.push(field);
    else names.set(name, { type: definition.type, fields: [field] });
  }
  return names;
}

const insideOf = ({ fields }: Selected): SelectionSetNode[] =>
  fields.flatMap(({ selectionSet }) => (selectionSet ? [selectionSet] : []));

/** The variable that a field has as its argument `after`. */
function cursorVariable({ fields }: Selected): string | null {
  const value = fields[0]!.arguments?.find(({ name }) => name.value === 'after')?.value;
  return value?.kind === Kind.VARIABLE ? value.name.value : null;
}

/**
 * The lists of an answer that no other list contains. Null if one has more than MAX_COLUMNS columns.
 *
 * @example tablesOf(schema, parse('{ poles { nodes { name } } }'), operation)
 *   // [{ path: ['poles', 'nodes'], columns: [['name']], after: null }]
 */
export function tablesOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  { operation, selectionSet }: OperationDefinitionNode,
): readonly ListTable[] | null {
  const tables: ListTable[] = [];
  let leaves = 0;

  function columnsOf(entry: Selected, path: Path): Path[] {
    const type = getNamedType(entry.type);
    if (isLeafType(type)) {
      leaves++;
      return [path];
    }
    const columns: Path[] = [];
    for (const [name, inner] of selected(schema, document, insideOf(entry), type)) {
      if (leaves > MAX_COLUMNS) break;
      columns.push(...columnsOf(inner, [...path, name]));
    }
    return columns;
  }

  function search(sets: readonly SelectionSetNode[], parent: GraphQLNamedType, path: Path, after: string | null): void {
    for (const [name, field] of selected(schema, document, sets, parent)) {
      if (leaves > MAX_COLUMNS) return;
      const here = [...path, name];
      if (isListType(getNullableType(field.type))) tables.push({ path: here, columns: columnsOf(field, []), after });
      else search(insideOf(field), getNamedType(field.type), here, cursorVariable(field));
    }
  }

  const root = schema.getRootType(operation);
  if (root) search([selectionSet], root, [], null);
  return leaves > MAX_COLUMNS ? null : tables;
}

/** A part of an answer; null where an object on the way is null. */
export function partAt(data: unknown, path: Path): unknown {
  let part = data;
  for (const name of path) part = (part as Record<string, unknown> | null | undefined)?.[name];
  return part ?? null;
}

/** Every value that stands at a path of an entry, through lists on the way. */
export function valuesAt(part: unknown, path: Path): unknown[] {
  if (Array.isArray(part)) return part.flatMap((item) => valuesAt(item, path));
  const [name, ...rest] = path;
  return name === undefined ? [part] : valuesAt((part as Record<string, unknown> | null | undefined)?.[name], rest);
}
