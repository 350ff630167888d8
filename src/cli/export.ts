import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { openExisting } from '../graph/open.ts';
import { usersRights } from '../graph/users-rights.ts';
import { CRATE_FILE, crateOf } from '../transfer/crate.ts';
import { exportFolder } from '../transfer/export.ts';
import { FILES } from '../transfer/files.ts';
import { EXIT, type ExitCode } from './exit.ts';
import type { Progress } from './progress.ts';
import { withEngine } from './with-engine.ts';

/** `grappe export`: writes the entire graph as the CSV files that an import reads. */
export async function runExport(
  config: Config,
  { folder, signal }: { readonly folder: string; readonly signal: AbortSignal },
  { say, progress }: { readonly say: (line: string) => void; readonly progress: Progress },
): Promise<ExitCode> {
  return withEngine(
    config,
    async (engine) => {
      say(`Exporting ${engine.description} to ${folder}`);
      const summary = await exportFolder(engine, folder, {
        signal,
        onProgress: ({ file, rows }) =>
          // The rows are not counted first: progress is measured in files.
          progress.step({
            label: file,
            done: FILES.findIndex((format) => format.file === file),
            total: FILES.length,
            rows,
          }),
      });
      const crate = await crateOf(folder, summary, new Date().toISOString().slice(0, 10));
      const path = join(folder, CRATE_FILE);
      await writeFile(path, `${JSON.stringify(crate, null, 2)}\n`);
      const rights = usersRights();
      if (rights !== null) await chmod(path, rights.file);
      progress.end();
      say(`${summary.rows.toLocaleString('en')} rows written.`);
      if (!summary.isOfOneMoment) {
        say(
          'The graph was changed meanwhile, and the files may be of different moments: export again when it is at rest.',
        );
      }
      return EXIT.fine;
    },
    { open: openExisting },
  );
}
