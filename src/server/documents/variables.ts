import { type ExecutionArgs, GraphQLError, getOperationAST, getVariableValues } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { MAX_ERRORS } from '../http/client-error.ts';

export type Variables = { readonly [name: string]: unknown };

type Coerced =
  | { readonly values: Variables; readonly errors?: never }
  | { readonly values?: never; readonly errors: readonly GraphQLError[] };

const known = new WeakMap<object, Coerced>();

/** Any error in coercing a value means that the client sent an invalid value. */
function inputError(error: GraphQLError): GraphQLError {
  const { message, nodes = null, extensions } = error;
  return new GraphQLError(message, { nodes, extensions: { code: 'BAD_USER_INPUT', ...extensions } });
}

function coerce({ schema, document, operationName, variableValues }: ExecutionArgs): Coerced {
  const definitions = getOperationAST(document, operationName)?.variableDefinitions ?? [];
  const { coerced, errors } = getVariableValues(schema, definitions, variableValues ?? {}, { maxErrors: MAX_ERRORS });
  // The last one says that there were too many.
  return coerced ? { values: coerced } : { errors: errors.slice(0, MAX_ERRORS).map(inputError) };
}

/** The variables of an execution, coerced once, or the errors of coercing them. */
export function coercedVariables(args: ExecutionArgs): Coerced {
  const coerced = known.get(args) ?? coerce(args);
  known.set(args, coerced);
  return coerced;
}

/** Rejects operations with invalid variables before anything else uses the variables. */
export function useVariables(): Plugin {
  const rejection = (args: ExecutionArgs): { readonly errors: readonly GraphQLError[] } | null => {
    const { errors } = coercedVariables(args);
    return errors ? { errors } : null;
  };
  return {
    onExecute({ args, setResultAndStopExecution }) {
      const answer = rejection(args);
      if (answer) setResultAndStopExecution(answer);
    },
    onSubscribe({ args, setResultAndStopExecution }) {
      const answer = rejection(args);
      if (answer) setResultAndStopExecution(answer);
    },
  };
}
