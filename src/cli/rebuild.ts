import type { Config } from '../config.ts';
import { rebuildPartnerships } from '../editing/derive.ts';
import { EXIT, type ExitCode } from './exit.ts';
import type { Progress } from './progress.ts';
import { withEngine } from './with-engine.ts';

/** `grappe rebuild`: makes everything that is derived anew from what was stated. */
export async function runRebuild(
  config: Config,
  { say, progress }: { readonly say: (line: string) => void; readonly progress: Progress },
): Promise<ExitCode> {
  return withEngine(config, async (engine) => {
    say(`Deriving partnerships from projects in ${engine.description}`);
    const projects = await rebuildPartnerships(engine, (done, total) =>
      progress.step({ label: 'projects', done, total }),
    );
    progress.end();
    say(`Done: ${projects.toLocaleString('en')} projects.`);
    return EXIT.fine;
  });
}
