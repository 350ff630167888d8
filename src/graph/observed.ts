import type { Requester, WorkEnd } from '../scheduling/requester.ts';
import type { GraphEngine, GraphTransaction } from './engine.ts';

/** Called when a statement is sent. What it returns is called when the statement has ended, or nobody waits any more. */
export type StatementObserver = (name: string, requester: Requester | undefined) => WorkEnd;

/**
 * Wraps an engine, so that each statement is observed by its name, those of transactions too. A complete transaction is
 * observed as `transaction`, with its commit and its tries; questions for the version as `version`, pings as `ping`.
 */
export function observingStatements(engine: GraphEngine, observe: StatementObserver): GraphEngine {
  const observed = async <Result>(
    name: string,
    requester: Requester | undefined,
    send: () => Promise<Result>,
  ): Promise<Result> => {
    const end = observe(name, requester);
    const endOfRequest = requester?.follower?.statementBegun(name);
    try {
      const result = await send();
      end();
      endOfRequest?.();
      return result;
    } catch (error) {
      end(error);
      endOfRequest?.(error);
      throw error;
    }
  };
  return {
    description: engine.description,
    seeksRelationships: engine.seeksRelationships,
    isShared: engine.isShared,
    read: (statement, parameters, options) =>
      observed(statement.name, options?.requester, () => engine.read(statement, parameters, options)),
    write: (work, options) => {
      const requester = options?.requester;
      const sending = (send: GraphTransaction['run']): GraphTransaction['run'] => {
        return (statement, parameters) => observed(statement.name, requester, () => send(statement, parameters));
      };
      return observed('transaction', requester, () =>
        engine.write(
          (transaction) =>
            work({
              run: sending((...call) => transaction.run(...call)),
              commitWith: sending((...call) => transaction.commitWith(...call)),
            }),
          options,
        ),
      );
    },
    version: (options) => observed('version', options?.requester, () => engine.version(options)),
    ensureSchema: (rules, options) => engine.ensureSchema(rules, options),
    ping: (options) => observed('ping', options?.requester, () => engine.ping(options)),
    close: () => engine.close(),
  };
}
