import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { AdmittingEngine } from '../../src/graph/admission.ts';
import { statement } from '../../src/graph/statement.ts';
import { Requester } from '../../src/scheduling/requester.ts';
import { emptyGraph, engineUnderTest, type TestGraph } from '../support/graph.ts';

const one = statement<{ one: number }>('one', 'RETURN 1 AS one');
/** Some tenths of a second of work, on either engine. */
const long = statement<{ n: number }>(
  'long',
  'UNWIND range(1, 1500) AS a UNWIND range(1, 1500) AS b WITH a, b WHERE a % 7 = b % 5 RETURN count(*) AS n',
);

describe('an engine that admits so many statements', () => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await emptyGraph();
  });
  afterAll(() => graph[Symbol.asyncDispose]());

  const admitting = (statements = 2): AdmittingEngine =>
    new AdmittingEngine(graph.engine, { statements, longStatements: 1 });

  it('answers as the engine itself does, and runs no more of them at once', async () => {
    const engine = admitting();
    let most = 0;
    const requester = new Requester('a client');
    const asked = Array.from({ length: 20 }, () => engine.read(one, {}, { requester }));
    const watch = setInterval(() => {
      most = Math.max(most, engine.figures.running);
    }, 0);
    expect(engine.figures).toEqual({ running: 2, waiting: 18 });
    expect(await Promise.all(asked)).toEqual(asked.map(() => [{ one: 1 }]));
    clearInterval(watch);
    expect(most).toBeLessThanOrEqual(2);
    expect(engine.figures).toEqual({ running: 0, waiting: 0 });
    expect(await engine.version()).toBe(await graph.engine.version());
  });

  it('has a place free again when a statement has really ended, also one that nobody waits for', async () => {
    const engine = admitting();
    const leaving = new AbortController();
    const requester = new Requester('a client');
    const asked = engine.read(long, {}, { requester, signal: leaving.signal });
    await new Promise((resolve) => setTimeout(resolve, 20));
    leaving.abort(new Error('gone'));
    await expect(asked).rejects.toThrow('gone');
    const stillRuns = engine.figures.running;
    // The embedded engine cannot stop a statement; Neo4j may have stopped it by now.
    if (engineUnderTest === 'grafeo') expect(stillRuns).toBe(1);
    await vi.waitFor(() => expect(engine.figures.running).toBe(0), 60_000);
    expect(requester.usedMs).toBeGreaterThan(10);
  });

  it('gives places back where a statement or a transaction fails', async () => {
    const engine = admitting();
    const requester = new Requester('a client');
    const wrong = statement('wrong', 'RETURN nothing.there AS x');
    await expect(engine.read(wrong, {}, { requester })).rejects.toThrow();
    await expect(
      engine.write(
        async () => {
          throw new Error('changed its mind');
        },
        { requester },
      ),
    ).rejects.toThrow('changed its mind');
    expect(engine.figures).toEqual({ running: 0, waiting: 0 });
  });

  it('lets pass what no request asks for', async () => {
    const engine = admitting();
    const requester = new Requester('a client');
    const asked = [1, 2, 3].map(() => engine.read(one, {}, { requester }));
    const own = engine.read(one);
    expect(engine.figures).toEqual({ running: 3, waiting: 1 });
    await Promise.all([...asked, own]);
  });
});
