import { describe, expect, it } from 'vitest';
import { RequestPlaces } from '../../src/scheduling/request-places.ts';
import { Requester } from '../../src/scheduling/requester.ts';
import { StatementPlaces } from '../../src/scheduling/statement-places.ts';

/** Lets everything happen that waits for nothing else. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Names in the order in which their statements were granted a place; each leaves on request. */
class Statements {
  readonly begun: string[] = [];
  readonly #leaves = new Map<string, () => void>();
  readonly #places: StatementPlaces;

  constructor(statements: number, longStatements: number, statementsBesideOthers = statements) {
    this.#places = new StatementPlaces({ statements, longStatements, statementsBesideOthers });
  }

  ask(name: string, requester: Requester, expected: number | (() => number) = 0, signal?: AbortSignal): Promise<void> {
    return this.#places
      .enter(requester, typeof expected === 'number' ? () => expected : expected, signal)
      .then((leave) => {
        this.begun.push(name);
        this.#leaves.set(name, leave);
      });
  }

  async end(...names: string[]): Promise<void> {
    await settled();
    for (const name of names) {
      this.#leaves.get(name)!();
      await settled();
    }
  }

  get figures(): { readonly running: number; readonly waiting: number } {
    return this.#places.figures;
  }
}

describe('places for statements', () => {
  it('are given to clients in turn, however many statements one of them sends', async () => {
    const statements = new Statements(2, 1);
    const greedy = new Requester('greedy');
    const polite = new Requester('polite');
    for (const name of ['g1', 'g2', 'g3', 'g4']) void statements.ask(name, greedy);
    for (const name of ['p1', 'p2']) void statements.ask(name, polite);
    await statements.end('g1', 'g2', 'g3', 'p1', 'g4', 'p2');
    expect(statements.begun.slice(0, 2)).toEqual(['g1', 'g2']);
    expect(statements.begun.indexOf('p1')).toBeLessThan(statements.begun.indexOf('g4'));
    expect(statements.figures).toEqual({ running: 0, waiting: 0 });
  });

  it('are not given to all short work of one client before the longer work of another', async () => {
    const statements = new Statements(2, 1);
    const greedy = Array.from({ length: 6 }, () => new Requester('greedy'));
    for (const [place, requester] of greedy.entries()) void statements.ask(`g${place}`, requester);
    void statements.ask('p', new Requester('polite'), 80);
    await statements.end('g0', 'g1', 'g2');
    expect(statements.begun.slice(0, 4)).toContain('p');
  });

  it('are some of them free of a client, while others ask too', async () => {
    const statements = new Statements(4, 1, 2);
    const greedy = (name: string): void => void statements.ask(name, new Requester('greedy'), 60);
    for (const name of ['g0', 'g1', 'g2', 'g3', 'g4', 'g5', 'g6', 'g7']) greedy(name);
    await settled();
    // Alone, it has all of them.
    expect(statements.begun).toEqual(['g0', 'g1', 'g2', 'g3']);
    void statements.ask('p0', new Requester('polite'));
    await statements.end('g0', 'g1', 'g2');
    expect(statements.begun).toEqual(['g0', 'g1', 'g2', 'g3', 'p0', 'g4']);
    // A place is there at once for the next.
    void statements.ask('p1', new Requester('polite'));
    await settled();
    expect(statements.begun.at(-1)).toBe('p1');
    expect(statements.figures).toEqual({ running: 4, waiting: 3 });
    await statements.end('p0', 'p1', 'g3', 'g4', 'g5', 'g6', 'g7');
    expect(statements.figures).toEqual({ running: 0, waiting: 0 });
  });

  it('are for short work by what is known of it when one is free', async () => {
    const statements = new Statements(3, 1);
    let expected = 0;
    for (let place = 0; place < 6; place++) void statements.ask(`g${place}`, new Requester('greedy'), () => expected);
    await settled();
    // Those that run for the first time turn out to take long.
    expected = 500;
    await statements.end('g0', 'g1', 'g2');
    expect(statements.begun).toEqual(['g0', 'g1', 'g2', 'g3']);
  });

  it('are never all taken by long work', async () => {
    const statements = new Statements(2, 1);
    const many = Array.from({ length: 5 }, (_, client) => new Requester(`client ${client}`));
    for (const [place, requester] of many.entries()) void statements.ask(`long ${place}`, requester, 500);
    void statements.ask('short', new Requester('polite'));
    await settled();
    expect(statements.begun.toSorted()).toEqual(['long 0', 'short']);
    await statements.end('short');
    expect(statements.begun).toHaveLength(2);
  });

  it('know long work by what its request has sent already', async () => {
    const statements = new Statements(3, 1);
    const greedy = new Requester('greedy');
    for (let place = 0; place < 8; place++) void statements.ask(`g${place}`, greedy, 90);
    await settled();
    // The third made 270 ms together, and has the one place for long work.
    await statements.end('g0');
    expect(statements.begun).toEqual(['g0', 'g1', 'g2']);
    void statements.ask('short', new Requester('polite'));
    await settled();
    expect(statements.begun.at(-1)).toBe('short');
  });

  it('let one long request go on to its end before another begins, and clients take turns by requests', async () => {
    const statements = new Statements(2, 1);
    const [a1, a2, a3] = ['a', 'a', 'a'].map((client) => new Requester(client));
    const b1 = new Requester('b');
    const asked = [a1, a2, a3, b1].flatMap((requester, place) =>
      [1, 2].map((turn) => ({ name: `${['a1', 'a2', 'a3', 'b1'][place]}.${turn}`, requester: requester! })),
    );
    for (const { name, requester } of asked) void statements.ask(name, requester, 500);
    for (let turn = 0; turn < asked.length; turn++) {
      await settled();
      await statements.end(statements.begun[turn]!);
    }
    expect(statements.begun).toEqual(['a1.1', 'a1.2', 'b1.1', 'b1.2', 'a2.1', 'a2.2', 'a3.1', 'a3.2']);
  });

  it('are not waited for any more by who has left', async () => {
    const statements = new Statements(2, 1);
    const leaving = new AbortController();
    for (const name of ['1', '2']) void statements.ask(name, new Requester(name));
    const waiting = [
      statements.ask('short', new Requester('c'), 0, leaving.signal),
      statements.ask('long', new Requester('d'), 500, leaving.signal),
    ];
    expect(statements.figures).toEqual({ running: 2, waiting: 2 });
    leaving.abort(new Error('gone'));
    expect(await Promise.allSettled(waiting)).toMatchObject([
      { reason: { message: 'gone' } },
      { reason: { message: 'gone' } },
    ]);
    expect(statements.figures.waiting).toBe(0);
    await expect(statements.ask('late', new Requester('e'), 0, leaving.signal)).rejects.toThrow('gone');
  });
});

describe('places for requests', () => {
  const bounds = { executions: 4, waiting: 4, sharePercent: 50, waitMs: 60_000 };

  it('are shared: one client has its part, and the others the rest', async () => {
    const places = new RequestPlaces(bounds);
    const greedy = [places.enter('greedy'), places.enter('greedy')];
    const leaving = new AbortController();
    const waiting = [places.enter('greedy'), places.enter('greedy', leaving.signal)];
    await expect(places.enter('greedy')).rejects.toMatchObject({ reason: 'SHARE' });
    await Promise.all([places.enter('polite'), places.enter('other')]);
    expect(places.figures).toEqual({ running: 4, waiting: 2 });
    (await greedy[0]!)();
    await waiting[0];
    expect(places.figures).toEqual({ running: 4, waiting: 1 });
    leaving.abort(new Error('gone'));
    await expect(waiting[1]).rejects.toThrow('gone');
  });

  it('are waited for in turn, by a number of requests', async () => {
    const places = new RequestPlaces(bounds);
    const first = await Promise.all(['a', 'a', 'b', 'b'].map((client) => places.enter(client)));
    const order: string[] = [];
    const waiting = ['a', 'a', 'c', 'd'].map((client) => places.enter(client).then(() => order.push(client)));
    await expect(places.enter('e')).rejects.toMatchObject({ reason: 'FULL' });
    for (const leave of first) leave();
    await Promise.all(waiting);
    expect(order).toEqual(['a', 'c', 'd', 'a']);
  });

  it('are waited for so long, and not by who has left', async () => {
    const places = new RequestPlaces({ ...bounds, executions: 1, waitMs: 20 });
    const leave = await places.enter('a');
    await expect(places.enter('b')).rejects.toMatchObject({ reason: 'WAITED' });
    await expect(places.enter('c', AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
    const leaving = new AbortController();
    const waiting = places.enter('d', leaving.signal);
    leaving.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
    leave();
    leave();
    expect(places.figures).toEqual({ running: 0, waiting: 0 });
  });
});
