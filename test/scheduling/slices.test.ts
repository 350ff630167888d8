import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Slices } from '../../src/scheduling/slices.ts';

/** Works for some milliseconds without giving others a turn. */
function workFor(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

/** Counts the turns of the event loop until something is done. */
async function turnsUntil(done: Promise<unknown>): Promise<number> {
  let turns = 0;
  let isDone = false;
  const count = (): void => {
    turns++;
    if (!isDone) setImmediate(count);
  };
  setImmediate(count);
  await done;
  isDone = true;
  return turns;
}

describe('work in slices', () => {
  it('gives everything else its turn every few milliseconds', async () => {
    const work = new Slices().each(Array.from({ length: 50 }), () => workFor(2));
    expect(await turnsUntil(work)).toBeGreaterThan(10);
  });

  it('gives one slice a turn, however many requests have work', async () => {
    const begun: number[] = [];
    const works = Array.from({ length: 8 }, async (_, request) => {
      const slices = new Slices();
      await slices.next();
      begun.push(request);
    });
    expect(await turnsUntil(Promise.all(works))).toBeGreaterThanOrEqual(7);
    expect(begun.toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('begins at once only where no other work has a slice in this turn', async () => {
    const starts = Array.from({ length: 6 }, () => new Slices().start());
    expect(await turnsUntil(starts[0]!)).toBeLessThanOrEqual(1);
    expect(await turnsUntil(Promise.all(starts))).toBeGreaterThanOrEqual(4);
    expect(await turnsUntil(new Slices().start())).toBeLessThanOrEqual(1);
  });

  it('lets a client that asks little come before another with many requests', async () => {
    const order: string[] = [];
    const work = (name: string): Promise<unknown> => new Slices(null, name).next().then(() => order.push(name));
    await Promise.all([...Array.from({ length: 20 }, () => work('greedy')), work('polite')]);
    expect(order.indexOf('polite')).toBeLessThan(4);
    const more = Array.from({ length: 20 }, () => work('greedy'));
    await Promise.all([...more, work('polite'), work('polite')]);
    expect(order.slice(21).lastIndexOf('polite')).toBeLessThan(6);
  });

  it('lets a client that has had little begin at once beside another, one request in each turn', async () => {
    let isOver = false;
    const busy = Array.from({ length: 20 }, async () => {
      const slices = new Slices(null, 'busy');
      while (!isOver) await slices.next();
    });
    for (let slice = 0; slice < 12; slice++) await new Slices(null, 'busy').next();
    const began = (): Promise<void> => new Slices(null, 'brief').start();
    for (let question = 0; question < 5; question++) {
      expect(await turnsUntil(began())).toBe(0);
      await turnsUntil(new Promise(setImmediate));
    }
    expect(await turnsUntil(Promise.all([began(), began(), began(), began()]))).toBeGreaterThan(1);
    isOver = true;
    await Promise.all(busy);
  });

  it('lets a request that begins come before those that have used much, and none starves', async () => {
    const order: string[] = [];
    const work = (name: string, slices: Slices): Promise<unknown> => slices.next().then(() => order.push(name));
    const used = new Slices();
    for (let slice = 0; slice < 5; slice++) await used.next();
    await Promise.all([...['a', 'b', 'c', 'd'].map((name) => work(name, used)), work('new', new Slices())]);
    expect(order.indexOf('new')).toBeLessThan(2);
    order.length = 0;
    await Promise.all([work('used', used), ...['a', 'b', 'c', 'd'].map((name) => work(name, new Slices()))]);
    expect(order.indexOf('used')).toBeLessThan(2);
  });

  it('ends at the next slice, with the reason, when nobody waits for it any more', async () => {
    const controller = new AbortController();
    const done: number[] = [];
    const work = new Slices(controller.signal).each([1, 2, 3, 4, 5, 6], (item) => {
      done.push(item);
      workFor(6);
      if (item === 3) controller.abort(new Error('The client has left.'));
    });
    await expect(work).rejects.toThrow('The client has left.');
    expect(done).toEqual([1, 2, 3]);
  });

  it('sorts as Array does, equal items in the order in which they came', async () => {
    const items = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 9_000, size: 'max' });
    await fc.assert(
      fc.asyncProperty(items, async (keys) => {
        const given = keys.map((key, place) => ({ key, place }));
        const byKey = (a: { key: number }, b: { key: number }): number => a.key - b.key;
        expect(await new Slices().sorted(given, byKey)).toEqual(given.toSorted(byKey));
      }),
      { numRuns: 40 },
    );
  });

  it('selects the first of what it would sort', async () => {
    const items = fc.array(fc.integer({ min: 0, max: 2_000 }), { maxLength: 9_000, size: 'max' });
    await fc.assert(
      fc.asyncProperty(items, fc.integer({ min: 1, max: 300 }), async (numbers, count) => {
        const upward = (a: number, b: number): number => a - b;
        expect(await new Slices().first(numbers, count, upward)).toEqual(numbers.toSorted(upward).slice(0, count));
      }),
      { numRuns: 40 },
    );
  });

  it('makes of each item what is to be made, in order', async () => {
    expect(await new Slices().map(new Set([3, 1, 2]), (number) => number * 2)).toEqual([6, 2, 4]);
  });
});
