import { setTimeout } from 'node:timers/promises';
import { graphql } from 'graphql';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createContext } from '../../schema/context.ts';
import { schema } from '../../schema/schema.ts';
import { weightedGraph } from '../../src/measures/graph.ts';
import { searchOf } from '../measures/parts.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { eventsOf } from '../support/live.ts';
import { World } from '../support/world.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await emptyGraph();
  await graph.fill(
    new World()
      .organisation('A', { id: 'organisation/a' })
      .organisation('B', { id: 'organisation/b' })
      .organisation('C', { id: 'organisation/c' })
      .partners('organisation/a', 'organisation/b', { since: '2001' })
      .partners('organisation/b', 'organisation/c', { since: '2001' }),
  );
});
afterAll(() => graph[Symbol.asyncDispose]());

const ring = Array.from({ length: 200_000 }, (_, node) => node);
const large = weightedGraph(ring.length, {
  from: ring,
  to: ring.map((node) => (node + 1) % ring.length),
  weight: ring.map(() => 1),
});

/** Work that takes minutes, on each of the workers, until it is released. */
function occupied(): { release(): Promise<unknown> } {
  const { pool } = graph.graph.subgraphs;
  const controller = new AbortController();
  const paths = searchOf(large);
  const running = [1, 2].map(() => pool.run('dependencies', large, paths, controller.signal));
  const ended = Promise.allSettled(running);
  return {
    release: () => {
      controller.abort();
      return ended;
    },
  };
}

let work: ReturnType<typeof occupied> | null = null;
afterEach(() => work?.release());

const FIELDS = '{ measure share isWaiting startedAt }';
const progress = async (select: string): Promise<Record<string, unknown>[]> =>
  (await graph.ask(`{ subgraph(select: { ${select} }) { progress ${FIELDS} } }`)).subgraph.progress;

/** What is computed of a selection, once that is something. */
async function begun(select: string): Promise<Record<string, unknown>[]> {
  for (;;) {
    const found = await progress(select);
    if (found.length > 0) return found;
    await setTimeout(5);
  }
}

const ranking = (select: string, measure: string) =>
  graph.answer(`{ subgraph(select: { ${select} }) { ranking(measure: ${measure}) { totalCount } } }`);

type Events = ReturnType<typeof eventsOf>;

async function listen(select: string): Promise<Events> {
  const query = `subscription { measureProgress(select: { ${select} }) ${FIELDS} }`;
  return eventsOf(await graph.get(`/graphql?query=${encodeURIComponent(query)}`, { accept: 'text/event-stream' }));
}

async function nextOf(events: Events): Promise<Record<string, unknown>[]> {
  const { value } = await events.next();
  return value!.data.data.measureProgress;
}

describe('the progress of a measure', () => {
  it('is found by the selection that it is of, while a request waits for it', async () => {
    expect(await progress('asOf: "2002"')).toEqual([]);
    work = occupied();
    const answer = ranking('asOf: "2002"', 'BETWEENNESS');
    const [found, ...others] = await begun('asOf: "2002"');
    expect(others).toEqual([]);
    expect(found).toMatchObject({ measure: 'BETWEENNESS', share: null, isWaiting: true });
    expect(Date.parse(String(found!.startedAt))).toBeLessThanOrEqual(Date.now());
    expect(await progress('asOf: "2003"')).toEqual([]);
    await work.release();
    expect((await answer).data.subgraph.ranking.totalCount).toBe(3);
    expect(await progress('asOf: "2002"')).toEqual([]);
  });

  it('is one for all requests that wait for the same', async () => {
    work = occupied();
    const answers = [ranking('asOf: "2004"', 'HARMONIC'), ranking('asOf: "2004"', 'HARMONIC')];
    await begun('asOf: "2004"');
    const other = ranking('asOf: "2004"', 'CORE');
    while ((await progress('asOf: "2004"')).length < 2) await setTimeout(5);
    expect((await progress('asOf: "2004"')).map(({ measure }) => measure)).toEqual(['HARMONIC', 'CORE']);
    await work.release();
    for (const { errors } of await Promise.all([...answers, other])) expect(errors).toEqual([]);
  });

  it('is a subscription, too: at once, and when it has changed', async () => {
    const events = await listen('asOf: "2005"');
    expect(await nextOf(events)).toEqual([]);
    work = occupied();
    const answer = ranking('asOf: "2005"', 'PAGE_RANK');
    expect(await nextOf(events)).toMatchObject([{ measure: 'PAGE_RANK', isWaiting: true }]);
    await work.release();
    expect((await answer).errors).toEqual([]);
    while ((await nextOf(events)).length > 0);
    await events.return();
  });

  it('goes on while a subscription shows it, after the request has left; the answer is there then', async () => {
    const events = await listen('asOf: "2006"');
    expect(await nextOf(events)).toEqual([]);
    work = occupied();
    const controller = new AbortController();
    const source =
      '{ subgraph(select: { asOf: "2006" }) { ranking(measure: BETWEENNESS, exact: true) { totalCount } } }';
    const asked = graphql({ schema, source, contextValue: createContext(graph.graph, controller.signal) });
    expect(await nextOf(events)).toMatchObject([{ measure: 'BETWEENNESS' }]);
    controller.abort(new Error('left'));
    expect((await asked).errors).toHaveLength(1);
    expect(await progress('asOf: "2006"')).toHaveLength(1);
    await work.release();
    while ((await nextOf(events)).length > 0);
    await events.return();
    // No worker is free to compute it again.
    work = occupied();
    expect((await graph.ask(source)).subgraph.ranking.totalCount).toBe(3);
  });

  it('of a selection that cannot be is an error', async () => {
    const [message] = await graph.errorMessages(
      '{ subgraph(select: { membersOf: ["pole/none"] }) { progress { share } } }',
    );
    expect(message).toContain('pole/none');
  });
});
