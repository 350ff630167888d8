import { type ExecutionResult, getOperationAST, OperationTypeNode } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { Loading } from '../../store/loading.ts';
import { mappedEvents } from '../http/mapped-events.ts';
import { requestState } from '../http/request-state.ts';

const MUTATION = OperationTypeNode.MUTATION;

/** Reads what is being loaded into the graph; null if nothing is. With `mayBeOld`, what was a second ago at the most. */
export type LoadingReader = (options?: { readonly mayBeOld?: boolean }) => Promise<Loading | null>;

/**
 * Shows in `extensions.loading` of every answer, and of every event of a subscription, that a seed or an import is
 * being loaded: the answer is from an incomplete graph. Must come before the cache of answers, which stores what it
 * adds: the mark of a load has the same version of the graph as the answer.
 *
 * @example createYoga({ schema, plugins: [useLoading(() => watch.current())] })
 */
export function useLoading(loading: LoadingReader): Plugin {
  const marked = async (result: ExecutionResult, mayBeOld = false): Promise<ExecutionResult> => {
    const found = await loading({ mayBeOld });
    return found === null ? result : { ...result, extensions: { ...result.extensions, loading: found } };
  };
  return {
    onExecute({ args: { document, operationName } }) {
      // Beside the execution, so that a busy database is not waited for after it.
      void loading({ mayBeOld: getOperationAST(document, operationName)?.operation === MUTATION });
    },
    async onResultProcess({ request, result, setResult }) {
      if (isAsyncIterable(result)) {
        setResult(mappedEvents(result as AsyncIterable<ExecutionResult>, (event) => marked(event)));
      } else if (!Array.isArray(result) && !('stringify' in result)) {
        // What is answered from memory has it in its text. What a mutation has read is rarely of one version.
        setResult(await marked(result, requestState(request).operation?.type === MUTATION));
      }
    },
  };
}
