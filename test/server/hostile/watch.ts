import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

/** What one document made a server do. */
export interface Measure {
  readonly status: number;
  readonly codes: readonly string[];
  /** Whether anything was executed. */
  readonly isExecuted: boolean;
  readonly bytes: number;
  readonly ms: number;
  /** Milliseconds of processor time, of all threads. */
  readonly processorMs: number;
  /** The longest that /livez was silent, as far as the server's main thread was at work meanwhile. */
  readonly silenceMs: number;
  /** By how many megabytes its resident memory rose, at the most. */
  readonly grownMb: number;
}

/** Milliseconds of one tick of the processor times in /proc. */
const TICK_MS = 10;
const SAMPLE_MS = 10;

interface Pulse {
  readonly askedAt: number;
  readonly answeredAt: number;
}

/** Milliseconds of processor time that a process, or one of its threads, has used. */
function processorMs(path: string): number {
  const fields = readFileSync(`${path}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

function residentMb(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

/** Whether processes can be watched here: by the files of Linux. */
export const canWatch = existsSync('/proc/self/clear_refs');

/**
 * Watches a server in a process of its own while it gets requests. A machine that runs other things is silent too: a silence
 * counts as far as the server's main thread was at work in it.
 */
export class Watch {
  readonly #url: string;
  readonly #pid: number;
  readonly #worker: Worker;
  #pulses: Pulse[] = [];
  /** Processor time of the main thread, by time. */
  #samples: { readonly at: number; readonly ms: number }[] = [];
  readonly #timer: NodeJS.Timeout;

  constructor(url: string, pid: number) {
    this.#url = url;
    this.#pid = pid;
    this.#worker = new Worker(new URL('./pulse.worker.ts', import.meta.url), { workerData: { url } });
    this.#worker.on('message', (pulse: Pulse) => void this.#pulses.push(pulse));
    this.#timer = setInterval(() => {
      const at = performance.timeOrigin + performance.now();
      this.#samples.push({ at, ms: processorMs(`/proc/${pid}/task/${pid}`) });
    }, SAMPLE_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#worker.terminate();
  }

  /** Asks a document and measures until its answer is there and the server is at rest again. */
  async measure(query: string): Promise<Measure> {
    // Resets the highest resident memory to the present one.
    writeFileSync(`/proc/${this.#pid}/clear_refs`, '5');
    this.#pulses = [];
    this.#samples = [];
    const before = { processor: processorMs(`/proc/${this.#pid}`), resident: residentMb(this.#pid, 'VmRSS') };
    const askedAt = performance.now();
    const response = await fetch(`${this.#url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    const text = await response.text();
    const ms = performance.now() - askedAt;
    await this.#rest();
    return {
      status: response.status,
      codes: [...new Set([...text.matchAll(/"code":"([A-Z_]+)"/g)].map(([, code]) => code!))],
      isExecuted: text.includes('"data":'),
      bytes: text.length,
      ms,
      processorMs: processorMs(`/proc/${this.#pid}`) - before.processor,
      silenceMs: Math.max(0, ...this.#pulses.map((pulse) => this.#workIn(pulse))),
      grownMb: residentMb(this.#pid, 'VmHWM') - before.resident,
    };
  }

  /** Waits until nothing of a question is at work any more, as statements are which nobody waits for. */
  async #rest(): Promise<void> {
    for (let last = processorMs(`/proc/${this.#pid}`); ; ) {
      await pause(60);
      const now = processorMs(`/proc/${this.#pid}`);
      if (now - last <= 2 * TICK_MS) return;
      last = now;
    }
  }

  /** How long the main thread was at work while an answer was waited for. */
  #workIn({ askedAt, answeredAt }: Pulse): number {
    const within = this.#samples.filter(({ at }) => at >= askedAt - SAMPLE_MS && at <= answeredAt + SAMPLE_MS);
    const worked = within.length < 2 ? 0 : within.at(-1)!.ms - within[0]!.ms;
    return Math.min(worked, answeredAt - askedAt);
  }
}
