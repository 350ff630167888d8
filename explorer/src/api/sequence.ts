import { ask } from './ask.ts';
import { graphql } from './graphql.ts';

const SEQUENCE = graphql(`
  query LastSequence {
    statistics {
      lastSequence
    }
  }
`);

/** The sequence of the last change of the graph; null where the server does not say it. */
export async function askSequence(): Promise<number | null> {
  const answer = await ask(SEQUENCE, {});
  return answer.failure ? null : answer.data.statistics.lastSequence;
}
