import type { Config } from '../config.ts';
import type { GraphEngine } from '../graph/engine.ts';
import { openExisting } from '../graph/open.ts';
import { seedWhenEmpty, updateSeededStore } from '../transfer/seed.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { closedForNextStart } from './for-next-start.ts';
import { type Progress, stepOf } from './progress.ts';
import { withEngine } from './with-engine.ts';

/** `grappe seed`: imports the seed into an empty store, as the server does at its first start, or resumes that. */
export async function runSeed(
  config: Config,
  signal: AbortSignal,
  { say, progress }: { readonly say: (line: string) => void; readonly progress: Progress },
): Promise<ExitCode> {
  const work = async (engine: GraphEngine): Promise<ExitCode> => {
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
  };
  return withEngine(config, work, { close: closedForNextStart(config, { say, signal }) });
}

/** Records that are named one by one; the others are counted. */
const MOST_NAMED = 20;

const count = (number: number, what: string): string => `${number.toLocaleString('en')} ${what}`;

/**
 * `grappe seed --update`: brings a store that was filled with an earlier seed to this one, and says what was left since
 * users changed it.
 */
export async function runSeedUpdate(
  config: Config,
  { dryRun, signal }: { readonly dryRun: boolean; readonly signal: AbortSignal },
  { say, progress }: { readonly say: (line: string) => void; readonly progress: Progress },
): Promise<ExitCode> {
  return withEngine(
    config,
    async (engine) => {
      try {
        const { created, updated, unchanged, merged, rejected, left } = await updateSeededStore(engine, config.seed, {
          ...{ dryRun, signal },
          onProgress: (step) => progress.step(stepOf(step)),
        });
        progress.end();
        const [made, changed] = dryRun ? ['to create', 'to update'] : ['created', 'updated'];
        say(`Records: ${count(created, made)}, ${count(updated, changed)}, ${count(unchanged, 'unchanged')}.`);
        const doubles = count(merged, 'records');
        if (merged > 0 && !dryRun) say(`${doubles} that stood twice are one now.`);
        if (merged > 0 && dryRun)
          say(`${doubles} that stood twice to merge; relationships that this moves are among those to create.`);
        if (left.length > 0) {
          say(`${count(left.length, 'records')} of the seed were changed by users and stay as they are:`);
          for (const id of left.slice(0, MOST_NAMED)) say(`  ${id}`);
          if (left.length > MOST_NAMED) say(`  and ${count(left.length - MOST_NAMED, 'others')}.`);
        }
        // A dry run merges nothing: rows give identifiers that are still those of a record to merge.
        const why =
          dryRun && merged > 0
            ? 'contradict what users recorded, or records yet to merge'
            : 'contradict what users recorded';
        if (rejected > 0) say(`${count(rejected, 'rows')} ${why}: see rejected-*.csv.`);
        if (dryRun) say('Nothing was written: this was a dry run.');
        return rejected === 0 ? EXIT.fine : EXIT.rejectedRows;
      } catch (error) {
        progress.end();
        if (!signal.aborted) throw error;
        say('Stopped. Every written batch is complete: the same update, run again, goes on from there.');
        return EXIT.failed;
      }
    },
    { open: openExisting, close: closedForNextStart(config, { say, signal, dryRun }) },
  );
}
