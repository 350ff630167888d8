import { Presets, SingleBar } from 'cli-progress';

/** How far a long piece of work has come. */
export interface Step {
  /** What is being done, in a word or two. */
  readonly label: string;
  readonly done: number;
  readonly total: number;
  readonly rows?: number;
  readonly rejected?: number;
}

/** Tells a person how far something has come. */
export interface Progress {
  step(step: Step): void;
  /** Leaves the last state where it was shown; a later step begins anew. */
  end(): void;
}

/** Milliseconds between two lines where there is no bar: often enough to see lifespan, seldom enough for a log. */
const LINE_MS = 5_000;

function seconds(ms: number): string {
  const whole = Math.ceil(ms / 1_000);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** What is known of the pace: rows a second, and the time left at the pace so far. */
function pace({ done, total, rows = 0, rejected = 0 }: Step, elapsedMs: number): string {
  const parts: string[] = [];
  if (rows > 0) {
    const rate = Math.round((rows / Math.max(1, elapsedMs)) * 1_000);
    parts.push(`${rows.toLocaleString('en')} rows`, `${rate.toLocaleString('en')}/s`);
  }
  if (rejected > 0) parts.push(`${rejected.toLocaleString('en')} rejected`);
  if (done > 0 && done < total) parts.push(`${seconds((elapsedMs * (total - done)) / done)} left`);
  return parts.join(', ');
}

function bars(stream: NodeJS.WriteStream): Progress {
  let bar: SingleBar | undefined;
  let startedAt = 0;
  return {
    step(step) {
      const payload = { label: step.label.padEnd(24), pace: pace(step, performance.now() - startedAt) };
      if (bar === undefined) {
        startedAt = performance.now();
        bar = new SingleBar(
          { format: '  {label} {bar} {percentage}%  {pace}', barsize: 24, hideCursor: true, fps: 10, stream },
          Presets.shades_classic,
        );
        bar.start(Math.max(1, step.total), step.done, payload);
      } else {
        bar.setTotal(Math.max(1, step.total));
        bar.update(step.done, payload);
      }
    },
    end() {
      bar?.stop();
      bar = undefined;
    },
  };
}

function lines(say: (line: string) => void): Progress {
  let startedAt: number | undefined;
  let toldAt = Number.NEGATIVE_INFINITY;
  return {
    step(step) {
      const now = performance.now();
      startedAt ??= now;
      if (now - toldAt < LINE_MS) return;
      toldAt = now;
      const percent = Math.floor((100 * step.done) / Math.max(1, step.total));
      say(`  ${step.label}: ${percent}%  ${pace(step, now - startedAt)}`.trimEnd());
    },
    end() {
      startedAt = undefined;
      toldAt = Number.NEGATIVE_INFINITY;
    },
  };
}

/** A bar where a person is watching, a line every few seconds where not. */
export function createProgress(say: (line: string) => void, stream: NodeJS.WriteStream = process.stderr): Progress {
  return stream.isTTY ? bars(stream) : lines(say);
}
