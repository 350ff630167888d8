import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Questions } from '../../src/scheduling/questions.ts';
import { Rests } from '../../src/scheduling/rests.ts';
import { Turns } from '../../src/scheduling/turns.ts';

/** The clock stands still but for what a test says: only the event loop turns. */
beforeEach(() => void vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function turnsOfLoop(count: number): Promise<void> {
  for (let at = 0; at < count; at++) await turn();
}

describe('work in the background', () => {
  it('has a turn when no question is being answered', async () => {
    const questions = new Questions();
    const turns = new Turns(questions);
    const order: string[] = [];
    const note = (name: string) => (): void => void order.push(name);
    const end = questions.begin();
    const behind = turns.waitBehind().then(note('background'));
    await Promise.all([1, 2, 3].map((slice) => turns.wait('client', slice).then(note(`question ${slice}`))));
    await turnsOfLoop(5);
    expect(order).toEqual(['question 1', 'question 2', 'question 3']);
    end();
    await behind;
    expect(order.at(-1)).toBe('background');
  });

  it('comes after the slices of requests that take long', async () => {
    const turns = new Turns(new Questions());
    const order: string[] = [];
    const behind = turns.waitBehind().then(() => order.push('background'));
    await Promise.all([1, 2, 3].map((slice) => turns.wait('client', slice).then(() => order.push('request'))));
    await behind;
    expect(order).toEqual(['request', 'request', 'request', 'background']);
  });

  it('has a turn once it has waited long enough, however many ask', async () => {
    const questions = new Questions();
    const turns = new Turns(questions);
    let slices = 0;
    questions.begin();
    for (let slice = 1; slice <= 5; slice++) {
      const behind = turns.waitBehind().then(() => slices++);
      const asking = turns.wait('client', slice);
      await turnsOfLoop(4);
      expect(slices).toBe(slice - 1);
      vi.advanceTimersByTime(10);
      await behind;
      await asking;
      questions.begin();
    }
  });

  it('does not wait for a question that takes long, such as one for a measure', async () => {
    const questions = new Questions();
    const turns = new Turns(questions);
    questions.begin();
    vi.advanceTimersByTime(200);
    await turns.waitBehind();
    expect(questions.isAnswering()).toBe(false);
  });
});

describe('a client that has had much', () => {
  /** Turns of a process in which one client has had many slices, and what it takes from now on. */
  async function withGreedy(): Promise<{ questions: Questions; turns: Turns; had: () => number; ask: () => void }> {
    const questions = new Questions();
    const turns = new Turns(questions);
    let slices = 0;
    const ask = (): void => {
      questions.begin({ client: 'greedy' });
      void turns.wait('greedy', 1).then(() => slices++);
    };
    for (let slice = 0; slice < 20; slice++) ask();
    await turnsOfLoop(25);
    expect(slices).toBe(20);
    return { questions, turns, had: () => slices - 20, ask };
  }

  it('waits while a question of another is being answered, even where that waits for the database', async () => {
    const { questions, turns, had, ask } = await withGreedy();
    const end = questions.begin({ client: 'polite' });
    ask();
    ask();
    await turnsOfLoop(5);
    expect(had()).toBe(0);
    expect(turns.take('greedy')).toBe(false);
    expect(turns.take('polite')).toBe(true);
    await turns.wait('polite', 0);
    expect(had()).toBe(0);
    end();
    await turnsOfLoop(5);
    expect(had()).toBe(2);
  });

  it('has a slice of five milliseconds after ten, however many others ask', async () => {
    const { questions, turns, had, ask } = await withGreedy();
    for (let slice = 1; slice <= 5; slice++) {
      for (let other = 0; other < 3; other++) questions.begin({ client: `polite ${slice} ${other}` });
      ask();
      await turnsOfLoop(3);
      await turns.wait(`polite ${slice} 1`, 0);
      vi.advanceTimersByTime(9);
      await turnsOfLoop(3);
      expect(had()).toBe(slice - 1);
      vi.advanceTimersByTime(1);
      await turnsOfLoop(3);
      expect(had()).toBe(slice);
    }
  });

  it('does not wait for its own questions, nor for those of a client that has had as much', async () => {
    const { questions, turns, had, ask } = await withGreedy();
    for (let slice = 0; slice < 20; slice++) await turns.wait('other', slice);
    questions.begin({ client: 'other' });
    ask();
    await turnsOfLoop(3);
    expect(had()).toBe(1);
  });
});

describe('rests between pieces of work', () => {
  async function isResting(resting: Promise<void>): Promise<boolean> {
    let isOver = false;
    void resting.then(() => {
      isOver = true;
    });
    await turnsOfLoop(3);
    return !isOver;
  }

  it('are none, and pieces are whole, while nobody asks', async () => {
    const questions = new Questions();
    const rests = new Rests(questions);
    vi.advanceTimersByTime(500);
    expect(await isResting(rests.take())).toBe(false);
    questions.begin()();
    vi.advanceTimersByTime(2_000);
    expect(rests.sizeOf(2_000)).toBe(2_000);
    expect(await isResting(rests.take())).toBe(false);
  });

  it('are twice as long as a piece while others ask, which then has a tenth of the items', async () => {
    const questions = new Questions();
    const rests = new Rests(questions);
    questions.begin()();
    expect(rests.sizeOf(2_000)).toBe(200);
    vi.advanceTimersByTime(40);
    const resting = rests.take();
    expect(await isResting(resting)).toBe(true);
    vi.advanceTimersByTime(79);
    expect(await isResting(resting)).toBe(true);
    vi.advanceTimersByTime(1);
    expect(await isResting(resting)).toBe(false);
  });

  it('last until the questions of now are answered', async () => {
    const questions = new Questions();
    const rests = new Rests(questions);
    vi.advanceTimersByTime(10);
    const end = questions.begin();
    const resting = rests.take();
    vi.advanceTimersByTime(20);
    expect(await isResting(resting)).toBe(true);
    end();
    expect(await isResting(resting)).toBe(false);
  });

  it('end at once where the work is stopped, with the reason', async () => {
    const questions = new Questions();
    const stopping = new AbortController();
    const rests = new Rests(questions, stopping.signal);
    questions.begin()();
    vi.advanceTimersByTime(400);
    const resting = rests.take();
    stopping.abort(new Error('Stopped.'));
    await expect(resting).rejects.toThrow('Stopped.');
  });
});
