import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import packageJson from '../../package.json' with { type: 'json' };

const MAIN = fileURLToPath(new URL('../../src/start.mjs', import.meta.url));
const STRETCH_HOOK = new URL('./stretch-hook.ts', import.meta.url).href;

/** The flags of Node in the script `start`. */
const START_FLAGS: readonly string[] = packageJson.scripts.start.split(' ').filter((word) => word.startsWith('--'));

/** What a server may take to be ready on a machine that runs other tests too. */
const PATIENCE_MS = 60_000;

/** Grappe's command line in a process of its own, as a user runs it. */
export interface GrappeProcess {
  readonly child: ChildProcess;
  /** What it has written so far, to either output. */
  said(): string;
  /** Its exit code, when it has ended; null when it was killed. */
  readonly ended: Promise<number | null>;
  /** Kills it, which it cannot know of before, and waits for its end. */
  kill(): Promise<void>;
}

/** A server that is ready, and the token that it made for this start. */
export interface ServerProcess extends GrappeProcess {
  readonly url: string;
  readonly token: string;
}

/** As src/start.mjs sets it. A process that begins again for it would lose the channel to its parent. */
const ALLOCATION = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '262144', MALLOC_TRIM_THRESHOLD_: '1048576' };

const running = new Set<ChildProcess>();

/** Kills all that still run: after each file (test/support/environment.ts), since a test that fails must leave none behind. */
export async function killGrappes(): Promise<void> {
  for (const child of running) child.kill('SIGKILL');
  await Promise.all([...running].map((child) => once(child, 'close')));
}
process.once('exit', killGrappes);

/** Restrictions of a process of a test. */
interface Limits {
  /** Kilobytes that a file of its may have: what lies beyond is as if the disk were full. */
  readonly fileKb?: number;
  /** The umask of the user, as a shell writes it. */
  readonly umask?: string;
  /** Not the superuser, whom a system lets do everything. */
  readonly asNobody?: boolean;
  /** As `npm start` runs it: with the flags of Node that package.json names. */
  readonly asStarted?: boolean;
  /** It answers how long its event loop stood still: `longestStretch`. */
  readonly watched?: boolean;
}

/** A user who owns nothing. */
const NOBODY = 65_534;

/** The command under its limits, which a shell sets. A file beyond its size is an error then, and no signal. */
function limited(command: readonly string[], { fileKb, umask }: Limits): readonly string[] {
  const limits = [
    ...(umask === undefined ? [] : [`umask ${umask}`]),
    ...(fileKb === undefined ? [] : ["trap '' XFSZ", `ulimit -S -f ${fileKb}`]),
  ];
  return limits.length === 0 ? command : ['bash', '-c', [...limits, 'exec "$0" "$@"'].join('; '), ...command];
}

/** Starts `grappe` with some words, on the store of this test file unless the environment names another. */
export function grappe(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  limits: Limits = {},
): GrappeProcess {
  const allocation = limits.watched ? ALLOCATION : {};
  const env = { ...process.env, GRAPPE_SEED: 'none', PORT: '0', ...allocation, ...environment };
  const flags = [...(limits.asStarted ? START_FLAGS : []), ...(limits.watched ? ['--import', STRETCH_HOOK] : [])];
  const [program, ...rest] = limited([process.execPath, ...flags, MAIN, ...words], limits);
  const user = limits.asNobody && process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  const stdio = ['ignore', 'pipe', 'pipe', ...(limits.watched ? ['ipc' as const] : [])] as const;
  const child = spawn(program!, rest, { env, stdio: [...stdio], ...user });
  running.add(child);
  let said = '';
  for (const output of [child.stdout!, child.stderr!]) {
    output.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  const ended = once(child, 'close').then(([code]) => {
    running.delete(child);
    return code as number | null;
  });
  return {
    child,
    said: () => said,
    ended,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Waits until a server says where it answers; null when it ended before. `known` is the token of one that has a file of them. */
export async function listening(server: GrappeProcess, known?: string): Promise<ServerProcess | null> {
  const { child } = server;
  while (child.exitCode === null && child.signalCode === null) {
    const [url, made] = [/http:\S+?:\d+/, /grappe_[\w-]{43}/].map((pattern) => pattern.exec(server.said())?.[0]);
    const token = known ?? made;
    // The address comes first: a token that is still to come would be missed.
    if (url !== undefined && token !== undefined) return { ...server, url, token };
    await pause(10);
  }
  return null;
}

/** Waits until a server is ready, and throws what it said when it does not become so. */
export async function ready(server: GrappeProcess, known?: string): Promise<ServerProcess> {
  const deadline = performance.now() + PATIENCE_MS;
  const found = await listening(server, known);
  while (found !== null && performance.now() < deadline) {
    const answer = await fetch(`${found.url}/readyz`).catch(() => null);
    if (answer?.status === 200) return found;
    await pause(10);
  }
  throw new Error(`The server is not ready. It said:\n${server.said()}`);
}
