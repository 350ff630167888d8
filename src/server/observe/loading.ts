import type { ExecutionResult } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { Loading } from '../../store/loading.ts';
import { mappedEvents } from '../http/mapped-events.ts';

/** Reads what is being loaded into the graph; null if nothing is. */
export type LoadingReader = () => Promise<Loading | null>;

/**
 * Shows in `extensions.loading` of every answer, and of every event of a subscription, that a seed or an import is
 * being loaded: the answer is from an incomplete graph. Must come before the cache of answers, which stores what it
 * adds: the mark of a load has the same version of the graph as the answer.
 *
 * @example createYoga({ schema, plugins: [useLoading(() => watch.current())] })
 */
export function useLoading(loading: LoadingReader): Plugin {
  const marked = async (result: ExecutionResult): Promise<ExecutionResult> => {
    const found = await loading();
    return found === null ? result : { ...result, extensions: { ...result.extensions, loading: found } };
  };
  return {
    onExecute() {
      // Beside the execution, so that a busy database is not waited for after it.
      void loading();
    },
    async onResultProcess({ result, setResult }) {
      if (isAsyncIterable(result)) setResult(mappedEvents(result as AsyncIterable<ExecutionResult>, marked));
      // What is answered from memory has it in its text.
      else if (!Array.isArray(result) && !('stringify' in result)) setResult(await marked(result));
    },
  };
}
