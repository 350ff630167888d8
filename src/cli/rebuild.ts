import type { Config } from '../config.ts';
import { rebuildDerived } from '../editing/rebuild.ts';
import { openExisting } from '../graph/open.ts';
import { EXIT, type ExitCode } from './exit.ts';
import type { Progress } from './progress.ts';
import { withEngine } from './with-engine.ts';

/** `grappe rebuild`: derives partnerships and counts again from the recorded facts. */
export async function runRebuild(
  config: Config,
  { say, progress }: { readonly say: (line: string) => void; readonly progress: Progress },
): Promise<ExitCode> {
  return withEngine(
    config,
    async (engine) => {
      say(`Deriving partnerships and counts in ${engine.description}`);
      const { projects, corrected } = await rebuildDerived(engine, (done, total) =>
        progress.step({ label: 'projects', done, total }),
      ).finally(() => progress.end());
      const counts =
        corrected === 0 ? 'all counts were right' : `${corrected.toLocaleString('en')} counts were corrected`;
      say(`Done: ${projects.toLocaleString('en')} projects; ${counts}.`);
      return EXIT.fine;
    },
    { open: openExisting },
  );
}
