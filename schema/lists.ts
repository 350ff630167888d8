import SchemaBuilder, {
  BasePlugin,
  type FieldNullability,
  type InputFieldMap,
  type PothosOutputFieldConfig,
  type SchemaTypes,
  type TypeParam,
} from '@pothos/core';
import type { GraphQLFieldResolver, GraphQLResolveInfo } from 'graphql';
import type { RequestContext } from './context.ts';

/** The option of a list that has no pages. */
interface Bounded {
  /** Items that the list has at most; the field's description says so too. */
  readonly maximum?: number;
}

declare global {
  namespace PothosSchemaTypes {
    interface Plugins<Types extends SchemaTypes> {
      lists: ListsPlugin<Types>;
    }
    interface FieldOptions<
      // biome-ignore-start lint/correctness/noUnusedVariables: a declaration is merged only under the same parameters
      Types extends SchemaTypes,
      ParentShape,
      Type extends TypeParam<Types>,
      Nullable extends FieldNullability<Type>,
      Args extends InputFieldMap,
      ResolveShape,
      ResolveReturnShape,
      // biome-ignore-end lint/correctness/noUnusedVariables: as above
    > extends Bounded {}
  }
}

/** The plugin's name. */
export const LISTS = 'lists';

/** Arguments that say how many items a list has. */
const SIZES = ['first', 'ids'] as const;
/** The lists of a connection are as long as its page. */
const PAGED = /Connection\.(?:edges|nodes)$/;

type Resolver = GraphQLFieldResolver<unknown, RequestContext, object>;

/** A resolver of a list that never gives more items than the list states, and counts those that it gives. */
function bounded(resolve: Resolver, maximum: number): Resolver {
  const shown = (found: unknown, { budget }: RequestContext, info: GraphQLResolveInfo): unknown => {
    if (!Array.isArray(found)) return found;
    const items = found.length > maximum ? found.slice(0, maximum) : found;
    budget?.take(items, info);
    return items;
  };
  return (parent, args, context, info) => {
    const found = resolve(parent, args, context, info);
    return found instanceof Promise ? found.then((items) => shown(items, context, info)) : shown(found, context, info);
  };
}

/**
 * The one place where lists are bounded: each is a connection's, or has an argument that says how many, or states its
 * `maximum`, which it is charged (src/server/documents/cost.ts) and never exceeds.
 */
export class ListsPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onOutputFieldConfig(field: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    const { type, parentType, name, args, extensions, pothosOptions } = field;
    const { maximum } = pothosOptions as Bounded;
    const place = `${parentType}.${name}`;
    if (type.kind !== 'List') {
      if (maximum !== undefined) throw new Error(`${place} is no list, and states a maximum.`);
      return field;
    }
    if (maximum === undefined) {
      if (PAGED.test(place) || SIZES.some((size) => size in args)) return field;
      throw new Error(`${place} is a list: give it pages, an argument "first", or its maximum.`);
    }
    return {
      ...field,
      description: `${field.description} Maximum: ${maximum.toLocaleString('en')}.`,
      extensions: { ...extensions, cost: { ...(extensions?.cost as object | undefined), items: maximum } },
    };
  }

  override wrapResolve(
    resolve: GraphQLFieldResolver<unknown, Types['Context'], object>,
    { type, pothosOptions, extensions }: PothosOutputFieldConfig<Types>,
  ): GraphQLFieldResolver<unknown, Types['Context'], object> {
    if (type.kind !== 'List') return resolve;
    // Values of a vocabulary, each once: as a property, they need no call of a resolver for each entry of a list.
    if (type.type.kind === 'Enum' && extensions?.pothosExposedField) return resolve;
    const { maximum = Number.POSITIVE_INFINITY } = pothosOptions as Bounded;
    return bounded(resolve as Resolver, maximum) as unknown as typeof resolve;
  }
}

SchemaBuilder.registerPlugin(LISTS, ListsPlugin);
