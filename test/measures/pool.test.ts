import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { SharedResults } from '../../src/measures/cache.ts';
import { weightedGraph } from '../../src/measures/graph.ts';
import { PoolBusyError, WorkerPool } from '../../src/measures/pool.ts';
import { Progress } from '../../src/measures/progress.ts';
import { randomNumbers } from '../../src/measures/random.ts';
import { searchOf } from './parts.ts';

const SIZE = 20_000;
const random = randomNumbers(1);
const end = (): number => Math.floor(random() * SIZE);
const ends = Array.from({ length: 60_000 }, () => [end(), end()] as const);
const large = weightedGraph(SIZE, {
  from: ends.map(([from]) => from),
  to: ends.map(([, to]) => to),
  weight: ends.map(() => 1),
});
const small = weightedGraph(3, { from: [0, 1], to: [1, 2], weight: [1, 1] });
const paths = searchOf(large);
const forever = new AbortController().signal;

describe('workers', () => {
  it('compute what is asked, in threads of their own', async () => {
    const pool = new WorkerPool();
    const [ranking, cut] = await Promise.all([
      pool.run('ranking', small, { measure: 'DEGREE' }, forever),
      pool.run('components', small, {}, forever),
    ]);
    expect([...ranking.order]).toEqual([1, 0, 2]);
    expect([...cut]).toEqual([0, 0, 0]);
  });

  it('end with the pool, and what they compute is rejected', async () => {
    const pool = new WorkerPool();
    const asked = Array.from({ length: 3 }, () => pool.run('dependencies', large, paths, forever));
    const outcomes = Promise.allSettled(asked);
    await pool.close();
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  });

  it('stop when nobody waits for them, and are free again', async () => {
    const pool = new WorkerPool();
    const controllers = Array.from({ length: 3 }, () => new AbortController());
    // Minutes of work on every worker, and one that waits.
    const asked = controllers.map(({ signal }) => pool.run('dependencies', large, paths, signal));
    const failures = Promise.allSettled(asked);
    await setTimeout(50);
    for (const controller of controllers) controller.abort(new Error('left'));
    expect((await failures).map((outcome) => outcome.status === 'rejected' && outcome.reason.message)).toEqual([
      ...['left', 'left', 'left'],
    ]);
    expect([...(await pool.run('components', small, {}, forever))]).toEqual([0, 0, 0]);
  });

  it.each([
    ['dependencies', paths],
    ['harmonic', paths],
    ['layout', { seed: 1 }],
  ] as const)('say how far they are: %s', async (name, parameters) => {
    const pool = new WorkerPool();
    const controller = new AbortController();
    const progress = new Progress(name);
    expect(progress).toMatchObject({ isWaiting: true, share: null });
    const asked = pool.run(name, large, parameters, controller.signal, progress);
    const outcome = Promise.allSettled([asked]);
    expect(progress.isWaiting).toBe(false);
    const seen: number[] = [];
    while (new Set(seen).size < 3) {
      await setTimeout(5);
      if (progress.share !== null) seen.push(progress.share);
    }
    controller.abort();
    await outcome;
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen[0]).toBeGreaterThanOrEqual(0);
    expect(seen.at(-1)).toBeLessThanOrEqual(1);
    await pool.close();
  });

  it('that fail or end reject what they computed, and others begin with what waits', async () => {
    const failing = new WorkerPool();
    const broken = { ...small, offsets: null as unknown as Int32Array };
    await expect(failing.run('components', broken, {}, forever)).rejects.toThrow('null');
    expect([...(await failing.run('components', small, {}, forever))]).toEqual([0, 0, 0]);
    await failing.close();
    const ending = new WorkerPool(new URL('./ending-worker.ts', import.meta.url));
    const asked = Array.from({ length: 5 }, () => ending.run('components', small, {}, forever));
    const reasons = (await Promise.allSettled(asked)).map((one) => one.status === 'rejected' && one.reason.message);
    expect(reasons).toEqual(Array(5).fill('A worker of the measures ended with code 7.'));
    await ending.close();
  });

  it('take no more than may wait', async () => {
    const pool = new WorkerPool();
    const controller = new AbortController();
    const ask = (): Promise<unknown> => pool.run('dependencies', large, paths, controller.signal);
    const asked = Array.from({ length: 66 }, ask);
    expect(ask).toThrow(PoolBusyError);
    controller.abort(new Error('left'));
    expect((await Promise.allSettled(asked)).every(({ status }) => status === 'rejected')).toBe(true);
  });
});

describe('shared results', () => {
  const sized = (value: string) => ({ value, bytes: 10 });

  it('are computed once for all who ask', async () => {
    const results = new SharedResults(100);
    let computed = 0;
    const ask = () =>
      results.get('key', forever, async () => {
        computed++;
        await setTimeout(5);
        return sized('value');
      });
    expect(await Promise.all([ask(), ask()])).toEqual(['value', 'value']);
    expect(await ask()).toBe('value');
    expect(computed).toBe(1);
  });

  it('of versions that nobody reads any more are dropped', async () => {
    const results = new SharedResults(1_000_000);
    for (let edit = 0; edit < 100; edit++) {
      const version = `version ${edit}`;
      results.turnTo(version);
      results.set(`graph at ${version}`, { ...sized('graph'), version });
      await results.get(`measure at ${version}`, forever, async () => ({ ...sized('measure'), version }));
    }
    // Requests that have begun before the last edit go on at the version of then.
    expect(results.size).toBe(4);
    results.turnTo('version 98');
    results.turnTo('version 99');
    expect(results.known('graph at version 98')).toBe('graph');
    expect(results.known('measure at version 99')).toBe('measure');
    results.turnTo('version 100');
    expect(results.known('graph at version 98')).toBeUndefined();
    expect(results.size).toBe(2);
  });

  it('are stopped when the last who waits has left, and computed again for the next', async () => {
    const results = new SharedResults(100);
    const stopped: string[] = [];
    const [one, other] = [new AbortController(), new AbortController()];
    const ask = (signal: AbortSignal, name: string) =>
      results.get('key', signal, async (until) => {
        until.addEventListener('abort', () => stopped.push(name));
        await setTimeout(20, null, { signal: until });
        return sized(name);
      });
    const both = Promise.allSettled([ask(one.signal, 'first'), ask(other.signal, 'second')]);
    one.abort(new Error('left'));
    await setTimeout(1);
    expect(stopped).toEqual([]);
    other.abort(new Error('left'));
    expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(stopped).toEqual(['first']);
    expect(await ask(forever, 'third')).toBe('third');
  });

  it('go on while somebody holds them, after the request has left', async () => {
    const results = new SharedResults(100);
    const controller = new AbortController();
    const { promise, resolve } = Promise.withResolvers<void>();
    let isStopped = false;
    const ask = (signal: AbortSignal, onHold: (hold: () => () => void) => void) =>
      results.get('key', signal, async (until, hold) => {
        until.addEventListener('abort', () => {
          isStopped = true;
        });
        onHold(hold);
        await promise;
        return sized('value');
      });
    let release = (): void => {};
    const asked = Promise.allSettled([
      ask(controller.signal, (hold) => {
        release = hold();
      }),
    ]);
    controller.abort(new Error('left'));
    expect((await asked)[0].status).toBe('rejected');
    expect(isStopped).toBe(false);
    resolve();
    await setTimeout(1);
    expect(results.known('key')).toBe('value');
    release();
    expect(isStopped).toBe(true);
  });

  it('are stopped when the last who holds them lets go, once', async () => {
    const results = new SharedResults(100);
    const controller = new AbortController();
    const stopped: string[] = [];
    const holds: (() => void)[] = [];
    const asked = Promise.allSettled([
      results.get('key', controller.signal, async (until, hold) => {
        until.addEventListener('abort', () => stopped.push('stopped'));
        holds.push(hold(), hold());
        await setTimeout(60_000, null, { signal: until });
        return sized('value');
      }),
    ]);
    controller.abort(new Error('left'));
    await asked;
    holds[0]!();
    holds[0]!();
    expect(stopped).toEqual([]);
    holds[1]!();
    expect(stopped).toEqual(['stopped']);
  });

  it('that fail are not stored', async () => {
    const results = new SharedResults(100);
    await expect(results.get('key', forever, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await results.get('key', forever, async () => sized('value'))).toBe('value');
  });
});
