import type { Config } from '../config.ts';
import { seedWhenEmpty } from '../transfer/seed.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { type Progress, stepOf } from './progress.ts';
import { withEngine } from './with-engine.ts';

/** `grappe seed`: imports the seed into an empty store, as the server does at its first start, or resumes that. */
export async function runSeed(
  config: Config,
  signal: AbortSignal,
  { say, progress }: { readonly say: (line: string) => void; readonly progress: Progress },
): Promise<ExitCode> {
  return withEngine(config, async (engine) => {
    let rows = 0;
    try {
      await seedWhenEmpty(engine, config.seed, {
        signal,
        onProgress: (step) => {
          rows = step.rows;
          progress.step(stepOf(step));
        },
      });
    } catch (error) {
      if (!signal.aborted) throw error;
      say('Stopped. The same command, run again, goes on from there.');
      return EXIT.failed;
    } finally {
      progress.end();
    }
    const nothing = `${engine.description} is filled already, or GRAPPE_SEED is none: nothing was changed.`;
    say(rows > 0 ? `${engine.description} holds the seed ${config.seed}.` : nothing);
    return EXIT.fine;
  });
}
