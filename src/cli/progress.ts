import { createRequire } from 'node:module';
import type { SingleBar } from 'cli-progress';
import type { ImportProgress } from '../transfer/import-options.ts';

/** A step of a long piece of work. */
export interface Step {
  /** The current work, in a word or two. */
  readonly label: string;
  readonly done: number;
  readonly total: number;
  readonly rows?: number;
  readonly rejected?: number;
}

/** The progress of an import as a step. */
export function stepOf({ file, share, rows, rejected }: ImportProgress): Step {
  return { label: file, done: share, total: 1, rows, rejected };
}

/** Shows progress to a person. */
export interface Progress {
  step(step: Step): void;
  /** Leaves the last state on the screen. A later step begins again. */
  end(): void;
}

/** Milliseconds between two lines without a bar: often enough to see activity, seldom enough for a log. */
const LINE_MS = 5_000;

function seconds(ms: number): string {
  const rounded = Math.ceil(ms / 1_000);
  return rounded < 60 ? `${rounded} s` : `${Math.floor(rounded / 60)} min ${rounded % 60} s`;
}

/** The share of the work and the milliseconds from which the remaining time can be estimated. */
const ENOUGH_DONE = 0.02;
const ENOUGH_MS = 3_000;

const shareOf = ({ done, total }: Step): number => Math.min(1, done / Math.max(1, total));

/** One piece of work, from its first step. Its share never decreases. */
class Run {
  readonly #startedAt = performance.now();
  readonly #firstShare: number;
  share: number;

  constructor(first: Step) {
    this.#firstShare = shareOf(first);
    this.share = this.#firstShare;
  }

  /** Notes a step, and returns the pace so far: rows per second, and the remaining time if it can be estimated. */
  pace(step: Step): string {
    const { rows = 0, rejected = 0 } = step;
    const elapsedMs = performance.now() - this.#startedAt;
    this.share = Math.max(this.share, shareOf(step));
    const parts: string[] = [];
    if (rows > 0) {
      parts.push(`${rows.toLocaleString('en')} rows`);
      // The first rows come in no time: a pace of these would say nothing.
      if (elapsedMs >= ENOUGH_MS) parts.push(`${Math.round((rows / elapsedMs) * 1_000).toLocaleString('en')}/s`);
    }
    if (rejected > 0) parts.push(`${rejected.toLocaleString('en')} rejected`);
    const done = this.share - this.#firstShare;
    if (this.share < 1 && done >= ENOUGH_DONE && elapsedMs >= ENOUGH_MS) {
      parts.push(`${seconds((elapsedMs * (1 - this.share)) / done)} left`);
    }
    return parts.join(', ');
  }
}

function bars(stream: NodeJS.WriteStream): Progress {
  let bar: SingleBar | undefined;
  let run: Run | undefined;
  return {
    step(step) {
      run ??= new Run(step);
      const payload = { label: step.label.padEnd(24), pace: run.pace(step) };
      if (bar === undefined) {
        // Loaded with the first step: most starts have nothing to show.
        const { Presets, SingleBar }: typeof import('cli-progress') = createRequire(import.meta.url)('cli-progress');
        bar = new SingleBar(
          { format: '  {label} {bar} {percentage}%  {pace}', barsize: 24, hideCursor: true, fps: 10, stream },
          Presets.shades_classic,
        );
        bar.start(1, run.share, payload);
      } else {
        bar.update(run.share, payload);
      }
    },
    end() {
      bar?.stop();
      bar = undefined;
      run = undefined;
    },
  };
}

function lines(say: (line: string) => void): Progress {
  let run: Run | undefined;
  let saidAt = Number.NEGATIVE_INFINITY;
  return {
    step(step) {
      const now = performance.now();
      run ??= new Run(step);
      const before = run.share;
      const pace = run.pace(step);
      const isEnd = run.share === 1 && before < 1;
      if (now - saidAt < LINE_MS && !isEnd) return;
      saidAt = now;
      say(`  ${step.label}: ${Math.floor(100 * run.share)}%  ${pace}`.trimEnd());
    },
    end() {
      run = undefined;
      saidAt = Number.NEGATIVE_INFINITY;
    },
  };
}

/** A bar in a terminal, else a line every few seconds. */
export function createProgress(say: (line: string) => void, stream: NodeJS.WriteStream = process.stderr): Progress {
  return stream.isTTY ? bars(stream) : lines(say);
}
