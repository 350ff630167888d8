import SchemaBuilder, {
  BasePlugin,
  type FieldNullability,
  type InputFieldMap,
  type PothosOutputFieldConfig,
  type SchemaTypes,
  type TypeParam,
} from '@pothos/core';
import type { GraphQLFieldResolver } from 'graphql';
import { ClientError } from '../src/domain/client-error.ts';
import { type Author, may, type Role } from '../src/domain/role.ts';
import type { RequestContext } from './context.ts';
import { type OperationInfo, rootFieldsOf } from './root-fields.ts';

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

/** The plugin's name. */
export const RIGHTS_PLUGIN = 'rights';
/** The extension of a field that says which role it needs. */
const RIGHTS = 'requires';

const isAllowed = (author: Author | null, needed: Role): boolean => author !== null && may(author.role, needed);

/** 401 for those who have not said who they are, 403 for the others, and no word on why. */
function refused(author: Author | null, message: string): ClientError {
  return author
    ? new ClientError('FORBIDDEN', message, { status: 403 })
    : new ClientError('UNAUTHENTICATED', 'This needs a token: send the header Authorization: Bearer <token>.', {
        status: 401,
      });
}

/** The role that a field of the schema declares; null for one that anybody may ask. */
function requiredBy({ extensions }: { readonly extensions: { readonly [RIGHTS]?: Role } }): Role | null {
  return extensions[RIGHTS] ?? null;
}

/**
 * Refuses a field to a client without its right, and with it every other field of its operation: the fields of a mutation run one
 * after the other, and the first would have been written when the second is refused.
 */
function check({ author }: RequestContext, needed: Role, info: OperationInfo): void {
  if (!isAllowed(author, needed)) throw refused(author, 'Your role does not allow this.');
  const fields = info.parentType.getFields();
  const other = rootFieldsOf(info).find((name) => {
    const role = fields[name] && requiredBy(fields[name]);
    return role != null && !isAllowed(author, role);
  });
  if (other !== undefined) {
    throw refused(author, `Nothing was done: your role does not allow ${other}, which is in the same document.`);
  }
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
      extensions: { ...field.extensions, [RIGHTS]: role },
    };
  }

  override wrapResolve(
    resolve: GraphQLFieldResolver<unknown, Types['Context'], object>,
    field: PothosOutputFieldConfig<Types>,
  ): GraphQLFieldResolver<unknown, Types['Context'], object> {
    const role = this.#roleOf(field);
    if (role === null) return resolve;
    return (parent, args, context, info) => {
      check(context as unknown as RequestContext, role, info);
      return resolve(parent, args, context, info);
    };
  }
}

SchemaBuilder.registerPlugin(RIGHTS_PLUGIN, RightsPlugin);
