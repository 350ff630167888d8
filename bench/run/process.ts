import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

/** The kernel's clock ticks a second, in which /proc counts: 100 on every Linux that Node runs on. */
const TICKS = 100;

/** Seconds of processor time that a process has used so far, all of its threads together. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name stands in parentheses and may hold spaces: the numbers begin after it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

/** Resident memory of a process in MB: now, and the most that it ever was; null for one that has ended. */
export function residentMegabytes(pid: number): { readonly now: number; readonly most: number } | null {
  let status: string;
  try {
    status = readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return null;
  }
  // One that has ended and is not waited for yet has no memory.
  if (!status.includes('VmRSS')) return null;
  const megabytes = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]) / 1024;
  return { now: megabytes('VmRSS'), most: megabytes('VmHWM') };
}

/** A child process of the benchmark. */
export interface Child {
  readonly process: ChildProcess;
  readonly pid: number;
  /** What it has written to its standard output so far, by line. */
  readonly lines: readonly string[];
  /** Asks it to end, and makes it after a while. */
  stop(): Promise<void>;
}

const children = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/** Milliseconds that a child may take to end by itself. */
const GRACE_MS = 180_000;

export interface StartOptions {
  readonly environment: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** The file that its standard error goes to. */
  readonly log: string;
}

/** Starts Node with some words; its standard output is ours to read. */
export function startNode(words: readonly string[], { environment, cwd, log }: StartOptions): Child {
  const child = spawn(process.execPath, words, {
    cwd,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'production', ...environment },
    stdio: ['pipe', 'pipe', openSync(log, 'a')],
  });
  children.add(child);
  child.once('exit', () => void children.delete(child));
  const lines: string[] = [];
  createInterface({ input: child.stdout! }).on('line', (line) => void lines.push(line));
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.stdin?.end();
    child.kill('SIGTERM');
    const inTime = await Promise.race([ended.then(() => true), pause(GRACE_MS, false, { ref: false })]);
    if (!inTime) child.kill('SIGKILL');
    await ended;
  };
  return { process: child, pid: child.pid!, lines, stop };
}

/** What the first group of a pattern names in a child's output; null when no line has it. */
export function printed({ lines }: Child, pattern: RegExp): string | null {
  for (const line of lines) {
    const found = pattern.exec(line)?.[1];
    if (found !== undefined) return found;
  }
  return null;
}

/** Milliseconds between two looks at a child's output. */
const LOOK_MS = 5;

/** Waits until a child's output has a line of the pattern; rejects when the process ends before. */
export async function untilPrinted(child: Child, pattern: RegExp, log: string): Promise<string> {
  for (;;) {
    const found = printed(child, pattern);
    if (found !== null) return found;
    if (child.process.exitCode !== null || child.process.signalCode !== null) {
      const said = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-10).join('\n');
      throw new Error(`A server ended before it listened; its log ${log} ends:\n${said}`);
    }
    await pause(LOOK_MS);
  }
}
