import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { DEFAULT_LIMITS } from '../../../src/config/limits.ts';
import { longestStretch } from '../../support/stretch.ts';

/** What one document made a server do. */
export interface Measure {
  /** Of the answer; 0 where none came. */
  readonly status: number;
  readonly codes: readonly string[];
  /** Whether anything was executed. */
  readonly isExecuted: boolean;
  readonly bytes: number;
  /** Milliseconds by the clock until the answer. */
  readonly ms: number;
  /** Milliseconds of processor time, of all threads. */
  readonly processorMs: number;
  /** Milliseconds of processor time, of all threads, after the request's time was over. */
  readonly overrunMs: number;
  /** The longest processor time of the main thread between two turns of its event loop, in milliseconds. */
  readonly stretchMs: number;
  /** The longest that /livez took to answer, in milliseconds by the clock. */
  readonly silenceMs: number;
  /** By how many megabytes its resident memory rose, at the most. */
  readonly grownMb: number;
  /** Whether the machine did hardly anything else meanwhile: only then does time by the clock say something of the server. */
  readonly isQuiet: boolean;
}

/** Milliseconds of one tick of the processor times in /proc. */
const TICK_MS = 10;
/** The part of one processor that other processes take at the most on a quiet machine. */
const QUIET_SHARE = 0.1;
/** Of a short measure: ticks are counted where they end. */
const QUIET_MS = 3 * TICK_MS;
/** Answers of /livez during which a server at rest uses the processor for no more than `REST_MS`: each takes some 0.3 ms. */
const REST_PULSES = 12;
const REST_MS = 2 * TICK_MS;
/** How often in a row a server is seen at rest: its threads may all have waited for a processor once. */
const REST_TIMES = 2;
/** Milliseconds until a question counts as not answered, and a server as never at rest: far more than a request may take. */
const PATIENCE_MS = 240_000;

interface Pulse {
  readonly askedAt: number;
  readonly answeredAt: number;
}

/** Milliseconds of processor time that a process has used. */
function processorMs(pid: number | 'self'): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/** Milliseconds of processor time that the whole machine has used. */
function machineMs(): number {
  const [, user, nice, system, , , irq, softIrq, steal] = readFileSync('/proc/stat', 'utf8')
    .split(/\s+/, 9)
    .map(Number);
  return (user! + nice! + system! + irq! + softIrq! + steal!) * TICK_MS;
}

function residentMb(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

/** Whether processes can be watched here: by the files of Linux. */
export const canWatch = existsSync('/proc/self/clear_refs');

/** Watches a server in a `watched` process of its own (process.ts) while it gets requests. */
export class Watch {
  readonly #url: string;
  readonly #child: ChildProcess;
  readonly #pid: number;
  readonly #worker: Worker;
  #pulses: Pulse[] = [];

  constructor(url: string, child: ChildProcess) {
    this.#url = url;
    this.#child = child;
    this.#pid = child.pid!;
    this.#worker = new Worker(new URL('./pulse.worker.ts', import.meta.url), { workerData: { url } });
    this.#worker.on('message', (pulse: Pulse) => void this.#pulses.push(pulse));
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }

  /** Asks a document and measures until its answer is there and the server is at rest again. */
  async measure(query: string): Promise<Measure> {
    await longestStretch(this.#child);
    // Resets the highest resident memory to the present one.
    writeFileSync(`/proc/${this.#pid}/clear_refs`, '5');
    this.#pulses = [];
    const before = { ...this.#processorTimes(), resident: residentMb(this.#pid, 'VmRSS') };
    const askedAt = performance.now();
    let atDeadline: number | null = null;
    const deadline = setTimeout(() => {
      atDeadline = processorMs(this.#pid);
    }, DEFAULT_LIMITS.timeMs);
    const { status, text } = await this.#answer(query);
    const ms = performance.now() - askedAt;
    await this.#rest();
    clearTimeout(deadline);
    const after = this.#processorTimes();
    const others = after.others - before.others;
    return {
      status,
      codes: [...new Set([...text.matchAll(/"code":"([A-Z_]+)"/g)].map(([, code]) => code!))],
      isExecuted: text.includes('"data":'),
      bytes: text.length,
      ms,
      processorMs: after.server - before.server,
      overrunMs: atDeadline === null ? 0 : after.server - atDeadline,
      stretchMs: await longestStretch(this.#child),
      silenceMs: Math.max(0, ...this.#pulses.map(({ askedAt: from, answeredAt }) => answeredAt - from)),
      grownMb: residentMb(this.#pid, 'VmHWM') - before.resident,
      isQuiet: others <= Math.max(QUIET_MS, QUIET_SHARE * (performance.now() - askedAt)),
    };
  }

  /** The answer to a document; without one, status 0. Throws where the server has ended. */
  async #answer(query: string): Promise<{ readonly status: number; readonly text: string }> {
    try {
      const response = await fetch(`${this.#url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      return { status: response.status, text: await response.text() };
    } catch (error) {
      const { exitCode, signalCode } = this.#child;
      if (exitCode === null && signalCode === null) return { status: 0, text: '' };
      throw new Error(`The server has ended (${exitCode ?? signalCode}) at ${query}`, { cause: error });
    }
  }

  /** Milliseconds of processor time of the server, and of all processes but it and this one. */
  #processorTimes(): { readonly server: number; readonly others: number } {
    const server = processorMs(this.#pid);
    return { server, others: machineMs() - server - processorMs('self') };
  }

  /**
   * Waits until nothing of a question is at work any more, as statements are which nobody waits for. What the server does for
   * the pulses depends on their number and not on the time, which a busy machine makes longer.
   */
  async #rest(): Promise<void> {
    const end = performance.now() + PATIENCE_MS;
    for (let seen = 0; seen < REST_TIMES; ) {
      const before = processorMs(this.#pid);
      await this.#pulsed(REST_PULSES, end);
      seen = processorMs(this.#pid) - before <= REST_MS ? seen + 1 : 0;
    }
  }

  /** Waits for so many answers of /livez. */
  async #pulsed(number: number, end: number): Promise<void> {
    for (const enough = this.#pulses.length + number; this.#pulses.length < enough; ) {
      if (performance.now() > end) throw new Error(`The server is not at rest ${PATIENCE_MS} ms after its answer.`);
      await pause(TICK_MS);
    }
  }
}
