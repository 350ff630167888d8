// `npm test`: format, lint and types are checked beside the tests, whose workers wait for databases, programs and browsers for a
// part of their time. A whole run is two of Vitest's: suites on Neo4j in one, where few servers plan each statement for many
// suites, and all others in the other.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism, constants, setPriority } from 'node:os';
import { createInterface } from 'node:readline';
import { stripVTControlCharacters } from 'node:util';
import { fetchNeo4jJars, findNeo4jTools } from '../src/neo4j-artefacts.ts';
import { canStartNeo4j } from '../src/neo4j-local.ts';

/** A program with its words. */
export type Command = readonly [program: string, ...words: string[]];

const CHECKS: readonly Command[] = [
  ['npm', 'run', '--silent', 'lint'],
  ['npm', 'run', '--silent', 'types'],
];

/** Neo4j works on half of the processors. */
const NEO4J_WORKERS = Math.max(1, Math.floor(availableParallelism() / 2));

/** Windows starts scripts of npm by a shell alone. */
const shell = process.platform === 'win32';

/** The runs of Vitest for the words of a command line: two for all suites on both engines, one for some of them. */
export function runsOf(words: readonly string[]): readonly Command[] {
  const isWhole = words.length === 0 || (words.length === 2 && words[0] === '--mode' && words[1] === 'long');
  if (!isWhole) return [['vitest', 'run', ...words]];
  const onNeo4j = ['--project', 'neo4j', '--maxWorkers', String(NEO4J_WORKERS), '--passWithNoTests'];
  return [
    ['vitest', 'run', '--project', 'unit', '--project', 'embedded', ...words],
    ['vitest', 'run', ...onNeo4j, ...words],
  ];
}

/** What Vitest counts at the end of a run: files and tests, by how they ended. */
const COUNTS = /^ *(Test Files|Tests) +(.+) \(\d+\)$/;

/** The closing lines of several runs as those of one, from their output. */
export function closingLines(lines: Iterable<string>): string[] {
  const totals = new Map<string, Map<string, number>>();
  for (const line of lines) {
    const [, what, counts] = COUNTS.exec(stripVTControlCharacters(line)) ?? [];
    if (what === undefined || counts === undefined) continue;
    const total = totals.get(what) ?? new Map<string, number>();
    totals.set(what, total);
    for (const [, number, how] of counts.matchAll(/(\d+) (\w+)/g)) {
      total.set(how!, (total.get(how!) ?? 0) + Number(number));
    }
  }
  return [...totals].map(([what, total]) => {
    const sum = [...total.values()].reduce((all, number) => all + number, 0);
    const counts = ['failed', 'passed', 'skipped', 'todo'].flatMap((how) =>
      total.has(how) ? [`${total.get(how)} ${how}`] : [],
    );
    return `${what.padStart(11)}  ${counts.join(' | ')} (${sum})`;
  });
}

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

/** Starts a program, and writes its lines as they come: whole ones, among those of others. */
function startBeside([program, ...words]: Command, lines: string[]): ChildProcess {
  const color = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {};
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'], shell, env: { ...process.env, ...color } });
  createInterface(child.stderr).on('line', (line) => void process.stderr.write(`${line}\n`));
  createInterface(child.stdout).on('line', (line) => {
    lines.push(line);
    process.stdout.write(`${line}\n`);
  });
  return child;
}

/**
 * Runs tests and, at the same time, checks. The first check that fails is written out and ends the tests: what it says is to be
 * mended first. Resolves to the exit code of all. What several runs of tests count is summed up at the end.
 */
export async function testBeside(checks: readonly Command[], ...runs: readonly Command[]): Promise<number> {
  const lines: string[] = [];
  const isAlone = runs.length === 1;
  const tests = runs.map((run) => {
    const [program, ...words] = run;
    return isAlone ? spawn(program, words, { stdio: 'inherit', shell }) : startBeside(run, lines);
  });
  const ended = Promise.all(tests.map(codeOf));
  const stop = (): void => {
    for (const test of tests) test.kill();
  };
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
  const codes = await ended;
  process.off('SIGTERM', stop).off('SIGINT', wait);
  if (!isAlone) for (const line of closingLines(lines)) process.stdout.write(`${line}\n`);
  return failures.includes(true) ? 1 : Math.max(...codes);
}

if (import.meta.main) {
  const runs = runsOf(process.argv.slice(2));
  // Fetched once, before suites that start a Neo4j of their own do so at the same time.
  if (runs.length > 1 && canStartNeo4j().available) await fetchNeo4jJars(findNeo4jTools(process.env), console.log);
  process.exitCode = await testBeside(CHECKS, ...runs);
}
