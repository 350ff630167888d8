import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { explain } from '../../src/cli/exit.ts';
import { createLogger } from '../../src/cli/log.ts';
import { createProgress } from '../../src/cli/progress.ts';
import { GraphError } from '../../src/graph/errors.ts';

const streamTo = (isTTY: boolean): { stream: NodeJS.WriteStream; text: () => string } => {
  const stream = Object.assign(new PassThrough(), { isTTY, columns: 120, rows: 20 }) as unknown as NodeJS.WriteStream;
  return { stream, text: () => String((stream as unknown as PassThrough).read() ?? '') };
};

describe('progress', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'setInterval', 'Date'] }));
  afterEach(() => void vi.useRealTimers());

  it('is a line now and then where nobody watches, with rate and remaining time', () => {
    const lines: string[] = [];
    const { step, end } = createProgress((line) => lines.push(line), streamTo(false).stream);
    vi.advanceTimersByTime(60_000);
    step({ label: 'curated: networks.csv', done: 0, total: 100 });
    for (let done = 1; done <= 10; done++) {
      vi.advanceTimersByTime(1_000);
      step({ label: 'curated: networks.csv', done, total: 100, rows: done * 500, rejected: 2 });
    }
    end();
    expect(lines).toEqual([
      '  curated: networks.csv: 0%',
      '  curated: networks.csv: 5%  2,500 rows, 500/s, 2 rejected, 1 min 35 s left',
      '  curated: networks.csv: 10%  5,000 rows, 500/s, 2 rejected, 1 min 30 s left',
    ]);
  });

  it('estimates the time left when it has seen enough, of what it has seen itself', () => {
    const lines: string[] = [];
    const { step } = createProgress((line) => lines.push(line), streamTo(false).stream);
    // An import that was stopped goes on at once where it was.
    const at = (done: number, afterMs: number): void => {
      vi.advanceTimersByTime(afterMs);
      step({ label: 'projects.csv', done, total: 1 });
    };
    at(0.5, 0);
    at(0.501, 6_000);
    at(0.625, 6_000);
    expect(lines).toEqual(['  projects.csv: 50%', '  projects.csv: 50%', '  projects.csv: 62%  36 s left']);
  });

  it('never goes backward, and says when all is done', () => {
    const lines: string[] = [];
    const { step } = createProgress((line) => lines.push(line), streamTo(false).stream);
    for (const done of [0.4, 0.3, 1]) {
      step({ label: 'projects.csv', done, total: 1 });
      vi.advanceTimersByTime(done === 0.3 ? 1_000 : 6_000);
    }
    expect(lines.map((line) => /\d+%/.exec(line)?.[0])).toEqual(['40%', '40%', '100%']);
  });

  it('is a bar in a terminal', () => {
    const { stream, text } = streamTo(true);
    const { step, end } = createProgress(() => {}, stream);
    step({ label: 'networks.csv', done: 50, total: 100, rows: 10 });
    end();
    expect(text()).toContain('50%');
  });
});

describe('the log', () => {
  it('is JSON where a program reads it', () => {
    const { stream, text } = streamTo(false);
    createLogger('info', stream).info({ requestId: 'r' }, 'graphql');
    expect(JSON.parse(text())).toMatchObject({ level: 30, msg: 'graphql', requestId: 'r' });
  });

  it('is lines for people in a terminal', () => {
    const { stream, text } = streamTo(true);
    createLogger('warn', stream).warn({ operation: 'Names', ms: 3.1, cost: null, err: new Error('away') }, 'graphql');
    const line = text();
    expect(line).toMatch(/\d\d:\d\d:\d\d warn graphql operation=Names ms=3.1\nError: away\n/);
    expect(line).not.toContain('cost');
  });
});

describe('a failure', () => {
  const ofAddress = (code: string): Error =>
    Object.assign(new Error(code), { code, syscall: 'listen', address: '::1', port: 80 });

  it.each([
    [new GraphError('LOCKED', 'Another process holds it.'), 'Another process holds it.'],
    [new GraphError('UNSUPPORTED', 'No binary here: set NEO4J_URI.'), 'No binary here: set NEO4J_URI.'],
    [ofAddress('EADDRINUSE'), 'PORT=81'],
    [ofAddress('EACCES'), 'above 1023'],
    [ofAddress('EADDRNOTAVAIL'), 'set HOST'],
    [AbortSignal.abort().reason, 'Stopped before the end: nothing of it is left.'],
    ['only words', 'only words'],
  ])('is explained in words: %s', (error, words) => {
    const { text, code } = explain(error);
    expect(text).toContain(words);
    expect(text).not.toContain('    at ');
    expect(code).toBe(1);
  });

  it.each([new GraphError('FAILED', 'x'), new TypeError('x')])('of ours has its stack: %s', (error) => {
    expect(explain(error).text).toContain('    at ');
  });
});
