import { afterEach, expect, it, vi } from 'vitest';
import { type Command, closingLines, runsOf, testBeside } from '../../scripts/test.ts';

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

it('runs all suites in two runs at the same time, on Neo4j and otherwise; and those that are named in one', () => {
  for (const words of [[], ['--mode', 'long']]) {
    const projects = runsOf(words).map((run) => run.filter((_, at) => run[at - 1] === '--project'));
    expect(projects).toEqual([['unit', 'embedded'], ['neo4j']]);
    for (const run of runsOf(words)) expect(run.slice(run.length - words.length)).toEqual(words);
  }
  for (const words of [['--mode', 'fast'], ['test/words.test.ts'], ['--project', 'neo4j']]) {
    expect(runsOf(words)).toEqual([['vitest', 'run', ...words]]);
  }
});

it('fails when one of several runs does, and counts the tests of all in the closing lines', async () => {
  const said: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  const one = ' Test Files  1 failed | 2 passed (3)\n      Tests  1 failed | 20 passed | 3 skipped (24)\n';
  const other = ' Test Files  5 passed (5)\n      Tests  70 passed | 6 skipped (76)\n';
  const saying = (text: string, code: number): Command =>
    program(`process.stdout.write(${JSON.stringify(text)}); process.exitCode = ${code}`);
  expect(await testBeside([PASSES], saying(one, 1), saying(other, 0))).toBe(1);
  expect(said.join('')).toContain('      Tests  70 passed | 6 skipped (76)\n');
  expect(said.slice(-2)).toEqual([
    ' Test Files  1 failed | 7 passed (8)\n',
    '      Tests  1 failed | 90 passed | 9 skipped (100)\n',
  ]);
  expect(await testBeside([PASSES], PASSES, PASSES)).toBe(0);
});

it('sums up nothing that is not a closing line', () => {
  expect(closingLines(['   Duration  941.27s', ' ✓ Tests 3 passed (3)', ' FAIL  Tests'])).toEqual([]);
});
