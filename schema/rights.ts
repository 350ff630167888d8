import SchemaBuilder, {
  BasePlugin,
  type FieldNullability,
  type InputFieldMap,
  type PothosOutputFieldConfig,
  type SchemaTypes,
  type TypeParam,
} from '@pothos/core';
import { GraphQLError, type GraphQLFieldResolver } from 'graphql';
import { may, type Role } from '../src/domain/role.ts';
import type { RequestContext } from './context.ts';

/** The option of every mutation that says who may: leaving it out is a type error. */
interface Rights {
  /** The lowest role that may do it; its description says so too. */
  readonly requires: Role;
}

declare global {
  namespace PothosSchemaTypes {
    interface Plugins<Types extends SchemaTypes> {
      rights: RightsPlugin<Types>;
    }
    interface MutationFieldOptions<
      // biome-ignore-start lint/correctness/noUnusedVariables: a declaration is merged only under the same parameters
      Types extends SchemaTypes,
      Type extends TypeParam<Types>,
      Nullable extends FieldNullability<Type>,
      Args extends InputFieldMap,
      ResolveReturnShape,
      // biome-ignore-end lint/correctness/noUnusedVariables: as above
    > extends Rights {}
  }
}

const PLUGIN = 'rights';

/** Refuses whoever may not: 401 for those who have not said who they are, 403 for the others, and no word on why. */
function check({ author }: RequestContext, needed: Role): void {
  if (author && may(author.role, needed)) return;
  throw author
    ? new GraphQLError('Your role does not allow this.', { extensions: { code: 'FORBIDDEN', http: { status: 403 } } })
    : new GraphQLError('This needs a token: send the header Authorization: Bearer <token>.', {
        extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } },
      });
}

/** The one place where rights are checked: each field that declares a role tells it, and asks for it before it resolves. */
export class RightsPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  #roleOf({ pothosOptions }: PothosOutputFieldConfig<Types>): Role | null {
    return (pothosOptions as Partial<Rights>).requires ?? null;
  }

  override onOutputFieldConfig(field: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    const role = this.#roleOf(field);
    if (role === null) return field;
    return {
      ...field,
      description: `${field.description} ${role} only.`,
      extensions: { ...field.extensions, requires: role },
    };
  }

  override wrapResolve(
    resolve: GraphQLFieldResolver<unknown, Types['Context'], object>,
    field: PothosOutputFieldConfig<Types>,
  ): GraphQLFieldResolver<unknown, Types['Context'], object> {
    const role = this.#roleOf(field);
    if (role === null) return resolve;
    return (parent, args, context, info) => {
      check(context as unknown as RequestContext, role);
      return resolve(parent, args, context, info);
    };
  }
}

SchemaBuilder.registerPlugin(PLUGIN, RightsPlugin);

/** The plugins of the builder that are ours. */
export const OWN_PLUGINS = [PLUGIN] as const;
