// `npm test`: format, lint and types are checked beside the tests, whose workers wait for databases, programs and browsers for a
// part of their time.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';

/** A program with its words. */
export type Command = readonly [program: string, ...words: string[]];

const CHECKS: readonly Command[] = [
  ['npm', 'run', '--silent', 'lint'],
  ['npm', 'run', '--silent', 'types'],
];

/** Windows starts scripts of npm by a shell alone. */
const shell = process.platform === 'win32';

/** Runs a check behind everything else. Resolves to what it wrote when it failed, else to null. */
async function complaint([program, ...words]: Command): Promise<string | null> {
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'], shell });
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  let said = '';
  for (const output of [child.stdout, child.stderr]) {
    output.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  const [code] = await once(child, 'close');
  return code === 0 ? null : said;
}

/** The exit code of a program: 1 where a signal ended it. */
const codeOf = async (child: ChildProcess): Promise<number> => ((await once(child, 'close'))[0] as number | null) ?? 1;

/**
 * Runs tests and, at the same time, checks. The first check that fails is written out and ends the tests: what it says is to be
 * mended first. Resolves to the exit code of both.
 */
export async function testBeside(checks: readonly Command[], [program, ...words]: Command): Promise<number> {
  const tests = spawn(program, words, { stdio: 'inherit', shell });
  const ended = codeOf(tests);
  const stop = (): void => void tests.kill();
  process.on('SIGTERM', stop);
  // A terminal interrupts the tests, too, which end when they have put away their databases.
  const wait = (): void => {};
  process.on('SIGINT', wait);
  const failures = await Promise.all(
    checks.map(async (check) => {
      const said = await complaint(check);
      if (said === null) return false;
      process.stderr.write(`${said}\n${check.join(' ')} failed.\n`);
      stop();
      return true;
    }),
  );
  const code = await ended;
  process.off('SIGTERM', stop).off('SIGINT', wait);
  return failures.includes(true) ? 1 : code;
}

if (import.meta.main) {
  process.exitCode = await testBeside(CHECKS, ['vitest', 'run', ...process.argv.slice(2)]);
}
