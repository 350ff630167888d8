import { afterEach, expect, it, vi } from 'vitest';
import { type Command, testBeside } from '../../scripts/test.ts';

/** A program of one line, in a process of its own. */
const program = (line: string): Command => [process.execPath, '-e', line];
const PASSES = program('process.exit(0)');
const NEVER_ENDS = program('setInterval(() => {}, 1_000)');

afterEach(() => void vi.restoreAllMocks());

it('passes when the tests and every check do', async () => {
  expect(await testBeside([PASSES, PASSES], PASSES)).toBe(0);
});

it('fails as the tests do', async () => {
  expect(await testBeside([PASSES], program('process.exit(3)'))).toBe(3);
  expect(await testBeside([], program("process.kill(process.pid, 'SIGKILL')"))).toBe(1);
});

it('ends the tests when a check fails, and says what it said', async () => {
  const said: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  const fails = program("console.log('a line is too long'); console.error('by far'); process.exit(2)");
  expect(await testBeside([PASSES, fails], NEVER_ENDS)).toBe(1);
  expect(said.join('')).toMatch(/a line is too long\n/);
  expect(said.join('')).toMatch(/by far\n/);
  expect(said.join('')).toContain(`${fails.join(' ')} failed.`);
});
