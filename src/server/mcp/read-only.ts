import { type ExecutionArgs, getOperationAST, OperationTypeNode } from 'graphql';
import { clientError } from '../http/client-error.ts';
import { requestStateIn } from '../http/request-state.ts';

/** Throws FORBIDDEN where a request that may only read has a mutation or a subscription. */
export function checkReadsOnly({ document, operationName, contextValue }: ExecutionArgs): void {
  if (!requestStateIn(contextValue).readsOnly) return;
  const operation = getOperationAST(document, operationName)?.operation ?? OperationTypeNode.QUERY;
  if (operation === OperationTypeNode.QUERY) return;
  throw clientError('FORBIDDEN', `Agents only read: send a query. A ${operation} is sent to /graphql.`);
}
