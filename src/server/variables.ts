import { type ExecutionArgs, GraphQLError, getOperationAST, getVariableValues } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { MAX_ERRORS } from './client-error.ts';

export type Variables = { readonly [name: string]: unknown };

type Coerced =
  | { readonly values: Variables; readonly errors?: never }
  | { readonly values?: never; readonly errors: readonly GraphQLError[] };

const known = new WeakMap<object, Coerced>();

/** Whatever went wrong with a value on the way, it is the asker's value that cannot be. */
function ofTheAsker(error: GraphQLError): GraphQLError {
  const { message, nodes = null, extensions } = error;
  return new GraphQLError(message, { nodes, extensions: { code: 'BAD_USER_INPUT', ...extensions } });
}

function coerce({ schema, document, operationName, variableValues }: ExecutionArgs): Coerced {
  const definitions = getOperationAST(document, operationName)?.variableDefinitions ?? [];
  const { coerced, errors } = getVariableValues(schema, definitions, variableValues ?? {}, { maxErrors: MAX_ERRORS });
  // The one more says that there were too many.
  return coerced ? { values: coerced } : { errors: errors.slice(0, MAX_ERRORS).map(ofTheAsker) };
}

/** The variables of an execution as its operation declares them, coerced once, or why they cannot be. */
export function coercedVariables(args: ExecutionArgs): Coerced {
  const coerced = known.get(args) ?? coerce(args);
  known.set(args, coerced);
  return coerced;
}

/** Answers operations whose variables cannot be with what is wrong with them, before anything is worked out from them. */
export function useVariables(): Plugin {
  const refused = (args: ExecutionArgs): { readonly errors: readonly GraphQLError[] } | null => {
    const { errors } = coercedVariables(args);
    return errors ? { errors } : null;
  };
  return {
    onExecute({ args, setResultAndStopExecution }) {
      const answer = refused(args);
      if (answer) setResultAndStopExecution(answer);
    },
    onSubscribe({ args, setResultAndStopExecution }) {
      const answer = refused(args);
      if (answer) setResultAndStopExecution(answer);
    },
  };
}
