import { constantPart, keyOf } from '../src/domain/key.ts';
import type { Parameters, Statement } from '../src/graph/statement.ts';
import type { Ask } from '../src/store/ask.ts';
import type { RequestContext } from './context.ts';

/**
 * Asks statements that read much and change little. The answer of each is cached by itself, under the state of the graph that
 * it was read at: together they may be of more than one, and a request that runs out of time leaves the next one less.
 */
export function cachedAsk({ loaders }: RequestContext): Ask {
  return <Row>(statement: Statement<Row>, parameters: Parameters = {}) =>
    loaders
      .together<Row[]>(keyOf('rows', { statement: constantPart(statement), parameters }), async (_, ask) => [
        await ask(statement, parameters),
      ])
      .load('');
}
