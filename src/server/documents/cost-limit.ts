import type { DocumentNode, ExecutionArgs, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { getOperationAST, Kind } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import { DEFAULT_LIMITS } from '../../config/limits.ts';
import { beyondLimit } from '../http/client-error.ts';
import { requestStateIn } from '../http/request-state.ts';
import { costOf, introspectionCost, variablesOfCost } from './reading/cost.ts';
import { coercedVariables, type Variables } from './variables.ts';

const allowances = new WeakMap<GraphQLSchema, number>();

/** An introspection may also cost twice the complete schema, however large that is. */
function introspectionAllowance(schema: GraphQLSchema, operation: OperationDefinitionNode): number {
  const introspects = operation.selectionSet.selections.some(
    (selection) =>
      selection.kind === Kind.FIELD && (selection.name.value === '__schema' || selection.name.value === '__type'),
  );
  if (!introspects) return 0;
  const allowance = allowances.get(schema) ?? 2 * introspectionCost(schema);
  allowances.set(schema, allowance);
  return allowance;
}

/** The cost of an operation as it was last asked, and the values of the variables on which it depends. */
interface Known {
  readonly names: readonly string[];
  readonly values: string;
  readonly cost: number;
}

/** Finds the cost of operations, which most clients send again with the same sizes of pages: it is worked out when these change. */
class KnownCosts {
  readonly #known = new WeakMap<OperationDefinitionNode, Known>();

  of(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, variables: Variables): number {
    const known = this.#known.get(operation);
    const names = known?.names ?? variablesOfCost(document);
    // By name: a variable that is null says something else than one that is left out.
    const values = JSON.stringify(Object.fromEntries(names.map((name) => [name, variables[name]])));
    if (known?.values === values) return known.cost;
    const cost = costOf(schema, document, operation, variables);
    this.#known.set(operation, { names, values, cost });
    return cost;
  }
}

function checkCost(args: ExecutionArgs, cost: number, costs: KnownCosts): void {
  const { schema, document, operationName, contextValue } = args;
  const operation = getOperationAST(document, operationName);
  const { values } = coercedVariables(args);
  if (!operation || !values) return;
  const requested = costs.of(schema, document, operation, values);
  const maximum = cost + introspectionAllowance(schema, operation);
  requestStateIn(contextValue).cost = { requested, maximum };
  if (requested <= maximum) return;
  const message = `The answer could hold ${requested.toLocaleString('en')} values, at most ${maximum.toLocaleString('en')} are allowed: ask for smaller pages (first, last) or for fewer lists inside one another.`;
  throw beyondLimit('TOO_COSTLY', message, requested, maximum);
}

/**
 * Rejects operations whose answer could contain too many values, and shows the cost of the others in `extensions.cost`.
 * It counts at each execution, since validation runs once per document, with any variables.
 */
export function useCostLimit({ cost = DEFAULT_LIMITS.cost }: { readonly cost?: number } = {}): Plugin {
  const costs = new KnownCosts();
  return {
    onExecute({ args }) {
      checkCost(args, cost, costs);
      return {
        onExecuteDone({ result, setResult }) {
          if (isAsyncIterable(result)) return;
          const shownCost = requestStateIn(args.contextValue).cost;
          if (shownCost !== null) setResult({ ...result, extensions: { ...result.extensions, cost: shownCost } });
        },
      };
    },
    onSubscribe({ args }) {
      checkCost(args, cost, costs);
    },
  };
}
