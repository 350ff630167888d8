import { type ExecutionArgs, getOperationAST, Kind, type OperationDefinitionNode } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import { type Readings, requestState, requestStateIn } from '../http/request-state.ts';

/** Characters of an operation's name in the log: the client chooses it. */
const MAX_NAME = 100;

function isIntrospection({ selectionSet: { selections } }: OperationDefinitionNode): boolean {
  return selections.every((field) => field.kind === Kind.FIELD && field.name.value.startsWith('__'));
}

function remember({ document, operationName, contextValue }: ExecutionArgs): void {
  const state = requestStateIn(contextValue);
  const operation = getOperationAST(document, operationName);
  if (operation) {
    const name = operation.name?.value.slice(0, MAX_NAME) ?? null;
    state.operation = { name, type: operation.operation, isIntrospection: isIntrospection(operation) };
  }
  state.readings = (contextValue as { readonly loaders?: Readings }).loaders ?? null;
}

/** Logs one line per GraphQL request at its end: the operation, its time and cost, and the outcome. */
export function useRequestLog(logger: Logger): Plugin {
  return {
    onExecute({ args }) {
      remember(args);
    },
    onSubscribe({ args }) {
      remember(args);
    },
    onResultProcess({ request }) {
      requestState(request).isGraphQL = true;
    },
    onResponse({ request, response }) {
      const state = requestState(request);
      if (!state.isGraphQL) return;
      const { id, operation, milliseconds, readings, cost, errorCodes, traceId } = state;
      const line = {
        requestId: id,
        operation: operation?.name ?? null,
        type: operation?.type ?? null,
        status: response.status,
        ms: Math.round(milliseconds * 10) / 10,
        roundTrips: readings?.batches?.roundTrips ?? 0,
        statements: readings?.batches?.statements ?? 0,
        cost: cost?.requested ?? null,
        outcome: errorCodes.length === 0 ? 'ok' : errorCodes.join(','),
        ...(traceId === null ? {} : { traceId }),
        ...(request.signal.aborted ? { aborted: true } : {}),
      };
      logger.info(line, 'graphql');
    },
  };
}
