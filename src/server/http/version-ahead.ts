import type { DocumentNode } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { VersionProbe } from '../../graph/version-probe.ts';
import { requestStateIn } from './request-state.ts';

/**
 * Asks the graph for its version before the execution of a document whose last answer came from memory alone, and will most likely
 * need it again: the answer of the database is on its way while the document is prepared. Documents are identified by object: Yoga
 * caches those that it has parsed.
 *
 * @example createYoga({ schema, plugins: [useVersionAhead(graph.versions)] })
 */
export function useVersionAhead(versions: VersionProbe): Plugin {
  const fromMemory = new WeakSet<DocumentNode>();
  return {
    onValidate({ context, params }) {
      if (!fromMemory.has(params.documentAST)) return;
      versions.ahead(versions.newest, requestStateIn(context).requester.arrivedAt);
    },
    onExecute({ args: { contextValue, document } }) {
      return {
        onExecuteDone() {
          const { readings } = requestStateIn(contextValue);
          // A statement names the version that it has read.
          const isFromMemory = readings?.batches.statements === 0 && readings.answeredAt !== null;
          if (isFromMemory) fromMemory.add(document);
          else fromMemory.delete(document);
        },
      };
    },
  };
}
